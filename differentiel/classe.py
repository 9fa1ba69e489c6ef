"""What an explained class of differences is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .circonstances import Circonstances, Masque


@dataclass(frozen=True)
class Classe:
    """One explained difference."""

    cle: str
    titre: str
    droits: tuple[str, ...]
    article: str
    raison: Literal["limpide", "openfisca", "indecis"]
    concerne: Callable[[Circonstances], Masque]
