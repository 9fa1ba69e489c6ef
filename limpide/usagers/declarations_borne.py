"""Processings of the kiosks (S20): the terminals themselves, and what a person reads of their file at one of them."""

from limpide.registre.actes import acte_reglementaire, avis_repute_favorable
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Conservation, Traitement

CONSULTATION = "consultation_borne"
ACTES_BORNES = (acte_reglementaire("2003-09-09"), avis_repute_favorable())
BASE_LEGALE = "Code de la sécurité sociale, art. L583-1 : mission d'intérêt public (RGPD art. 6.1.e)"
BORNE = (
    "id", "organisme_id", "nom", "adresse", "horaires", "empreinte", "posee_le", "installee_le", "retiree_le",
)  # fmt: skip

TRAITEMENTS_BORNE = (
    Traitement(
        cle="bornes",
        systeme="S20",
        intitule="Bornes installées dans les accueils des Caf",
        finalite="Savoir quels postes partagés sont des bornes de la Caf, et n'ouvrir qu'à eux la connexion à la borne",
        base_legale=BASE_LEGALE,
        actes=ACTES_BORNES,
        personnes=("Aucune : les lignes disent où sont les bornes",),
        lire={"usagers.Borne": BORNE, "identite.Organisme": ("code", "nom")},
        creer={"usagers.Borne": BORNE[1:]},
        modifier={"usagers.Borne": ("empreinte", "installee_le", "retiree_le")},
        perimetre="national",
        destinataires=("Exploitant du service",),
        conservation=Conservation(active="sans limite : aucune donnée de personne"),
        mesures=(
            "Le code d'installation sert une fois, le jour même ; la borne reçoit un jeton tiré au hasard",
            "Du code et du jeton, la base ne garde qu'une empreinte ; une borne retirée n'ouvre plus rien",
        ),
        droits_applicables=("Information",),
        information="La borne se fait reconnaître par un jeton qui désigne le poste, et personne d'autre.",
        genres=("systeme",),
        sans_personne="Une ligne dit où est une borne : elle ne dit rien de qui s'en sert.",
    ),
    Traitement(
        cle=CONSULTATION,
        systeme="S20",
        limitation="La personne lit ses propres données",
        intitule="Consultation de son dossier à une borne de la Caf",
        finalite="Permettre à l'allocataire de lire ses paiements et l'avancement de ses demandes dans les locaux de "
        "sa Caf",
        base_legale=BASE_LEGALE,
        actes=ACTES_BORNES,
        personnes=("Allocataires", "Membres de leur foyer"),
        lire={
            "identite.Personne": ("id", "prenoms"),
            "identite.Affiliation": ("personne_id", "organisme_id", "allocataire_id"),
            "identite.Organisme": ("code", "nom"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.Demande": (
                "id", "dossier_id", "organisme_id", "numero", "droits", "etat", "creee_le", "deposee_le", "decidee_le",
            ),
            "dossiers.PieceAttendue": (
                "id", "dossier_id", "organisme_id", "demande_id", "personne_id", "genre", "etat", "attendue_pour",
                "recue_le", "motif_refus",
            ),
            "paiements.FichierVirement": ("id", "organisme_id", "mois", "numero", "date_execution", "etat"),
            "paiements.OrdrePaiement": (
                "id", "organisme_id", "dossier_id", "mois", "nature", "montant_centimes", "fichier_id",
            ),
        },
        perimetre="personne",
        destinataires=("L'allocataire lui-même",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Même numéro, même mot de passe et même second facteur que sur le site",
            "Trois essais faux ferment les bornes à ce compte, un jour, sans fermer le site",
            "Fin par un bouton de chaque page, ou après deux minutes sans rien faire",
            "Rien n'est gardé par le poste : ni page, ni identifiant, ni historique lisible",
            "Lecture seule, limitée à l'allocataire par la base de données elle-même",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="La borne de votre Caf montre vos paiements et vos demandes. Elle ne retient rien après votre "
        "passage ; la connexion figure dans « Mes connexions », avec le nom de la borne.",
        genres=("allocataire",),
        automatisation="aucune",
        archives="La personne lit ses propres données tant qu'elles existent",
    ),
)  # fmt: skip
