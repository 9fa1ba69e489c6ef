"""Whom the explained differences on the allocation de base of the Paje concern."""

from __future__ import annotations

import numpy as np

from .circonstances import Circonstances, Entiers, Masque
from .predicats_af import sejour_de_moins_d_un_an
from .predicats_cf import hors_de_l_ecole

__all__ = [
    "age_en_annees_moyennes",
    "anniversaire_dans_le_mois",
    "autre_parent_designe",
    "enfant_a_naitre",
    "enfant_adopte",
    "hors_de_l_ecole",
    "naissances_multiples",
    "remuneration_de_l_enfant",
    "sejour_de_moins_d_un_an",
]

TROIS_ANS, SEIZE_ANS, VINGT_ANS = 3 * 12, 16 * 12, 20 * 12


def enfant_a_naitre(c: Circonstances) -> Masque:
    """A child to be born, told by its date or by its mother, or born in the month."""
    return c.au_moins_un((c.enfant & (c.mois_civils() <= 0)) | (~c.enfant & (c.personnes["enceinte"] == 1)))


def enfant_adopte(c: Circonstances) -> Masque:
    """An adopted child: the three years count from its arrival."""
    return c.au_moins_un(c.enfant & (c.personnes["adoption"] == 1))


def naissances_multiples(c: Circonstances) -> Masque:
    """Two children under three, born within a day of each other."""
    petit = c.enfant & (c.mois_civils() >= 0) & (c.mois_civils() <= TROIS_ANS)
    jours: Entiers = c.naissance.astype(np.int64)
    rangs = np.flatnonzero(petit)
    rangs = rangs[np.lexsort((jours[rangs], c.appartenance[rangs]))]
    proches = (np.diff(jours[rangs]) <= 1) & (np.diff(c.appartenance[rangs]) == 0)
    return np.isin(np.arange(len(c.foyers)), c.appartenance[rangs[1:][proches]])


def age_en_annees_moyennes(c: Circonstances) -> Masque:
    """A child whose age, around a threshold, OpenFisca misses: it divides days by 365.2425."""
    seuil = np.isin(np.maximum(c.age_moyen(), c.age()), (3, 16, 20))
    return c.au_moins_un(c.enfant & c.age_faux() & seuil)


def anniversaire_dans_le_mois(c: Circonstances) -> Masque:
    """A child who turns three or twenty in the month computed."""
    return c.au_moins_un(c.enfant & np.isin(c.mois_civils(), (TROIS_ANS, VINGT_ANS)))


def remuneration_de_l_enfant(c: Circonstances) -> Masque:
    """A child whose pay counts in the month past sixteen only; OpenFisca averages six months of wages, at any age."""
    compte = (c.mois_civils() >= SEIZE_ANS) & (c.gain > c.plafond_enfant)
    return c.au_moins_un(c.enfant & (c.mois_civils() <= VINGT_ANS) & (compte != (c.salaire_moyen >= c.plafond_enfant)))


def autre_parent_designe(c: Circonstances) -> Masque:
    """A child in shared residence for whom the other parent receives."""
    partage = (c.personnes["garde_alternee"] == 1) & (c.personnes["allocataire_unique"] != 1)
    return c.au_moins_un(c.enfant & (c.mois_civils() < VINGT_ANS) & partage)
