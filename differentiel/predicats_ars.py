"""Whom the explained differences on the school allowance concern."""

from __future__ import annotations

import numpy as np

from .circonstances import Circonstances, Entiers, M, Masque
from .predicats_af import sejour_de_moins_d_un_an

__all__ = [
    "anniversaire_de_decembre",
    "au_dessus_du_plafond",
    "dix_huit_ans_en_septembre",
    "etudes_non_declarees",
    "hors_de_l_ecole",
    "remuneration_de_l_enfant",
    "sejour_d_une_famille",
    "six_ans_en_janvier",
]


def _rentree(c: Circonstances) -> int:
    return int(c.mois[:4])


def _annee(c: Circonstances) -> Entiers:
    return np.asarray(c.naissance.astype("datetime64[Y]").astype(np.int64) + 1970)


def _mois(c: Circonstances) -> Entiers:
    return np.asarray(c.naissance.astype("datetime64[M]").astype(np.int64) % 12 + 1)


def six_ans_en_janvier(c: Circonstances) -> Masque:
    """A child who turns six in the January that follows."""
    return c.au_moins_un(c.enfant & (_annee(c) + 6 == _rentree(c) + 1) & (_mois(c) == 1))


def anniversaire_de_decembre(c: Circonstances) -> Masque:
    """A child who turns six, eleven or fifteen in December, or the day after by OpenFisca's average years."""
    age = _rentree(c) - _annee(c)
    decembre = np.isin(age, (6, 11, 15)) & (_mois(c) == 12)
    premier = (np.datetime64(f"{_rentree(c)}-12", "M")).astype("datetime64[D]")
    moyen = (premier - c.naissance + np.timedelta64(1, "D")).astype("timedelta64[Y]").astype(np.int64)
    exact = age - (_mois(c) == 12)
    faux = (moyen != exact) & np.isin(np.maximum(moyen, exact), (6, 11, 15, 18))
    return c.au_moins_un(c.enfant & (decembre | faux))


def dix_huit_ans_en_septembre(c: Circonstances) -> Masque:
    """A child who turns eighteen in the year of the rentrée, from September on."""
    return c.au_moins_un(c.enfant & (_annee(c) + 18 == _rentree(c)) & (_mois(c) >= 9))


def etudes_non_declarees(c: Circonstances) -> Masque:
    """A child past compulsory school of whom neither studies nor apprenticeship are told."""
    ni = (c.personnes["etudiant"] != 1) & (c.personnes["apprenti"] != 1)
    return c.au_moins_un(c.enfant & (c.mois_civils() >= 192) & (c.mois_civils() < 222) & ni)


def hors_de_l_ecole(c: Circonstances) -> Masque:
    """A child under sixteen who does not attend school."""
    return c.au_moins_un(c.enfant & (c.mois_civils() < 192) & (c.personnes["rempli_obligation_scolaire"] != 1))


def remuneration_de_l_enfant(c: Circonstances) -> Masque:
    """A child for whom the pay of August, past sixteen, and the wages of the months before don't say the same."""
    paye = (c.mois_civils() >= 192) & (c.gain > c.plafond_enfant)
    autonome = (c.personnes["salaire_net"] >= c.plafond_enfant * 0.9).any(axis=1)
    return c.au_moins_un(c.enfant & (paye | autonome))


def au_dessus_du_plafond(c: Circonstances) -> Masque:
    """An income above the ceiling with the fewest children either may count, within what the most of them may add."""
    b = c.bareme[M]
    age = c.mois_civils()
    sur, peut_etre = c.nombre(c.a_charge & (age < 20 * 12 - 3)), c.nombre(c.enfant & (age < 21 * 12))
    ecoliers = c.nombre(c.enfant & (age >= 5 * 12) & (age < 19 * 12))
    plafond = b.ars_plafond[0] + sur * b.ars_plafond[1]
    fin = b.ars_plafond[0] * 1.01 + peut_etre * b.ars_plafond[1] + ecoliers * b.ars_taux[2] * b.bmaf
    return np.asarray((ecoliers > 0) & (c.ressources > plafond) & (c.ressources <= fin))


def sejour_d_une_famille(c: Circonstances) -> Masque:
    """A household with a child of school age, without a permit held for a year."""
    age = c.mois_civils()
    return sejour_de_moins_d_un_an(c) & c.au_moins_un(c.enfant & (age >= 5 * 12) & (age < 19 * 12))
