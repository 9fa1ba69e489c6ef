"""Whom the explained differences on the allocation de soutien familial concern."""

from __future__ import annotations

import numpy as np

from limpide.droits.faits import SOUTIENS

from .circonstances import EPOQUE, Circonstances, Entiers, M, Masque
from .predicats_af import sejour_de_moins_d_un_an
from .predicats_cf import hors_de_l_ecole

__all__ = [
    "age_en_annees_moyennes",
    "anniversaire_dans_le_mois",
    "deux_parents",
    "enfant_soutenu",
    "hors_de_l_ecole",
    "pas_encore_ou_plus",
    "pension_du_foyer",
    "recueilli_par_un_couple",
    "remuneration_de_l_enfant",
    "residence_alternee",
    "sejour_de_moins_d_un_an",
]

SEIZE_ANS, VINGT_ANS = 16 * 12, 20 * 12
AVEC_PENSION = ("pension_partielle", "pension_faible")


def _soutien(c: Circonstances, *valeurs: str) -> Masque:
    """By person: the other parent is in one of these situations."""
    return np.isin(c.personnes["soutien_autre_parent"], [SOUTIENS.index(v) for v in valeurs])


def _mois_ecoules(c: Circonstances, fait: str) -> Entiers:
    """Calendar months since a date, by person."""
    jour = EPOQUE + c.personnes[fait].astype(np.int64)
    return np.asarray((np.datetime64(c.mois, "M") - jour.astype("datetime64[M]")).astype(np.int64))


def age_en_annees_moyennes(c: Circonstances) -> Masque:
    """A child whose age, around sixteen or twenty, OpenFisca misses: it divides days by 365.2425."""
    seuil = np.isin(np.maximum(c.age_moyen(), c.age()), (16, 20))
    return c.au_moins_un(c.enfant & c.age_faux() & seuil)


def anniversaire_dans_le_mois(c: Circonstances) -> Masque:
    """A child born, or turning twenty, in the month computed."""
    return c.au_moins_un(c.enfant & np.isin(c.mois_civils(), (0, VINGT_ANS)))


def remuneration_de_l_enfant(c: Circonstances) -> Masque:
    """A child whose pay counts in the month past sixteen only; OpenFisca averages six months of wages, at any age."""
    compte = (c.mois_civils() >= SEIZE_ANS) & (c.gain > c.plafond_enfant)
    return c.au_moins_un(c.enfant & (c.mois_civils() <= VINGT_ANS) & (compte != (c.salaire_moyen >= c.plafond_enfant)))


def recueilli_par_un_couple(c: Circonstances) -> Masque:
    """A couple that took in a child without the support of a parent, or of both."""
    p = c.personnes
    accueilli = (p["enfant_recueilli"] == 1) | (p["deux_parents_absents"] == 1)
    return c.couple & c.au_moins_un(c.a_charge & accueilli & ~_soutien(c, "apporte"))


def deux_parents(c: Circonstances) -> Masque:
    """A child who lacks the support of both parents."""
    return c.au_moins_un(c.a_charge & (c.personnes["deux_parents_absents"] == 1))


def enfant_soutenu(c: Circonstances) -> Masque:
    """A parent alone with a child whom the other parent supports."""
    return ~c.couple & c.au_moins_un(c.a_charge & _soutien(c, "apporte"))


def pas_encore_ou_plus(c: Circonstances) -> Masque:
    """A parent alone, before the first month due, or after the four instalments paid without a title."""
    p, depuis, demande = c.personnes, _mois_ecoules(c, "soutien_depuis"), _mois_ecoules(c, "asf_date_demande")
    attend = depuis < c.bareme[M].asf_mois_d_attente
    evite = _soutien(c, "pension_impayee", "pension_partielle", "sans_titre")
    attend |= evite & (demande < c.bareme[M].asf_mois_d_attente)
    apres = np.minimum(depuis, demande) > c.bareme[M].asf_mensualites_sans_titre
    fini = _soutien(c, "sans_titre") & apres & (p["pension_en_cours_de_fixation"] != 1)
    return ~c.couple & c.au_moins_un(c.a_charge & ~_soutien(c, "apporte") & (attend | fini))


def residence_alternee(c: Circonstances) -> Masque:
    """A child without support in shared residence."""
    return c.au_moins_un(c.a_charge & (c.personnes["garde_alternee"] == 1))


def pension_du_foyer(c: Circonstances) -> Masque:
    """A pension that is not that of the one child who lacks support: OpenFisca takes all of them from the whole."""
    recue = c.personnes["pensions_alimentaires_percues"][:, M] > 0
    sienne = recue & c.a_charge & _soutien(c, *AVEC_PENSION) & (c.nombre(c.a_charge) == 1)[c.appartenance]
    return c.au_moins_un(recue & ~sienne)
