"""The aid of a hostel resident (CCH D832-24 to D832-27 under agreement, D842-15 to D842-17 otherwise)."""

from typing import Any

from limpide.droits.logement.composition import QUATRE_PERSONNES, selon_la_composition
from limpide.droits.logement.loyer import ZONE_1, ZONE_2, forfait_charges, montant_des_charges
from limpide.droits.logement.occupation import APL
from limpide.droits.logement.versement import aide_apres_depense, aide_arrondie
from limpide.droits.logement_foyer import phrases
from limpide.droits.logement_foyer.prise_en_charge import GENERAL, SECOND, minimum_a_payer, prise_en_charge
from limpide.droits.logement_foyer.resident import (
    CHAMBRE,
    CHAMBRE_REHABILITEE,
    PERSONNE_AGEE,
    categorie,
    second_bareme,
)
from limpide.droits.moteur import arrondi_centime, regle
from limpide.droits.moteur.primitive import primitive


@primitive
def equivalence_et_charges(foyer: Any, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month paid as rent and charges, up to the ceiling."""
    table = b[6].foyer_apl_zone_3
    if foyer.zone_apl == ZONE_1:
        table = b[6].foyer_apl_zone_1
    elif foyer.zone_apl == ZONE_2:
        table = b[6].foyer_apl_zone_2
    plafond = selon_la_composition(table, QUATRE_PERSONNES, couple, a_charge)
    return float(min(foyer.loyer[6], plafond))


@primitive
def loyer_de_categorie(foyer: Any, personnes: Any, couple: bool, b: Any) -> float:
    """Euros a month by category of resident."""
    rang, table = categorie(foyer, personnes, b), b[6].foyer_al_autres_personnes
    if rang == CHAMBRE:
        table = b[6].foyer_al_etudiants_en_chambre
    elif rang == CHAMBRE_REHABILITEE:
        table = b[6].foyer_al_etudiants_en_chambre_rehabilitee
    elif rang == PERSONNE_AGEE:
        table = b[6].foyer_al_personnes_agees
    return float(table[1] if couple else table[0])


@regle(
    "CCH D832-24",
    "Arrêté du 27 septembre 2019, articles 27 et 48",
    depuis="2019-09-01",
    libelle="Équivalence de loyer et de charges prise en compte",
    phrase=phrases.dire_equivalence,
)
def equivalence_retenue(foyer: Any, couple: bool, a_charge: int, b: Any) -> float:
    """« E », euros a month: what is paid as rent and charges, up to a ceiling by zone and family."""
    return equivalence_et_charges(foyer, couple, a_charge, b)


@regle(
    "CCH D842-16",
    "Arrêté du 27 septembre 2019, article 43",
    depuis="2019-09-01",
    libelle="Équivalence de loyer",
    phrase=phrases.dire_equivalence_al,
)
def equivalence_loyer(foyer: Any, personnes: Any, couple: bool, b: Any) -> float:
    """« L », euros a month, by category of resident, whatever is paid."""
    return loyer_de_categorie(foyer, personnes, couple, b)


@regle(
    "CCH D832-24",
    depuis="2019-09-01",
    libelle="APL calculée d'un résident de foyer",
    phrase=phrases.dire_apl,
    phrase_nulle=phrases.dire_apl_nulle,
)
def apl_en_foyer(foyer: Any, couple: bool, a_charge: int, ressources: float, b: Any) -> float:
    """« Af » = K × (E − E0), euros a month; never below zero."""
    second = second_bareme(foyer)
    equivalence = equivalence_retenue(foyer, couple, a_charge, b)
    reste = equivalence - minimum_a_payer(second, couple, a_charge, ressources, b)
    if reste <= 0.0:
        return 0.0
    return arrondi_centime(prise_en_charge(second, couple, a_charge, ressources, b) * reste)


@regle(
    "CCH D842-15",
    depuis="2019-09-01",
    libelle="Allocation calculée d'un résident de foyer",
    phrase=phrases.dire_al,
    phrase_nulle=phrases.dire_al_nulle,
)
def al_en_foyer(foyer: Any, personnes: Any, couple: bool, a_charge: int, ressources: float, b: Any) -> float:
    """« Af » = K × (L + C − L0), euros a month; never below zero."""
    depense = equivalence_loyer(foyer, personnes, couple, b) + forfait_charges(foyer, couple, a_charge, b)
    reste = depense - minimum_a_payer(True, couple, a_charge, ressources, b)
    if reste <= 0.0:
        return 0.0
    return arrondi_centime(prise_en_charge(True, couple, a_charge, ressources, b) * reste)


@primitive
def aide_en_foyer(
    foyer: Any, personnes: Any, aide: int, couple: bool, a_charge: int, ressources: float, b: Any
) -> float:
    """« Af » of this resident, under agreement or not."""
    if aide == APL:
        return float(apl_en_foyer(foyer, couple, a_charge, ressources, b))
    return float(al_en_foyer(foyer, personnes, couple, a_charge, ressources, b))


@regle(
    "CCH D842-15",
    depuis="2019-09-01",
    libelle="Allocation dans la limite de la redevance",
    phrase=phrases.dire_redevance,
    phrase_nulle="",
)
def dans_la_redevance(aide: float, redevance: float) -> float:
    """Euros: never more than what the resident pays."""
    return min(aide, redevance)


@primitive
def fin_en_foyer(foyer: Any, personnes: Any, aide: int, base: float, couple: bool, a_charge: int, b: Any) -> float:
    """Euros before CRDS: what is left of « Af » after the lump sum, the least net expense and the rounding."""
    minimums = b[6].foyer_depense_minimum
    if aide == APL:
        minimum = minimums[SECOND] if second_bareme(foyer) else minimums[GENERAL]
        depense = equivalence_et_charges(foyer, couple, a_charge, b)
        return float(aide_arrondie(aide_apres_depense(base, depense, minimum, b), b))
    depense = loyer_de_categorie(foyer, personnes, couple, b) + montant_des_charges(foyer, couple, a_charge, b)
    reste = aide_apres_depense(base, depense, minimums[SECOND], b)
    return float(aide_arrondie(dans_la_redevance(reste, foyer.loyer[6]), b))
