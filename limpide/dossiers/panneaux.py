"""What other rooms add to the page of a file, each under its own processing: this room reads none of their tables.

A room registers its panel when it starts. The page opens the panel's processing first, then its own: one purpose at
a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panneau:
    """`lire(request, file)` runs under `cle`; what it returns is the context of `gabarit`."""

    cle: str
    gabarit: str
    lire: Callable[[Any, int], dict[str, Any]]


_PANNEAUX: dict[str, Panneau] = {}


def ajouter(panneau: Panneau) -> None:
    """Once per processing, at start."""
    _PANNEAUX[panneau.cle] = panneau


def panneaux() -> tuple[Panneau, ...]:
    return tuple(_PANNEAUX.values())
