"""How far a household is from where a right opens or ends, one income varying and everything else held.

The rules are asked again with more or less of one income, by growing steps, then between the two last ones to the
euro: nothing is assumed of their shape but what they answer. Only limits of income are looked for: an age or a number
of children is not something one changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .calcul import liquider
from .francais import INSECABLE, nombre
from .lectures import faits_cites
from .moteur import Motif
from .situation import CONJOINT, DEMANDEUR, M, Situation

PAS = (50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200)
"""Euros more or less, until the right opens or ends."""
REFUS_DE_RESSOURCES = frozenset({Motif.RESSOURCES.name, Motif.SEUIL.name})


@dataclass(frozen=True)
class Axe:
    """One income that may vary: the fact, whose it is (None: the household's), and how a sentence says « de … »."""

    fait: str
    personne: int | None
    de: str

    def montants(self, situation: Situation) -> npt.NDArray[np.float64]:
        """What is known of this income: one number a year, or one for each month known, which may be none."""
        lignes, rang = (situation.foyer, 0) if self.personne is None else (situation.personnes, self.personne)
        return _connus(lignes[self.fait][rang])

    def deplacer(self, situation: Situation, ecart: float) -> Situation:
        """The same household with so much more (or less) of this income, every month."""
        foyer, personnes = situation.foyer.copy(), situation.personnes.copy()
        lignes, rang = (foyer, 0) if self.personne is None else (personnes, self.personne)
        lignes[self.fait][rang] += ecart
        return Situation(situation.mois, foyer, personnes)


@dataclass(frozen=True)
class Distance:
    """`ecart` euros more (the right ends) or less (it opens) of one income; `texte` says it in French."""

    droit: str
    fait: str
    ecart: int
    ouvre: bool
    texte: str


def axes(situation: Situation) -> Iterator[Axe]:
    """Incomes that may vary, the household's yearly one first, then the wage of who has one."""
    annee = int(situation.mois[:4]) - 2
    yield Axe("prestations_familiales_base_ressources", None, f"revenu net du foyer pour l'année {annee}")
    for rang, p in enumerate(situation.personnes):
        if p["role"] in (DEMANDEUR, CONJOINT) and p["present"][M] == 1 and _connus(p["salaire_net"]).sum() > 0:
            a_qui = "" if p["role"] == DEMANDEUR else ", pour votre conjoint"
            yield Axe("salaire_net", rang, f"salaire net chaque mois{a_qui}")


def _connus(montants: Any) -> npt.NDArray[np.float64]:
    """A file tells the months that the law reads, and often no other."""
    tous = np.atleast_1d(np.asarray(montants, np.float64))
    return tous[~np.isnan(tous)]


def distance(situation: Situation, droit: str) -> Distance | None:
    """From the household to where the right opens or ends, by the first income that decides; None if none does."""
    motif = _motif(situation, droit)
    if motif != Motif.OUVERT.name and motif not in REFUS_DE_RESSOURCES:
        return None
    ouvre = motif != Motif.OUVERT.name
    lus = {nature.nom for nature in faits_cites(droit)}
    for axe in (a for a in axes(situation) if a.fait in lus):
        ecart = _chercher(situation, droit, axe, ouvre)
        if ecart is not None:
            return Distance(droit, axe.fait, ecart, ouvre, _dire(axe, ecart, ouvre))
    return None


def _chercher(situation: Situation, droit: str, axe: Axe, ouvre: bool) -> int | None:
    """The smallest whole number of euros that opens or ends the right."""
    montants = axe.montants(situation)
    if not len(montants):
        return None
    tout = int(montants.min())
    pas = [*(p for p in PAS if p < tout), tout] if ouvre else PAS
    trop_peu = 0
    for assez in (p for p in pas if p > 0):
        if _change(situation, droit, axe, assez, ouvre):
            return _resserrer(situation, droit, axe, trop_peu, assez, ouvre)
        trop_peu = assez
    return None


def _resserrer(situation: Situation, droit: str, axe: Axe, trop_peu: int, assez: int, ouvre: bool) -> int:
    while assez - trop_peu > 1:
        milieu = (trop_peu + assez) // 2
        if _change(situation, droit, axe, milieu, ouvre):
            assez = milieu
        else:
            trop_peu = milieu
    return assez


def _change(situation: Situation, droit: str, axe: Axe, ecart: int, ouvre: bool) -> bool:
    """Whether the right is open (`ouvre`), or ended for its incomes, that far away."""
    motif = _motif(axe.deplacer(situation, -ecart if ouvre else ecart), droit)
    return motif == Motif.OUVERT.name if ouvre else motif in REFUS_DE_RESSOURCES


def _motif(situation: Situation, droit: str) -> str:
    return liquider(situation, [droit])[droit].motif


def _dire(axe: Axe, ecart: int, ouvre: bool) -> str:
    sens, suite = ("moins", "serait ouvert") if ouvre else ("plus", "prendrait fin")
    somme = f"{nombre(ecart, 0)}{INSECABLE}€"
    return f"Avec {somme} de {sens} de {axe.de}, ce droit {suite}, tout le reste étant pareil."
