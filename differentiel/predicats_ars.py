"""Whom the explained differences on the allocation de rentrée scolaire concern."""

from __future__ import annotations

import numpy as np

from .circonstances import Circonstances, Entiers, Euros, M, Masque
from .predicats_af import sejour_de_moins_d_un_an

__all__ = [
    "age_au_premier_decembre",
    "allocation_differentielle",
    "autre_parent_designe",
    "cours_preparatoire_anticipe",
    "enfants_d_octobre",
    "hors_de_l_ecole",
    "non_inscrit",
    "remuneration_de_l_enfant",
    "sejour_de_moins_d_un_an",
    "six_ans_en_janvier",
    "vers_le_quinze_septembre",
]

SEUILS = (6, 11, 15)
SEIZE_ANS, VINGT_ANS = 16 * 12, 20 * 12


def _annee(c: Circonstances) -> int:
    return int(c.mois[:4])


def _age_dans_l_annee(c: Circonstances) -> Entiers:
    """Age reached on 31 December, by person."""
    return np.asarray(_annee(c) - 1970 - c.naissance.astype("datetime64[Y]").astype(np.int64))


def _mois_et_jour(c: Circonstances) -> Entiers:
    """Birthday of each person, written 915 for 15 September."""
    mois = c.naissance.astype("datetime64[M]")
    jour = (c.naissance - mois.astype("datetime64[D]")).astype(np.int64) + 1
    return np.asarray((mois.astype(np.int64) % 12 + 1) * 100 + jour)


def age_au_premier_decembre(c: Circonstances) -> Masque:
    """A child who reaches a threshold in December, or whose age OpenFisca misses on the first of that month."""
    decembre = np.datetime64(f"{_annee(c)}-12-01", "D")
    moyen = (decembre - c.naissance + np.timedelta64(1, "D")).astype("timedelta64[Y]").astype(np.int64)
    age = _age_dans_l_annee(c)
    return c.au_moins_un(c.enfant & (moyen != age) & np.isin(np.maximum(moyen, age), SEUILS))


def six_ans_en_janvier(c: Circonstances) -> Masque:
    """A child who turns six in the January after the rentrée."""
    return c.au_moins_un(c.enfant & (_age_dans_l_annee(c) == SEUILS[0] - 1) & (_mois_et_jour(c) < 200))


def vers_le_quinze_septembre(c: Circonstances) -> Masque:
    """A child who turns eighteen in the year: OpenFisca stops at the end of September, in average months."""
    jour = _mois_et_jour(c)
    proche = ((jour > 900) & (jour < 1004)) | ((jour >= 1129) & (jour < 1204))
    return c.au_moins_un(c.enfant & (_age_dans_l_annee(c) == 18) & proche)


def non_inscrit(c: Circonstances) -> Masque:
    """A child of sixteen or more whose enrolment is refused."""
    grand = (c.mois_civils() >= SEIZE_ANS) & (_age_dans_l_annee(c) <= 18)
    return c.au_moins_un(c.enfant & grand & (c.personnes["inscription_rentree"] != 1))


def cours_preparatoire_anticipe(c: Circonstances) -> Masque:
    """A child too young who enters the cours préparatoire all the same."""
    jeune = _age_dans_l_annee(c) < SEUILS[0]
    return c.au_moins_un(c.enfant & jeune & (c.personnes["cours_preparatoire_anticipe"] == 1))


def autre_parent_designe(c: Circonstances) -> Masque:
    """A child in shared residence for whom the other parent receives."""
    partage = (c.personnes["garde_alternee"] == 1) & (c.personnes["allocataire_unique"] != 1)
    return c.au_moins_un(c.enfant & (c.mois_civils() < VINGT_ANS) & partage)


def remuneration_de_l_enfant(c: Circonstances) -> Masque:
    """A child for whom the pay of August and the average wages that OpenFisca looks at do not say the same."""
    salaires = c.personnes["salaire_net"]
    en_octobre: Euros = (salaires[:, 2:M].sum(axis=1) + 2 * salaires[:, M]) / 6
    en_decembre: Euros = (salaires[:, 4:M].sum(axis=1) + 4 * salaires[:, M]) / 6
    ici = (c.mois_civils() >= SEIZE_ANS) & (c.gain > c.plafond_enfant)
    ecart = (ici != (en_octobre >= c.plafond_enfant)) | (ici != (en_decembre >= c.plafond_enfant))
    return c.au_moins_un(c.enfant & (c.mois_civils() < VINGT_ANS) & ecart)


def enfants_d_octobre(c: Circonstances) -> Masque:
    """By October, a child is born, turns twenty, or turns sixteen with a pay or out of school."""
    age = c.mois_civils()
    seize = (age >= SEIZE_ANS - 3) & (age <= SEIZE_ANS)
    seize &= (c.gain > 0) | (c.personnes["rempli_obligation_scolaire"] != 1)
    return c.au_moins_un(c.enfant & ((age <= 0) | seize | ((age >= VINGT_ANS - 3) & (age <= VINGT_ANS))))


def hors_de_l_ecole(c: Circonstances) -> Masque:
    """A child under sixteen who does not attend school."""
    return c.au_moins_un(c.enfant & (c.mois_civils() < SEIZE_ANS) & (c.personnes["rempli_obligation_scolaire"] != 1))


def rentree_de_2020(c: Circonstances) -> Masque:
    """A child of the age, in the year of the exceptional increase."""
    age = _age_dans_l_annee(c)
    hausse = c.mois.endswith("-08") and c.bareme[M].ars_majoration_exceptionnelle > 0
    return c.au_moins_un(c.enfant & (age >= SEUILS[0]) & (age <= 18)) & hausse


def allocation_differentielle(c: Circonstances) -> Masque:
    """An income above the ceiling, by less than the whole amount could be."""
    b, enfants = c.bareme[M], c.nombre(c.a_charge)
    plafond = b.ars_plafond + enfants * b.ars_plafond_par_enfant
    return np.asarray((c.ressources > plafond) & (c.ressources < plafond + enfants * b.ars_taux[-1] * b.bmaf))
