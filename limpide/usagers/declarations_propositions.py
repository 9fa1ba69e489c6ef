"""S39: rights offered to those who do not claim them, and the right to give them up. Two processings, nobody else's."""

from limpide.dossiers.declarations import DEMANDE, DOSSIER, RATTACHEMENT
from limpide.droits.faits import NATURES
from limpide.identite.mesures import CONSULTATION, DECLARATIONS
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement
from limpide.usagers.declarations_demande import LIQUIDATION_LUE
from limpide.usagers.propositions.apercu import DROITS_PROPOSES

REFUS_DE_PROPOSITION = "refus_de_proposition"
DECLINEE = ("id", "dossier_id", "organisme_id", "droit", "declinee_le")
FAIT = ("id", "dossier_id", "organisme_id", "personne_id", "nature", "valeur", "valide", "connu")
SANS_LA_SANTE = tuple(n.nom for n in NATURES.values() if n.sensible != "sante")
"""The kinds of facts that these estimations may read: the database hides the others."""
ACTES = (Acte("conditions_d_utilisation", "Conditions générales d'utilisation de l'Espace Mon Compte"),)
BASE = "RGPD art. 6.1.e : mission d'intérêt public ; CSS art. L583-1"
MESURES = (
    "Aucune donnée de santé n'est lue : la base de données la refuse à ce traitement",
    "L'estimation n'est pas gardée, et personne d'autre que la personne ou son protecteur ne la voit",
    "Un droit décliné n'est plus proposé ; ce choix n'est lu par aucun autre traitement et ne change aucun droit",
    "Lignes limitées à l'allocataire par la base de données elle-même",
)
DROITS = ("Information", "Accès", "Rectification", "Limitation", "Opposition")
DESTINATAIRES = ("L'allocataire lui-même", "Son protecteur, si le juge l'en a chargé")

TRAITEMENTS_PROPOSITIONS = (
    Traitement(
        cle=DROITS_PROPOSES,
        systeme="S39",
        limitation="La personne lit ses propres données",
        intitule="Droits possibles, proposés à la personne",
        finalite="Dire à une personne, et à elle seule, les droits que son foyer semble avoir et ne demande pas",
        sous_finalites=(
            "Estimer ces droits avec les mêmes règles que les droits calculés, et en montrer le calcul",
            "Dire ce qui manque pour en estimer un autre, et comment demander chacun",
            "Ouvrir le simulateur avec ce que la Caf connaît, dans la page seulement",
        ),
        base_legale=BASE,
        actes=ACTES,
        personnes=("Allocataires", "Membres de leur foyer"),
        natures=SANS_LA_SANTE,
        lire={
            "identite.Organisme": ("code", "nom"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.Demande": DEMANDE,
            "dossiers.Liquidation": LIQUIDATION_LUE,
            "dossiers.LigneDroit": (
                "id",
                "liquidation_id",
                "dossier_id",
                "organisme_id",
                "mois",
                "droit",
                "rang",
                "montant_centimes",
                "crds_centimes",
                "motif",
            ),
            "usagers.PropositionDeclinee": DECLINEE,
        },
        perimetre="personne",
        destinataires=DESTINATAIRES,
        conservation=fiche_du_dossier(),
        mesures=MESURES,
        droits_applicables=DROITS,
        information="Nous estimons, avec ce que votre Caf sait de vous, les droits que vous ne demandez pas. Vous seul "
        "voyez cette estimation : ce n'est pas une décision, et vous pouvez refuser qu'un droit vous soit proposé.",
        genres=("allocataire", "protecteur"),
        pouvoir=CONSULTATION,
        automatisation="aucune",
    ),
    Traitement(
        cle=REFUS_DE_PROPOSITION,
        systeme="S39",
        limitation="La personne dit ce qu'elle ne veut plus voir",
        intitule="Refus qu'un droit soit proposé",
        finalite="Respecter le choix d'une personne qui ne veut pas qu'un droit lui soit proposé",
        base_legale=BASE,
        actes=ACTES,
        personnes=("Allocataires",),
        natures=(),
        lire={
            "identite.Organisme": ("code", "nom"),
            "dossiers.Dossier": DOSSIER,
            "usagers.PropositionDeclinee": DECLINEE,
        },
        creer={"usagers.PropositionDeclinee": DECLINEE[1:]},
        supprimer=("usagers.PropositionDeclinee",),
        perimetre="personne",
        destinataires=DESTINATAIRES,
        conservation=fiche_du_dossier(),
        mesures=MESURES[2:],
        droits_applicables=DROITS,
        information="Un droit que vous ne voulez plus voir ne vous est plus proposé. Vous pouvez changer d'avis.",
        genres=("allocataire", "protecteur"),
        pouvoir=DECLARATIONS,
        automatisation="aucune",
    ),
)
