"""S40: the coarse country of logins, in three processings; no other processing may declare these tables (MC-081)."""

from limpide.dossiers.declarations_taches import TACHE, TACHE_CREEE, TACHE_REPONDUE
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Conservation, Traitement
from limpide.usagers.residence import COMPTER, MA_RESIDENCE, SEUIL_JOURS, SEUIL_MOIS, SIGNALER

PAYS = ("id", "personne_id", "mois", "pays", "jours")
ABSENCE = ("id", "personne_id", "du", "au", "declaree_le")
ACTES = (Acte("conditions_d_utilisation", "Conditions générales d'utilisation de l'Espace Mon Compte, article 5"),)
BASE = "RGPD art. 6.1.e : mission d'intérêt public ; code de la sécurité sociale, art. L512-1, L111-2-3 et R111-2"
CONSERVATION = Conservation(
    active="deux ans après le mois",
    intermediaire="la question posée par la Caf et sa réponse, comme le dossier : six ans au plus après la fin de la "
    "relation avec la caisse",
    sort_final="suppression",
    source=fiche_du_dossier().source,
    proposees=("deux ans après le mois",),
)
DROITS = ("Information", "Accès", "Rectification", "Limitation")
MESURES = (
    "La personne, le mois, le pays et un nombre de jours : ni adresse réseau, ni position, ni heure",
    "La connexion d'un protecteur ne compte pas pour la personne protégée",
    "Rien ne sort de la branche Famille ; aucun autre traitement ne déclare ces données",
)

TRAITEMENTS_RESIDENCE = (
    Traitement(
        cle=COMPTER,
        systeme="S40",
        limitation="Une limitation demandée vaut pour l'usage : aucune vérification n'en sort",
        intitule="Compter les jours de connexion par pays",
        finalite="Savoir, mois par mois, de quels pays une personne se connecte à son propre compte",
        base_legale=BASE,
        actes=ACTES,
        personnes=("Titulaires d'un compte",),
        lire={"usagers.PaysDuMois": PAYS, "identite.Connexion": ("id", "personne_id", "ouverte_le")},
        creer={"usagers.PaysDuMois": ("personne_id", "mois", "pays", "jours")},
        modifier={"usagers.PaysDuMois": ("jours",)},
        perimetre="personne",
        destinataires=("La personne elle-même",),
        conservation=CONSERVATION,
        mesures=MESURES,
        droits_applicables=DROITS,
        information="À votre première connexion du jour, le pays d'où vous venez est compté, mois par mois. Ni votre "
        "adresse de connexion, ni votre position, ni l'heure ne sont gardées ici.",
        genres=("allocataire",),
        automatisation="aucune",
        archives="La personne se connecte à son propre compte",
    ),
    Traitement(
        cle=SIGNALER,
        systeme="S40",
        intitule="Demander à une personne où elle habite",
        finalite="Proposer de vérifier la résidence quand les connexions viennent longtemps de l'étranger",
        sous_finalites=(
            f"Plus de {SEUIL_JOURS} jours depuis l'étranger, sur {SEUIL_MOIS} mois au moins d'une année civile",
            "Ôter les jours des absences déclarées",
        ),
        base_legale=BASE,
        actes=ACTES,
        personnes=("Allocataires titulaires d'un compte",),
        lire={
            "usagers.PaysDuMois": PAYS,
            "usagers.AbsenceDeclaree": ABSENCE,
            "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "clos_le"),
            "dossiers.TacheAgent": TACHE,
        },
        creer={"dossiers.TacheAgent": TACHE_CREEE},
        perimetre="national",
        destinataires=("Agents habilités de la caisse d'allocations familiales", "La personne elle-même"),
        conservation=CONSERVATION,
        mesures=(*MESURES, "Jamais d'arrêt automatique : un agent lit la réponse et juge ; le seuil est publié ici"),
        droits_applicables=DROITS,
        information="Si vos connexions viennent longtemps de l'étranger, votre Caf vous demande où vous habitez. Rien "
        "ne s'arrête pour cela. Vous répondez dans Mon Compte, page « Ma situation ».",
        genres=("systeme",),
        automatisation="aucune",
    ),
    Traitement(
        cle=MA_RESIDENCE,
        systeme="S40",
        limitation="La personne lit ses propres données et y répond",
        intitule="Ma résidence : ce qui est gardé, mes absences, ma réponse",
        finalite="Voir exactement ce qui est gardé de ses connexions, déclarer une absence, répondre une fois",
        base_legale=BASE,
        actes=ACTES,
        personnes=("Titulaires d'un compte",),
        lire={
            "usagers.PaysDuMois": PAYS,
            "usagers.AbsenceDeclaree": ABSENCE,
            "dossiers.Dossier": ("id", "allocataire_id"),
            "dossiers.TacheAgent": TACHE,
        },
        creer={"usagers.AbsenceDeclaree": ("personne_id", "du", "au", "declaree_le")},
        modifier={"dossiers.TacheAgent": TACHE_REPONDUE},
        perimetre="personne",
        destinataires=("La personne elle-même", "Agents habilités de sa caisse, pour sa réponse"),
        conservation=CONSERVATION,
        mesures=MESURES,
        droits_applicables=DROITS,
        information="Vous voyez ce qui est gardé du pays de vos connexions. Vous pouvez dire vos absences à l'avance.",
        genres=("allocataire",),
        automatisation="aucune",
        archives="La personne lit ses propres données tant qu'elles existent",
    ),
)
