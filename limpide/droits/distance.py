"""How far a household is from where a right opens or ends, one income varying and everything else held.

The rules are asked again with more or less of one income, by growing steps, then between the two last ones to the
euro: nothing is assumed of their shape but what they answer, and that what they do not read changes nothing. Only
limits of income are looked for: an age or a number of children is not something one changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .calcul import droits_demandes, fiches, motif_de
from .francais import INSECABLE, nombre
from .lectures import lire_avec
from .moteur import Droit, Motif
from .situation import CONJOINT, DEMANDEUR, M, Situation

PAS = (50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200)
"""Euros more or less, until the right opens or ends."""
REFUS_DE_RESSOURCES = frozenset({Motif.RESSOURCES, Motif.SEUIL})


Fiches = tuple[Any, Sequence[Any], Any]
"""Household, persons and parameters, as the rules take them (`calcul.fiches`)."""


@dataclass(frozen=True)
class Axe:
    """One income that may vary: the fact, whose it is (-1: the household's), and how a sentence says « de … »."""

    fait: str
    personne: int
    de: str

    def montants(self, lues: Fiches) -> npt.NDArray[np.float64]:
        """What is known of this income: one number a year, or one for each month known, which may be none."""
        return _connus(getattr(self._fiche(lues), self.fait))

    def deplacer(self, lues: Fiches, ecart: float) -> Fiches:
        """The same household with so much more (or less) of this income, every month.

        Who has this income has no shortcut that says they have none (`situation.resumer`): none is to set again.
        """
        fiche = self._fiche(lues)
        autre = getattr(fiche, self.fait) + ecart
        deplacee = fiche._replace(**{self.fait: autre})  # noqa: SLF001 -- public: how a named tuple is changed
        foyer, personnes, b = lues
        if self.personne < 0:
            return deplacee, personnes, b
        return foyer, [deplacee if rang == self.personne else p for rang, p in enumerate(personnes)], b

    def _fiche(self, lues: Fiches) -> Any:
        return lues[0] if self.personne < 0 else lues[1][self.personne]


@dataclass(frozen=True)
class Distance:
    """`ecart` euros more (the right ends) or less (it opens) of one income; `texte` says it in French."""

    droit: str
    fait: str
    ecart: int
    ouvre: bool
    texte: str


def axes(lues: Fiches) -> Iterator[Axe]:
    """Incomes that may vary, the household's yearly one first, then the wage of who has one."""
    _, personnes, b = lues
    annee = int(b[M].mois) // 100 - 2
    yield Axe("prestations_familiales_base_ressources", -1, f"revenu net du foyer pour l'année {annee}")
    for rang, p in enumerate(personnes):
        if p.role in (DEMANDEUR, CONJOINT) and p.present[M] == 1 and _connus(p.salaire_net).sum() > 0:
            a_qui = "" if p.role == DEMANDEUR else ", pour votre conjoint"
            yield Axe("salaire_net", rang, f"salaire net chaque mois{a_qui}")


def _connus(montants: Any) -> npt.NDArray[np.float64]:
    """A file tells the months that the law reads, and often no other."""
    tous = np.atleast_1d(np.asarray(montants, np.float64))
    return tous[~np.isnan(tous)]


def distance(situation: Situation, code: str) -> Distance | None:
    """From the household to where the right opens or ends, by the first income that decides; None if none does."""
    (droit,), lues = droits_demandes([code]), fiches(situation)
    motif = motif_de(droit, *lues)
    if motif is not Motif.OUVERT and motif not in REFUS_DE_RESSOURCES:
        return None
    ouvre = motif is not Motif.OUVERT
    lus = {(rang, fait) for rang, fait, _ in lire_avec(droit, *lues).faits}
    for axe in (a for a in axes(lues) if (a.personne, a.fait) in lus):
        ecart = _chercher(lues, droit, axe, ouvre)
        if ecart is not None:
            return Distance(code, axe.fait, ecart, ouvre, _dire(axe, ecart, ouvre))
    return None


def _chercher(lues: Fiches, droit: Droit, axe: Axe, ouvre: bool) -> int | None:
    """The smallest whole number of euros that opens or ends the right."""
    montants = axe.montants(lues)
    if not len(montants):
        return None
    tout = int(montants.min())
    pas = [*(p for p in PAS if p < tout), tout] if ouvre else PAS
    trop_peu = 0
    for assez in (p for p in pas if p > 0):
        if _change(lues, droit, axe, assez, ouvre):
            return _resserrer(lues, droit, axe, trop_peu, assez, ouvre)
        trop_peu = assez
    return None


def _resserrer(lues: Fiches, droit: Droit, axe: Axe, trop_peu: int, assez: int, ouvre: bool) -> int:
    while assez - trop_peu > 1:
        milieu = (trop_peu + assez) // 2
        if _change(lues, droit, axe, milieu, ouvre):
            assez = milieu
        else:
            trop_peu = milieu
    return assez


def _change(lues: Fiches, droit: Droit, axe: Axe, ecart: int, ouvre: bool) -> bool:
    """Whether the right is open (`ouvre`), or ended for its incomes, that far away."""
    motif = motif_de(droit, *axe.deplacer(lues, -ecart if ouvre else ecart))
    return motif is Motif.OUVERT if ouvre else motif in REFUS_DE_RESSOURCES


def _dire(axe: Axe, ecart: int, ouvre: bool) -> str:
    sens, suite = ("moins", "serait ouvert") if ouvre else ("plus", "prendrait fin")
    somme = f"{nombre(ecart, 0)}{INSECABLE}€"
    return f"Avec {somme} de {sens} de {axe.de}, ce droit {suite}, tout le reste étant pareil."
