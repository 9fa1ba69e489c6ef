"""Whom the explained differences on family allowances concern."""

from __future__ import annotations

import numpy as np

from .circonstances import Circonstances, Masque


def age_en_annees_moyennes(c: Circonstances) -> Masque:
    """A child whose age, around a threshold, OpenFisca misses: it divides days by 365.2425."""
    seuil = np.isin(np.maximum(c.age_moyen(), c.age()), (11, 14, 16, 18, 20, 21))
    return c.au_moins_un(c.enfant & c.age_faux() & seuil)


def anniversaire_dans_le_mois(c: Circonstances) -> Masque:
    """A child born, or turning 20 or 21 (16 with a pay), this month; or past another threshold on the 1st."""
    age = c.mois_civils()
    premier = c.naissance == c.naissance.astype("datetime64[M]").astype("datetime64[D]")
    paye = (c.gain > 0) | (c.salaire_moyen > 0) | (c.personnes["rempli_obligation_scolaire"] != 1)
    seuil = np.isin(age, (0, 240, 252)) | ((age == 192) & paye) | (np.isin(age, (132, 168, 192, 216)) & premier)
    return c.au_moins_un(c.enfant & seuil)


def remuneration_de_l_enfant(c: Circonstances) -> Masque:
    """A child of 16 to 21 for whom the pay of the month and the average wage do not say the same."""
    age = c.mois_civils()
    ecart = (c.gain > c.plafond_enfant) != (c.salaire_moyen >= c.plafond_enfant)
    return c.au_moins_un(c.enfant & (age >= 192) & (age < 252) & ecart)


def aines_du_meme_age(c: Circonstances) -> Masque:
    """Two children in charge, of the same age in years."""
    age = np.where(c.a_charge, c.age_moyen(), -1)
    plus_grand = np.full(len(c.foyers), -1)
    np.maximum.at(plus_grand, c.appartenance, age)
    egaux = c.nombre(c.a_charge & (age == plus_grand[c.appartenance]))
    return (c.nombre(c.a_charge) == 2) & (egaux == 2) & (plus_grand >= 14)


def outre_mer_ressources(c: Circonstances) -> Masque:
    """Overseas, income above the first ceiling."""
    return ~c.residence("metropole") & c.au_dessus_du_plafond(c.nombre(c.a_charge))


def vingt_ans_au_dessus_du_plafond(c: Circonstances) -> Masque:
    """A child of twenty and an income above the ceiling of the children in charge."""
    return c.au_moins_un(c.de_vingt_ans) & c.au_dessus_du_plafond(c.nombre(c.a_charge))


def vingt_ans_en_residence_alternee(c: Circonstances) -> Masque:
    """A child of twenty in shared residence."""
    return c.au_moins_un(c.de_vingt_ans & (c.personnes["garde_alternee"] == 1))


def sejour_de_moins_d_un_an(c: Circonstances) -> Masque:
    """No adult is French, European, protected, or holds a permit for a year."""
    p = c.personnes
    regulier = (p["nationalite"] != 2) | (p["protection_internationale"] == 1)
    regulier |= p["duree_possession_titre_sejour"] >= 1
    return ~c.au_moins_un(~c.enfant & regulier)
