"""Allocation aux adultes handicapés (CSS L821-1 to L821-8, R821-1 to R821-9, D821-1 to D821-10)."""

import math
from typing import Any

from limpide.droits.aah import phrases
from limpide.droits.aah.conditions import (
    AGE,
    CONJOINT,
    INCAPACITE,
    NON_CUMUL,
    RESTRICTION,
    adulte_du_foyer,
    condition_de,
    condition_manquante,
)
from limpide.droits.aah.inconnus import LIEU, fait_du_sejour_manquant, ressource_manquante
from limpide.droits.aah.ressources import (
    conjoint_retenu,
    en_esat,
    par_trimestre,
    premier_mois,
    ressources_de,
    revenus_bruts_du_conjoint,
    smic_mensuel,
    travail_dispense,
)
from limpide.droits.bases.charge import charge_inconnue, compte_enfants, fait_de_charge_manquant
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence
from limpide.droits.faits import DATE_INCONNUE
from limpide.droits.moteur import Motif, arrondi_centime, regle
from limpide.droits.moteur.primitive import primitive

RESSOURCES = int(Motif.RESSOURCES)
PRISON = 3
SANS_DATE = DATE_INCONNUE


@regle(
    "CSS D821-2",
    depuis="2010-11-17",
    libelle="Plafond de ressources, par mois",
    phrase=phrases.dire_plafond,
)
def plafond(couple: bool, enfants: int, b: Any) -> float:
    """Euros a month: the amount, half more for each child, and the increase of a couple reckoned together."""
    taux = 1.0 + enfants * b[6].aah_majoration_enfant
    if couple:
        taux += b[6].aah_majoration_couple
    return b[6].aah_montant * taux


@primitive
def dans_le_plafond(plafond_du_mois: float, ressources: float, b: Any) -> float:
    """The difference, never above the amount nor below zero."""
    reste = plafond_du_mois - ressources
    if reste > b[6].aah_montant:
        return b[6].aah_montant
    return 0.0 if reste < 0.0 else reste


@regle(
    "CSS L821-3",
    "CSS D821-2",
    depuis="2010-11-17",
    libelle="Selon les ressources de la personne",
    phrase=phrases.dire_seule,
    phrase_nulle=phrases.dire_seule,
)
def selon_ses_ressources(p: Any, ressources: float, enfants: int, b: Any) -> float:
    """Euros a month on one's own resources."""
    return dans_le_plafond(plafond(False, enfants, b), ressources, b)


@primitive
def ressources_conjointes(p: Any, q: Any, ressources: float, enfants: int, foyer: Any, b: Any) -> float:
    """One's own and the partner's; a partner who has a right to the allowance counts by their own rules."""
    if q.present[6] < 0:
        return math.nan
    if condition_de(q, b) == OUVERT:
        return ressources + ressources_de(q, foyer, b)
    debut = premier_mois(foyer) if par_trimestre(foyer, p) else -1
    return ressources + conjoint_retenu(revenus_bruts_du_conjoint(q, debut, b), enfants, b)


@regle(
    "CSS L821-3",
    "CSS D821-2",
    "CSS R821-4",
    depuis="2010-11-17",
    libelle="Selon les ressources du couple",
    phrase=phrases.dire_a_deux,
    phrase_nulle=phrases.dire_a_deux,
)
def selon_le_couple(p: Any, q: Any, ressources: float, enfants: int, foyer: Any, b: Any) -> float:
    """Euros a month on the resources of both, against the ceiling of a couple."""
    communes = ressources_conjointes(p, q, ressources, enfants, foyer, b)
    return dans_le_plafond(plafond(True, enfants, b), communes, b)


@regle(
    "CSS L821-3",
    depuis="2010-11-17",
    jusque="2023-09-30",
    libelle="Revenus du couple comptés ensemble",
)
def montant_en_couple(p: Any, q: Any, ressources: float, enfants: int, foyer: Any, b: Any) -> float:
    """Euros a month: until September 2023, a couple is always reckoned together."""
    return selon_le_couple(p, q, ressources, enfants, foyer, b)


@regle(
    "CSS L821-3",
    "Loi n° 2022-1158, article 10",
    "Décret n° 2022-1694, article 2",
    depuis="2023-10-01",
    libelle="Revenus de la personne seule, ou du couple tant que c'est plus favorable",
    variante_de=montant_en_couple,
)
def montant_en_couple_2023(p: Any, q: Any, ressources: float, enfants: int, foyer: Any, b: Any) -> float:
    """Euros a month: one's own resources; who kept the former reckoning has the better of the two."""
    seule = selon_ses_ressources(p, ressources, enfants, b)
    if p.aah_conjugalise_eligible == 0:
        return seule
    if p.aah_conjugalise_eligible < 0:
        return math.nan
    a_deux = selon_le_couple(p, q, ressources, enfants, foyer, b)
    return a_deux if not a_deux <= seule else seule


@regle(
    "CSS L821-1",
    depuis="2017-01-01",
    libelle="Avantages de vieillesse et d'invalidité, rentes",
    phrase=phrases.dire_avantages,
    phrase_nulle="",
)
def avantages(p: Any) -> float:
    """Euros of the month: pensions, work accident pension, and the minima that complete them."""
    total = p.retraite_nette[6] + p.pensions_invalidite[6] + p.rente_accident_travail[6]
    return total + p.asi[6] + p.aspa_individu[6]


@regle(
    "CSS L821-1",
    "CSS D821-5",
    depuis="2007-01-01",
    libelle="Cumul avec la rémunération garantie d'un Esat",
    phrase=phrases.dire_cumul,
)
def cumul_esat(p: Any, montant: float, couple: bool, enfants: int, b: Any) -> float:
    """Euros a month: what keeps the sum of both within the minimum wage, more with a child (and formerly in couple)."""
    part = b[6].aah_esat_cumul[0]
    if enfants > 0:
        part += b[6].aah_esat_cumul[1]
    if couple:
        part += b[6].aah_esat_cumul[2]
    reste = part * smic_mensuel(b, 6) - p.aah_base_ressources_activite_milieu_protege[6]
    if reste < 0.0:
        return 0.0
    return reste if montant > reste else montant


@primitive
def reduit(p: Any, enfants: int, b: Any) -> int:
    """1 if the stay of more than sixty days reduces the amount, -1 if a fact is missing."""
    if p.sejour_en_etablissement == 0 or enfants > 0:
        return 0
    if p.sejour_en_etablissement < 0 or p.sejour_en_etablissement_depuis == SANS_DATE:
        return -1
    if p.sejour_en_etablissement_depuis + b[6].aah_jours_en_etablissement > b[6].debut_mois:
        return 0
    if p.aah_sans_reduction < 0:
        return -1
    return 0 if p.aah_sans_reduction == 1 else 1


@regle(
    "CSS L821-6",
    "CSS R821-8",
    depuis="2016-01-01",
    libelle="Séjour de plus de soixante jours en établissement",
    phrase=phrases.dire_reduction,
)
def montant_en_etablissement(p: Any, montant: float, b: Any) -> float:
    """Euros a month: 30 % of the full amount, never more than out of the establishment."""
    garde = b[6].aah_part_en_etablissement * b[6].aah_montant
    return garde if montant > garde else montant


@primitive
def a_un_conjoint(personnes: Any) -> bool:
    """A partner is there, or may be."""
    for q in personnes:
        if q.role == CONJOINT and q.present[6] != 0:
            return True
    return False


@primitive
def montant_sur_ressources(p: Any, personnes: Any, foyer: Any, enfants: int, b: Any) -> float:
    """Euros a month after the condition of resources."""
    ressources = ressources_de(p, foyer, b)
    for q in personnes:
        if adulte_du_foyer(q) and q.role != p.role:
            return montant_en_couple(p, q, ressources, enfants, foyer, b)
    return selon_ses_ressources(p, ressources, enfants, b)


@regle(
    "CSS L821-1",
    "CSS L821-2",
    "CSS D821-2",
    depuis="2010-11-17",
    libelle="Allocation d'une personne",
    phrase=phrases.dire_personne,
    phrase_nulle=phrases.dire_rien,
)
def aah_de(p: Any, personnes: Any, foyer: Any, enfants: int, b: Any) -> float:
    """Euros for the month; NaN if a fact is missing."""
    if p.aah_evaluation_trimestrielle < 0 or p.aah_cumul_integral < 0 or p.abattement_activite < 0:
        return math.nan
    if p.revenus_interrompus < 0:
        return math.nan
    travail_dispense(p)
    recus = avantages(p)
    if recus >= b[6].aah_montant:
        return 0.0
    montant = montant_sur_ressources(p, personnes, foyer, enfants, b)
    if math.isnan(recus) or math.isnan(montant):
        return math.nan
    montant = min(montant, b[6].aah_montant - recus)
    if en_esat(p):
        montant = cumul_esat(p, montant, a_un_conjoint(personnes), enfants, b)
    sejour = reduit(p, enfants, b)
    if sejour < 0:
        return math.nan
    return arrondi_centime(montant_en_etablissement(p, montant, b) if sejour == 1 else montant)


@regle(
    "CSS D821-1",
    "CSS L821-2",
    "CSS L821-4",
    "CSS R821-1",
    depuis="2011-01-01",
    libelle="Incapacité et âge",
    phrase=phrases.dire_condition,
    phrase_nulle=phrases.dire_condition,
)
def condition(p: Any, b: Any) -> int:
    """Reason why this adult has no right whatever the resources, or OUVERT."""
    return condition_de(p, b)


@primitive
def rang_du_motif(motif: int) -> int:
    """The household tells the reason of the adult who comes nearest to the right."""
    if motif == INCAPACITE:
        return 0
    if motif == RESTRICTION:
        return 1
    if motif == AGE:
        return 2
    if motif == NON_CUMUL:
        return 3
    return 5 if motif == A_INSTRUIRE else 4


@primitive
def condition_du_foyer(personnes: Any, b: Any) -> int:
    """Reason of the adults: INCONNU as soon as one is unknown, OUVERT if one has a right, else the nearest."""
    retenu = INCAPACITE
    ouvert = False
    for p in personnes:
        if adulte_du_foyer(p):
            motif = condition_de(p, b)
            if motif == INCONNU:
                return INCONNU
            ouvert = ouvert or motif == OUVERT
            if rang_du_motif(motif) > rang_du_motif(retenu):
                retenu = motif
    return OUVERT if ouvert else retenu


@primitive
def aah_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the resources, or OUVERT."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    return condition_du_foyer(personnes, b)


@regle(
    "CSS L821-1",
    "CSS L821-2",
    "CSS L821-3",
    depuis="2010-11-17",
    libelle="Allocation aux adultes handicapés",
    phrase=phrases.dire_aah,
    phrase_nulle="L'allocation aux adultes handicapés n'est pas due pour ce mois.",
)
def aah(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, of both adults together; NaN if a fact is missing."""
    lieu = aah_condition(foyer, personnes, b)
    if lieu == INCONNU:
        return math.nan
    if residence(foyer) != OUVERT:
        return 0.0
    if lieu == OUVERT and charge_inconnue(personnes, b, 6):
        return math.nan
    enfants = compte_enfants(personnes, b, 6) if lieu == OUVERT else 0
    total = 0.0
    for p in personnes:
        if adulte_du_foyer(p) and condition(p, b) == OUVERT:
            total += aah_de(p, personnes, foyer, enfants, b)
    return arrondi_centime(total)


@regle("CSS L821-1", "CSS L821-2", "CSS L821-3", depuis="2010-11-17", libelle="Ouverture du droit")
def aah_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition_commune = aah_condition(foyer, personnes, b)
    return RESSOURCES if condition_commune == OUVERT else condition_commune


@primitive
def aah_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: one that the trace names)."""
    if foyer.residence < 0:
        return LIEU
    for p in personnes:
        if adulte_du_foyer(p) and condition_de(p, b) == INCONNU:
            return condition_manquante(p, b)
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    for p in personnes:
        if adulte_du_foyer(p) and condition_de(p, b) == OUVERT:
            manque = ressource_manquante(p, foyer)
            if manque:
                return manque
            if reduit(p, compte_enfants(personnes, b, 6), b) < 0:
                return fait_du_sejour_manquant(p)
    return 0
