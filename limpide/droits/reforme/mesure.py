"""The law and the reform on the same households, counted as they pass: nothing is kept by household.

Living standards are counted in classes of ten euros, which tenths are cut out of afterwards: two row groups add up, in
any order, to the same figures. Everything is in cents and whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import catalogue_droits
from limpide.droits.courbe import CAPITAUX, DEDUITES
from limpide.droits.faits import NATURES
from limpide.droits.lot.chaine import liquider_bloc
from limpide.droits.lot.lecture import Fiches, Population, lire_groupe
from limpide.droits.moteur import Motif
from limpide.droits.situation import CONJOINT, ENFANT, M

Tableau = npt.NDArray[Any]
EUROS_PAR_CLASSE, CLASSES = 10, 801
"""Classes of living standard: the last one holds eight thousand euros a month and more."""
FOYERS, GAGNANTS, PERDANTS, GAINS, PERTES, NIVEAUX = range(6)
AVANT, APRES, OUVERTS_AVANT, OUVERTS_APRES, PLUS, MOINS = range(6)
SITUATIONS = ("seul, sans enfant", "couple, sans enfant", "seul, avec enfants", "couple, avec enfants")
ANS_D_UNE_DEMI_PART, PREMIER, ADULTE, JEUNE = 14, 1.0, 0.5, 0.3
"""Units of consumption of Insee: 1 for the first adult, 0.5 from the age of fourteen, 0.3 below."""
VARIATIONS = (-10_000, -5_000, -2_000, -500, 0, 500, 2_000, 5_000, 10_000)
"""Bounds of the classes of gains and losses of a month, in cents."""


@dataclass
class Mesure:
    """Counts of households compared. `classes[c]`: of a class of living standard; `droits[d]`: of a right."""

    classes: Tableau
    couts: Tableau
    """Cents more, by class and right."""
    droits: Tableau
    situations: Tableau
    variations: Tableau
    """Households by class of gain or loss, those without any in the middle."""
    inconnus: int = 0
    """Households left out: a right or the living standard is unknown."""
    rejetes: int = 0

    @classmethod
    def vide(cls, droits: int) -> "Mesure":
        """Nothing counted yet."""
        return cls(
            np.zeros((CLASSES, 6), np.int64),
            np.zeros((CLASSES, droits), np.int64),
            np.zeros((droits, 6), np.int64),
            np.zeros((len(SITUATIONS), 6), np.int64),
            np.zeros(len(VARIATIONS) + 2, np.int64),
        )

    def ajouter(self, autre: "Mesure") -> None:
        """Add other households."""
        for champ in fields(self):
            setattr(self, champ.name, getattr(self, champ.name) + getattr(autre, champ.name))


def mesurer_groupe(population: Population, mois: str, codes: Sequence[str], bareme: Tableau, rang: int) -> Mesure:
    """Both calculations on a row group."""
    groupe, mesure = lire_groupe(population, rang, mois), Mesure.vide(len(codes))
    mesure.rejetes = int((~groupe.bons).sum())
    for _, foyers, personnes in Fiches(population).blocs(groupe):
        avant = liquider_bloc(mois, foyers.copy(), personnes, codes, dits=population.dits)
        apres = liquider_bloc(mois, foyers.copy(), personnes, codes, dits=population.dits, bareme=bareme)
        _compter(mesure, population, mois, codes, foyers, personnes, avant, apres)
    return mesure


def _compter(
    mesure: Mesure, population: Population, mois: str, codes: Sequence[str],
    foyers: Tableau, personnes: Tableau, avant: Tableau, apres: Tableau,
) -> None:  # fmt: skip
    du_mois = {droit.code for droit in catalogue_droits() if not (droit.annuel or droit.unique)}
    connus = np.logical_and.reduce(
        [r[f"{code}_motif"] != Motif.INCONNU for r in (avant, apres) for code in codes if code in du_mois]
    )
    nets = [np.stack([r[f"{c}_centimes"] - r[f"{c}_crds"] for c in codes], axis=1) for r in (avant, apres)]
    mensuels = np.array([code in du_mois for code in codes])
    total, ecart = nets[0][:, mensuels].sum(axis=1), (nets[1] - nets[0])
    niveau = (revenus(population, foyers, personnes) * 100 + total) / unites(foyers, personnes, mois)
    connus &= ~np.isnan(niveau)
    mesure.inconnus += int((~connus).sum())
    nets, ecart, niveau = [net[connus] for net in nets], ecart[connus], np.round(niveau[connus]).astype(np.int64)
    bilan = ecart[:, mensuels].sum(axis=1)
    classe = np.clip(niveau // (100 * EUROS_PAR_CLASSE), 0, CLASSES - 1)
    lignes = np.stack(
        [np.ones_like(bilan), bilan > 0, bilan < 0, np.maximum(bilan, 0), np.minimum(bilan, 0), niveau], axis=1
    )
    np.add.at(mesure.classes, classe, lignes)
    np.add.at(mesure.couts, classe, ecart)
    np.add.at(mesure.situations, situations(foyers, personnes)[connus], lignes)
    rangs = np.searchsorted(VARIATIONS, bilan, "left") + (bilan >= 0)
    mesure.variations += np.bincount(rangs, minlength=len(VARIATIONS) + 2)
    par_droit = (nets[0], nets[1], nets[0] > 0, nets[1] > 0, ecart > 0, ecart < 0)
    mesure.droits += np.stack([quoi.sum(axis=0) for quoi in par_droit], axis=1)


def revenus(population: Population, foyers: Tableau, personnes: Tableau) -> Tableau:
    """Euros that each household receives that month outside the rights computed; NaN if one is unknown."""
    total = np.zeros(len(personnes))
    for nom in {
        c.champ for c in population.colonnes_personnes if c.nature and c.nature.periodicite == "mois"
    } - CAPITAUX:
        total += personnes[nom][:, M] * (-1 if nom in DEDUITES else 1)
    recus = par_foyer(foyers, total)
    for nom in population.dits:
        if NATURES.get(nom) and NATURES[nom].groupe == "prestation":
            recus = recus + foyers[nom][:, M]
    return recus


def unites(foyers: Tableau, personnes: Tableau, mois: str) -> Tableau:
    """Units of consumption of each household; NaN if an age is unknown."""
    rang = int(mois[:4]) * 12 + int(mois[5:]) - 1
    agees = (rang - personnes["rang_naissance"]) >= ANS_D_UNE_DEMI_PART * 12
    parts = np.where(personnes["rang_naissance"] == 0, np.nan, np.where(agees, ADULTE, JEUNE))
    return np.asarray(par_foyer(foyers, parts) - parts[foyers["debut"]] + PREMIER)


def situations(foyers: Tableau, personnes: Tableau) -> Tableau:
    """Kind of each household (rank in `SITUATIONS`)."""
    couple = par_foyer(foyers, (personnes["role"] == CONJOINT).astype(float)) > 0
    enfants = par_foyer(foyers, (personnes["role"] == ENFANT).astype(float)) > 0
    return np.asarray(couple + 2 * enfants)


def par_foyer(foyers: Tableau, valeurs: Tableau) -> Tableau:
    """Sum over the persons of each household; NaN where one of them is."""
    inconnus = np.isnan(valeurs)
    sommes, manques = (np.concatenate([[0], np.cumsum(v)]) for v in (np.where(inconnus, 0, valeurs), inconnus))
    somme = sommes[foyers["fin"]] - sommes[foyers["debut"]]
    return np.where(manques[foyers["fin"]] > manques[foyers["debut"]], np.nan, somme)


def couper(mesure: Mesure, parts: int = 10) -> list[tuple[Tableau, Tableau]]:
    """Tenths of the households by living standard: counts and costs of each. A class is shared by whole households.

    The class on a border goes to the tenth that holds its middle: tenths are equal to a class of ten euros.
    """
    effectifs = mesure.classes[:, FOYERS]
    milieu = np.cumsum(effectifs) - effectifs / 2
    rangs = np.minimum((milieu * parts / max(effectifs.sum(), 1)).astype(int), parts - 1)
    return [(mesure.classes[rangs == r].sum(axis=0), mesure.couts[rangs == r].sum(axis=0)) for r in range(parts)]
