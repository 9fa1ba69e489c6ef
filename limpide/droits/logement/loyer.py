"""The rent that counts and what the household is expected to pay of it (CCH D823-16 to D823-18, D842-2)."""

from typing import Any

from limpide.droits.bases.sejour import residence_lointaine
from limpide.droits.logement import phrases
from limpide.droits.logement.composition import SEPT_PERSONNES, SIX_PERSONNES, UNE_PERSONNE, selon_la_composition
from limpide.droits.logement.occupation import LOCATAIRE_MEUBLE
from limpide.droits.moteur import arrondi_cent_millieme, arrondi_centime, arrondi_dix_millieme, regle
from limpide.droits.moteur.primitive import primitive

ZONE_1, ZONE_2 = 0, 1
"""Ranks of `zone_apl`."""


@regle(
    "CCH D842-2",
    "CCH D823-18",
    depuis="2019-09-01",
    libelle="Loyer pris en compte",
    phrase=phrases.dire_loyer,
)
def loyer_principal(foyer: Any, apl: bool, b: Any) -> float:
    """Euros a month without charges; two thirds for a furnished dwelling."""
    meuble = foyer.statut_occupation_logement == LOCATAIRE_MEUBLE
    if apl and b[6].al_meuble_partout == 0 and foyer.logement_chambre != 1:
        meuble = False
    if not meuble:
        return foyer.loyer[6]
    return arrondi_centime(foyer.loyer[6] * b[6].al_meuble[0] / b[6].al_meuble[1])


@primitive
def plafond_brut(zone: int, couple: bool, a_charge: int, part: float, b: Any) -> float:
    """Euros a month; a share of each cell of the table is rounded to the cent, as the arrêté does."""
    table = b[6].al_loyer_zone_3
    if zone == ZONE_1:
        table = b[6].al_loyer_zone_1
    elif zone == ZONE_2:
        table = b[6].al_loyer_zone_2
    if part == 1.0:
        return selon_la_composition(table, UNE_PERSONNE, couple, a_charge)
    if a_charge == 0:
        return arrondi_centime(part * (table[1] if couple else table[0]))
    return arrondi_centime(part * table[2]) + (a_charge - 1) * arrondi_centime(part * table[3])


@regle(
    "CCH D823-16",
    "CCH D823-18",
    "Arrêté du 27 septembre 2019, articles 7, 8 et 16",
    depuis="2019-09-01",
    libelle="Loyer plafond",
    phrase=phrases.dire_plafond,
)
def loyer_plafond(foyer: Any, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month, by zone and family; a room has one ceiling whatever the family."""
    if foyer.logement_chambre == 1:
        accueilli = foyer.personne_agee_handicapee == 1
        part = b[6].al_part_chambre[1] if accueilli else b[6].al_part_chambre[0]
        return plafond_brut(foyer.zone_apl, False, 0, part, b)
    part = b[6].al_part_colocation if foyer.coloc == 1 else 1.0
    return plafond_brut(foyer.zone_apl, couple, a_charge, part, b)


@primitive
def montant_des_charges(foyer: Any, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month, whatever the real charges."""
    la_bas = residence_lointaine(foyer)
    if foyer.coloc == 1:
        table = b[6].al_outremer_charges_colocation if la_bas else b[6].al_charges_colocation
        return (table[1] if couple else table[0]) + a_charge * table[2]
    charges = b[6].al_outremer_charges if la_bas else b[6].al_charges
    return charges[0] + a_charge * charges[1]


@regle(
    "CCH D823-16",
    "CCH D832-10",
    "CCH D842-6",
    "CCH D842-15",
    "Arrêté du 27 septembre 2019, articles 9, 16, 19, 24, 34, 37, 40 et 46",
    depuis="2019-09-01",
    libelle="Forfait de charges",
    phrase=phrases.dire_charges,
)
def forfait_charges(foyer: Any, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month; those of each co-owner or flatmate are less."""
    return montant_des_charges(foyer, couple, a_charge, b)


@regle(
    "CCH D823-17",
    "Arrêté du 27 septembre 2019, article 13",
    depuis="2019-09-01",
    libelle="Participation minimale",
    phrase=phrases.dire_minimum,
)
def participation_minimale(retenu: float, charges: float, b: Any) -> float:
    """« P0 », euros a month: 8.5 % of rent and charges, or a minimum."""
    part = arrondi_centime((retenu + charges) * b[6].al_p0_taux)
    return part if part > b[6].al_p0_minimum else b[6].al_p0_minimum


@regle(
    "CCH D823-17",
    "Arrêté du 27 septembre 2019, articles 15 et 46",
    depuis="2019-09-01",
    libelle="Abattement sur les ressources",
    phrase=phrases.dire_r0,
)
def abattement_r0(couple: bool, a_charge: int, la_bas: bool, b: Any) -> float:
    """« R0 », euros a year under which income asks nothing of the household; `la_bas`: overseas."""
    if la_bas and a_charge == 1:
        return b[6].al_outremer_r0
    return selon_la_composition(b[6].al_r0, SIX_PERSONNES, couple, a_charge)


@primitive
def taux_du_loyer(retenu: float, reference: float, b: Any) -> float:
    """« TL »: nothing up to 45 % of the reference rent, then a rate of each percent above (article 14)."""
    rapport = arrondi_dix_millieme(retenu / reference)
    seuils = b[6].al_tl_seuils
    taux = 0.0
    if rapport > seuils[0]:
        bas = seuils[1] if rapport > seuils[1] else rapport
        taux = (bas - seuils[0]) * b[6].al_tl_taux[0]
    if rapport > seuils[1]:
        taux += (rapport - seuils[1]) * b[6].al_tl_taux[1]
    return arrondi_cent_millieme(taux)


@regle(
    "CCH D823-17",
    "Arrêté du 27 septembre 2019, articles 14 et 46",
    depuis="2019-09-01",
    libelle="Taux de participation",
    phrase=phrases.dire_taux,
)
def taux_de_participation(retenu: float, couple: bool, a_charge: int, la_bas: bool, b: Any) -> float:
    """« Tp » = TF + TL: by family, then by how the rent compares with the ceiling of zone II."""
    if la_bas:
        tf = selon_la_composition(b[6].al_outremer_tf, SEPT_PERSONNES, couple, a_charge)
    else:
        tf = selon_la_composition(b[6].al_tf, SIX_PERSONNES, couple, a_charge)
    reference = plafond_brut(ZONE_2, couple, a_charge, 1.0, b)
    return tf + taux_du_loyer(retenu, reference, b)


@regle(
    "CCH D823-17",
    depuis="2019-09-01",
    libelle="Participation personnelle",
    phrase=phrases.dire_participation,
)
def participation(
    retenu: float, charges: float, couple: bool, a_charge: int, la_bas: bool, ressources: float, b: Any
) -> float:
    """« Pp » = P0 + Tp × (R − R0), euros a month left to the household."""
    minimum = participation_minimale(retenu, charges, b)
    reste = ressources - abattement_r0(couple, a_charge, la_bas, b)
    if reste <= 0.0:
        return minimum
    return arrondi_centime(minimum + taux_de_participation(retenu, couple, a_charge, la_bas, b) * reste)
