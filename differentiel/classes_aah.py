"""The explained classes of the allocation aux adultes handicapés and of its complement, in the order of the search."""

from __future__ import annotations

from . import predicats_aah as aah
from .classe import Classe

AAH, COMPLEMENT = ("aah",), ("caah",)

CLASSES_AAH: tuple[Classe, ...] = (
    Classe(
        "aah-non-cumul-ass",
        "Allocation de solidarité spécifique reçue dans le mois",
        AAH,
        "Code du travail L5423-7",
        "limpide",
        aah.ass_recue,
    ),
    Classe(
        "aah-vingt-ans",
        "Allocation avant vingt ans, ou dans le mois des vingt ans",
        AAH,
        "CSS L821-1, R821-1, R552-2",
        "limpide",
        aah.vingt_ans,
    ),
    Classe(
        "aah-age-d-inaptitude",
        "Taux inférieur à 80 % après soixante-deux ans",
        AAH,
        "CSS L821-2, L351-1-5",
        "limpide",
        aah.age_d_inaptitude,
    ),
    Classe(
        "aah-sejour",
        "Séjour régulier, pour l'allocation aux adultes handicapés",
        AAH,
        "CSS L821-1, D821-8",
        "limpide",
        aah.sejour_de_moins_d_un_an,
    ),
    Classe(
        "aah-avantages",
        "Retraite, rente et minimum vieillesse dans l'allocation différentielle",
        AAH,
        "CSS L821-1",
        "limpide",
        aah.avantages,
    ),
    Classe(
        "aah-esat",
        "Rémunération d'un Esat",
        AAH,
        "CSS D821-5, D821-10",
        "limpide",
        aah.esat,
    ),
    Classe(
        "aah-etablissement",
        "Séjour de plus de soixante jours en établissement",
        AAH,
        "CSS R821-8",
        "limpide",
        aah.sejour_en_etablissement,
    ),
    Classe(
        "aah-changement-de-travail",
        "Travail commencé, réduit ou arrêté",
        AAH,
        "CSS D821-9, R821-4-3, R821-4-4",
        "limpide",
        aah.changement_de_travail,
    ),
    Classe(
        "aah-cessation",
        "Abattement de cessation d'activité sans fin",
        AAH,
        "CSS R532-5, R821-4-1",
        "limpide",
        aah.cessation,
    ),
    Classe(
        "aah-smic-de-la-periode",
        "SMIC du dernier jour de la période de référence",
        AAH,
        "CSS D821-9",
        "limpide",
        aah.smic_de_la_periode,
    ),
    Classe(
        "aah-deux-allocataires",
        "Deux allocataires dont les revenus sont comptés ensemble",
        AAH,
        "CSS R821-4, rédaction antérieure au 1er janvier 2023",
        "indecis",
        aah.deux_allocataires,
    ),
    Classe(
        "caah-allocation-reduite",
        "Allocation réduite par les ressources, sans pension",
        COMPLEMENT,
        "CSS L821-1-2",
        "limpide",
        aah.allocation_reduite,
    ),
    Classe(
        "caah-travail",
        "Travail du mois, ou des douze mois précédents",
        COMPLEMENT,
        "CSS L821-1-2, D821-4",
        "limpide",
        aah.travail_d_une_autre_periode,
    ),
    Classe(
        "caah-etablissement",
        "Complément suspendu après soixante jours en établissement",
        COMPLEMENT,
        "CSS R821-8",
        "limpide",
        aah.complement_suspendu,
    ),
)
