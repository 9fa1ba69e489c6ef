"""The differences with OpenFisca-France that an article explains.

Each class says which households it concerns (a predicate over their facts, never over the amounts), for
which rights, which article explains it and who is right. The same list, with the reasoning, is in
`docs/divergences.md`; a test checks that both agree. A household that differs without belonging to a class
is a fault of one of the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from limpide.droits.hasard.composition import mois_revolus
from limpide.droits.situation import ENFANT, MOIS_FENETRE

Tableau = npt.NDArray[np.void]
Masque = npt.NDArray[np.bool_]
Entiers = npt.NDArray[np.int64]
EPOQUE = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True)
class Circonstances:
    """The households of a month, and what predicates usually ask about them."""

    mois: str
    foyers: Tableau
    personnes: Tableau
    limpide: dict[str, npt.NDArray[np.float64]]
    openfisca: dict[str, npt.NDArray[np.float64]]

    @cached_property
    def appartenance(self) -> Entiers:
        """Household of each person."""
        return np.repeat(np.arange(len(self.foyers)), self.foyers["fin"] - self.foyers["debut"])

    @cached_property
    def enfant(self) -> Masque:
        """By person."""
        return np.asarray(self.personnes["role"] == ENFANT)

    @cached_property
    def couple(self) -> Masque:
        """By household."""
        return self.au_moins_un(self.personnes["role"] == 1)

    @cached_property
    def naissance(self) -> npt.NDArray[np.datetime64]:
        """By person."""
        return np.asarray(EPOQUE + self.personnes["date_naissance"].astype(np.int64))

    def age(self, recul: int = 0) -> Entiers:
        """Completed years on the first day of the month `recul` months before the one computed, by person."""
        return mois_revolus(self.naissance, np.datetime64(self.mois, "M") - recul) // 12

    def au_moins_un(self, masque: npt.NDArray[np.bool_]) -> Masque:
        """By household: at least one person satisfies."""
        return self.nombre(masque) > 0

    def nombre(self, masque: npt.NDArray[np.bool_]) -> Entiers:
        """By household: how many persons satisfy."""
        return np.bincount(self.appartenance, masque, len(self.foyers)).astype(np.int64)


@dataclass(frozen=True)
class Classe:
    """One explained difference."""

    cle: str
    titre: str
    droits: tuple[str, ...]
    article: str
    raison: Literal["limpide", "openfisca", "indecis"]
    concerne: Callable[[Circonstances], Masque]


def age_en_annees_moyennes(c: Circonstances) -> Masque:
    """Someone whose age OpenFisca, which divides days by 365.2425, misses in some month it reads."""
    faux = np.zeros(len(c.personnes), bool)
    for recul in range(MOIS_FENETRE + 4):
        premier = (np.datetime64(c.mois, "M") - recul).astype("datetime64[D]")
        moyen = (premier - c.naissance + np.timedelta64(1, "D")).astype("timedelta64[Y]").astype(np.int64)
        faux |= (moyen != c.age(recul)) & (c.naissance < premier)
    return c.au_moins_un(faux)


CLASSES: tuple[Classe, ...] = (
    Classe(
        "age-en-annees-moyennes",
        "Âge compté en années moyennes",
        ("af", "rsa", "ppa"),
        "Code civil, art. 388 et 2228 (l'âge s'atteint au jour anniversaire)",
        "limpide",
        age_en_annees_moyennes,
    ),
)
