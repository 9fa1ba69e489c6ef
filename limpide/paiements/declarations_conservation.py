"""Processings that show how long a file is kept, and those that open the archive with a reason."""

from limpide.registre.conservation.relations import lectures
from limpide.registre.conservation.traitements import ACTES, BASE
from limpide.registre.declaration import Conservation, Traitement

ETAT = ("id", "dossier_id", "etat", "fin_de_relation", "efface_apres", "grace_jusqu_au", "organisme")
ENTETE = {
    "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms", "date_deces"),
    "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "numero", "ouvert_le", "clos_le", "motif_cloture"),
}
SANS_DUREE_PROPRE = Conservation(active="aucune : rien n'est gardé de cette consultation, hors du journal")
MESURES = (
    "Lecture seule",
    "Un motif, choisi dans une liste, est écrit au journal",
    "Second facteur d'authentification des agents",
)

TRAITEMENTS_CONSERVATION = (
    Traitement(
        cle="conservation_dossier",
        systeme="S43",
        intitule="Durée de conservation d'un dossier",
        finalite="Dire à un agent quand finit la relation d'un foyer avec sa caisse, et ce qui la tient",
        base_legale=BASE,
        actes=ACTES,
        personnes=("Allocataires et membres de leur foyer",),
        lire=lectures(
            ENTETE
            | {
                "registre.Archivage": ETAT,
                "registre.Gel": ("id", "dossier_id", "personne_id", "motif", "leve_le"),
                "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois", "montant_centimes"),
                "dossiers.Rattachement": ("id", "dossier_id", "organisme_id", "personne_id"),
            }
        ),
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse",),
        conservation=SANS_DUREE_PROPRE,
        mesures=MESURES,
        droits_applicables=("Accès", "Limitation"),
        information="Un agent de votre caisse peut voir jusqu'à quand votre dossier est gardé, et pourquoi.",
        genres=("agent",),
    ),
    Traitement(
        cle="consultation_archives",
        systeme="S43",
        intitule="Consultation d'un dossier en archive intermédiaire",
        finalite="Répondre à une demande, à un contrôle ou à un juge sur un dossier sorti de la base active",
        base_legale=BASE,
        actes=ACTES,
        personnes=("Anciens allocataires et membres de leur foyer",),
        lire=ENTETE
        | {
            "registre.Archivage": ETAT,
            "dossiers.Rattachement": ("id", "dossier_id", "organisme_id", "personne_id", "role", "valide", "connu"),
            "dossiers.LigneDroit": (
                "id", "liquidation_id", "dossier_id", "organisme_id", "mois", "droit", "rang", "montant_centimes",
                "crds_centimes",
            ),
            "paiements.OrdrePaiement": ("id", "dossier_id", "organisme_id", "mois", "montant_centimes"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse, avec un motif",),
        conservation=SANS_DUREE_PROPRE,
        mesures=MESURES,
        droits_applicables=("Accès", "Limitation"),
        information="Deux ans après la fin de votre relation avec votre caisse, votre dossier n'est plus consulté "
        "qu'avec un motif particulier, que vous pouvez lire.",
        genres=("agent",),
        archives="Répondre, avec un motif, sur un dossier sorti de la base active",
    ),
)  # fmt: skip
