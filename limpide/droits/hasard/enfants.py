"""Disabled or ill children, leaves to be there for them or for somebody close, and children lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits_enfants import ACCUEILS_AEEH, DECES_ENFANT
from limpide.droits.nature import DATE_INCONNUE

if TYPE_CHECKING:
    from .composition import Composition
    from .tirage import Tirage

Tableau = npt.NDArray[Any]

PART_AEEH, PART_CONGE, PART_AIDANT, PART_DECES = 0.06, 0.05, 0.05, 0.04
"""Shares of the children, of the adults, of the households for which something is told."""
TAUX = (45, 50, 60, 79, 80, 95)
PARTS_TAUX = (0.05, 0.1, 0.2, 0.15, 0.3, 0.2)
PARTS_ACCUEIL = (0.35, 0.55, 0.1)
DEMI_JOURNEES = (1, 2, 7, 20, 43, 44, 60)
DEJA_VERSEES = (0, 10, 90, 130, 132, 400, 600, 620)
PART_RECENTES, MOIS_RECENTS, MOIS_ANCIENS = 0.3, 2, 60


def accompagner(personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage) -> None:
    """The decisions of the commission for the children, and the leaves of the adults."""
    n, adulte = len(personnes), composition.adulte
    handicape = ~adulte & (hasard.random(n) < PART_AEEH)
    personnes["handicap"] = np.where(adulte, personnes["handicap"], handicape)
    taux = hasard.choice(np.asarray(TAUX), n, p=PARTS_TAUX)
    personnes["taux_incapacite"] = np.where(adulte, personnes["taux_incapacite"], handicape * taux)
    personnes["aeeh_accordee"] = handicape & (hasard.random(n) < 0.9)
    personnes["aeeh_niveau_handicap"] = handicape * hasard.integers(0, 7, n)
    personnes["aeeh_accueil"] = hasard.choice(len(ACCUEILS_AEEH), n, p=PARTS_ACCUEIL)
    personnes["aeeh_tierce_personne"] = hasard.random(n) < 0.6
    personnes["pch_au_lieu_du_complement"] = handicape & (hasard.random(n) < 0.15)
    personnes["aeeh_date_demande"] = _jours(composition, n, hasard, tirage)
    personnes["ajpp_accord_medical"] = ~adulte & (hasard.random(n) < 0.5)
    personnes["ajpp_demi_journees_versees"] = hasard.choice(np.asarray(DEJA_VERSEES), n)
    for conge, part in (("ajpp_demi_journees", PART_CONGE), ("ajpa_demi_journees", PART_AIDANT)):
        pris = adulte & (hasard.random(n) < part)
        personnes[conge] = pris * hasard.choice(np.asarray(DEMI_JOURNEES), n)
    versees = hasard.choice(np.asarray(DEJA_VERSEES), n)
    personnes["ajpa_demi_journees_versees"] = np.minimum(versees, 132)
    personnes["ajpa_demi_journees_carriere"] = versees
    personnes["capital_deces"] = adulte & (hasard.random(n) < 0.2)


def perdre_un_enfant(foyers: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage) -> None:
    """The loss of a child, most often in the month; what an illness costs."""
    n = len(foyers)
    perdu = hasard.random(n) < PART_DECES * tirage.rarete
    foyers["deces_enfant"] = np.where(perdu, hasard.integers(1, len(DECES_ENFANT), n), 0)
    recul = np.where(hasard.random(n) < 0.7, 0, hasard.integers(-1, 24, n))
    jour = (composition.reference - recul).astype("datetime64[D]").astype(np.int64) + hasard.integers(0, 28, n)
    foyers["date_deces_enfant"] = np.where(perdu, jour, DATE_INCONNUE)
    foyers["ajpp_frais"] = np.round(np.where(hasard.random(n) < 0.5, hasard.uniform(90, 260, n), 0.0), 2)


def _jours(composition: Composition, n: int, hasard: np.random.Generator, tirage: Tirage) -> Tableau:
    """Days of claims: most of them months ago, some this month or the one before."""
    recente = hasard.random(n) < PART_RECENTES * tirage.rarete
    recul = np.where(recente, hasard.integers(0, MOIS_RECENTS, n), hasard.integers(MOIS_RECENTS, MOIS_ANCIENS, n))
    premier = (composition.reference - recul).astype("datetime64[D]").astype(np.int64)
    return np.asarray(premier + hasard.integers(0, 28, n))
