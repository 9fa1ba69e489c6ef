"""Whom the explained differences on the allocation de base of the Paje concern."""

from __future__ import annotations

import numpy as np

from .circonstances import EPOQUE, Circonstances, Entiers, Masque
from .predicats_af import sejour_de_moins_d_un_an
from .predicats_cf import hors_de_l_ecole

__all__ = [
    "adopte_hors_de_charge",
    "adoption_d_un_mois_voisin",
    "age_en_annees_moyennes",
    "anniversaire_dans_le_mois",
    "attente_sans_enfant_a_naitre",
    "autre_parent_designe",
    "enfant_a_naitre",
    "enfant_adopte",
    "grossesse_du_premier",
    "hors_de_l_ecole",
    "naissances_multiples",
    "plusieurs_a_naitre",
    "remuneration_de_l_enfant",
    "rien_a_naitre",
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


def bareme_anterieur(c: Circonstances) -> Masque:
    """A child under three born before April 2018, as long as the former scale lasted."""
    avant = c.naissance < np.datetime64("2018-04-01", "D")
    petit = (c.mois_civils() >= 0) & (c.mois_civils() <= TROIS_ANS)
    return c.au_moins_un(c.enfant & avant & petit)


def _a_naitre(c: Circonstances) -> Masque:
    """By person: a child whose birth is after the month computed."""
    return np.asarray(c.enfant & (c.mois_civils() < 0))


def attente_sans_enfant_a_naitre(c: Circonstances) -> Masque:
    """An adult expects a child that the household does not hold: OpenFisca has no input for it."""
    attend = c.nombre(~c.enfant & (c.personnes["enceinte"] == 1))
    return (attend > 1) | ((attend == 1) & ~c.au_moins_un(_a_naitre(c)))


def grossesse_du_premier(c: Circonstances) -> Masque:
    """A pregnancy that began on the first of a month: its fifth month ends with the civil month."""
    premier = c.naissance == c.naissance.astype("datetime64[M]").astype("datetime64[D]")
    return c.au_moins_un(_a_naitre(c) & premier)


def plusieurs_a_naitre(c: Circonstances) -> Masque:
    """Children to be born in different months: our record holds one pregnancy."""
    return c.nombre(_a_naitre(c)) > 1


def rien_a_naitre(c: Circonstances) -> Masque:
    """A child born in the month: OpenFisca counts it from the first day of the next one."""
    return c.au_moins_un(c.enfant & (c.mois_civils() == 0))


def adoption_d_un_mois_voisin(c: Circonstances) -> Masque:
    """A child who arrived in one of the two months before: OpenFisca pays for three months."""
    jour = EPOQUE + c.personnes["date_adoption"].astype(np.int64)
    depuis = (np.datetime64(c.mois, "M") - jour.astype("datetime64[M]")).astype(np.int64)
    return c.au_moins_un(c.enfant & (c.personnes["adoption"] == 1) & np.isin(depuis, (1, 2)))


def adoption_et_attente(c: Circonstances) -> Masque:
    """A child arrives in the month in a household that expects another."""
    arrive = (EPOQUE + c.personnes["date_adoption"].astype(np.int64)).astype("datetime64[M]") == np.datetime64(
        c.mois, "M"
    )
    return c.au_moins_un(c.enfant & (c.personnes["adoption"] == 1) & arrive) & c.au_moins_un(_a_naitre(c))


def adopte_hors_de_charge(c: Circonstances) -> Masque:
    """An adopted child under twenty who is not in charge, for its pay: OpenFisca does not look at it."""
    return c.au_moins_un(c.enfant & (c.personnes["adoption"] == 1) & ~c.a_charge & (c.mois_civils() >= SEIZE_ANS))
