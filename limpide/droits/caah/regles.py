"""Majoration pour la vie autonome and complément de ressources (CSS L821-1-2, D821-3, R821-5-1, R821-5-2, R821-8)."""

import math
from typing import Any

from limpide.droits.aah.conditions import INCAPACITE, adulte_du_foyer
from limpide.droits.bases.sejour import INCONNU, OUVERT, residence
from limpide.droits.caah import phrases
from limpide.droits.caah.conditions import (
    LOGEMENT,
    RESSOURCES,
    SANS_ALLOCATION,
    TRAVAIL,
    complement_de,
    complement_manquant,
)
from limpide.droits.faits import NATURES
from limpide.droits.moteur import arrondi_centime, regle
from limpide.droits.moteur.primitive import primitive

LIEU = NATURES["residence"].code


@regle(
    "CSS L821-1-2",
    "CSS R821-5-1",
    "CSS R821-5-2",
    "CSS R821-8",
    depuis="2019-09-01",
    libelle="Conditions du complément",
    phrase=phrases.dire_condition,
    phrase_nulle=phrases.dire_condition,
)
def condition(p: Any, foyer: Any, b: Any) -> int:
    """Reason why this adult has no complement, or OUVERT."""
    return complement_de(p, foyer, b)


@regle(
    "CSS D821-3",
    "Loi n° 2018-1317, article 266",
    depuis="2008-09-22",
    libelle="Complément d'une personne",
    phrase=phrases.dire_montant,
)
def montant_de(p: Any, b: Any) -> float:
    """Euros a month: the one that was kept, else the majoration; never both."""
    return b[6].caah_complement if p.complement_ressources_aah == 1 else b[6].caah_majoration


@primitive
def rang_du_refus(motif: int) -> int:
    """The household tells the reason of the adult who comes nearest to the right."""
    if motif == INCAPACITE:
        return 0
    if motif == SANS_ALLOCATION:
        return 1
    if motif == RESSOURCES:
        return 2
    return 3 if motif == TRAVAIL else 4


@primitive
def caah_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason of the household: INCONNU as soon as one adult's is, OUVERT if one has a right, else the nearest.

    Work and dwelling are told as one: the steps say which.
    """
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    retenu = INCAPACITE
    ouvert = False
    for p in personnes:
        if adulte_du_foyer(p):
            motif = complement_de(p, foyer, b)
            if motif == INCONNU:
                return INCONNU
            ouvert = ouvert or motif == OUVERT
            if rang_du_refus(motif) > rang_du_refus(retenu):
                retenu = motif
    if ouvert:
        return OUVERT
    return TRAVAIL if retenu == LOGEMENT else retenu


@regle(
    "CSS L821-1-2",
    "CSS R821-5-1",
    depuis="2019-09-01",
    libelle="Complément de l'allocation aux adultes handicapés",
    phrase=phrases.dire_caah,
    phrase_nulle="Le complément de l'allocation aux adultes handicapés n'est pas dû pour ce mois.",
)
def caah(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, of both adults together; NaN if a fact is missing."""
    if caah_condition(foyer, personnes, b) == INCONNU:
        return math.nan
    if residence(foyer) != OUVERT:
        return 0.0
    total = 0.0
    for p in personnes:
        if adulte_du_foyer(p) and condition(p, foyer, b) == OUVERT:
            total += montant_de(p, b)
    return arrondi_centime(total)


@regle("CSS L821-1-2", depuis="2019-09-01", libelle="Ouverture du droit")
def caah_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    return OUVERT if montant > 0.0 else caah_condition(foyer, personnes, b)


@primitive
def caah_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: one that the trace names, or who was there)."""
    if foyer.residence < 0:
        return LIEU
    for p in personnes:
        if adulte_du_foyer(p) and complement_de(p, foyer, b) == INCONNU:
            return complement_manquant(p, foyer, b)
    return 0
