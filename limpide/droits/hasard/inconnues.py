"""Forgetting facts: some households lose a few of theirs, as in a file that is not complete yet."""

import numpy as np
import numpy.typing as npt

from limpide.droits.situation import DATE_INCONNUE, INCONNU, NATURES, Nature

from .composition import Composition

Tableau = npt.NDArray[np.void]


def oublier(
    foyers: Tableau, personnes: Tableau, composition: Composition, hasard: np.random.Generator, part: float
) -> None:
    """Make facts unknown in a share of the households: often one fact, sometimes several or one month."""
    touches = hasard.random(len(foyers)) < part
    intensite = hasard.choice(np.array([0.01, 0.03, 0.2]), len(foyers), p=[0.6, 0.3, 0.1])
    chance = touches * intensite
    for nature in NATURES.values():
        tableau, probabilite = (foyers, chance) if nature.sujet == "foyer" else (personnes, chance[composition.foyer])
        perdu = hasard.random(len(tableau)) < probabilite
        _perdre(tableau, nature, perdu, hasard)
    absents = hasard.random(len(personnes)) < chance[composition.foyer] / 4
    personnes["present"][np.flatnonzero(absents & (composition.role != 0)), :] = INCONNU


def _perdre(tableau: Tableau, nature: Nature, perdu: npt.NDArray[np.bool_], hasard: np.random.Generator) -> None:
    if nature.type != "euros":
        tableau[nature.nom][perdu] = DATE_INCONNUE if nature.type == "date" else INCONNU
        return
    if nature.periodicite != "mois":
        tableau[nature.nom][perdu] = np.nan
        return
    valeurs = tableau[nature.nom]
    un_mois = hasard.random(len(tableau)) < 0.5
    masque = hasard.random(valeurs.shape) < 1 / valeurs.shape[1]
    valeurs[perdu[:, None] & (masque | ~un_mois[:, None])] = np.nan
