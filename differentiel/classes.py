"""The differences with OpenFisca-France that an article explains.

Each class says which households it concerns (a predicate over their facts, never over the amounts), for
which rights, which article explains it and who is right. The same list, with the reasoning, is in
`docs/divergences.md`; a test checks that both agree. A household that differs without belonging to a class
is a fault of one of the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .circonstances import Circonstances, Masque


@dataclass(frozen=True)
class Classe:
    """One explained difference."""

    cle: str
    titre: str
    droits: tuple[str, ...]
    article: str
    raison: Literal["limpide", "openfisca", "indecis"]
    concerne: Callable[[Circonstances], Masque]


def age_en_annees_moyennes(c: Circonstances) -> Masque:
    """A child whose age, around a threshold, OpenFisca misses: it divides days by 365.2425."""
    premier = np.datetime64(c.mois, "M").astype("datetime64[D]")
    moyen = (premier - c.naissance + np.timedelta64(1, "D")).astype("timedelta64[Y]").astype(np.int64)
    seuil = np.isin(np.maximum(moyen, c.age()), (11, 14, 16, 18, 20, 21))
    return c.au_moins_un(c.enfant & (moyen != c.age()) & (c.naissance < premier) & seuil)


def anniversaire_dans_le_mois(c: Circonstances) -> Masque:
    """A child born, or turning 20 or 21 (16 with a pay), this month; or past another threshold on the 1st."""
    age = c.mois_civils()
    premier = c.naissance == c.naissance.astype("datetime64[M]").astype("datetime64[D]")
    paye = (c.gain > 0) | (c.salaire_moyen > 0) | (c.personnes["rempli_obligation_scolaire"] != 1)
    seuil = (
        np.isin(age, (0, 240, 252)) | ((age == 192) & paye) | (np.isin(age, (132, 168, 192, 216)) & premier)
    )
    return c.au_moins_un(c.enfant & seuil)


def remuneration_de_l_enfant(c: Circonstances) -> Masque:
    """A child of 16 to 21 whose pay of the month and average wage of six months do not give the same
    answer.
    """
    age = c.mois_civils()
    ecart = (c.gain > c.plafond_enfant) != (c.salaire_moyen >= c.plafond_enfant)
    return c.au_moins_un(c.enfant & (age >= 192) & (age < 252) & ecart)


def aines_du_meme_age(c: Circonstances) -> Masque:
    """Two children in charge, of the same age in years."""
    age = np.where(c.a_charge, c.age(), -1)
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


AF = ("af",)

CLASSES: tuple[Classe, ...] = (
    Classe(
        "age-en-annees-moyennes",
        "Âge compté en années moyennes",
        ("af", "rsa", "ppa"),
        "Code civil, art. 388",
        "limpide",
        age_en_annees_moyennes,
    ),
    Classe(
        "anniversaire-dans-le-mois",
        "Naissance ou anniversaire dans le mois calculé",
        AF,
        "CSS L552-1, R552-2, R552-3",
        "limpide",
        anniversaire_dans_le_mois,
    ),
    Classe(
        "remuneration-de-l-enfant",
        "Rémunération de l'enfant de plus de 16 ans : celle du mois",
        AF,
        "CSS L512-3, R512-2",
        "limpide",
        remuneration_de_l_enfant,
    ),
    Classe(
        "aines-du-meme-age",
        "Deux enfants du même âge : un seul aîné",
        AF,
        "CSS L521-3, R521-1",
        "limpide",
        aines_du_meme_age,
    ),
    Classe(
        "outre-mer-ressources",
        "Outre-mer au-dessus du plafond : enfant unique non modulé, complément dégressif",
        AF,
        "CSS L755-11, L755-12, D755-5",
        "limpide",
        outre_mer_ressources,
    ),
    Classe(
        "vingt-ans-au-dessus-du-plafond",
        "Complément dégressif de l'allocation forfaitaire",
        AF,
        "CSS D521-2",
        "limpide",
        vingt_ans_au_dessus_du_plafond,
    ),
    Classe(
        "vingt-ans-en-residence-alternee",
        "Allocation forfaitaire d'un enfant en résidence alternée",
        AF,
        "CSS L521-2, R521-3",
        "indecis",
        vingt_ans_en_residence_alternee,
    ),
    Classe(
        "sejour-de-moins-d-un-an",
        "Titre de séjour de moins d'un an",
        AF,
        "CSS L512-2, D512-1",
        "limpide",
        sejour_de_moins_d_un_an,
    ),
)
