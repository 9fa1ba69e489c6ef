"""The aid of a home buyer (CCH D832-10 to D832-18 for the APL, D842-6 to D842-12 for the allowances)."""

from typing import Any

from limpide.droits.accession import phrases
from limpide.droits.accession.pret import NEUF, TRAVAUX, mois_du_contrat, mois_du_pret
from limpide.droits.bases.sejour import residence_lointaine
from limpide.droits.logement.composition import CINQ_PERSONNES, UNE_PERSONNE, selon_la_composition
from limpide.droits.logement.loyer import ZONE_1, ZONE_2, forfait_charges, montant_des_charges
from limpide.droits.logement.occupation import APL
from limpide.droits.logement.versement import aide_apres_depense, aide_arrondie
from limpide.droits.logement_foyer.prise_en_charge import GENERAL, coefficient, minimum_a_payer, parts, prise_en_charge
from limpide.droits.moteur import arrondi_centime, centaine_superieure, regle
from limpide.droits.moteur.primitive import primitive

DEPENSE_AVEC_CHARGES, COEFFICIENT_ACTUEL = 0, 1
"""Places in `acc_depense_mois`."""
APL_ANCIENNE, APL_ACTUELLE, ALLOCATION = 0, 1, 2
"""Places in `acc_depense_coefficient`."""


@primitive
def ligne_du_contrat(table: Any, mois: int) -> int:
    """Rank of the line in force when a contract was signed: the month of each is its last number."""
    rang = 0
    for r in range(len(table)):
        if table[r][len(table[r]) - 1] <= mois:
            rang = r
    return rang


@primitive
def plafond_apl(zone: int, neuf: bool, mois: int, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month for a loan signed in a month (article 18)."""
    table = b[6].acc_apl_neuf_zone_3 if neuf else b[6].acc_apl_ancien_zone_3
    if zone == ZONE_1:
        table = b[6].acc_apl_neuf_zone_1 if neuf else b[6].acc_apl_ancien_zone_1
    elif zone == ZONE_2:
        table = b[6].acc_apl_neuf_zone_2 if neuf else b[6].acc_apl_ancien_zone_2
    return selon_la_composition(table[ligne_du_contrat(table, mois)], UNE_PERSONNE, couple, a_charge)


@primitive
def plafond_al(zone: int, mois: int, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month for a loan signed in a month (article 33)."""
    table = b[6].acc_al_zone_3
    if zone == ZONE_1:
        table = b[6].acc_al_zone_1
    elif zone == ZONE_2:
        table = b[6].acc_al_zone_2
    return selon_la_composition(table[ligne_du_contrat(table, mois)], CINQ_PERSONNES, couple, a_charge)


@primitive
def plafond_au(foyer: Any, aide: int, mois: int, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month, were the loan signed in that month."""
    if aide == APL:
        return plafond_apl(foyer.zone_apl, foyer.etat_logement == NEUF, mois, couple, a_charge, b)
    return plafond_al(foyer.zone_apl, mois, couple, a_charge, b)


@regle(
    "CCH D832-10",
    "CCH D832-14",
    "CCH D842-6",
    "CCH D842-9",
    "Arrêté du 27 septembre 2019, articles 18, 24, 33 et 37",
    depuis="2019-09-01",
    libelle="Mensualité plafond",
    phrase=phrases.dire_plafond,
)
def mensualite_plafond(foyer: Any, aide: int, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month, by zone, family and date of the loan; a new home has that of the entry, if it is higher."""
    plafond = plafond_au(foyer, aide, mois_du_pret(foyer), couple, a_charge, b)
    if foyer.etat_logement == NEUF:
        entree = plafond_au(foyer, aide, mois_du_contrat(foyer.date_entree_logement), couple, a_charge, b)
        plafond = max(plafond, entree)
    return arrondi_centime(plafond * b[6].acc_part_copropriete) if foyer.coloc == 1 else plafond


@regle(
    "CCH D832-11",
    "Arrêté du 27 septembre 2019, article 22",
    depuis="2019-09-01",
    libelle="Coefficient de prise en charge d'un accédant",
    phrase=phrases.dire_prise_en_charge,
    phrase_nulle="À ce niveau de ressources, l'aide ne prend plus rien en charge.",
)
def prise_en_charge_apl(couple: bool, a_charge: int, ressources: float, b: Any) -> float:
    """« K » of the APL: falls with the income of each part."""
    n = parts(False, couple, a_charge, b)
    return coefficient(b[6].foyer_k_maximum[GENERAL], ressources, b[6].acc_apl_cm * n)


@regle(
    "CCH D832-15",
    "Arrêté du 27 septembre 2019, article 23",
    depuis="2019-09-01",
    libelle="Mensualité minimale",
    phrase=phrases.dire_minimum,
)
def mensualite_minimale(couple: bool, a_charge: int, ressources: float, b: Any) -> float:
    """« L0 » of the APL, euros a month: two rates of the income."""
    seuil = b[6].acc_apl_l0_seuil * parts(False, couple, a_charge, b)
    taux = b[6].acc_apl_l0_taux
    if ressources <= seuil:
        return arrondi_centime(ressources * taux[0] / 12.0)
    return arrondi_centime((seuil * taux[0] + (ressources - seuil) * taux[1]) / 12.0)


@regle(
    "CCH D832-10",
    "CCH D842-6",
    depuis="2019-09-01",
    libelle="Aide calculée d'un accédant",
    phrase=phrases.dire_aide,
    phrase_nulle=phrases.dire_aide_nulle,
)
def aide_a_l_accession(foyer: Any, aide: int, couple: bool, a_charge: int, ressources: float, b: Any) -> float:
    """« Af » = K × (L + C − L0), euros a month; never below zero."""
    plafond = mensualite_plafond(foyer, aide, couple, a_charge, b)
    retenue = min(foyer.loyer[6], plafond)
    depense = retenue + forfait_charges(foyer, couple, a_charge, b)
    if aide == APL:
        reste = depense - mensualite_minimale(couple, a_charge, ressources, b)
        return arrondi_centime(prise_en_charge_apl(couple, a_charge, ressources, b) * reste) if reste > 0.0 else 0.0
    reste = depense - minimum_a_payer(True, couple, a_charge, ressources, b)
    return arrondi_centime(prise_en_charge(True, couple, a_charge, ressources, b) * reste) if reste > 0.0 else 0.0


@primitive
def plancher_ordinaire(foyer: Any, aide: int) -> bool:
    """Income has a floor, and so has the expense left: not for works, nor for aided homes overseas (D861-8)."""
    aidee = residence_lointaine(foyer) and foyer.pret_decision_etat == 1
    return aide == APL or (foyer.etat_logement != TRAVAUX and not aidee)


@primitive
def plancher(foyer: Any, aide: int, b: Any) -> float:
    """Euros a year that an income is deemed to reach (D832-18, D842-12); 0 without a floor."""
    if plancher_ordinaire(foyer, aide):
        return centaine_superieure(foyer.loyer[6] * b[6].acc_plancher_coefficient)
    return b[6].acc_plancher_travaux if foyer.etat_logement == TRAVAUX else 0.0


@regle(
    "CCH D832-18",
    "CCH D842-12",
    "Arrêté du 27 septembre 2019, articles 26 et 39",
    depuis="2019-09-01",
    libelle="Ressources d'un accédant",
    phrase=phrases.dire_plancher,
    phrase_nulle="",
)
def ressources_accedant(foyer: Any, aide: int, ressources: float, reduites: bool, b: Any) -> float:
    """Euros a year, no less than the floor, unless the income was reduced or left out (`reduites`)."""
    minimum = plancher(foyer, aide, b)
    return ressources if reduites or ressources >= minimum else minimum


@primitive
def depense_minimale(foyer: Any, aide: int, ressources: float, b: Any) -> float:
    """Euros a month that the buyer keeps to pay (D832-17, D842-11)."""
    mois, coefficients = mois_du_pret(foyer), b[6].acc_depense_coefficient
    if aide == APL:
        ancien = mois < b[6].acc_depense_mois[COEFFICIENT_ACTUEL]
        return arrondi_centime(ressources * coefficients[APL_ANCIENNE if ancien else APL_ACTUELLE])
    if not plancher_ordinaire(foyer, aide) or mois < b[6].acc_depense_mois[DEPENSE_AVEC_CHARGES]:
        return float(b[6].acc_depense_minimum)
    return arrondi_centime(ressources * coefficients[ALLOCATION])


@primitive
def fin_d_accession(
    foyer: Any, aide: int, base: float, couple: bool, a_charge: int, ressources: float, b: Any
) -> float:
    """Euros before CRDS: what is left of « Af » after the lump sum, the least net expense and the rounding."""
    depense = foyer.loyer[6]
    if aide != APL or mois_du_pret(foyer) >= b[6].acc_depense_mois[DEPENSE_AVEC_CHARGES]:
        depense = foyer.loyer[6] + montant_des_charges(foyer, couple, a_charge, b)
    minimum = depense_minimale(foyer, aide, ressources, b)
    return float(aide_arrondie(aide_apres_depense(base, depense, minimum, b), b))
