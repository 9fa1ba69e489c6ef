"""Words that several sheets share: who, how long, which measures, which rights."""

from limpide.registre.conservation.durees import APRES_LA_RELATION
from limpide.registre.declaration import Conservation

MISSION = "RGPD art. 6.1.e : mission d'intérêt public (code de la sécurité sociale, art. L223-1 et L583-3)"
OBLIGATION = "RGPD art. 6.1.c : obligation légale"

FOYER = "Allocataires et membres de leur foyer"
AGENTS = "Agents des Caf"

DROITS = ("Accès", "Rectification", "Limitation", "Opposition pour une raison tenant à sa situation particulière")
DROITS_SANS_OPPOSITION = ("Accès", "Rectification", "Limitation")
DROITS_ENQUETE = ("Accès", "Rectification", "Effacement", "Limitation", "Opposition sans avoir à se justifier")

SIX_ANS = Conservation(
    active="le temps de la relation avec la Caf",
    intermediaire=f"{APRES_LA_RELATION} au plus après la fin de cette relation, ou jusqu'à la décision définitive s'il "
    "y a un contentieux",
    sort_final="suppression",
    source=APRES_LA_RELATION.source,
)
"""Section 4 of the page."""

MESURES = (
    "Accès par traitement déclaré : colonnes et lignes accordées par la base de données, et rien d'autre",
    "Chaque consultation est journalisée : qui, pour quoi, quand",
    "Numéro de sécurité sociale et compte bancaire chiffrés, affichés masqués",
)
MESURES_SANTE = (*MESURES, "Données de santé lues par les seuls traitements qui le déclarent")
MESURES_ECHANGE = (
    *MESURES,
    "Seuls les champs déclarés sont transmis, pour la seule population déclarée",
    "Accusé de réception ligne par ligne ; le silence d'un partenaire ne retire aucun droit",
)
MESURES_ETUDE = (
    "Ni nom, ni numéro de sécurité sociale, ni adresse dans le fichier d'étude",
    "Pseudonyme propre à chaque étude ; petits effectifs masqués avant diffusion",
    "Table de correspondance détruite à la date prévue, avec preuve",
)
ARTICLE_9 = "RGPD art. 9.2.b : obligations en matière de sécurité sociale et de protection sociale"

NON_LU = (
    "Nom, actes et dates : page publique « Informatique et libertés » de la Caf. L'acte lui-même n'a pas été lu : la "
    "finalité, les données et les destinataires sont ceux que laissent comprendre son intitulé et les sources "
    "publiques ; à confirmer par le délégué."
)
PAGE_ET_SOURCES = (
    "Nom, actes et dates : page publique « Informatique et libertés » de la Caf. Finalité et données d'après des "
    "sources publiques (délibérations, rapports, presse spécialisée) lues par extraits."
)
PAGE = "Page publique « Informatique et libertés » de la Caf."
