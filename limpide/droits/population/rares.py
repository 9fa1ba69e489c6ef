"""What few families live: leave for an ill child or somebody close, an adopted child, a lost one.

Drawn apart (`hasard` is this piece's second generator): the other facts of a piece do not depend on it.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits import ACTIVITES, DATE_INCONNUE, INCONNU
from limpide.droits.faits_enfants import DECES_ENFANT
from limpide.droits.situation import DEMANDEUR, ENFANT

from .composition import CALAGE, JOURS_PAR_AN, Composition

Vecteur = npt.NDArray[Any]
Colonnes = dict[str, Vecteur]
MOIS_PAR_AN, JOURS_DU_MOIS = 12, 28
ANNEES_D_ADOPTION = 3
"""An adopted child counts as such for three years at least from its arrival (L531-3)."""


def decrire_les_rares(
    c: Composition, activite: Vecteur, reference: int, hasard: np.random.Generator
) -> tuple[Colonnes, Colonnes]:
    """Columns of the persons, then of the households."""
    travaille = np.zeros(c.nombre, bool)
    travaille[c.foyer[(c.role == DEMANDEUR) & (activite == ACTIVITES.index("actif"))]] = True
    parts = CALAGE["rares"]
    ajpp = _tirer(travaille & (c.enfants > 0), parts["ajpp"]["foyers"], hasard)
    ajpa = _tirer(travaille & ~ajpp, parts["ajpa"]["foyers"], hasard)
    personnes = _presence(c, ajpp, hasard) | _aidants(c, ajpa, hasard) | _adoptes(c, reference, hasard)
    deuil = _tirer(c.enfants > 0, parts["deces"]["par_an"] / MOIS_PAR_AN, hasard)
    pertes = hasard.choice([DECES_ENFANT.index(nom) for nom in ("grossesse", "moins_de_seize_ans")], c.nombre)
    jours = reference + hasard.integers(0, JOURS_DU_MOIS, c.nombre)
    foyers: Colonnes = {
        "deces_enfant": np.where(deuil, pertes, 0).astype(np.int8),
        "date_deces_enfant": np.where(deuil, jours, DATE_INCONNUE).astype(np.int32),
    }
    return personnes, foyers


def _tirer(possibles: Vecteur, du_pays: float, hasard: np.random.Generator) -> Vecteur:
    """So many of the households that may be concerned as `du_pays` is of the country's, by chance."""
    attendus = du_pays * len(possibles) / CALAGE["foyers"]["total"]
    part = attendus / max(int(possibles.sum()), 1)
    tires: Vecteur = possibles & (hasard.random(len(possibles)) < part)
    return tires


def _presence(c: Composition, qui: Vecteur, hasard: np.random.Generator) -> Colonnes:
    """The claimant is on leave for the first child of the household."""
    n, ici = len(c.foyer), qui[c.foyer]
    premier = np.r_[False, (c.role[1:] == ENFANT) & ((c.role[:-1] != ENFANT) | (c.foyer[1:] != c.foyer[:-1]))]
    enfant = ici & (c.role == ENFANT)
    return {
        "ajpp_demi_journees": np.where(ici & (c.role == DEMANDEUR), hasard.integers(2, 45, n), 0).astype(np.int16),
        "ajpp_accord_medical": np.where(enfant, premier, INCONNU).astype(np.int8),
        "ajpp_demi_journees_versees": np.where(enfant, premier * hasard.integers(0, 400, n), INCONNU).astype(np.int16),
    }


def _aidants(c: Composition, qui: Vecteur, hasard: np.random.Generator) -> Colonnes:
    """The claimant helps somebody who lives elsewhere, the first one of the career."""
    n, aide = len(c.foyer), qui[c.foyer] & (c.role == DEMANDEUR)
    versees = hasard.integers(0, 100, n)
    return {
        "ajpa_demi_journees": np.where(aide, hasard.integers(1, 45, n), 0).astype(np.int16),
        "ajpa_demi_journees_versees": np.where(aide, versees, INCONNU).astype(np.int16),
        "ajpa_demi_journees_carriere": np.where(aide, versees, INCONNU).astype(np.int16),
    }


def _adoptes(c: Composition, reference: int, hasard: np.random.Generator) -> Colonnes:
    """The last child of the record of a few couples, arrived in the last three years, the month included."""
    par_an = CALAGE["rares"]["adoption"]["par_an"]
    foyers = _tirer(c.couple & (c.enfants > 0), ANNEES_D_ADOPTION * par_an, hasard)
    n = len(c.foyer)
    derniers = np.r_[c.foyer[1:] != c.foyer[:-1], True]
    adopte = derniers & (c.role == ENFANT) & foyers[c.foyer]
    arrivee = reference + JOURS_DU_MOIS - hasard.integers(1, int(ANNEES_D_ADOPTION * JOURS_PAR_AN), n)
    naissance = reference - 1 - np.floor(c.age * JOURS_PAR_AN).astype(np.int64)
    return {
        "adoption": adopte.astype(np.int8),
        "date_adoption": np.where(adopte, np.maximum(arrivee, naissance), DATE_INCONNUE).astype(np.int32),
    }
