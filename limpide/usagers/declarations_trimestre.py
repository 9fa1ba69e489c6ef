"""The processing of the quarterly declaration of resources (S03)."""

from limpide.dossiers.declarations import ACTES_PRIME_ACTIVITE, DEMANDE, DOSSIER, FAIT, PERSONNE, RATTACHEMENT, sauf_id
from limpide.dossiers.declarations_taches import TACHE, TACHE_CREEE
from limpide.identite.mesures import DECLARATIONS
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Traitement
from limpide.usagers.declarations_demande import SCELLEE

TRIMESTRE = "declaration_trimestre"
TRIMESTRE_LU = ("id", "dossier_id", "organisme_id", "personne_id", "mois", "echeance", "declare_le", "scellee_id")
TACHE_SUIVIE = tuple(c for c in TACHE if c not in {"detail", "reponse_personne"})
"""Where a task stands, without what other tasks of the file say."""
LIGNE = (
    "id", "liquidation_id", "organisme_id", "dossier_id", "mois", "droit", "rang", "montant_centimes",
    "crds_centimes", "motif", "fait_manquant",
)  # fmt: skip

TRAITEMENTS_TRIMESTRE = (
    Traitement(
        cle=TRIMESTRE,
        systeme="S03",
        aussi=("S02", "S06"),
        limitation="La personne déclare ses propres ressources",
        intitule="Déclaration trimestrielle de ressources",
        finalite="Montrer ce que la Caf connaît des ressources de trois mois, le corriger, le compléter et le déclarer",
        sous_finalites=(
            "Enregistrer ce qui est déclaré, en une fois, en gardant ce qui était connu avant",
            "Sceller le contenu déclaré, remettre un récépissé numéroté",
            "Demander à un agent de vérifier quand un organisme dit autre chose",
        ),
        base_legale="Code de la sécurité sociale, art. L843-4, R843-1 et D846-1 ; code de l'action sociale et des "
        "familles, art. R262-4 et R262-7 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES_PRIME_ACTIVITE,
        personnes=("Bénéficiaires du RSA et de la prime d'activité", "Membres de leur foyer"),
        lire={
            "identite.Personne": PERSONNE,
            "identite.Organisme": ("code", "nom"),
            "identite.Affiliation": ("personne_id", "organisme_id", "allocataire_id"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.Demande": DEMANDE,
            "dossiers.Liquidation": ("id", "organisme_id", "mois", "numero", "genre", "etat", "connu_au"),
            "dossiers.LigneDroit": LIGNE,
            "dossiers.DeclarationScellee": SCELLEE,
            "dossiers.Trimestre": TRIMESTRE_LU,
            "dossiers.TacheAgent": TACHE_SUIVIE,
        },
        creer={
            "dossiers.Fait": sauf_id(FAIT),
            "dossiers.DeclarationScellee": SCELLEE,
            "dossiers.Trimestre": sauf_id(TRIMESTRE_LU),
            "dossiers.TacheAgent": TACHE_CREEE,
        },
        modifier={"dossiers.Fait": ("connu",), "dossiers.Trimestre": ("declare_le", "scellee_id")},
        perimetre="personne",
        destinataires=(
            "Agents habilités de la caisse",
            "L'allocataire lui-même",
            "Son protecteur, si le juge l'en a chargé",
        ),
        conservation=fiche_du_dossier(),
        mesures=(
            "Tout est enregistré en une fois, ou rien ne l'est",
            "Un montant corrigé n'efface pas celui qui était connu : les deux sont gardés, avec la raison",
            "Le contenu déclaré est chiffré, scellé par son empreinte, et ne se modifie pas",
            "Lignes limitées à l'allocataire par la base de données elle-même",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Vous vérifiez ce que la Caf connaît de vos ressources, vous le corrigez et vous le complétez. Ce "
        "que vous envoyez est gardé exactement. Si un organisme dit autre chose, un agent vérifie avant de décider.",
        genres=("allocataire", "protecteur"),
        pouvoir=DECLARATIONS,
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="aucune",
    ),
)
