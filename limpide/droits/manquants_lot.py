"""Which fact a right misses first, of many households: where its rule names none, what `manquants` finds one by one.

The same question to the same rules, compiled: told all that was unknown but one fact, in each of the same few ways,
does the amount stay unknown? Where one fact only keeps it so, it is the one. Where several do, the order in which the
rule reads them decides: those households, which are few, are asked one by one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from .appels import faits_cites
from .faits import DATE_INCONNUE, INCONNU, Nature
from .manquants import ENFANT, SCENARIOS, valeur_dite
from .moteur import Droit
from .situation import extraire

Tableau = npt.NDArray[Any]
UN_PAR_UN = 16
"""Households up to which asking each of them is quicker than filling columns."""


def premiers_manquants(
    droit: Droit,
    mois: int,
    foyers: Tableau,
    personnes: Tableau,
    lignes: Tableau,
    montants: Callable[[Tableau, Tableau], Tableau],
    seul: Callable[[int], int],
) -> Tableau:
    """Code of the first missing fact of the households of these ranks (0: none of the catalogue).

    `montants` computes the right over records; `seul` gives the same code of one household, by its rank.
    """
    if len(lignes) <= UN_PAR_UN:
        return np.array([seul(int(i)) for i in lignes], np.int64)
    tus = _Tus(droit, mois, *extraire(foyers, personnes, lignes))
    combien, lequel = np.zeros(len(lignes), np.int64), np.zeros(len(lignes), np.int64)
    for nature, retenu in tus.sans_quoi_inconnu(montants):
        combien += retenu
        lequel[retenu] = nature.code
    for rang in np.flatnonzero(combien != 1):
        lequel[rang] = seul(int(lignes[rang]))
    return lequel


class _Tus:
    """What these households do not tell of the facts that a right may read."""

    def __init__(self, droit: Droit, mois: int, foyers: Tableau, personnes: Tableau) -> None:
        self.mois, self.foyers, self.personnes = mois, foyers, personnes
        self.cellules: list[tuple[Nature, Tableau, Tableau]] = []
        """Each fact, where it is unknown, and in which households."""
        for nature in faits_cites(droit):
            fiches = self._fiches(nature)
            if nature.nom not in (fiches.dtype.names or ()) or nature.sans_valeur == "jamais":
                continue
            ou = _inconnues(nature, fiches[nature.nom])
            chez: Tableau = np.asarray(ou.any(axis=1) if ou.ndim > 1 else ou)
            if nature.sujet == "personne":
                chez = np.asarray(np.logical_or.reduceat(chez, foyers["debut"]))
            if chez.any():
                self.cellules.append((nature, ou, chez))

    def sans_quoi_inconnu(self, montants: Callable[[Tableau, Tableau], Tableau]) -> Iterator[tuple[Nature, Tableau]]:
        """Each fact, and the households whose amount may stay unknown when all is told but this fact."""
        reste = [np.zeros(len(self.foyers), bool) for _ in self.cellules]
        for scenario in SCENARIOS:
            with self._dits(scenario):
                for rang, (nature, ou, chez) in enumerate(self.cellules):
                    champ = self._fiches(nature)[nature.nom]
                    dit = champ[ou]
                    champ[ou] = _silence(nature)
                    reste[rang] |= chez & np.isnan(montants(self.foyers, self.personnes))
                    champ[ou] = dit
        yield from ((nature, inconnu) for (nature, _, _), inconnu in zip(self.cellules, reste, strict=True))

    @contextmanager
    def _dits(self, scenario: int) -> Iterator[None]:
        """All that is unknown, told in one way; put back as it was at the end."""
        presence = self.personnes["present"].copy()
        self.personnes["present"][presence == INCONNU] = 1
        for nature, ou, _ in self.cellules:
            valeurs = np.array([valeur_dite(nature, role, scenario, self.mois) for role in (None, ENFANT)])
            champ = self._fiches(nature)[nature.nom]
            enfants = nature.sujet == "personne" and self.personnes["role"] == ENFANT
            dites = valeurs[np.broadcast_to(np.asarray(enfants, int), len(champ))]
            champ[ou] = np.broadcast_to(dites.reshape(-1, *(1,) * (ou.ndim - 1)), ou.shape)[ou]
        try:
            yield
        finally:
            self.personnes["present"] = presence
            for nature, ou, _ in self.cellules:
                self._fiches(nature)[nature.nom][ou] = _silence(nature)

    def _fiches(self, nature: Nature) -> Tableau:
        return self.foyers if nature.sujet == "foyer" else self.personnes


def _silence(nature: Nature) -> Any:
    """What a record holds of what nobody told."""
    return np.nan if nature.type == "euros" else DATE_INCONNUE if nature.type == "date" else INCONNU


def _inconnues(nature: Nature, valeurs: Tableau) -> Tableau:
    inconnues: Tableau = np.isnan(valeurs) if nature.type == "euros" else valeurs == _silence(nature)
    return inconnues
