"""Tables of the room, one file per theme."""

from .composition import Dossier, Rattachement, SourceFait
from .demandes import Canal, Demande, EtatDemande, EtatPiece, PieceAttendue
from .droits import *  # noqa: F403 -- liquidation and decisions
from .faits import Fait, NatureFait

__all__ = [  # noqa: PLE0604
    "Canal",
    "Demande",
    "Dossier",
    "EtatDemande",
    "EtatPiece",
    "Fait",
    "NatureFait",
    "PieceAttendue",
    "Rattachement",
    "SourceFait",
]
