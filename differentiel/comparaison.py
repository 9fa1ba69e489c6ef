"""Both engines on the same random households, month by month."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import liquider_lot
from limpide.droits.hasard import TIRAGE_COMPARABLE, Tirage, tirer

from .alignement import montants_alignes
from .circonstances import Circonstances
from .classes import CLASSES, Classe
from .fin_d_annee import pour_la_fin_d_annee
from .handicap import PAR_PERSONNE
from .openfisca import OpenFisca
from .passerelle import ANNUELS, EVENEMENTS, FAITS_ET_DROITS, jusqu_a_decembre, sans_le_fait, traduire
from .passerelle_garde import avec_la_garde, garder_simplement
from .passerelle_logement import NETS, avec_le_logement

DROITS = (
    "af", "rsa", "ppa", "cf", "ars", "asf", "paje_base", "paje_naissance", "paje_adoption", "aeeh", "aah", "caah",
    "paje_cmg", "aefa", *NETS,
)  # fmt: skip
PREMIER_MOIS, DERNIER_MOIS, RENTREES = "2020-01", "2026-12", ("2020-08", "2026-08")
TOLERANCE = 0.055
"""Euros. OpenFisca counts in float32 and rounds some steps only: five cents apart is the same amount."""

A_L_EURO = 1.001
"""OpenFisca rounds a housing benefit down to the euro from steps kept in float32: a cent may turn the euro."""

Tableau = npt.NDArray[np.void]
Masque = npt.NDArray[np.bool_]
Montants = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Comparaison:
    """One month: the households and what each engine grants them (euros, by right)."""

    mois: str
    foyers: Tableau
    personnes: Tableau
    limpide: dict[str, Montants]
    openfisca: dict[str, Montants]
    """Asked over the quarter of the articles (`alignement`)."""
    tel_quel: dict[str, Montants]
    """OpenFisca's own answer."""

    @cached_property
    def circonstances(self) -> Circonstances:
        """What the explained classes may ask about these households."""
        return Circonstances(self.mois, self.foyers, self.personnes)

    def differe(self, droit: str) -> Masque:
        """Households for which the two engines disagree on a right."""
        return np.asarray(~(np.abs(self.limpide[droit] - self.openfisca[droit]) <= tolerance(droit)))

    def classe_par_foyer(self, droit: str) -> npt.NDArray[np.int64]:
        """Index in `CLASSES` of the first class each household belongs to for a right, -1 for none."""
        rangs = np.full(len(self.foyers), -1)
        for rang in range(len(CLASSES) - 1, -1, -1):
            if droit in CLASSES[rang].droits:
                rangs[CLASSES[rang].concerne(self.circonstances)] = rang
        return rangs

    def inexpliquees(self, droit: str) -> npt.NDArray[np.int64]:
        """Households that differ and that no class concerns."""
        return np.flatnonzero(self.differe(droit) & (self.classe_par_foyer(droit) < 0))


@dataclass
class Bilan:
    """Counts for one right over all the months compared."""

    droit: str
    foyers: int = 0
    egaux_tel_quel: int = 0
    egaux: int = 0
    hors_classes: int = 0
    egaux_hors_classes: int = 0
    positifs: int = 0

    @property
    def taux(self) -> float:
        """Share of equal amounts, all households together."""
        return self.egaux / self.foyers if self.foyers else 1.0

    @property
    def taux_hors_classes(self) -> float:
        """Share of equal amounts among the households that no class concerns."""
        return self.egaux_hors_classes / self.hors_classes if self.hors_classes else 1.0


def tolerance(droit: str) -> float:
    """Euros under which two amounts of a right are the same."""
    return A_L_EURO if droit in NETS else TOLERANCE


def droits_compares(mois: str) -> tuple[str, ...]:
    """The rights that both engines grant for this month."""
    return tuple(droit for droit in DROITS if ANNUELS.get(droit, mois[5:]) == mois[5:])


def mois_tires(nombre: int, graine: int) -> list[str]:
    """`nombre` months of the covered range, always with its first and last ones and two Augusts when there is room."""
    tous = np.arange(np.datetime64(PREMIER_MOIS, "M"), np.datetime64(DERNIER_MOIS, "M") + 1).astype(str)
    if nombre >= len(tous):
        return [str(m) for m in tous]
    bornes = [tous[0], tous[-1], *reversed(RENTREES)][: max(0, nombre - 1)]
    reste = np.random.default_rng(graine).choice(np.setdiff1d(tous, bornes), nombre - len(bornes), replace=False)
    return sorted(str(m) for m in [*bornes, *reste])


def graine_du_mois(graine: int, mois: str) -> int:
    """Seed of the households of one month: other months show other households."""
    return graine * 1000 + int(mois[2:4]) * 12 + int(mois[5:])


def comparer_mois(
    openfisca: OpenFisca, mois: str, nombre: int, graine: int, tirage: Tirage = TIRAGE_COMPARABLE
) -> Comparaison:
    """Draw the households of a month and ask both engines."""
    foyers, personnes = tirer(nombre, graine_du_mois(graine, mois), mois, tirage)
    garder_simplement(mois, foyers, personnes)
    droits = droits_compares(mois)
    # Every month the same ones, whether it compares them or not: each choice of rights is compiled apart.
    resultats = liquider_lot(mois, foyers, personnes, droits=DROITS)
    limpide = {
        droit: np.where(np.isnan(resultats[droit]), np.nan, resultats[f"{droit}_centimes"] / 100) for droit in droits
    }
    limpide |= {droit: limpide[droit] - resultats[f"{droit}_crds"] / 100 for droit in NETS}
    donnees = traduire(mois, foyers, personnes)
    a_part = {*FAITS_ET_DROITS, *ANNUELS, *EVENEMENTS, *NETS, *PAR_PERSONNE, "paje_cmg"}
    autres = [(droit, mois) for droit in droits if droit not in a_part]
    montants, _ = openfisca.calculer(donnees, autres)
    for droit in (droit for droit in droits if droit in ANNUELS):
        dites = pour_la_fin_d_annee(donnees, mois, foyers, personnes) if droit == "aefa" else None
        annee = openfisca.calculer(dites or jusqu_a_decembre(donnees, mois), [(droit, mois[:4])])[0]
        montants[f"{droit}@{mois}"] = annee[f"{droit}@{mois[:4]}"]
    for droit in FAITS_ET_DROITS:
        # What the other rights take as received is here what OpenFisca must compute.
        montants |= openfisca.calculer(sans_le_fait(donnees, droit), [(droit, mois)])[0]
    for droit, prepare in EVENEMENTS.items():
        montants |= openfisca.calculer(prepare(donnees, mois, personnes), [(droit, mois)])[0]
    logement = avec_le_logement(donnees, mois, foyers, personnes)
    montants |= openfisca.calculer(logement, [(droit, mois) for droit in NETS])[0]
    garde = avec_la_garde(donnees, mois, foyers, personnes)
    montants |= openfisca.calculer(garde, [("paje_cmg", mois)])[0]
    for droit, prepare_personnes in PAR_PERSONNE.items():
        dites_de_chacun = prepare_personnes(donnees, mois, foyers, personnes)
        chacun = openfisca.calculer(dites_de_chacun, [(droit, mois)])[0][f"{droit}@{mois}"]
        montants[f"{droit}@{mois}"] = np.bincount(donnees["appartenance"].astype(np.int64), chacun, len(foyers))
    tel_quel = {droit: np.round(montants[f"{droit}@{mois}"], 2) for droit in droits}
    alignes = {droit: np.round(m, 2) for droit, m in montants_alignes(openfisca, mois, donnees).items()}
    return Comparaison(mois, foyers, personnes, limpide, {**tel_quel, **alignes}, tel_quel)


def comparer(mois: Iterable[str], nombre: int, graine: int) -> Iterator[Comparaison]:
    """Compare each month, saying on stderr where it stands."""
    liste = list(mois)
    with OpenFisca() as openfisca:
        for rang, courant in enumerate(liste, 1):
            print(f"[{rang}/{len(liste)}] {courant} : {nombre} foyers…", file=sys.stderr, flush=True)
            yield comparer_mois(openfisca, courant, nombre, graine)


def dresser_bilans(comparaisons: Iterable[Comparaison]) -> dict[str, Bilan]:
    """Agreement per right over several months."""
    bilans = {droit: Bilan(droit) for droit in DROITS}
    for comparaison in comparaisons:
        for droit in comparaison.limpide:
            bilan = bilans[droit]
            egal, dehors = ~comparaison.differe(droit), comparaison.classe_par_foyer(droit) < 0
            bilan.foyers += len(egal)
            bilan.egaux += int(egal.sum())
            ecart = np.abs(comparaison.limpide[droit] - comparaison.tel_quel[droit])
            bilan.egaux_tel_quel += int((ecart <= tolerance(droit)).sum())
            bilan.hors_classes += int(dehors.sum())
            bilan.egaux_hors_classes += int((egal & dehors).sum())
            bilan.positifs += int((comparaison.openfisca[droit] > 0).sum())
    return bilans


@dataclass(frozen=True)
class EffetClasse:
    """How a class shows in a comparison: households concerned, those that differ, and the largest gap."""

    classe: Classe
    droit: str
    concernes: int
    differents: int
    ecart_maximal: float


def effets_des_classes(comparaisons: Iterable[Comparaison]) -> list[EffetClasse]:
    """One line per class and right, in the order of the classes."""
    totaux: dict[tuple[int, str], list[float]] = {}
    for comparaison in comparaisons:
        for droit in comparaison.limpide:
            rangs, differe = comparaison.classe_par_foyer(droit), comparaison.differe(droit)
            ecarts = np.abs(comparaison.limpide[droit] - comparaison.openfisca[droit])
            for rang in np.unique(rangs[rangs >= 0]):
                dedans = rangs == rang
                total = totaux.setdefault((int(rang), droit), [0, 0, 0.0])
                total[0] += int(dedans.sum())
                total[1] += int((dedans & differe).sum())
                total[2] = max(total[2], float(np.nan_to_num(ecarts[dedans]).max()))
    return [
        EffetClasse(CLASSES[rang], droit, int(total[0]), int(total[1]), total[2])
        for (rang, droit), total in sorted(totaux.items())
    ]
