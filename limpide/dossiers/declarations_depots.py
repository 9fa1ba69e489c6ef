"""What a protector deposits for whom they protect: the judgement and the account; and the second agent's answer."""

from limpide.dossiers.declarations_documents import ACTES_PIECES, DOCUMENT, MESURES
from limpide.identite.declarations_protecteurs import ACCES
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Traitement

DEPOT, RIB = "depot_protecteur", "rib_protecteur"
RIB_LU = (
    "id", "acces_id", "organisme_id", "dossier_id", "personne_id", "protecteur_id", "titulaire", "depose_le", "etat",
    "motif", "repondu_le",
)  # fmt: skip
RIB_CREE = (
    "id", "acces_id", "organisme_id", "dossier_id", "personne_id", "protecteur_id", "iban_chiffre", "titulaire",
)  # fmt: skip
COMPTE = ("id", "personne_id", "iban_chiffre", "empreinte", "bic", "titulaire", "valide")
BASE = "Code civil, art. 427, 440, 472 et 473 ; code de la sécurité sociale, art. L212-1 : mission d'intérêt public "
PERSONNES = ("Allocataires protégés par une décision de justice", "Leurs protecteurs, personnes physiques")

TRAITEMENTS_DEPOTS = (
    Traitement(
        cle=DEPOT,
        systeme="S39",
        aussi=("S26",),
        limitation="Le protecteur montre ce qui le charge d'agir",
        intitule="Dépôt par le protecteur de la décision du juge et du Rib",
        finalite="Recevoir en ligne la décision qui charge de protéger une personne, et le compte de celle-ci",
        base_legale=f"{BASE}(RGPD art. 6.1.e)",
        actes=ACTES_PIECES,
        personnes=PERSONNES,
        lire={
            "identite.AccesProtecteur": ACCES,
            "identite.RibPropose": RIB_LU,
            "dossiers.Document": tuple(c for c in DOCUMENT if c != "contenu_chiffre"),
        },
        creer={"dossiers.Document": DOCUMENT, "identite.RibPropose": RIB_CREE},
        perimetre="personne",
        destinataires=("Agents habilités de la caisse",),
        conservation=fiche_du_dossier(),
        mesures=(
            *MESURES,
            "IBAN chiffré (AES-256-GCM), lié à sa ligne, effacé avec la réponse",
            "La copie de la décision et du Rib est effacée dès qu'un agent a répondu",
        ),
        droits_applicables=("Information", "Accès", "Rectification"),
        information="Vous envoyez la décision qui vous charge d'agir et le Rib de la personne. Un agent les lit ; les "
        "copies sont effacées dès sa réponse.",
        genres=("allocataire",),
        archives="Le protecteur dépose tant que l'accès existe",
    ),
    Traitement(
        cle=RIB,
        systeme="S06",
        intitule="Compte bancaire proposé par un protecteur",
        finalite="Vérifier que le compte est au nom de la personne protégée, et l'y payer",
        sous_finalites=("Exiger un autre agent que celui qui a ouvert l'accès",),
        base_legale=f"{BASE}(RGPD art. 6.1.e)",
        actes=ACTES_PIECES,
        personnes=PERSONNES,
        lire={
            "identite.RibPropose": (*RIB_LU, "iban_chiffre"),
            "identite.AccesProtecteur": ACCES,
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "identite.CoordonneesBancaires": COMPTE,
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
            "dossiers.Document": tuple(c for c in DOCUMENT if c != "contenu_chiffre"),
        },
        creer={"identite.CoordonneesBancaires": COMPTE},
        modifier={
            "identite.CoordonneesBancaires": ("valide",),
            "identite.RibPropose": ("etat", "motif", "repondu_le", "repondu_par", "iban_chiffre"),
            "dossiers.Document": ("contenu_chiffre", "efface_le"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "La personne protégée", "Son protecteur"),
        conservation=fiche_du_dossier(),
        mesures=(
            "IBAN affiché masqué ; un autre titulaire que la personne est refusé",
            "Deux agents : qui a ouvert l'accès n'accepte pas le compte, la base le tient",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Si votre protecteur perçoit vos prestations, il peut proposer un compte à votre nom. Un agent le "
        "vérifie avant tout paiement.",
        genres=("agent",),
        automatisation="aucune",
    ),
)
