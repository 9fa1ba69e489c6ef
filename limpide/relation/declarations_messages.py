"""Processings of messages: the person writes and reads, an agent of their Caf answers."""

from limpide.dossiers.declarations_documents import DOCUMENT
from limpide.identite.mesures import DECLARATIONS
from limpide.registre import clauses
from limpide.registre.actes import acte_reglementaire, avis_repute_favorable
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Conservation, Traitement

from .echanges import JOURS_POUR_REPONDRE, MES_MESSAGES, MESSAGES_AGENTS

ACTES = (acte_reglementaire("2006-04-19"), avis_repute_favorable())
BASE_LEGALE = "RGPD art. 6.1.e : mission d'intérêt public (code de la sécurité sociale, art. L212-1)"
CONSERVATION = Conservation(
    active="deux ans après le contact",
    intermediaire="jamais plus longtemps que le dossier : six ans au plus après la fin de la relation avec la caisse",
    sort_final="suppression",
    source=fiche_du_dossier().source,
    proposees=("deux ans après le contact",),
)
CONVERSATION = (
    "id", "dossier_id", "organisme_id", "personne_id", "motif", "titre_chiffre", "etat", "ouverte_le", "dernier_le",
    "reponse_avant", "lue_le", "agent", "prise_le", "close_le",
)  # fmt: skip
MESSAGE = (
    "id", "conversation_id", "document_id", "dossier_id", "organisme_id", "personne_id", "sens", "texte_chiffre",
    "redacteur_id", "auteur", "ecrit_le",
)  # fmt: skip
MON_CONTACT = (
    "id", "dossier_id", "personne_id", "canal", "motif", "note_chiffree", "auteur", "fait_le", "relecture",
)  # fmt: skip
NOMS = ("id", "nom_naissance", "nom_usage", "prenoms")
DOSSIER = ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le")
SANS_EFFET = "Rien de ce qui est écrit ici n'entre dans le calcul d'un droit ni dans un contrôle : la base le refuse"
MESURES = (
    "Titre et texte chiffrés dans la base, liés à leur ligne",
    "Ni titre ni texte dans un journal, une adresse de page ou l'objet d'un courriel",
    SANS_EFFET,
)

TRAITEMENTS_MESSAGES = (
    Traitement(
        cle=MES_MESSAGES,
        systeme="S16",
        limitation="La personne écrit et relit ses propres messages",
        intitule="Mes messages et mes contacts : écrire à sa Caf, lire sa réponse et ce qu'elle note",
        finalite="Écrire à sa Caf, savoir où en est la réponse, la lire, et lire ce qui est noté d'un contact",
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires", "Protecteurs chargés par un juge"),
        lire={
            "identite.Personne": NOMS,
            "identite.Organisme": ("code", "nom"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Document": tuple(c for c in DOCUMENT if c != "contenu_chiffre"),
            "relation.Conversation": CONVERSATION,
            "relation.MessageEcrit": MESSAGE,
            "relation.Contact": MON_CONTACT,
            "relation.VerificationAppel": ("id", "dossier_id", "personne_id", "faite_le", "reussie"),
        },
        creer={
            "relation.Conversation": CONVERSATION,
            "relation.MessageEcrit": MESSAGE,
            "dossiers.Document": DOCUMENT,
        },
        modifier={"relation.Conversation": ("etat", "reponse_avant", "dernier_le", "lue_le")},
        perimetre="personne",
        destinataires=("L'allocataire lui-même", "Son protecteur, si le juge l'en a chargé", "Agents de la caisse"),
        conservation=CONSERVATION,
        mesures=(*MESURES, "Lignes limitées à l'allocataire par la base de données elle-même"),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Vous écrivez à votre Caf, elle vous répond ici. Vos messages sont chiffrés et gardés deux ans. "
        "Ils ne servent ni à calculer vos droits ni à décider d'un contrôle.",
        genres=("allocataire", "protecteur"),
        pouvoir=DECLARATIONS,
        archives="La personne lit ses propres données tant qu'elles existent",
    ),
    Traitement(
        cle=MESSAGES_AGENTS,
        systeme="S16",
        intitule="Messages à traiter : lire, se charger d'une réponse, répondre",
        finalite="Répondre aux messages des allocataires de sa Caf",
        sous_finalites=(
            "Lister ce qui attend, par échéance, sans nom ni titre",
            f"Répondre en {JOURS_POUR_REPONDRE} jours, délai que la Caf se donne",
        ),
        base_legale=BASE_LEGALE,
        actes=ACTES,
        personnes=("Allocataires", "Protecteurs chargés par un juge", clauses.AGENTS),
        lire={
            "identite.Personne": NOMS,
            "dossiers.Dossier": DOSSIER,
            "dossiers.Document": tuple(c for c in DOCUMENT if c != "contenu_chiffre"),
            "relation.Conversation": CONVERSATION,
            "relation.MessageEcrit": MESSAGE,
        },
        creer={"relation.MessageEcrit": MESSAGE},
        modifier={
            "relation.Conversation": (
                "etat", "reponse_avant", "dernier_le", "lue_le", "agent", "prise_le", "close_le",
            ),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire lui-même"),
        conservation=CONSERVATION,
        mesures=(
            *MESURES,
            "Second facteur d'authentification des agents",
            "La liste montre des numéros de dossier, sans nom ni titre ; ouvrir un message laisse une ligne au journal",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Un agent de votre Caf lit vos messages et y répond. Vous voyez quand ils sont lus.",
        genres=("agent",),
    ),
)  # fmt: skip
