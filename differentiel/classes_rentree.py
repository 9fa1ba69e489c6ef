"""The explained classes of the allocation de rentrée scolaire, in the order in which they are looked for."""

from __future__ import annotations

from . import predicats_ars as ars
from .classe import Classe

ARS = ("ars",)

CLASSES_RENTREE: tuple[Classe, ...] = (
    Classe(
        "rentree-age-au-31-decembre",
        "Âge au 31 décembre, pour la rentrée scolaire",
        ARS,
        "CSS R543-2, D543-1",
        "limpide",
        ars.age_au_premier_decembre,
    ),
    Classe(
        "rentree-six-ans-en-janvier",
        "Sixième anniversaire en janvier",
        ARS,
        "CSS R543-2",
        "limpide",
        ars.six_ans_en_janvier,
    ),
    Classe(
        "rentree-dix-huit-ans",
        "Dix-huit ans vers le 15 septembre",
        ARS,
        "CSS R543-2",
        "limpide",
        ars.vers_le_quinze_septembre,
    ),
    Classe(
        "rentree-inscription",
        "Enfant de plus de 16 ans qui n'est pas inscrit",
        ARS,
        "CSS L543-1, R543-4",
        "limpide",
        ars.non_inscrit,
    ),
    Classe(
        "rentree-cours-preparatoire",
        "Entrée au cours préparatoire avant six ans",
        ARS,
        "Circulaire DSS/2B/2004/618",
        "limpide",
        ars.cours_preparatoire_anticipe,
    ),
    Classe(
        "rentree-residence-alternee",
        "Enfant pour lequel l'autre parent est désigné",
        ARS,
        "CSS R513-1",
        "limpide",
        ars.autre_parent_designe,
    ),
    Classe(
        "rentree-remuneration-de-l-enfant",
        "Rémunération de l'enfant, pour la rentrée scolaire",
        ARS,
        "CSS L543-1, L512-3, R512-2",
        "limpide",
        ars.remuneration_de_l_enfant,
    ),
    Classe(
        "rentree-ecole",
        "Enfant qui ne suit pas l'école, à la rentrée",
        ARS,
        "CSS L543-1, L512-3",
        "limpide",
        ars.hors_de_l_ecole,
    ),
    Classe(
        "rentree-enfants-d-octobre",
        "Enfants à charge comptés en octobre",
        ARS,
        "CSS R543-1, R543-5",
        "limpide",
        ars.enfants_d_octobre,
    ),
    Classe(
        "rentree-sejour",
        "Séjour régulier du foyer, pour la rentrée scolaire",
        ARS,
        "CSS L512-2, D512-1",
        "limpide",
        ars.sejour_de_moins_d_un_an,
    ),
    Classe(
        "rentree-de-2020",
        "Majoration exceptionnelle de la rentrée 2020",
        ARS,
        "Décret n° 2020-985",
        "limpide",
        ars.rentree_de_2020,
    ),
    Classe(
        "rentree-differentielle",
        "Allocation différentielle aux montants du 1er janvier",
        ARS,
        "CSS L543-2, R543-6-1",
        "limpide",
        ars.allocation_differentielle,
    ),
)
