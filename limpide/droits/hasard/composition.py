"""Who lives in the household: adults, children and their births, arrivals and departures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.situation import CONJOINT, DEMANDEUR, ENFANT, MOIS_FENETRE

if TYPE_CHECKING:
    from .tirage import Tirage

Entiers = npt.NDArray[np.int64]
Vrais = npt.NDArray[np.bool_]

PART_COUPLES = 0.45
PARTS_ENFANTS = (0.22, 0.22, 0.24, 0.16, 0.08, 0.04, 0.02, 0.01, 0.01)
"""Shares of households with 0, 1, … 8 children."""

BASCULE_MAJORATION = np.datetime64("2012-03-01", "D")
"""Children born around this day are aimed at: the age of the family-allowance increase depends on it."""


@dataclass(frozen=True)
class Composition:
    """Persons of a draw: arrays by person (`foyer` to `present`) and by household (the rest)."""

    reference: np.datetime64
    foyer: Entiers
    role: npt.NDArray[np.int8]
    naissance: npt.NDArray[np.datetime64]
    age_mois: Entiers
    """Completed months on the first of the month computed; negative for a child to come."""
    present: npt.NDArray[np.int8]
    debut: Entiers
    fin: Entiers
    couple: Vrais
    enfants: Entiers

    @property
    def adulte(self) -> Vrais:
        """True for the claimant and the partner."""
        return np.asarray(self.role != ENFANT)

    @property
    def seul(self) -> Vrais:
        """By person: the household has one adult."""
        return np.asarray(~self.couple[self.foyer])


def composer(nombre: int, reference: np.datetime64, hasard: np.random.Generator, tirage: Tirage) -> Composition:
    """Draw the persons of `nombre` households."""
    couple = hasard.random(nombre) < PART_COUPLES
    enfants = hasard.choice(len(PARTS_ENFANTS), nombre, p=PARTS_ENFANTS)
    adultes = 1 + couple
    taille = adultes + enfants
    fin = np.cumsum(taille)
    debut = fin - taille
    foyer = np.repeat(np.arange(nombre), taille)
    rang = np.arange(len(foyer)) - debut[foyer]
    role = np.where(rang == 0, DEMANDEUR, np.where(rang < adultes[foyer], CONJOINT, ENFANT)).astype(np.int8)
    naissance = _naissances(role, foyer, reference, hasard, tirage)
    age_mois = mois_revolus(naissance, reference)
    present = _presences(role, foyer, hasard, tirage)
    return Composition(
        reference,
        foyer,
        role,
        naissance,
        age_mois,
        present,
        debut.astype(np.int64),
        fin.astype(np.int64),
        couple,
        enfants,
    )


def mois_revolus(naissance: npt.NDArray[np.datetime64], reference: np.datetime64) -> Entiers:
    """Completed months between a birth and the first day of a month (a birthday on the 1st counts)."""
    mois_naissance = naissance.astype("datetime64[M]")
    jour = (naissance - mois_naissance.astype("datetime64[D]")).astype(np.int64)
    ecart = (reference - mois_naissance).astype(np.int64)
    return np.asarray(ecart - (jour > 0), dtype=np.int64)


def _naissances(
    role: npt.NDArray[np.int8],
    foyer: Entiers,
    reference: np.datetime64,
    hasard: np.random.Generator,
    tirage: Tirage,
) -> npt.NDArray[np.datetime64]:
    """Births: half of the children near an age that matters, some twins, some born on the 1st."""
    n = len(role)
    cible = hasard.choice(np.asarray(tirage.ages_cibles), n) * 12 + hasard.integers(-3, 9, n)
    libre = hasard.integers(-5, 26 * 12 + 6, n)
    enfant = np.where(hasard.random(n) < 0.5 * tirage.rarete, cible, libre)
    adulte_cible = hasard.choice(np.array([16, 18, 25, 60, 65]), n) * 12 + hasard.integers(-3, 4, n)
    adulte = np.where(hasard.random(n) < 0.25 * tirage.rarete, adulte_cible, hasard.integers(19 * 12, 66 * 12, n))
    mois = np.where(role == ENFANT, enfant, adulte)
    jour = np.where(hasard.random(n) < 0.25, hasard.choice(np.array([0, 1, 27]), n), hasard.integers(0, 28, n))
    naissance = (reference - mois).astype("datetime64[D]") + jour
    bascule = (role == ENFANT) & (hasard.random(n) < 0.04)
    naissance = np.where(bascule, BASCULE_MAJORATION + hasard.integers(-40, 40, n), naissance)
    jumeau = (hasard.random(n) < 0.05) & (role == ENFANT)
    jumeau[1:] &= (role[:-1] == ENFANT) & (foyer[1:] == foyer[:-1])
    jumeau[:1] = False
    rangs = np.flatnonzero(jumeau)
    naissance[rangs] = naissance[rangs - 1]
    return np.asarray(naissance)


def _presences(
    role: npt.NDArray[np.int8], foyer: Entiers, hasard: np.random.Generator, tirage: Tirage
) -> npt.NDArray[np.int8]:
    """Month by month presence: some arrive or leave inside the window; the claimant never leaves."""
    n = len(role)
    mois = np.arange(MOIS_FENETRE)
    present: npt.NDArray[Any] = np.ones((n, MOIS_FENETRE), np.int8)
    bouge = (
        (hasard.random(int(foyer[-1]) + 1) < tirage.mouvements)[foyer] & (hasard.random(n) < 0.5) & (role != DEMANDEUR)
    )
    instant = hasard.integers(0, MOIS_FENETRE + 1, n)
    arrive = hasard.random(n) < 0.6
    apres = mois[None, :] >= instant[:, None]
    present[bouge] = np.where(arrive[:, None], apres, ~apres)[bouge]
    return np.asarray(present, dtype=np.int8)
