"""The explained classes of the allocation de soutien familial, in the order in which they are looked for."""

from __future__ import annotations

from . import predicats_asf as asf
from .classe import Classe

ASF = ("asf",)

CLASSES_SOUTIEN: tuple[Classe, ...] = (
    Classe(
        "soutien-recueilli",
        "Couple qui a recueilli un enfant",
        ASF,
        "CSS L523-2",
        "limpide",
        asf.recueilli_par_un_couple,
    ),
    Classe(
        "soutien-deux-parents",
        "Enfant privé du soutien de ses deux parents",
        ASF,
        "CSS L523-3, R523-7",
        "limpide",
        asf.deux_parents,
    ),
    Classe(
        "soutien-apporte",
        "Enfant soutenu par son autre parent",
        ASF,
        "CSS L523-1",
        "limpide",
        asf.enfant_soutenu,
    ),
    Classe(
        "soutien-mois-dus",
        "Premier mois dû, quatre mensualités sans titre",
        ASF,
        "CSS D523-1, R523-1, R523-3, R552-2",
        "limpide",
        asf.pas_encore_ou_plus,
    ),
    Classe(
        "soutien-residence-alternee",
        "Enfant en résidence alternée, pour le soutien familial",
        ASF,
        "CSS L523-1, R513-1",
        "indecis",
        asf.residence_alternee,
    ),
    Classe(
        "soutien-pension-du-foyer",
        "Pension d'un seul enfant, ou d'un adulte",
        ASF,
        "CSS L523-1, L581-2",
        "limpide",
        asf.pension_du_foyer,
    ),
    Classe(
        "soutien-age-en-annees-moyennes",
        "Âge compté en années moyennes, pour le soutien familial",
        ASF,
        "Code civil, art. 388",
        "limpide",
        asf.age_en_annees_moyennes,
    ),
    Classe(
        "soutien-anniversaire-dans-le-mois",
        "Naissance ou vingt ans dans le mois calculé, pour le soutien familial",
        ASF,
        "CSS R552-2, R552-3, D523-1",
        "limpide",
        asf.anniversaire_dans_le_mois,
    ),
    Classe(
        "soutien-remuneration-de-l-enfant",
        "Rémunération de l'enfant, pour le soutien familial",
        ASF,
        "CSS L512-3, R512-2",
        "limpide",
        asf.remuneration_de_l_enfant,
    ),
    Classe(
        "soutien-ecole",
        "Enfant qui ne suit pas l'école, pour le soutien familial",
        ASF,
        "CSS L512-3",
        "limpide",
        asf.hors_de_l_ecole,
    ),
    Classe(
        "soutien-sejour",
        "Séjour régulier du foyer, pour le soutien familial",
        ASF,
        "CSS L512-2, D512-1",
        "limpide",
        asf.sejour_de_moins_d_un_an,
    ),
)
