"""Tables of the room, one file per theme."""

from .composition import Dossier, Rattachement, SourceFait
from .demandes import Canal, Demande, EtatDemande, EtatPiece, PieceAttendue
from .droits import Decision, LigneDroit, Liquidation, RevueDecision, TexteDecision
from .faits import Fait, NatureFait

__all__ = [
    "Canal",
    "Decision",
    "Demande",
    "Dossier",
    "EtatDemande",
    "EtatPiece",
    "Fait",
    "LigneDroit",
    "Liquidation",
    "NatureFait",
    "PieceAttendue",
    "Rattachement",
    "RevueDecision",
    "SourceFait",
    "TexteDecision",
]
