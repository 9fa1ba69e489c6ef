"""Whom the explained differences on the allocation d'éducation de l'enfant handicapé concern."""

from __future__ import annotations

import numpy as np

from limpide.droits.faits_enfants import ACCUEILS_AEEH

from .circonstances import EPOQUE, Circonstances, M, Masque
from .predicats_af import sejour_de_moins_d_un_an

__all__ = [
    "autre_parent_designe",
    "categories_decalees",
    "demande_recente",
    "en_internat",
    "hors_de_charge",
    "mauvais_age",
    "prestation_de_compensation",
    "sejour_de_moins_d_un_an",
    "sixieme_categorie",
    "taux_a_voir",
]

DECALEES = (2, 3, 4, 5)
SIXIEME, PREMIER_MOIS_INCONNU = 6, "2026-04"
VINGT_ANS = 20 * 12


def _accorde(c: Circonstances) -> Masque:
    """By person: a child for whom the commission granted the allowance."""
    return np.asarray(c.enfant & (c.personnes["aeeh_accordee"] == 1))


def categories_decalees(c: Circonstances) -> Masque:
    """A complement of the second to the fifth category, which OpenFisca pays at the rate of the one before."""
    choisi = c.personnes["pch_au_lieu_du_complement"] == 1
    return c.au_moins_un(_accorde(c) & ~choisi & np.isin(c.personnes["aeeh_niveau_handicap"], DECALEES))


def sixieme_categorie(c: Circonstances) -> Masque:
    """OpenFisca pays the last category at any age and to anybody; from April 2026, at the amount of 2025."""
    derniere = c.personnes["aeeh_niveau_handicap"] == SIXIEME
    trop_age = c.age_moyen() >= VINGT_ANS // 12
    return c.au_moins_un(_accorde(c) & derniere & (trop_age | (c.mois >= PREMIER_MOIS_INCONNU)))


def prestation_de_compensation(c: Circonstances) -> Masque:
    """The prestation de compensation was chosen instead of the complement: OpenFisca has no input for it."""
    choisi = (c.personnes["pch_au_lieu_du_complement"] == 1) & (c.personnes["aeeh_niveau_handicap"] > 0)
    return c.au_moins_un(_accorde(c) & choisi)


def en_internat(c: Circonstances) -> Masque:
    """A child boarded at full public charge, whom a person looks at."""
    return c.au_moins_un(_accorde(c) & (c.personnes["aeeh_accueil"] == ACCUEILS_AEEH.index("internat")))


def taux_a_voir(c: Circonstances) -> Masque:
    """A rate of disability that does not open the allowance as the child is accompanied."""
    b, p = c.bareme[M], c.personnes
    accompagne = p["aeeh_accueil"] == ACCUEILS_AEEH.index("accompagnement")
    suffit = p["taux_incapacite"] >= b.aeeh_taux_incapacite
    suffit |= accompagne & (p["taux_incapacite"] >= b.aeeh_taux_incapacite_accompagne)
    return c.au_moins_un(_accorde(c) & ~suffit)


def demande_recente(c: Circonstances) -> Masque:
    """A claim made in the month or after."""
    jour = EPOQUE + c.personnes["aeeh_date_demande"].astype(np.int64)
    return c.au_moins_un(_accorde(c) & (jour.astype("datetime64[M]") >= np.datetime64(c.mois, "M")))


def mauvais_age(c: Circonstances) -> Masque:
    """A child born in the month or to be born, or who turns twenty in it, or whose age OpenFisca misses."""
    mois = c.mois_civils()
    seuil = c.age_faux() & (np.maximum(c.age_moyen(), c.age()) == VINGT_ANS // 12)
    return c.au_moins_un(_accorde(c) & ((mois <= 0) | (mois == VINGT_ANS) | seuil))


def hors_de_charge(c: Circonstances) -> Masque:
    """A child under twenty who is not in charge, for its pay or for school: OpenFisca looks at the age only."""
    return c.au_moins_un(_accorde(c) & ~c.a_charge & (c.mois_civils() < VINGT_ANS))


def autre_parent_designe(c: Circonstances) -> Masque:
    """A child in shared residence for whom the other parent receives."""
    partage = (c.personnes["garde_alternee"] == 1) & (c.personnes["allocataire_unique"] != 1)
    return c.au_moins_un(_accorde(c) & partage)
