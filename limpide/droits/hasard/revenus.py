"""What the households receive: incomes of each person month by month, benefits of the household.

Draws aim at the thresholds of their month (hours of minimum wage, ceilings, amounts of the benefits received), read
from the parameters; no rule reads what is aimed at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import bareme_lisible
from limpide.droits.faits_handicap import FAITS_HANDICAP
from limpide.droits.situation import MOIS_FENETRE, NATURES

from .composition import Composition

if TYPE_CHECKING:
    from .tirage import Tirage

Tableau = npt.NDArray[np.void]
Euros = npt.NDArray[np.float64]

HEURES_VISEES = (29.0, 59.0, 93.0, 120.0, 138.0, 169.0)
"""Hours of minimum wage near which the law changes (activity of the disabled, bonus, autonomy of a
child…)."""
TAUX_COMPLEMENT_FAMILIAL = (0.4165, 0.6248)
PARTS_DU_SOUTIEN = (0.95, 1.0, 0.46)
"""What is received for one child: after CRDS and more, whole, or a differential amount."""

REMPLACEMENTS = ("chomage_net", "retraite_nette", "indemnites_journalieres_maladie")

INDEMNITES_D_ARRET = (
    "indemnites_journalieres_maladie",
    "indemnites_journalieres_accident_travail",
    "indemnites_journalieres_maladie_professionnelle",
)

LIES_AUX_PLACEMENTS = ("revenus_capital", "revenus_locatifs", "epargne_revenus_non_imposables", "livret_a")
"""Known by the year, hence constant over the window."""


def bareme(composition: Composition) -> tuple[Any, ...]:
    """The parameters of the seven months of the draw."""
    return bareme_lisible(str(composition.reference.astype("datetime64[M]")))


def verser_revenus(personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage) -> None:
    """Wages for half of the adults and some grown children; every other income for a few."""
    n, adulte, age = len(personnes), composition.adulte, composition.age_mois
    grand = age >= 15 * 12
    salarie = hasard.random(n) < np.where(adulte, 0.55, np.where(grand, 0.25, 0.002) * tirage.rarete)
    smic = bareme(composition)[-1].smic_horaire
    personnes["salaire_net"] = _mensualites(_salaires(n, smic, hasard), hasard) * salarie[:, None]
    for nature in NATURES.values():
        if nature.sujet != "personne" or nature.type != "euros" or nature.nom == "salaire_net":
            continue
        if nature.periodicite == "etat" or nature in FAITS_HANDICAP:  # drawn with what they go with
            continue
        part = _frequence(nature.nom) * (tirage.rarete if _frequence(nature.nom) < 0.02 else 1)
        tire = hasard.random(n) < np.where(adulte, part, np.where(grand, part / 3, 0.002) * tirage.rarete)
        rangs = np.flatnonzero(tire)
        montant = _montants(nature.nom, len(rangs), hasard)
        if nature.signe and tirage.negatifs:
            montant = np.where(hasard.random(len(rangs)) < 0.1, -montant, montant)
        if nature.periodicite == "annee":
            personnes[nature.nom][rangs] = montant
        elif nature.nom in LIES_AUX_PLACEMENTS:
            personnes[nature.nom][rangs] = montant[:, None] * np.ones(MOIS_FENETRE)
        else:
            personnes[nature.nom][rangs] = _mensualites(montant, hasard)


def _frequence(nom: str) -> float:
    frequences = {
        "chomage_net": 0.14,
        "pensions_alimentaires_percues": 0.06,
        "retraite_nette": 0.05,
        "remuneration_apprenti": 0.03,
        "aah": 0.04,
        "ass": 0.03,
        "pensions_invalidite": 0.03,
        "rpns_auto_entrepreneur_benefice": 0.04,
    }
    return frequences.get(nom, 0.012)


def _montants(nom: str, n: int, hasard: np.random.Generator) -> Euros:
    """Amounts of a usual size for an income: savings and yearly profits are larger than a month's income."""
    if nom in ("livret_a", "epargne_revenus_non_imposables"):
        montants = hasard.uniform(100, 40_000, n)
    elif NATURES[nom].periodicite == "annee":
        montants = hasard.uniform(100, 25_000, n)
    elif nom in ("revenus_capital", "revenus_locatifs"):
        montants = hasard.uniform(5, 600, n)
    else:
        montants = hasard.uniform(10, 1_800, n)
    return np.round(montants, 2)


def _salaires(n: int, smic: float, hasard: np.random.Generator) -> Euros:
    """Monthly wages: some spread out, some near a number of hours of minimum wage, some small."""
    vises = hasard.choice(np.asarray(HEURES_VISEES), n) * smic * hasard.uniform(0.94, 1.08, n)
    etales = hasard.uniform(0, 4_500, n)
    petits = hasard.uniform(1, 400, n)
    choix = hasard.choice(3, n, p=[0.45, 0.35, 0.2])
    return np.round(np.choose(choix, [etales, vises, petits]), 2)


def _mensualites(montant: Euros, hasard: np.random.Generator) -> Euros:
    """Seven months of an income: constant, varying, interrupted, beginning, or in some months only."""
    n = len(montant)
    forme = hasard.choice(5, n, p=[0.5, 0.2, 0.12, 0.1, 0.08])
    facteur = np.ones((n, MOIS_FENETRE))
    varie = 1 + hasard.uniform(-0.25, 0.25, (n, MOIS_FENETRE))
    instant = hasard.integers(1, MOIS_FENETRE, n)[:, None]
    mois = np.arange(MOIS_FENETRE)[None, :]
    # One interruption in two falls in the month computed itself: that is where the law neutralises incomes.
    fin = np.where(hasard.random(n)[:, None] < 0.5, MOIS_FENETRE - 1, instant)
    facteur = np.where((forme == 1)[:, None], varie, facteur)
    facteur = np.where((forme == 2)[:, None], mois < fin, facteur)
    facteur = np.where((forme == 3)[:, None], mois >= instant, facteur)
    facteur = np.where((forme == 4)[:, None], hasard.random((n, MOIS_FENETRE)) < 0.5, facteur)
    return np.asarray(np.round(montant[:, None] * facteur, 2))


def interrompre(personnes: Tableau, hasard: np.random.Generator, tirage: Tirage) -> None:
    """Say that incomes stopped where they do stop: some last month, none this month, nothing instead."""
    remplace = sum(personnes[nom][:, -1] for nom in REMPLACEMENTS) > 0
    travail = [n.nom for n in NATURES.values() if n.groupe in ("salaire", "activite")] + list(REMPLACEMENTS)
    autres = [n.nom for n in NATURES.values() if n.groupe in ("autre", "remplacement")]
    for drapeau, noms in (("revenus_interrompus", travail), ("autres_ressources_interrompues", autres)):
        arrete = np.zeros(len(personnes), bool)
        for nom in noms:
            arrete |= (personnes[nom][:, -1] == 0) & (personnes[nom][:, -2] > 0)
        contraire = (hasard.random(len(personnes)) < 0.03) & tirage.etats_libres
        personnes[drapeau] = (arrete & ~remplace) ^ contraire


def dater_les_arrets(personnes: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage) -> None:
    """Give its first day to every sick leave that pays: in its first month, or before the window."""
    verse = np.sum([personnes[nom] for nom in INDEMNITES_D_ARRET], axis=0) > 0
    arrete = verse.any(axis=1)
    recul = MOIS_FENETRE - 1 - verse.argmax(axis=1) + verse[:, 0] * hasard.integers(0, 8, len(personnes))
    premier = (composition.reference - recul).astype("datetime64[D]").astype(np.int64)
    jour = premier + hasard.integers(0, 28, len(personnes))
    connu = (hasard.random(len(personnes)) < 0.9) | (not tirage.inconnues)
    personnes["date_arret_de_travail"][arrete & connu] = jour[arrete & connu]


def verser_prestations(foyers: Tableau, composition: Composition, hasard: np.random.Generator, tirage: Tirage) -> None:
    """Benefits the household receives and that we do not compute, and its yearly income."""
    n, enfants = len(foyers), composition.enfants
    age, enfant = composition.age_mois, ~composition.adulte
    petits = np.bincount(composition.foyer, enfant & (age >= 0) & (age < 36), n) > 0
    locataire = np.isin(foyers["statut_occupation_logement"], (0, 2, 3, 4, 6))
    eleves = np.bincount(composition.foyer, enfant & (age >= 6) & (age < 238), n)
    b = bareme(composition)
    bases = np.array([mois.bmaf for mois in b])
    soutiens = np.array([mois.asf_taux for mois in b]) * bases
    part = np.where(eleves == 1, hasard.choice(np.asarray(PARTS_DU_SOUTIEN), n), 1.0)
    complement = hasard.choice(np.asarray(TAUX_COMPLEMENT_FAMILIAL), n)
    petit = hasard.choice(np.array([0.20825, 0.4165]), n)
    verses = {
        "aide_logement": (np.round(hasard.uniform(0, 550, n)), locataire, 0.7),
        "asf": (np.outer(eleves * part, soutiens), ~composition.couple & (eleves > 0), 0.4),
        "cf": (np.outer(complement, bases), enfants >= 3, 0.5),
        "paje_base": (np.outer(petit, bases), petits, 0.6),
        "paje_prepare": (hasard.choice(np.array([150.0, 290.0, 450.0]), n), petits, 0.15),
        "aeeh": (hasard.uniform(140, 900, n), enfants > 0, 0.04),
    }
    for nom, (montant, possible, frequence) in verses.items():
        ouvert = possible & (hasard.random(n) < frequence)
        mois_verses = _mois_verses(n, hasard, tirage)
        foyers[nom] = np.where(ouvert[:, None], np.round(montant, 2).reshape(n, -1) * mois_verses, 0.0)
    foyers["prestations_familiales_base_ressources"] = _ressources_annuelles(n, enfants, b[-1], hasard)


def _mois_verses(n: int, hasard: np.random.Generator, tirage: Tirage) -> Euros:
    """Months of the window in which a benefit is paid: all, or from some month on."""
    if not tirage.prestations_variables:
        return np.ones((n, MOIS_FENETRE))
    debut = np.where(hasard.random(n) < 0.1, hasard.integers(0, MOIS_FENETRE, n), 0)
    return np.asarray(np.arange(MOIS_FENETRE)[None, :] >= debut[:, None], dtype=np.float64)


def _ressources_annuelles(n: int, enfants: npt.NDArray[np.int64], b: Any, hasard: np.random.Generator) -> Euros:
    """Net income of year N-2: half spread over all incomes, half just around a ceiling."""
    plafond = hasard.choice(np.array([b.af_plafond_1, b.af_plafond_2]), n) + b.af_plafond_par_enfant * enfants
    autour = plafond + hasard.uniform(-3_000, 12_000, n)
    etale = hasard.uniform(0, 140_000, n)
    revenus = np.where(hasard.random(n) < 0.5, autour, etale)
    # Families of three children or more: a third of them around the ceilings of the family supplement.
    tiers = (enfants >= 3) & (hasard.random(n) < 0.33)
    vise = hasard.choice(np.asarray(b.cf_plafond), n) * (0.9 + 0.3 * enfants)
    vise += hasard.choice(np.array([0.0, *b.cf_majoration_plafond]), n)
    large, etroit = hasard.uniform(-3_000, 3_000, n), hasard.uniform(-8, 8, n)
    vise += np.where(hasard.random(n) < 0.5, large, etroit)
    # One or two children: one in six around the ceiling of the allocation de rentrée scolaire.
    rentree = np.isin(enfants, (1, 2)) & (hasard.random(n) < 0.17)
    proche = b.ars_plafond + b.ars_plafond_par_enfant * enfants + hasard.uniform(-1_500, 1_500, n)
    return np.asarray(np.round(np.where(tiers, vise, np.where(rentree, proche, revenus))))
