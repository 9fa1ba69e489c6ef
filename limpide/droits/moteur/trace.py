"""The trace: which rule was applied to what, and what it gave. It becomes the explanation and the letter."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Etape:
    """One rule applied once. `regle` is its key in the registry; `arguments` are what it was given.

    `phrase` and `phrase_nulle` are what its rule says of it (see `moteur.regle`). `debut` and `fin`: when it was
    applied, in nanoseconds of a clock that only tells durations.
    """

    nom: str
    libelle: str
    articles: tuple[str, ...]
    arguments: dict[str, Any]
    resultat: Any = None
    etapes: list["Etape"] = field(default_factory=list)
    regle: str = ""
    phrase: Any = field(default=None, repr=False, compare=False)
    phrase_nulle: Any = field(default=None, repr=False, compare=False)
    debut: int = field(default=0, repr=False, compare=False)
    fin: int = field(default=0, repr=False, compare=False)


etape_courante: ContextVar[Etape | None] = ContextVar("etape_courante", default=None)


def tracer(fonction: Callable[..., Any], *arguments: Any) -> tuple[Any, Etape]:
    """Call a rule and return its result with the step it left, and inside it every step it took."""
    racine = Etape("racine", "", (), {})
    jeton = etape_courante.set(racine)
    try:
        resultat = fonction(*arguments)
    finally:
        etape_courante.reset(jeton)
    return resultat, racine.etapes[0]
