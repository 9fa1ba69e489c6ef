"""Dwellings: their rent and zone, who shares them, and the yearly income that housing benefits count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits_logement import CHARGES_LOGEMENT, ZONES
from limpide.droits.situation import NATURES

if TYPE_CHECKING:
    from .composition import Composition
    from .tirage import Tirage

Tableau = npt.NDArray[Any]

PARTS_ZONES = (0.3, 0.4, 0.3)
LOYERS_VISES = (300.0, 640.0, 830.0, 1100.0, 1300.0)
"""Rents near a ceiling, or near where the aid begins to fall and ends."""
REVENUS_VISES = 30_000.0
LOCATAIRE_HLM = NATURES["statut_occupation_logement"].valeurs.index("locataire_hlm")
CHOMEUR = NATURES["activite"].valeurs.index("chomeur")
MOIS_DE_CHOMAGE = 30


def louer(
    foyers: Tableau, personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage
) -> None:
    """Describe the dwelling of each household, then the income of each person over the year."""
    n = len(foyers)
    vises = hasard.choice(np.asarray(LOYERS_VISES), n) * hasard.uniform(0.8, 1.2, n)
    loyers = np.where(hasard.random(n) < 0.4, vises, hasard.uniform(150, 1500, n))
    foyers["loyer"] = np.round(loyers, 2)[:, None]
    foyers["zone_apl"] = hasard.choice(len(ZONES), n, p=PARTS_ZONES)
    hlm = foyers["statut_occupation_logement"] == LOCATAIRE_HLM
    foyers["logement_conventionne"] = np.where(hlm, hasard.random(n) < 0.97, hasard.random(n) < 0.2)
    foyers["coloc"] = hasard.random(n) < 0.1
    foyers["logement_chambre"] = hasard.random(n) < 0.06
    foyers["personne_agee_handicapee"] = hasard.random(n) < 0.3
    foyers["proprietaire_proche_famille"] = hasard.random(n) < 0.03 * tirage.rarete
    foyers["jeunes_maries"] = composition.couple & (hasard.random(n) < 0.15)
    foyers["valeur_patrimoine"] = np.where(hasard.random(n) < 0.12, np.round(hasard.uniform(0, 90_000, n), 2), 0.0)
    foyers["rsa"] = np.where(hasard.random(n) < 0.1, 450.0, 0.0)[:, None]
    _gagner(personnes, composition, hasard)
    premier = composition.reference.astype("datetime64[M]") - hasard.integers(0, MOIS_DE_CHOMAGE, len(personnes))
    jour = premier.astype("datetime64[D]").astype(np.int64) + hasard.integers(0, 28, len(personnes))
    personnes["date_debut_chomage"] = jour
    personnes["boursier"] = (personnes["etudiant"] == 1) & (hasard.random(len(personnes)) < 0.4)
    personnes["charge_logement"] = hasard.choice(len(CHARGES_LOGEMENT), len(personnes), p=(0.5, 0.3, 0.2))


def _gagner(personnes: Tableau, composition: Composition, hasard: np.random.Generator) -> None:
    """Yearly wages, unemployment benefits and pensions, most of them where an aid is still due."""
    n, adulte = len(personnes), composition.adulte
    actif = hasard.random(n) < np.where(adulte, 0.6, np.where(composition.age_mois > 16 * 12, 0.2, 0.0))
    personnes["logement_salaires"] = np.where(actif, np.round(hasard.uniform(0, REVENUS_VISES, n), 2), 0.0)
    chome = adulte & ((personnes["activite"] == CHOMEUR) | (hasard.random(n) < 0.1)) & (hasard.random(n) < 0.7)
    personnes["logement_chomage"] = np.where(chome, np.round(hasard.uniform(0, 14_000, n), 2), 0.0)
    pensionne = adulte & (hasard.random(n) < 0.15)
    personnes["logement_pensions"] = np.where(pensionne, np.round(hasard.uniform(0, 15_000, n), 2), 0.0)
    verse = adulte & (hasard.random(n) < 0.05)
    personnes["logement_pensions_versees"] = np.where(verse, np.round(hasard.uniform(0, 5_000, n), 2), 0.0)
    personnes["frais_reels"] = np.where(hasard.random(n) < 0.05, np.round(hasard.uniform(0, 5_000, n), 2), 0.0)
