"""Dwellings: their rent and zone, who shares them, and the yearly income that housing benefits count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits import DATE_INCONNUE
from limpide.droits.faits_logement import CHAMBRES_CROUS, CHARGES_LOGEMENT, FOYERS, OPERATIONS, ZONES
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
EN_FOYER = NATURES["statut_occupation_logement"].valeurs.index("locataire_foyer")
MOIS_DE_CHOMAGE = 30
DERNIERS_JOURS = ("1995-12-31", "1999-06-30", "2017-12-31", "2019-12-31")
"""Days after which a loan opens other rights, or none."""
PRETS = ("1994-01-01", "2021-01-01")


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
    _heberger(foyers, personnes, hasard)
    _emprunter(foyers, hasard)
    _demander(foyers, composition, tirage)


def _demander(foyers: Tableau, composition: Composition, tirage: Tirage) -> None:
    """One household in three claimed, from six months ago to two ahead. OpenFisca knows of no claim: none to compare.

    Spread by rank: the draws that follow stay what they were.
    """
    rang = np.arange(len(foyers))
    premier = composition.reference.astype("datetime64[M]") - (rang // 3 % 9 - 2)
    jour = premier.astype("datetime64[D]").astype(np.int64) + rang % 28
    demande = (rang % 3 == 0) & (tirage.rarete >= 1.0)
    foyers["date_demande_logement"] = np.where(demande, jour, DATE_INCONNUE)


def _heberger(foyers: Tableau, personnes: Tableau, hasard: np.random.Generator) -> None:
    """What tells hostels apart; half of them are under agreement."""
    n = len(foyers)
    foyers["type_foyer"] = hasard.choice(len(FOYERS), n)
    foyers["foyer_existant"] = hasard.random(n) < 0.5
    foyers["etat_logement_foyer"] = hasard.choice(len(CHAMBRES_CROUS), n)
    en_foyer = foyers["statut_occupation_logement"] == EN_FOYER
    foyers["logement_crous"] = en_foyer & (hasard.random(n) < 0.3)
    foyers["logement_chambre"] = np.where(en_foyer, hasard.random(n) < 0.5, foyers["logement_chambre"])
    foyers["logement_conventionne"] = np.where(en_foyer, hasard.random(n) < 0.5, foyers["logement_conventionne"])
    personnes["inapte_travail"] = hasard.random(len(personnes)) < 0.1


def _emprunter(foyers: Tableau, hasard: np.random.Generator) -> None:
    """Home loans of thirty years, many signed around a day that counts; the home is entered within two years."""
    n = len(foyers)
    debut, fin = (np.datetime64(jour, "D").astype(np.int64) for jour in PRETS)
    bornes = np.array(DERNIERS_JOURS, dtype="datetime64[D]").astype(np.int64)
    proches = hasard.choice(bornes, n) + hasard.integers(-1, 3, n)
    signes = np.where(hasard.random(n) < 0.4, proches, hasard.integers(debut, fin, n))
    foyers["aide_logement_date_pret"] = signes
    foyers["date_entree_logement"] = signes + hasard.integers(0, 730, n)
    foyers["aide_logement_est_pret_conventionne"] = hasard.random(n) < 0.5
    foyers["etat_logement"] = hasard.choice(len(OPERATIONS), n)
    foyers["pret_decision_etat"] = hasard.random(n) < 0.3


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
