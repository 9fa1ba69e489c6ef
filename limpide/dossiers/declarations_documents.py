"""Processings of supporting documents (S26): sent and read by the person, examined by an agent of their Caf."""

import datetime

from limpide.identite.mesures import DECLARATIONS
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement

ACTES_PIECES = (
    Acte(
        "acte_reglementaire",
        "Acte réglementaire relatif à la gestion électronique de documents (suivi des pièces)",
        date=datetime.date(1998, 7, 7),
    ),
    Acte("deliberation", "Délibération de la Cnil", "n° 98-056", datetime.date(1998, 6, 9)),
)
MES_DOCUMENTS, EXAMEN_DOCUMENTS = "mes_documents", "examen_documents"
BASE_LEGALE = "Code de la sécurité sociale, art. L212-1 et L161-1-4 : mission d'intérêt public (RGPD art. 6.1.e)"

DOCUMENT = (
    "id", "lie_a", "dossier_id", "organisme_id", "personne_id", "piece_id", "genre", "forme", "pages", "taille",
    "empreinte_recue", "empreinte", "contenu_chiffre", "canal", "deposant_id", "auteur", "depose_le", "efface_le",
)  # fmt: skip
PIECE_SUIVIE = (
    "id", "dossier_id", "organisme_id", "demande_id", "personne_id", "genre", "droits", "etat", "attendue_pour",
    "recue_le", "traitee_le", "motif_refus", "empreinte", "canal",
)  # fmt: skip
FAIT_LU = (
    "id", "dossier_id", "organisme_id", "personne_id", "nature", "valeur", "valide", "connu", "source", "auteur",
    "piece_id",
)  # fmt: skip
RECEPTION = ("etat", "recue_le", "traitee_le", "motif_refus", "empreinte", "canal")
LUES = {
    "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
    "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
    "dossiers.Demande": ("id", "dossier_id", "organisme_id", "numero", "droits", "etat", "deposee_le", "decidee_le"),
    "dossiers.PieceAttendue": PIECE_SUIVIE,
    "dossiers.Document": DOCUMENT,
}
MESURES = (
    "Le vrai genre du fichier est lu dans son contenu ; l'image est refaite sans métadonnées, le PDF sans rien d'actif",
    "Contenu chiffré dans la base, lié à sa ligne ; deux empreintes : fichier reçu, fichier gardé",
    "Ni le nom du fichier ni sa position géographique ne sont gardés",
)

TRAITEMENTS_DOCUMENTS = (
    Traitement(
        cle=MES_DOCUMENTS,
        systeme="S26",
        aussi=("S20",),
        limitation="La personne lit et envoie ses propres documents",
        intitule="Mes documents : envoyer une pièce justificative et la relire",
        finalite="Permettre à l'allocataire d'envoyer les documents attendus et de savoir ce qu'ils deviennent",
        base_legale=BASE_LEGALE,
        actes=ACTES_PIECES,
        personnes=("Allocataires et membres de leur foyer",),
        lire={**LUES, "identite.Affiliation": ("personne_id", "allocataire_id")},
        creer={"dossiers.Document": DOCUMENT},
        modifier={"dossiers.PieceAttendue": RECEPTION},
        perimetre="personne",
        destinataires=(
            "L'allocataire lui-même",
            "Son protecteur, si le juge l'en a chargé",
            "Agents habilités de la caisse",
        ),
        conservation=fiche_du_dossier(),
        mesures=(*MESURES, "Lignes limitées à l'allocataire par la base de données elle-même"),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Vous envoyez ici les documents que votre Caf attend. Elle garde ce qu'ils montrent, chiffré, et "
        "qui les a envoyés. La copie d'une pièce d'identité est effacée dès qu'elle est vérifiée.",
        genres=("allocataire", "protecteur"),
        pouvoir=DECLARATIONS,
        archives="La personne lit ses propres données tant qu'elles existent",
    ),
    Traitement(
        cle=EXAMEN_DOCUMENTS,
        systeme="S26",
        intitule="Examen des pièces justificatives",
        finalite="Lire les documents reçus, les accepter ou dire pourquoi ils ne conviennent pas",
        sous_finalites=(
            "Lister les documents reçus qui attendent un examen",
            "Verser au dossier un document reçu par courrier ou à l'accueil",
            "Effacer la copie d'une pièce d'identité vérifiée",
            "Enregistrer ce que dit une décision de la MDPH : taux, restriction, dates",
        ),
        base_legale=BASE_LEGALE,
        actes=ACTES_PIECES,
        personnes=("Allocataires et membres de leur foyer",),
        lire={**LUES, "identite.Affiliation": ("personne_id", "organisme_id"), "dossiers.Fait": FAIT_LU},
        creer={
            "dossiers.Document": DOCUMENT,
            "dossiers.Fait": tuple(c for c in FAIT_LU if c != "id"),
        },
        modifier={
            "dossiers.Fait": ("connu",),
            "dossiers.PieceAttendue": RECEPTION,
            "dossiers.Demande": ("etat", "decidee_le"),
            "dossiers.Document": ("contenu_chiffre", "efface_le"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse",),
        conservation=fiche_du_dossier(),
        mesures=(
            *MESURES,
            "Second facteur d'authentification des agents",
            "La liste montre des numéros de dossier, sans nom ; ouvrir un document laisse une ligne au journal",
        ),
        droits_applicables=("Accès", "Rectification", "Limitation"),
        information="Un agent de votre Caf lit les documents que vous envoyez. Vous voyez quand, et s'ils conviennent.",
        genres=("agent",),
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="aucune",
    ),
)
