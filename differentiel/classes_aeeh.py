"""The explained classes of the AEEH, in the order in which they are looked for."""

from __future__ import annotations

from . import predicats_aeeh as aeeh
from .classe import Classe

AEEH = ("aeeh",)

CLASSES_AEEH: tuple[Classe, ...] = (
    Classe(
        "aeeh-categories-decalees",
        "Complément de la catégorie d'avant",
        AEEH,
        "CSS D541-2, R541-2",
        "limpide",
        aeeh.categories_decalees,
    ),
    Classe(
        "aeeh-sixieme-categorie",
        "Sixième catégorie, à tout âge et au montant de 2025",
        AEEH,
        "CSS D541-2, L512-3, R512-2",
        "limpide",
        aeeh.sixieme_categorie,
    ),
    Classe(
        "aeeh-prestation-de-compensation",
        "Prestation de compensation à la place du complément",
        AEEH,
        "CSS R541-7, L541-4, D541-3",
        "limpide",
        aeeh.prestation_de_compensation,
    ),
    Classe(
        "aeeh-internat",
        "Enfant en internat entièrement pris en charge",
        AEEH,
        "CSS L541-1, R541-1",
        "limpide",
        aeeh.en_internat,
    ),
    Classe(
        "aeeh-taux",
        "Taux d'incapacité qui n'ouvre pas le droit",
        AEEH,
        "CSS L541-1, R541-1",
        "limpide",
        aeeh.taux_a_voir,
    ),
    Classe(
        "aeeh-demande",
        "Demande du mois",
        AEEH,
        "CSS R541-7",
        "limpide",
        aeeh.demande_recente,
    ),
    Classe(
        "aeeh-age",
        "Naissance, vingt ans ou âge compté en années moyennes, pour l'AEEH",
        AEEH,
        "CSS R512-2, R541-7",
        "limpide",
        aeeh.mauvais_age,
    ),
    Classe(
        "aeeh-charge",
        "Enfant qui n'est pas à charge, pour l'AEEH",
        AEEH,
        "CSS L512-3, R512-2",
        "limpide",
        aeeh.hors_de_charge,
    ),
    Classe(
        "aeeh-residence-alternee",
        "Enfant pour lequel l'autre parent est désigné, pour l'AEEH",
        AEEH,
        "CSS L541-3, L521-2, R513-1",
        "limpide",
        aeeh.autre_parent_designe,
    ),
    Classe(
        "aeeh-sejour",
        "Séjour régulier du foyer, pour l'AEEH",
        AEEH,
        "CSS L512-2, D512-1",
        "limpide",
        aeeh.sejour_de_moins_d_un_an,
    ),
)
