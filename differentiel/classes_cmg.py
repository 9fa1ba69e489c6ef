"""The explained classes of the CMG, in the order in which they are looked for."""

from __future__ import annotations

from . import predicats_cmg as cmg
from .classe import Classe

CMG = ("paje_cmg",)

CLASSES_CMG: tuple[Classe, ...] = (
    Classe(
        "cmg-reforme",
        "Emploi direct depuis septembre 2025",
        CMG,
        "CSS D531-18, décret n° 2025-515",
        "limpide",
        cmg.reforme,
    ),
    Classe(
        "cmg-par-enfant",
        "Plusieurs gardes, ou des enfants de part et d'autre de trois ans",
        CMG,
        "CSS L531-5, III, D531-21, III, 4°, D531-23",
        "limpide",
        cmg.plusieurs_gardes,
    ),
    Classe(
        "cmg-depense",
        "Garde payée moins que le montant le plus haut",
        CMG,
        "CSS D531-21, II",
        "limpide",
        cmg.depense_faible,
    ),
    Classe(
        "cmg-structure",
        "Structure : peu d'heures, ou tarif trop haut",
        CMG,
        "CSS D531-21, I",
        "limpide",
        cmg.structure_refusee,
    ),
    Classe(
        "cmg-majorations",
        "Parent seul, AAH, AEEH ou horaires spécifiques",
        CMG,
        "CSS L531-6, D531-21, III, 3°, D531-22",
        "limpide",
        cmg.majorations,
    ),
    Classe(
        "cmg-age",
        "Mois des trois ou des six ans, année des trois ans",
        CMG,
        "CSS L531-6, R552-3, II, 1°",
        "limpide",
        cmg.seul_age,
    ),
    Classe(
        "cmg-activite",
        "Aucun adulte en activité",
        CMG,
        "CSS L531-5, I, D531-19",
        "limpide",
        cmg.activite,
    ),
    Classe(
        "cmg-prepare",
        "PreParE reçue avec une garde payée",
        CMG,
        "CSS L531-9, D531-21, VII",
        "limpide",
        cmg.prepare_recue,
    ),
    Classe(
        "cmg-enfants-comptes",
        "Enfant qui compte pour l'un et pas pour l'autre, pour le CMG",
        CMG,
        "CSS L512-3, R513-1, D531-18-2",
        "limpide",
        cmg.enfants_comptes,
    ),
    Classe(
        "cmg-sejour",
        "Séjour du demandeur ou lieu de résidence, pour le CMG",
        CMG,
        "CSS L512-1, L512-2",
        "limpide",
        cmg.sejour_ou_lieu,
    ),
)
