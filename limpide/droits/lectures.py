"""Which facts and parameters a right reads for one household: what was missing, and what can have moved it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .bareme import CALENDRIER
from .faits import DATE_INCONNUE, INCONNU, NATURES, Nature
from .moteur import Droit

CleFait = tuple[int, str, int]
"""Person (rank from 0, -1 for the household), name of the fact, month of the window (-1 if not monthly)."""

FAITS_DERIVES = {"rang_naissance": "date_naissance"}
"""Fields of a record computed from a fact (`situation.resumer`): reading one is reading the fact."""


@dataclass
class Lectures:
    """What was read, in the order it was first read."""

    faits: dict[CleFait, Any] = field(default_factory=dict)
    parametres: dict[tuple[str, int], Any] = field(default_factory=dict)

    @property
    def inconnus(self) -> list[str]:
        """Names of the facts met unknown."""
        return list(dict.fromkeys(nom for (_, nom, _), v in self.faits.items() if est_inconnu(NATURES[nom], v)))


def est_inconnu(nature: Nature, valeur: Any) -> bool:
    """Nobody told this fact, and its absence says nothing."""
    if nature.sans_valeur == "jamais":
        return False
    if nature.type == "euros":
        return math.isnan(valeur)
    return bool(valeur == (DATE_INCONNUE if nature.type == "date" else INCONNU))


def lire_avec(droit: Droit, foyer: Any, personnes: Sequence[Any], b: Sequence[Any]) -> Lectures:
    """Run a right on records (named tuples) that note what is read from them."""
    lues = Lectures()
    suivis = [_FicheSuivie(personne, rang, lues.faits) for rang, personne in enumerate(personnes)]
    bareme = [_BaremeSuivi(ligne, k, lues.parametres) for k, ligne in enumerate(b)]
    arguments = (_FicheSuivie(foyer, -1, lues.faits), suivis, bareme)
    montant = droit.montant(*arguments)
    if not math.isnan(montant):
        droit.motif(*arguments, montant)
    return lues


class _FicheSuivie:
    def __init__(self, fiche: Any, rang: int, lus: dict[CleFait, Any]) -> None:
        self._fiche, self._rang, self._lus = fiche, rang, lus

    def __getattr__(self, nom: str) -> Any:
        valeur = getattr(self._fiche, nom)
        fait = FAITS_DERIVES.get(nom, nom)
        nature = NATURES.get(fait)
        if nature is None:
            return valeur
        if nature.periodicite == "mois":
            return _MoisSuivis(valeur, (self._rang, nom), self._lus)
        self._lus[(self._rang, fait, -1)] = getattr(self._fiche, fait)
        return valeur


class _MoisSuivis:
    def __init__(self, valeurs: Sequence[float], cle: tuple[int, str], lus: dict[CleFait, Any]) -> None:
        self._valeurs, self._cle, self._lus = valeurs, cle, lus

    def __getitem__(self, k: int) -> float:
        self._lus[(*self._cle, k % len(self._valeurs))] = self._valeurs[k]
        return self._valeurs[k]

    def __len__(self) -> int:
        return len(self._valeurs)

    def __iter__(self) -> Iterator[float]:
        return (self[k] for k in range(len(self._valeurs)))


class _BaremeSuivi:
    def __init__(self, ligne: Any, k: int, lus: dict[tuple[str, int], Any]) -> None:
        self._ligne, self._k, self._lus = ligne, k, lus

    def __getattr__(self, nom: str) -> Any:
        valeur = getattr(self._ligne, nom)
        if nom not in CALENDRIER:
            self._lus[(nom, self._k)] = valeur
        return valeur


def valeur_lue(fiche: Any, nom: str, k: int) -> Any:
    """The value of a fact in a record, as `CleFait` names it."""
    valeur = getattr(fiche, nom)
    return valeur if k < 0 else valeur[k]


def arguments_de(racine: Mapping[str, Any]) -> tuple[Any, Sequence[Any], Sequence[Any]]:
    """Household, persons and parameters that a trace was run on."""
    return racine["foyer"], racine["personnes"], racine["b"]
