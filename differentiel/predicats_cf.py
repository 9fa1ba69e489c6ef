"""Whom the explained differences on the family supplement concern."""

from __future__ import annotations

import numpy as np

from .circonstances import Circonstances, Entiers, M, Masque

__all__ = [
    "age_en_annees_moyennes",
    "anniversaire_dans_le_mois",
    "entre_les_plafonds_majores",
    "hors_de_l_ecole",
    "outre_mer",
    "remuneration_de_l_enfant",
]

SEUILS = (0, 3, 5, 16, 20, 21)


def age_en_annees_moyennes(c: Circonstances) -> Masque:
    """A child whose age, around a threshold, OpenFisca misses: it divides days by 365.2425."""
    seuil = np.isin(np.maximum(c.age_moyen(), c.age()), SEUILS)
    return c.au_moins_un(c.enfant & c.age_faux() & seuil)


def anniversaire_dans_le_mois(c: Circonstances) -> Masque:
    """A child whose birth or threshold birthday is in the month computed."""
    return c.au_moins_un(c.enfant & np.isin(c.mois_civils(), [12 * age for age in SEUILS]))


def remuneration_de_l_enfant(c: Circonstances) -> Masque:
    """A child whose pay counts in the month past sixteen only; OpenFisca averages six months, at any age."""
    compte = (c.mois_civils() >= 16 * 12) & (c.gain > c.plafond_enfant)
    ecart = compte != (c.salaire_moyen >= c.plafond_enfant)
    return c.au_moins_un(c.enfant & (c.mois_civils() < 21 * 12) & ecart)


def outre_mer(c: Circonstances) -> Masque:
    """Overseas: OpenFisca still compares the income with the ceiling of the allocation de rentrée scolaire."""
    return ~c.residence("metropole")


def hors_de_l_ecole(c: Circonstances) -> Masque:
    """A child under sixteen who does not attend school: OpenFisca still raises the ceiling for it."""
    return c.au_moins_un(c.enfant & (c.mois_civils() < 16 * 12) & (c.personnes["rempli_obligation_scolaire"] != 1))


def entre_les_plafonds_majores(c: Circonstances) -> Masque:
    """An income between half the ordinary ceiling, which OpenFisca takes, and the published increased one."""
    b, enfants = c.bareme[M], _enfants(c)
    deux = np.minimum(enfants, 2)
    taux = 1 + deux * b.cf_majoration_enfants[0] + (enfants - deux) * b.cf_majoration_enfants[1]
    releve = ~c.couple | (c.foyers["biactivite"] == 1)
    publie = b.cf_plafond[1] * taux + releve * b.cf_majoration_plafond[1]
    moitie = (b.cf_plafond[0] * taux + releve * b.cf_majoration_plafond[0]) / 2
    return (c.ressources > np.minimum(publie, moitie)) & (c.ressources <= np.maximum(publie, moitie))


def _enfants(c: Circonstances) -> Entiers:
    """Children who raise the ceilings, by household."""
    return c.nombre(c.a_charge | (c.de_vingt_ans & (c.gain <= c.plafond_enfant)))
