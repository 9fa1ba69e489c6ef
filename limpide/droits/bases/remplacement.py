"""Incomes that stand for work, and which of them nobody told: births, unemployment, minima, sick leave.

Shared by the rights that exclude them (AJPP, AJPA) or take them for work (CMG): each names the first one unknown.
"""

import math
from typing import Any

from limpide.droits.faits import NATURES
from limpide.droits.moteur.primitive import primitive

MATERNITE, PATERNITE, ADOPTION, CHOMAGE, SECURISATION, SOLIDARITE, ADULTE, MALADIE, ACCIDENT, PROFESSIONNELLE = (
    NATURES[nom].code
    for nom in (
        "indemnites_journalieres_maternite", "indemnites_journalieres_paternite", "indemnites_journalieres_adoption",
        "chomage_net", "allocation_securisation_professionnelle", "ass", "aah", "indemnites_journalieres_maladie",
        "indemnites_journalieres_accident_travail", "indemnites_journalieres_maladie_professionnelle",
    )
)  # fmt: skip


@primitive
def naissance_manquante(p: Any, k: int) -> int:
    """Code of the first unknown daily benefit of a birth or an adoption (0: none)."""
    if math.isnan(p.indemnites_journalieres_maternite[k]):
        return MATERNITE
    if math.isnan(p.indemnites_journalieres_paternite[k]):
        return PATERNITE
    return ADOPTION if math.isnan(p.indemnites_journalieres_adoption[k]) else 0


@primitive
def allocation_manquante(p: Any, k: int) -> int:
    """The same of unemployment and of the minima of an adult."""
    if math.isnan(p.chomage_net[k]):
        return CHOMAGE
    if math.isnan(p.allocation_securisation_professionnelle[k]):
        return SECURISATION
    if math.isnan(p.ass[k]):
        return SOLIDARITE
    return ADULTE if math.isnan(p.aah[k]) else 0


@primitive
def arret_manquant(p: Any, k: int) -> int:
    """The same of illness, accident and occupational disease."""
    if math.isnan(p.indemnites_journalieres_maladie[k]):
        return MALADIE
    if math.isnan(p.indemnites_journalieres_accident_travail[k]):
        return ACCIDENT
    return PROFESSIONNELLE if math.isnan(p.indemnites_journalieres_maladie_professionnelle[k]) else 0


@primitive
def remplacement_manquant(p: Any, k: int) -> int:
    """Code of the first unknown of them all (0: none)."""
    manque = naissance_manquante(p, k)
    if manque == 0:
        manque = allocation_manquante(p, k)
    return manque if manque != 0 else arret_manquant(p, k)
