"""What one computation really read: the facts and the parameters, in words, from a run of the rules that notes them.

Two of the four things that the CRPA (R311-3-1-2) has communicated; the operations are `explication`'s.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .bareme import Parametre, Valeur, mois_fenetre, parametres
from .calcul import Resultat, catalogue_droits
from .explication import mois_de, trace_de
from .faits import NATURES, Nature
from .francais import periode, valeur_de_fait
from .lectures import arguments_de, lire_avec

FOYER = -1
"""Rank of the household itself among the persons."""


@dataclass(frozen=True)
class DonneeLue:
    """A fact that the rules read: whose (rank of the person, -1 for the household), its value, over which months."""

    rang: int
    nature: Nature
    brut: float
    valeur: str
    mois: tuple[int, ...]

    @property
    def quand(self) -> str:
        """« de juin à août 2026 », « novembre 2026 »; empty for a fact that is not monthly."""
        return periode(self.mois) if self.nature.periodicite == "mois" else ""


@dataclass(frozen=True)
class ParametreLu:
    """A parameter of the law that the rules read, with the value it had."""

    parametre: Parametre
    valeur: Valeur
    mois: tuple[int, ...]


def donnees_lues(resultat: Resultat) -> list[DonneeLue]:
    """Facts read by this computation, by person then in the catalogue's order; equal months in a row are one line."""
    lues, fenetre = _lectures(resultat)
    par_fait: dict[tuple[int, str], list[tuple[int, Any]]] = {}
    for (rang, nom, k), valeur in lues.faits.items():
        par_fait.setdefault((rang, nom), []).append((k, valeur))
    ordre = list(NATURES)
    return [
        DonneeLue(rang, NATURES[nom], float(valeur), valeur_de_fait(NATURES[nom], valeur), mois)
        for rang, nom in sorted(par_fait, key=lambda x: (x[0], ordre.index(x[1])))
        for valeur, mois in _suites(par_fait[rang, nom], fenetre)
    ]


def parametres_lus(resultat: Resultat) -> list[ParametreLu]:
    """Parameters read by this computation, each once per value it had over the months read."""
    lues, fenetre = _lectures(resultat)
    trouves: dict[tuple[str, int], tuple[Valeur, set[int]]] = {}
    for nom, k in lues.parametres:
        valeur = parametres()[nom].en(fenetre[k])
        trouves.setdefault((nom, valeur.debut), (valeur, set()))[1].add(fenetre[k])
    return [ParametreLu(parametres()[nom], v, tuple(sorted(m))) for (nom, _), (v, m) in sorted(trouves.items())]


def _lectures(resultat: Resultat) -> tuple[Any, list[int]]:
    racine = trace_de(resultat)
    droit = next(d for d in catalogue_droits() if d.code == resultat.droit)
    return lire_avec(droit, *arguments_de(racine.arguments)), mois_fenetre(mois_de(racine))


def _suites(valeurs: Iterable[tuple[int, Any]], fenetre: list[int]) -> list[tuple[Any, tuple[int, ...]]]:
    """Months in a row with the same value, as one."""
    suites = []
    for valeur, groupe in itertools.groupby(sorted(valeurs), key=lambda x: x[1]):
        mois = tuple(fenetre[k] for k, _ in groupe if k >= 0)
        suites.append((valeur, mois or (fenetre[-1],)))
    return suites
