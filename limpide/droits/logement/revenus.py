"""What one person's income counts for in housing benefits (CCH R822-3 to R822-5, R822-11 to R822-17)."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, NAISSANCE_INCONNUE, mois_depuis
from limpide.droits.logement import phrases
from limpide.droits.moteur import arrondi_euro, regle
from limpide.droits.moteur.primitive import primitive

CHOMEUR, RETRAITE = 1, 3
"""Ranks of `activite`."""


@primitive
def deduction(revenu: float, taux: float, minimum: float, maximum: float) -> float:
    """A rate of the income between two bounds, never more than the income."""
    part = arrondi_euro(revenu * taux)
    part = max(part, minimum)
    part = min(part, maximum)
    return revenu if part > revenu else part


@regle(
    "CCH R822-3",
    "CCH R822-4",
    "CGI, article 83, 3°",
    depuis="2019-09-01",
    libelle="Frais professionnels déduits",
    phrase=phrases.dire_frais,
    phrase_nulle="",
)
def frais_professionnels(p: Any, salaires: float, b: Any) -> float:
    """Euros a year: ten per cent within its bounds, or the real costs if they are more."""
    forfait = deduction(salaires, b[6].al_frais_taux, b[6].al_frais[0], b[6].al_frais[1])
    return p.frais_reels if p.frais_reels > forfait else forfait


@primitive
def mois_de_chomage(p: Any, b: Any) -> int:
    """Whole civil months out of work; 0 for who works."""
    if p.activite != CHOMEUR:
        return 0
    return mois_depuis(p.date_debut_chomage, b[6].mois)


@primitive
def indemnise(p: Any, k: int) -> bool:
    """Unemployment insurance, or what stands for it, is paid in month `k`."""
    return p.chomage_net[k] > 0.0 or p.allocation_securisation_professionnelle[k] > 0.0


@primitive
def en_arret(p: Any) -> bool:
    """Paid for a sick leave, or for an accident at work."""
    return p.indemnites_journalieres_maladie[6] > 0.0 or p.indemnites_journalieres_accident_travail[6] > 0.0


@primitive
def en_arret_long(p: Any, b: Any) -> bool:
    """Off work for more than six months, and still paid for it."""
    if p.date_arret_de_travail == NAISSANCE_INCONNUE:
        return False
    return en_arret(p) and mois_depuis(p.date_arret_de_travail, b[6].mois) > b[6].al_arret_mois


@primitive
def pensionne(p: Any) -> bool:
    """Receives a retirement or disability pension, a work accident annuity or the AAH."""
    if p.activite == RETRAITE and p.retraite_nette[6] > 0.0:
        return True
    return p.aah[6] > 0.0 or p.pensions_invalidite[6] > 0.0 or p.rente_accident_travail[6] > 0.0


@primitive
def cesse_et_pensionne(p: Any) -> bool:
    """Works no more, and receives a retirement or disability pension, a work accident annuity or the AAH."""
    if p.salaire_net[6] > 0.0 or p.salaire_net[5] > 0.0:
        return False
    return pensionne(p)


@primitive
def sans_allocation(p: Any, b: Any) -> bool:
    """Two months out of work without insurance benefit (R822-15)."""
    if mois_de_chomage(p, b) < b[6].al_chomage_mois:
        return False
    return p.ass[5] > 0.0 or not indemnise(p, 5)


@regle(
    "CCH R822-11",
    "CCH R822-15",
    "CCH R822-17",
    depuis="2019-09-01",
    libelle="Revenus d'activité qui ne comptent pas",
    phrase=phrases.dire_neutralisation,
    phrase_nulle="",
)
def neutralise(p: Any, sans_activite: bool, b: Any) -> bool:
    """RSA or care of a child (`sans_activite`), or two months out of work without insurance benefit."""
    return sans_activite or sans_allocation(p, b)


@primitive
def part_activite(p: Any, b: Any) -> float:
    """Share of work income that counts (R822-13, R822-14, R822-16)."""
    chome = mois_de_chomage(p, b) >= b[6].al_chomage_mois and indemnise(p, 5)
    if chome or cesse_et_pensionne(p) or en_arret_long(p, b):
        return 1.0 - b[6].al_abattement
    return 1.0


@primitive
def part_chomage(p: Any, b: Any) -> float:
    """Share of unemployment benefits that counts (R822-13, R822-16)."""
    return 1.0 - b[6].al_abattement if cesse_et_pensionne(p) or en_arret_long(p, b) else 1.0


@regle(
    "CCH R822-3",
    "CCH R822-5",
    "CCH R822-13",
    "CCH R822-14",
    "CCH R822-16",
    depuis="2019-09-01",
    libelle="Revenus d'activité et de chômage retenus",
    phrase=phrases.dire_activite,
    phrase_nulle="",
)
def revenus_activite(p: Any, sans_activite: bool, b: Any) -> float:
    """Euros a year, after costs and abatements (none for a child); a loss of the self-employed is deducted."""
    salaires, chomage = p.logement_salaires, p.logement_chomage
    independant = revenus_independants(p)
    if salaires + chomage == 0.0 and independant == 0.0:
        return 0.0
    if p.role != ENFANT and neutralise(p, sans_activite, b):
        return 0.0
    frais = frais_professionnels(p, salaires + chomage, b)
    reste = frais - salaires if frais > salaires else 0.0
    travail = (salaires - frais if salaires > frais else 0.0) + independant
    chomage = chomage - reste if chomage > reste else 0.0
    if p.role == ENFANT:
        return travail + chomage
    return travail * part_activite(p, b) + chomage * part_chomage(p, b)


@regle(
    "CCH R822-4",
    "CGI, article 158, 5, a",
    depuis="2019-09-01",
    libelle="Pensions retenues",
    phrase=phrases.dire_pensions,
    phrase_nulle="",
)
def pensions_retenues(p: Any, b: Any) -> float:
    """Euros a year: less ten per cent, with a minimum."""
    pensions = p.logement_pensions
    if pensions == 0.0:
        return 0.0
    return pensions - deduction(pensions, b[6].al_pensions_taux, b[6].al_pensions, pensions)


@primitive
def inconnu(montant: float) -> bool:
    """Nobody knows this amount."""
    return montant != montant  # noqa: PLR0124 - not a number


@primitive
def revenus_independants(p: Any) -> float:
    """Euros a year of the self-employed; below zero, a loss."""
    independants: float = p.rpns_benefice_exploitant_agricole + p.rpns_micro_entreprise_benefice + p.rpns_autres_revenus
    return independants


@primitive
def pension_inconnue(p: Any) -> bool:
    """Nobody knows whether a pension replaces work, or whether work goes on beside it, or a sick leave is paid."""
    pensions = p.retraite_nette[6] + p.aah[6] + p.pensions_invalidite[6] + p.rente_accident_travail[6]
    arrets = p.indemnites_journalieres_maladie[6] + p.indemnites_journalieres_accident_travail[6]
    if inconnu(pensions + arrets):
        return True
    if en_arret(p) and p.date_arret_de_travail == NAISSANCE_INCONNUE:
        return True
    return pensionne(p) and inconnu(p.salaire_net[5] + p.salaire_net[6])


@primitive
def circonstance_inconnue(p: Any, b: Any) -> bool:
    """A fact is missing that changes how much of somebody's work income counts: all of it, of a child."""
    if p.role == ENFANT:
        return False
    if p.logement_salaires + p.logement_chomage == 0.0 and revenus_independants(p) == 0.0:
        return False
    return situation_inconnue(p)


@primitive
def situation_inconnue(p: Any) -> bool:
    """A fact is missing to tell whether work stopped, and what replaces it."""
    if p.activite < 0 or p.type_conges < 0 or pension_inconnue(p):
        return True
    if p.activite != CHOMEUR:
        return False
    allocations = p.chomage_net[5] + p.allocation_securisation_professionnelle[5] + p.ass[5]
    return p.date_debut_chomage == NAISSANCE_INCONNUE or inconnu(allocations)


@regle(
    "CCH R822-2",
    "CCH R822-3",
    "CCH R822-4",
    depuis="2019-09-01",
    libelle="Ressources d'une personne pour l'aide au logement",
    phrase=phrases.dire_ressources_personne,
    phrase_nulle=phrases.dire_ressources_personne,
)
def ressources_personne(p: Any, sans_activite: bool, b: Any) -> float:
    """Euros a year; NaN if one is unknown. Maintenance paid is deducted."""
    if circonstance_inconnue(p, b) or inconnu(p.logement_salaires + p.logement_chomage + p.frais_reels):
        return math.nan
    if inconnu(revenus_independants(p)):
        return math.nan
    total = revenus_activite(p, sans_activite, b) + pensions_retenues(p, b) + p.revenus_imposables_n2
    return total - p.logement_pensions_versees
