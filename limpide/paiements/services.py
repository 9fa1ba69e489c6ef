"""The verbs of the room, for those who call it."""

from .comptabilite import comptabiliser, contrepasser
from .creances import abandonner, confirmer
from .virements import Emission, EmissionRefusee, emettre_virements

__all__ = [
    "Emission",
    "EmissionRefusee",
    "abandonner",
    "comptabiliser",
    "confirmer",
    "contrepasser",
    "emettre_virements",
]
