"""Allocation de soutien familial (CSS L523-1 to L523-3, R523-1 to R523-7, D523-1 to D523-3, L581-2, R552-2)."""

import math
from typing import Any

from limpide.droits.asf import phrases
from limpide.droits.asf.enfants import (
    A_FIXER,
    A_VENIR,
    A_VOIR,
    ACQUISE,
    AVANCE,
    DU,
    EN_COUPLE,
    NON_DIT,
    PENSION_IMPAYEE,
    PENSION_PARTIELLE,
    SOUTENU,
    fait_de_soutien_manquant,
    montant_du,
    montant_plein,
    situation_du_foyer,
    situation_du_soutien,
)
from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    charge_inconnue,
    fait_de_charge_manquant,
)
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, RESIDENCE, residence, sejour_du_foyer
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

NOMBRE_ENFANTS, SEUIL = int(Motif.NOMBRE_ENFANTS), int(Motif.SEUIL)
COUPLE, SOUTIEN = int(Motif.COUPLE), int(Motif.SOUTIEN)
PAS_ENCORE, PENSION_A_FIXER = int(Motif.A_VENIR), int(Motif.PENSION_A_FIXER)


@regle(
    "CSS L523-1",
    "CSS L523-2",
    "CSS R523-1",
    "CSS R523-3",
    "CSS R523-5",
    "CSS D523-1",
    "CSS R552-2",
    depuis="2018-10-01",
    libelle="Enfant privé du soutien d'un parent",
    phrase=phrases.dire_situation,
    phrase_nulle="",
)
def soutien_de_l_enfant(p: Any, personnes: Any, b: Any, k: int) -> int:
    """What the child gives: out of charge, supported, … due (ranks of `enfants`, from the weakest)."""
    return situation_du_soutien(p, personnes, b, k)


@regle(
    "CSS L523-3",
    "CSS R523-7",
    "CSS D755-8",
    depuis="2018-04-01",
    libelle="Montant pour un enfant",
    phrase=phrases.dire_montant_plein,
)
def montant_de_l_enfant(p: Any, b: Any, k: int) -> float:
    """Euros a month: the rate for one missing parent or for two, times the monthly base."""
    return montant_plein(p, b, k)


@regle(
    "CSS L523-1",
    "CSS L581-2",
    "CSS R523-6",
    depuis="2018-10-01",
    libelle="Allocation différentielle",
    phrase=phrases.dire_differentielle,
)
def allocation_differentielle(p: Any, b: Any, k: int) -> float:
    """Euros a month: the amount less the pension received for the child."""
    return montant_du(p, b, k)


@regle(
    "CSS L581-2",
    "CSS R523-8",
    depuis="2017-01-01",
    libelle="Récupération auprès de l'autre parent",
    phrase=phrases.dire_recuperation,
)
def recuperation(p: Any) -> int:
    """What becomes of the amount: kept for good, or an advance that the Caf gets back from who owes a pension."""
    return AVANCE if p.soutien_autre_parent in (PENSION_IMPAYEE, PENSION_PARTIELLE) else ACQUISE


@primitive
def total_des_enfants(personnes: Any, b: Any, k: int) -> float:
    """Euros a month for all the children who open the right."""
    total = 0.0
    for p in personnes:
        if p.role == ENFANT and soutien_de_l_enfant(p, personnes, b, k) == DU:
            montant = montant_de_l_enfant(p, b, k)
            if p.pensions_alimentaires_percues[k] > 0.0:
                montant = allocation_differentielle(p, b, k)
            recuperation(p)
            total += montant
    return arrondi_centime(total)


@primitive
def motif_du_soutien(situation: int) -> int:
    """Reason that says what the children give."""
    if situation == NON_DIT:
        return INCONNU
    if situation == A_VOIR:
        return A_INSTRUIRE
    if situation == DU:
        return OUVERT
    if situation == A_FIXER:
        return PENSION_A_FIXER
    if situation == A_VENIR:
        return PAS_ENCORE
    if situation == EN_COUPLE:
        return COUPLE
    return SOUTIEN if situation == SOUTENU else NOMBRE_ENFANTS


@primitive
def asf_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the amounts, or OUVERT."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if charge_inconnue(personnes, b, 6):
        return INCONNU
    motif = motif_du_soutien(situation_du_foyer(personnes, b, 6))
    return sejour_du_foyer(personnes) if motif == OUVERT else motif


@regle(
    "CSS L523-1",
    "CSS L523-2",
    "CSS D523-3",
    depuis="2018-10-01",
    libelle="Allocation de soutien familial",
    phrase=phrases.dire_asf,
    phrase_nulle="L'allocation de soutien familial n'est pas due pour ce mois.",
)
def asf(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS; NaN if a fact is missing; below zero: too small to be paid."""
    condition = asf_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition in (RESIDENCE, NOMBRE_ENFANTS) or charge_inconnue(personnes, b, 6):
        return 0.0
    total = total_des_enfants(personnes, b, 6)
    if condition != OUVERT:
        return 0.0
    return total if total >= b[6].asf_minimum_verse else 0.0 - total


@regle("CSS L523-1", "CSS L523-2", "CSS L512-1", "CSS L512-2", depuis="2018-10-01", libelle="Ouverture du droit")
def asf_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    if montant < 0.0:
        return SEUIL
    return asf_condition(foyer, personnes, b)


LIEU, NATIONALITE, TITRE = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
)


@primitive
def asf_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    for p in personnes:
        if p.role == ENFANT and situation_du_soutien(p, personnes, b, 6) == NON_DIT:
            return fait_de_soutien_manquant(p, personnes, b, 6)
    return NATIONALITE if personnes[0].nationalite < 0 else TITRE


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def asf_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
