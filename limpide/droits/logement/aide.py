"""Which of the three aids a dwelling opens, and its amount (CCH L831-1, L841-1, L841-2, D823-9, D823-16)."""

import math
from typing import Any

from limpide.droits.accession.formule import aide_a_l_accession, fin_d_accession, plancher, ressources_accedant
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.sejour import outremer
from limpide.droits.logement import phrases
from limpide.droits.logement.composition import (
    composition_inconnue,
    compte_a_charge,
    compte_retenu,
    personnes_a_charge,
    seule_et_enceinte,
)
from limpide.droits.logement.loyer import (
    forfait_charges,
    loyer_plafond,
    loyer_principal,
    participation,
)
from limpide.droits.logement.occupation import ACCESSION, ALF, ALS, APL, LOCATION, conventionne, secteur
from limpide.droits.logement.ressources import (
    patrimoine_ecarte,
    ressources_exactes,
    ressources_foyer,
    ressources_reduites,
)
from limpide.droits.logement.versement import aide_minoree
from limpide.droits.logement_foyer.formule import aide_en_foyer, fin_en_foyer
from limpide.droits.moteur import arrondi_centime, regle
from limpide.droits.moteur.primitive import primitive


@regle(
    "CCH L831-1",
    "CCH L841-1",
    "CCH L841-2",
    "CCH L861-5-1",
    "CCH L861-6",
    depuis="2019-09-01",
    libelle="Aide au logement qui s'applique",
    phrase=phrases.dire_aide,
)
def aide_due(foyer: Any, personnes: Any, b: Any) -> int:
    """APL, ALF or ALS; -1 if a fact is missing to tell."""
    convention = conventionne(foyer, b)
    if convention != 0:
        return APL if convention > 0 else -1
    if composition_inconnue(personnes, b):
        return -1
    if compte_a_charge(personnes, b, True) > 0:
        return ALF
    couple = vit_en_couple(personnes, 6)
    if couple and foyer.jeunes_maries != 0:
        return ALF if foyer.jeunes_maries == 1 else -1
    enceinte = 0 if outremer(foyer) else seule_et_enceinte(personnes, b)
    if enceinte != 0:
        return ALF if enceinte == 1 else -1
    return ALS


@regle(
    "CCH D823-16",
    depuis="2019-09-01",
    libelle="Aide calculée",
    phrase=phrases.dire_base,
    phrase_nulle=phrases.dire_base_nulle,
)
def aide_de_base(foyer: Any, loyer: float, couple: bool, a_charge: int, ressources: float, b: Any) -> float:
    """« Af » = L + C − Pp, euros a month; never below zero."""
    plafond = loyer_plafond(foyer, couple, a_charge, b)
    retenu = plafond if loyer > plafond else loyer
    charges = forfait_charges(foyer, couple, a_charge, b)
    reste = retenu + charges - participation(retenu, charges, couple, a_charge, outremer(foyer), ressources, b)
    return arrondi_centime(reste) if reste > 0.0 else 0.0


@primitive
def aide_calculee(
    foyer: Any, personnes: Any, aide: int, couple: bool, a_charge: int, ressources: float, b: Any
) -> float:
    """« Af » by the formula of the sector."""
    lieu = secteur(foyer, personnes, b)
    if lieu == LOCATION:
        return aide_de_base(foyer, loyer_principal(foyer, aide == APL, b), couple, a_charge, ressources, b)
    if lieu == ACCESSION:
        return aide_a_l_accession(foyer, aide, couple, a_charge, ressources, b)
    return aide_en_foyer(foyer, personnes, aide, couple, a_charge, ressources, b)


@regle(
    "CCH L823-2",
    "CE 21 juillet 2017 n° 398563",
    depuis="2019-09-01",
    libelle="Aide avec un enfant en résidence alternée",
    phrase=phrases.dire_partage,
)
def aide_partagee(
    foyer: Any, personnes: Any, aide: int, couple: bool, pleins: int, tous: int, ressources: float, b: Any
) -> float:
    """The aid without the shared children, and their share of what they add to it."""
    sans = aide_calculee(foyer, personnes, aide, couple, pleins, ressources, b)
    avec = aide_calculee(foyer, personnes, aide, couple, tous, ressources, b)
    return arrondi_centime(sans + (avec - sans) * b[6].part_residence_alternee)


@primitive
def multiple_du_plafond(multiples: Any, zone: int) -> float:
    """The coefficient of a zone."""
    coefficient: float = multiples[zone]
    return coefficient


@regle(
    "CCH D823-16",
    "Arrêté du 27 septembre 2019, article 10",
    depuis="2019-09-01",
    libelle="Aide diminuée quand le loyer est très élevé",
    phrase=phrases.dire_degressivite,
    phrase_nulle=phrases.dire_suppression,
)
def aide_degressive(aide: float, loyer: float, plafond: float, epargne: bool, zone: int, b: Any) -> float:
    """Euros: falls in proportion between two multiples of the ceiling; not with AAH or AEEH (`epargne`)."""
    debut = arrondi_centime(plafond * multiple_du_plafond(b[6].al_degressivite, zone))
    if epargne or loyer <= debut:
        return aide
    fin = arrondi_centime(plafond * multiple_du_plafond(b[6].al_suppression, zone))
    if loyer >= fin:
        return 0.0
    return arrondi_centime(aide * (fin - loyer) / (fin - debut))


@primitive
def en_couple_pour(foyer: Any, personnes: Any, a_charge: int, aide: int, b: Any) -> bool:
    """The couple's column: two partners, or a woman alone and pregnant for the ALF (R841-2)."""
    if vit_en_couple(personnes, 6):
        return True
    return aide == ALF and a_charge == 0 and seule_et_enceinte(personnes, b) == 1


@primitive
def base_du_foyer(foyer: Any, personnes: Any, aide: int, ressources: float, b: Any) -> float:
    """« Af » of the household, shared children for their part."""
    personnes_a_charge(personnes, b)
    tous = compte_retenu(foyer, personnes, b, True)
    pleins = compte_retenu(foyer, personnes, b, False)
    couple = en_couple_pour(foyer, personnes, tous, aide, b)
    if pleins == tous:
        return aide_calculee(foyer, personnes, aide, couple, tous, ressources, b)
    return aide_partagee(foyer, personnes, aide, couple, pleins, tous, ressources, b)


@primitive
def ressources_retenues(foyer: Any, personnes: Any, aide: int, b: Any) -> float:
    """« R » of the formula, euros a year; NaN if a fact is missing. That of a home buyer has a floor."""
    ressources = ressources_foyer(foyer, personnes, b)
    if secteur(foyer, personnes, b) != ACCESSION or not ressources < plancher(foyer, aide, b):
        return ressources
    reduites = ressources_reduites(foyer, personnes, b)
    return ressources_accedant(foyer, aide, ressources, reduites == 1, b) if reduites >= 0 else math.nan


@primitive
def fin_de_location(foyer: Any, personnes: Any, aide: int, base: float, couple: bool, a_charge: int, b: Any) -> float:
    """Euros before CRDS: what is left of « Af » after the fall of high rents, the lump sum and the rounding."""
    plafond = loyer_plafond(foyer, couple, a_charge, b)
    epargne = patrimoine_ecarte(foyer, personnes)
    loyer = loyer_principal(foyer, aide == APL, b)
    return aide_minoree(aide_degressive(base, loyer, plafond, epargne, foyer.zone_apl, b), b)


@primitive
def montant_aide(foyer: Any, personnes: Any, aide: int, b: Any) -> float:
    """Euros a month before CRDS, before the reduction of social rents and the threshold; NaN if unknown."""
    ressources = ressources_retenues(foyer, personnes, aide, b)
    if math.isnan(ressources) or math.isnan(foyer.loyer[6]):
        return math.nan
    base = base_du_foyer(foyer, personnes, aide, ressources, b)
    if base == 0.0:
        return 0.0
    tous = compte_retenu(foyer, personnes, b, True)
    couple = en_couple_pour(foyer, personnes, tous, aide, b)
    lieu = secteur(foyer, personnes, b)
    if lieu == LOCATION:
        return fin_de_location(foyer, personnes, aide, base, couple, tous, b)
    if lieu == ACCESSION:
        return fin_d_accession(foyer, aide, base, couple, tous, ressources, b)
    return fin_en_foyer(foyer, personnes, aide, base, couple, tous, b)


@primitive
def ressources_par_mois(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros a month, as the ceilings of the reduction of social rents are written."""
    return ressources_exactes(foyer, personnes, b) / 12.0
