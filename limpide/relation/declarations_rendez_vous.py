"""Processings of appointments: the person takes one, the agents of their Caf hold the diary, both are told."""

from limpide.identite.declarations_contacts import CONTACT_LU
from limpide.identite.mesures import DECLARATIONS
from limpide.registre import clauses
from limpide.registre.declaration import Traitement

from .agenda import AGENDA, MES_RENDEZ_VOUS
from .declarations_messages import ACTES, BASE_LEGALE, CONSERVATION, DOSSIER, NOMS
from .rappels import AVIS, NUMERO_GARDE

CRENEAU = ("id", "organisme_id", "debut", "fin", "mode", "lieu", "motif", "etat")
"""What a person sees of a slot: not which agent."""
PRIS = (
    "id", "creneau_id", "dossier_id", "organisme_id", "personne_id", "motif", "debut", "fin", "mode", "lieu", "etat",
    "pris_le", "auteur", "redacteur_id",
)  # fmt: skip
SUITE = ("change_le", "raison")
ORGANISME = ("code", "nom", "departement")
SANS_EFFET = (
    "Ni la prise, ni l'annulation, ni l'absence n'entrent dans le calcul d'un droit ou dans un contrôle : la base le "
    "refuse"
)
NUMERO = f"Numéro où appeler chiffré, effacé dès la suite notée, {NUMERO_GARDE.days} jours après l'heure au plus tard"
DROITS = ("Information", "Accès", "Rectification", "Limitation")

TRAITEMENTS_RENDEZ_VOUS = (
    Traitement(
        cle=MES_RENDEZ_VOUS,
        systeme="S16",
        limitation="La personne tient ses propres rendez-vous",
        intitule="Mes rendez-vous : en prendre un avec sa Caf, le déplacer, l'annuler",
        finalite="Prendre rendez-vous avec sa Caf, sur place ou par téléphone",
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires", "Protecteurs chargés par un juge"),
        lire={
            "identite.Personne": NOMS,
            "identite.Organisme": ORGANISME,
            "dossiers.Dossier": DOSSIER,
            "relation.Creneau": CRENEAU,
            "relation.RendezVous": (*PRIS, *SUITE),
        },
        creer={"relation.RendezVous": (*PRIS, "telephone_chiffre")},
        modifier={
            "relation.Creneau": ("etat",),
            "relation.RendezVous": ("etat", "change_le", "telephone_chiffre"),
        },
        perimetre="personne",
        destinataires=("L'allocataire lui-même", "Son protecteur, si le juge l'en a chargé", "Agents de la caisse"),
        conservation=CONSERVATION,
        mesures=(SANS_EFFET, NUMERO, "Deux personnes ne peuvent prendre le même créneau : la base le refuse"),
        droits_applicables=DROITS,
        information="Vous choisissez l'heure de votre rendez-vous. Ne pas venir ne change aucun droit. Vos rendez-vous "
        "sont gardés deux ans.",
        genres=("allocataire", "protecteur"),
        pouvoir=DECLARATIONS,
        archives="La personne lit ses propres données tant qu'elles existent",
    ),
    Traitement(
        cle=AGENDA,
        systeme="S16",
        intitule="Agenda des rendez-vous : ouvrir des créneaux, recevoir, annuler",
        finalite="Recevoir ou appeler les allocataires de sa Caf à l'heure convenue",
        sous_finalites=(
            "Ouvrir et retirer des créneaux",
            "Dire qui est venu, sans conséquence sur les droits",
            "Annuler, pour une raison que la personne lit",
        ),
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires", "Protecteurs chargés par un juge", clauses.AGENTS),
        lire={
            "identite.Personne": NOMS,
            "identite.Organisme": ORGANISME,
            "dossiers.Dossier": DOSSIER,
            "relation.Creneau": (*CRENEAU, "agent"),
            "relation.RendezVous": (*PRIS, *SUITE, "agent", "telephone_chiffre"),
        },
        creer={"relation.Creneau": (*CRENEAU, "agent")},
        modifier={
            "relation.Creneau": ("etat",),
            "relation.RendezVous": ("etat", "change_le", "agent", "raison", "telephone_chiffre"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire lui-même"),
        conservation=CONSERVATION,
        mesures=(
            SANS_EFFET,
            NUMERO,
            "Second facteur d'authentification des agents",
            "L'agenda montre des numéros de dossier, sans nom ; ouvrir un rendez-vous laisse une ligne au journal",
        ),
        droits_applicables=DROITS,
        information="Les agents de votre Caf voient l'heure et le motif de vos rendez-vous, et notent si vous êtes "
        "venu.",
        genres=("agent",),
    ),
    Traitement(
        cle=AVIS,
        systeme="S16",
        intitule="Rendez-vous : prévenir d'une annulation, rappeler la veille",
        finalite="Rappeler un rendez-vous proche, prévenir qu'il est annulé, sans en dire l'heure ni le motif",
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires", "Protecteurs chargés par un juge"),
        lire={
            "identite.Organisme": ORGANISME,
            "identite.PointDeContact": CONTACT_LU,
            "identite.AccesProtecteur": ("id", "protecteur_id", "personne_id", "mesure_id", "etat"),
            "identite.MesureProtection": ("id", "personne_id", "valide", "pouvoir_declarations"),
            "relation.RendezVous": (
                "id", "organisme_id", "personne_id", "redacteur_id", "debut", "fin", "etat", "rappel_le",
                "telephone_chiffre",
            ),
        },
        creer={"identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "categorie")},
        modifier={"relation.RendezVous": ("rappel_le", "telephone_chiffre")},
        perimetre="national",
        destinataires=("Relais de courrier électronique et expéditeur de SMS, pour l'envoi",),
        conservation=CONSERVATION,
        mesures=(
            "Un rappel par rendez-vous au plus, à l'adresse ou au mobile confirmés",
            "Un message de service : ni l'heure, ni le lieu, ni le motif ne quittent le site",
            NUMERO,
        ),
        droits_applicables=DROITS,
        information="La veille, un message vous rappelle que vous avez rendez-vous.",
        genres=("systeme",),
    ),
)  # fmt: skip
