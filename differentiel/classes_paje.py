"""The explained classes of the allocation de base of the Paje, in the order in which they are looked for."""

from __future__ import annotations

from . import predicats_paje as paje
from .classe import Classe

PAJE_BASE = ("paje_base",)

CLASSES_PAJE: tuple[Classe, ...] = (
    Classe(
        "paje-enfant-a-naitre",
        "Enfant à naître, pour l'allocation de base",
        PAJE_BASE,
        "CSS L531-3, R552-2",
        "indecis",
        paje.enfant_a_naitre,
    ),
    Classe(
        "paje-adoption",
        "Enfant adopté",
        PAJE_BASE,
        "CSS L531-3",
        "limpide",
        paje.enfant_adopte,
    ),
    Classe(
        "paje-naissances-multiples",
        "Naissances multiples",
        PAJE_BASE,
        "CSS L531-3",
        "limpide",
        paje.naissances_multiples,
    ),
    Classe(
        "paje-age-en-annees-moyennes",
        "Âge compté en années moyennes, pour l'allocation de base",
        PAJE_BASE,
        "Code civil, art. 388",
        "limpide",
        paje.age_en_annees_moyennes,
    ),
    Classe(
        "paje-anniversaire-dans-le-mois",
        "Trois ou vingt ans dans le mois calculé",
        PAJE_BASE,
        "CSS R552-3, D531-1",
        "limpide",
        paje.anniversaire_dans_le_mois,
    ),
    Classe(
        "paje-residence-alternee",
        "Enfant pour lequel l'autre parent est désigné, pour l'allocation de base",
        PAJE_BASE,
        "CSS R513-1",
        "limpide",
        paje.autre_parent_designe,
    ),
    Classe(
        "paje-remuneration-de-l-enfant",
        "Rémunération de l'enfant, pour l'allocation de base",
        PAJE_BASE,
        "CSS L512-3, R512-2",
        "limpide",
        paje.remuneration_de_l_enfant,
    ),
    Classe(
        "paje-ecole",
        "Enfant qui ne suit pas l'école, pour l'allocation de base",
        PAJE_BASE,
        "CSS L512-3",
        "limpide",
        paje.hors_de_l_ecole,
    ),
    Classe(
        "paje-sejour",
        "Séjour régulier du foyer, pour l'allocation de base",
        PAJE_BASE,
        "CSS L512-2, D512-1",
        "limpide",
        paje.sejour_de_moins_d_un_an,
    ),
)
