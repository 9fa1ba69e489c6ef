"""Affiliation of carers to the old-age insurance (AVA: CSS L381-2, D381-3 to D381-6), since September 2023.

Who receives a presence or carer's allowance; a parent without work in charge of a disabled child who lives at home.
The help given to a disabled adult, a carer's leave without its allowance, the year at most of L381-2 and the start at
a civil quarter (D381-6) are asked for or looked at by the Caf: see `docs/divergences.md`.
"""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, est_a_charge
from limpide.droits.derives.avpf import (
    A_VOIR,
    ACTIF,
    AUCUNE,
    NON_DIT,
    PAR_ENFANT_HANDICAPE,
    PAR_PRESENCE,
    PAR_PROCHE,
)
from limpide.droits.faits_enfants import ACCUEILS_AEEH
from limpide.droits.moteur import regle
from limpide.droits.moteur.primitive import primitive

INTERNAT = ACCUEILS_AEEH.index("internat")


@primitive
def ouvre_pour_un_aidant(p: Any, b: Any) -> bool:
    """A disabled child in charge who is not boarded: at the rate of D381-5, or with a complement granted."""
    if p.role != ENFANT or not est_a_charge(p, b, 6) or p.aeeh_accueil == INTERNAT:
        return False
    a_domicile: bool = p.taux_incapacite >= b[6].ava_taux or (p.aeeh_accordee == 1 and p.aeeh_niveau_handicap > 0)
    return a_domicile


@primitive
def enfant_handicape_a_domicile(personnes: Any, b: Any) -> bool:
    """One child at least."""
    n = 0
    for p in personnes:
        if ouvre_pour_un_aidant(p, b):
            n += 1
    return n > 0


@primitive
def enfant_declare(personnes: Any, b: Any) -> bool:
    """A child in charge for whom the commission granted the allowance."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and est_a_charge(p, b, 6) and p.aeeh_accordee == 1:
            n += 1
    return n > 0


@primitive
def cas_du_conge(parent: Any, presence: float, proche: float) -> int:
    """By the allowance of who took days of leave this month."""
    for demi_journees, montant, cas in (
        (parent.ajpp_demi_journees, presence, PAR_PRESENCE),
        (parent.ajpa_demi_journees, proche, PAR_PROCHE),
    ):
        if demi_journees > 0 and not montant <= 0.0:
            return A_VOIR if math.isnan(montant) else cas
    return AUCUNE


def _dire(a: Any, r: int) -> str:
    phrases = {
        PAR_PRESENCE: "l'allocation journalière de présence parentale reçue ce mois-ci y donne droit, sauf à un agent "
        "public dont le régime de retraite compte déjà ce congé.",
        PAR_PROCHE: "l'allocation journalière du proche aidant reçue ce mois-ci y donne droit, dans la limite d'un an "
        "sur la carrière, sauf à un agent public dont le régime compte déjà ce congé.",
        PAR_ENFANT_HANDICAPE: "sans activité, avec un enfant handicapé qui vit à la maison ; elle commence au "
        "trimestre civil qui suit celui où ces conditions sont réunies.",
    }
    return f"Pour {a.qui}, l'affiliation comme aidant est ouverte : {phrases[r]}" if r in phrases else ""


def _dire_aucune(a: Any, r: int) -> str:
    return ""


@regle(
    "CSS L381-1",
    depuis="2015-01-01",
    jusque="2023-08-31",
    libelle="Affiliation des aidants à l'assurance vieillesse",
    phrase=_dire,
    phrase_nulle=_dire_aucune,
)
def affiliation_aidant(parent: Any, presence: float, proche: float, personnes: Any, b: Any) -> int:
    """Its paragraphs on carers, repealed since, are not written: a person looks at what would open the affiliation.

    `presence`, `proche`: euros of the month of each allowance (NaN: unknown).
    """
    declaree = cas_du_conge(parent, presence, proche) != AUCUNE or enfant_declare(personnes, b)
    return A_VOIR if declaree else AUCUNE


@regle(
    "CSS L381-2",
    "CSS D381-3",
    "CSS D381-5",
    "CSS D381-6",
    depuis="2023-09-01",
    libelle="Affiliation des aidants à l'assurance vieillesse",
    phrase=_dire,
    phrase_nulle=_dire_aucune,
    variante_de=affiliation_aidant,
)
def affiliation_aidant_2023(parent: Any, presence: float, proche: float, personnes: Any, b: Any) -> int:
    """Why this adult is affiliated as a carer.

    A parent who works is affiliated at part time only, which no fact says: a person looks (A_VOIR).
    """
    par_conge = cas_du_conge(parent, presence, proche)
    if par_conge != AUCUNE or not enfant_handicape_a_domicile(personnes, b):
        return par_conge
    if parent.activite < 0:
        return NON_DIT
    return A_VOIR if parent.activite == ACTIF else PAR_ENFANT_HANDICAPE
