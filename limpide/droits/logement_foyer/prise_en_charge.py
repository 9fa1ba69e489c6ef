"""What a hostel resident or a home buyer is expected to pay first, and the share of the rest that is paid (« K »)."""

from typing import Any

from limpide.droits.logement.composition import QUATRE_PERSONNES, selon_la_composition
from limpide.droits.logement_foyer import phrases
from limpide.droits.moteur import arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

GENERAL, SECOND = 0, 1
"""Places of the two scales of D832-25 in their lists."""


@primitive
def parts(second: bool, couple: bool, a_charge: int, b: Any) -> float:
    """« N » of the general scale, or of the second one."""
    table = b[6].foyer_parts_second if second else b[6].foyer_parts
    return selon_la_composition(table, QUATRE_PERSONNES, couple, a_charge)


@primitive
def borne_au_dessus(bornes: Any, rang: int, n: float, ressources: float) -> float:
    """Where a band ends, or the income if that comes first."""
    if rang + 1 < len(bornes) and bornes[rang + 1] * n < ressources:
        return float(bornes[rang + 1] * n)
    return ressources


@primitive
def par_tranches(bornes: Any, taux: Any, n: float, ressources: float) -> float:
    """A rate of each band of income; the bounds are those of one part."""
    total = 0.0
    for rang in range(len(bornes)):
        bas = bornes[rang] * n
        if ressources > bas:
            total += (borne_au_dessus(bornes, rang, n, ressources) - bas) * taux[rang]
    return total


@primitive
def coefficient(maximum: float, ressources: float, diviseur: float) -> float:
    """« K », cut to two decimals, never below zero."""
    k = tronque_centime(maximum - ressources / diviseur)
    return max(0.0, k)


@regle(
    "CCH D832-25",
    "Arrêté du 27 septembre 2019, article 30",
    depuis="2019-09-01",
    libelle="Coefficient de prise en charge",
    phrase=phrases.dire_prise_en_charge,
    phrase_nulle="À ce niveau de ressources, l'aide ne prend plus rien en charge.",
)
def prise_en_charge(second: bool, couple: bool, a_charge: int, ressources: float, b: Any) -> float:
    """« K »: falls with the income of each part."""
    n = parts(second, couple, a_charge, b)
    if second:
        return coefficient(b[6].foyer_k_maximum[SECOND], ressources, b[6].foyer_k_cm[SECOND] * n)
    reste = ressources - b[6].foyer_k_r * n
    return coefficient(b[6].foyer_k_maximum[GENERAL], max(0.0, reste), b[6].foyer_k_cm[GENERAL] * n)


@regle(
    "CCH D832-26",
    "Arrêté du 27 septembre 2019, article 31",
    depuis="2019-09-01",
    libelle="Ce que le résident ou l'accédant paie d'abord",
    phrase=phrases.dire_minimum,
)
def minimum_a_payer(second: bool, couple: bool, a_charge: int, ressources: float, b: Any) -> float:
    """« E0 » or « L0 », euros a month: a rate of each band of income, and a lump sum."""
    n = parts(second, couple, a_charge, b)
    if second:
        total = par_tranches(b[6].foyer_e0_bornes_second, b[6].foyer_e0_taux_second, n, ressources)
        return arrondi_centime((total + b[6].foyer_e0_forfait[SECOND]) / 12.0)
    total = par_tranches(b[6].foyer_e0_bornes, b[6].foyer_e0_taux, n, ressources)
    return arrondi_centime((total + b[6].foyer_e0_forfait[GENERAL] * n) / 12.0)
