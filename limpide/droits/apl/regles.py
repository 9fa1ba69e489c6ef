"""Aide personnalisée au logement (CCH L831-1 to L832-3): the common law of `logement`, less the social reduction."""

import math
from typing import Any

from limpide.droits.apl import phrases
from limpide.droits.logement.aide import montant_aide, ressources_par_mois
from limpide.droits.logement.composition import SIX_PERSONNES, UNE_PERSONNE, compte_a_charge, selon_la_composition
from limpide.droits.logement.conditions import (
    INCONNU,
    OUVERT,
    crds_logement,
    logement_condition,
    logement_motif,
    verse_ou_non,
    vit_en_couple,
)
from limpide.droits.logement.loyer import ZONE_1, ZONE_2
from limpide.droits.logement.manques import logement_manque
from limpide.droits.logement.occupation import APL, LOCATAIRE_HLM, LOCATION, secteur
from limpide.droits.logement.phrases import dire_crds_logement, dire_montant
from limpide.droits.moteur import arrondi_centime, regle
from limpide.droits.moteur.primitive import primitive


@primitive
def plafond_de_la_reduction(zone: int, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month of income under which social rents are reduced."""
    table = b[6].rls_plafond_zone_3
    if zone == ZONE_1:
        table = b[6].rls_plafond_zone_1
    elif zone == ZONE_2:
        table = b[6].rls_plafond_zone_2
    return selon_la_composition(table, SIX_PERSONNES, couple, a_charge)


@primitive
def montant_de_la_reduction(zone: int, couple: bool, a_charge: int, b: Any) -> float:
    """Euros a month taken off the rent."""
    table = b[6].rls_montant_zone_3
    if zone == ZONE_1:
        table = b[6].rls_montant_zone_1
    elif zone == ZONE_2:
        table = b[6].rls_montant_zone_2
    return selon_la_composition(table, UNE_PERSONNE, couple, a_charge)


@regle(
    "CCH L442-2-1",
    "CCH R442-2-1",
    "Arrêté du 27 février 2018, articles 1 et 2",
    depuis="2018-02-01",
    libelle="Réduction de loyer de solidarité",
    phrase=phrases.dire_reduction,
    phrase_nulle="",
)
def reduction_de_loyer(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros a month taken off the rent of a social tenant with little income; NaN if the income is unknown."""
    if foyer.statut_occupation_logement != LOCATAIRE_HLM:
        return 0.0
    couple, a_charge = vit_en_couple(personnes, 6), compte_a_charge(personnes, b, True)
    ressources = ressources_par_mois(foyer, personnes, b)
    if ressources >= plafond_de_la_reduction(foyer.zone_apl, couple, a_charge, b):
        return 0.0
    return montant_de_la_reduction(foyer.zone_apl, couple, a_charge, b)


@primitive
def apl_reduite(aide: float, reduction: float, b: Any) -> float:
    """Euros: the aid less 98 % of the reduction, which the landlord gives; never below zero."""
    reste = aide - arrondi_centime(reduction * b[6].rls_part_apl)
    return arrondi_centime(reste) if reste > 0.0 else 0.0


@regle(
    "CCH L831-1",
    "CCH D823-16",
    "CCH D832-10",
    "CCH D832-24",
    depuis="2019-09-01",
    libelle="Aide personnalisée au logement",
    phrase=dire_montant,
    phrase_nulle="L'aide personnalisée au logement n'est pas due pour ce mois.",
)
def apl(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS; NaN if a fact is missing."""
    condition = logement_condition(foyer, personnes, APL, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    aide = montant_aide(foyer, personnes, APL, b)
    if not aide > 0.0:
        return aide
    if secteur(foyer, personnes, b) != LOCATION:
        return verse_ou_non(aide, b[6].foyer_seuil)
    return verse_ou_non(apl_reduite(aide, reduction_de_loyer(foyer, personnes, b), b), b[6].apl_seuil)


@regle("CCH L822-2", "CCH L831-1", depuis="2019-09-01", libelle="Ouverture du droit")
def apl_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    return logement_motif(foyer, personnes, APL, montant, b)


@primitive
def apl_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact."""
    return logement_manque(foyer, personnes, b)


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    "CCH D823-16",
    depuis="2019-09-01",
    libelle="CRDS",
    phrase=dire_crds_logement,
    phrase_nulle="La CRDS ne retient rien.",
)
def apl_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld."""
    if montant <= 0.0:
        return 0.0
    return crds_logement(montant, reduction_de_loyer(foyer, personnes, b) > 0.0, b)
