"""Complément familial (CSS L522-1 to L522-3, R522-1 to R522-4, D522-1, D522-2, L755-16, L755-16-1, D755-6)."""

import math
from typing import Any

from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    age_en_mois,
    arrive_ce_mois,
    charge_inconnue,
    est_a_charge,
    fait_de_charge_manquant,
    sous_plafond,
)
from limpide.droits.bases.foyer import CONJOINT, vit_en_couple
from limpide.droits.bases.mots import dire_arrivees, dire_crds
from limpide.droits.bases.sejour import INCONNU, OUVERT, outremer, residence, sejour_du_foyer
from limpide.droits.cf import phrases
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

NOMBRE_ENFANTS, AGE, A_VENIR = int(Motif.NOMBRE_ENFANTS), int(Motif.AGE), int(Motif.A_VENIR)
RESSOURCES, NON_CUMUL = int(Motif.RESSOURCES), int(Motif.NON_CUMUL)
ORDINAIRE, MAJORE = 0, 1


@primitive
def charge_du_complement(p: Any, b: Any, k: int) -> bool:
    """In charge for family benefits, or of twenty and still within the ceiling of pay."""
    if est_a_charge(p, b, k):
        return True
    if p.role != ENFANT or p.present[k] != 1:
        return False
    if p.nationalite == 2 and p.enfant_sejour_regulier == 0:
        return False
    age = age_en_mois(p, b, k)
    return 12 * b[k].pf_age_limite <= age < 12 * b[k].cf_age_limite and sous_plafond(p, b, k)


@primitive
def compte_pour_le_complement(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """The same, from the month after the arrival (R552-2, I)."""
    return charge_du_complement(p, b, k) and not arrive_ce_mois(p, personnes, k)


@primitive
def enfants_du_complement(personnes: Any, b: Any, k: int) -> int:
    """Children who raise the ceilings: all those in charge, the youngest too, until their twenty-first birthday."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and compte_pour_le_complement(p, personnes, b, k):
            n += 1
    return n


def _dire_venus(a: Any) -> str:
    return dire_arrivees(int(arrives_de_trois_ans(a["personnes"], a["b"], a["k"])))


@regle(
    "CSS L522-1",
    "CSS R522-1",
    "CSS L552-1",
    "CSS R552-2",
    depuis="2000-02-01",
    libelle="Enfants de trois ans ou plus",
    phrase=lambda a, r: phrases.dire_enfants(a, r) + _dire_venus(a),
    phrase_nulle=lambda a, r: f"Aucun enfant n'a l'âge d'ouvrir droit au complément familial.{_dire_venus(a)}",
)
def enfants_de_trois_ans(personnes: Any, b: Any, k: int) -> int:
    """From the month after the third birthday to the month before the twenty-first."""
    n = 0
    for p in personnes:
        age = age_en_mois(p, b, k) if p.role == ENFANT else 0
        if age > 12 * b[k].cf_age_minimum and compte_pour_le_complement(p, personnes, b, k):
            n += 1
    return n


@primitive
def arrives_de_trois_ans(personnes: Any, b: Any, k: int) -> int:
    """Those of this age who came this month: they count from the next one."""
    n = 0
    for p in personnes:
        age = age_en_mois(p, b, k) if p.role == ENFANT else 0
        if age > 12 * b[k].cf_age_minimum and charge_du_complement(p, b, k) and arrive_ce_mois(p, personnes, k):
            n += 1
    return n


@regle(
    "CSS L755-16",
    "CSS R755-1",
    depuis="2002-01-01",
    libelle="Outre-mer, âge du plus jeune enfant",
    phrase=phrases.dire_benjamin,
    phrase_nulle=lambda a, r: phrases.dire_benjamin(a, False),
)
def benjamin_dans_l_age(personnes: Any, b: Any, k: int) -> bool:
    """Every child past three, the youngest under five."""
    return age_du_benjamin_convient(personnes, False, b, k)


@primitive
def age_du_benjamin_convient(personnes: Any, arrives: bool, b: Any, k: int) -> bool:
    """The same, without a step of the explanation; `arrives`: with the children who came this month."""
    plus_jeune = 12 * b[k].cf_age_limite
    for p in personnes:
        if p.role == ENFANT and charge_du_complement(p, b, k) and (arrives or not arrive_ce_mois(p, personnes, k)):
            age = age_en_mois(p, b, k)
            plus_jeune = min(plus_jeune, age)
    return 12 * b[k].cf_age_minimum < plus_jeune < 12 * b[k].cf_outremer_age_benjamin


@regle(
    "CSS L532-1",
    "CSS L532-2",
    depuis="2014-10-01",
    libelle="Prestations qui ne se cumulent pas avec le complément familial",
    phrase=phrases.dire_non_cumul,
    phrase_nulle="",
)
def paje_recue(foyer: Any, k: int) -> bool:
    """The allocation de base or the PreParE is paid for this month."""
    return foyer.paje_base[k] > 0.0 or foyer.paje_prepare[k] > 0.0


@primitive
def plafond_de(enfants: int, rang: int, releve: bool, b: Any, k: int) -> float:
    """Euros a year: ordinary (0) or increased (1) ceiling, by number of children, raised or not."""
    deux_premiers = enfants if enfants <= 2 else 2
    taux = 1.0 + deux_premiers * b[k].cf_majoration_enfants[0]
    taux += (enfants - deux_premiers) * b[k].cf_majoration_enfants[1]
    plafond = b[k].cf_plafond[rang] * taux
    return plafond + b[k].cf_majoration_plafond[rang] if releve else plafond


@regle(
    "CSS L522-2",
    "CSS R522-2",
    depuis="2014-04-01",
    libelle="Relèvement du plafond : personne seule ou deux revenus professionnels",
    phrase=phrases.dire_deux_revenus,
    phrase_nulle=lambda a, r: phrases.dire_deux_revenus(a, False),
)
def plafond_releve(foyer: Any, personnes: Any, k: int) -> bool:
    """A parent alone, or a couple in which each had a work income two years before."""
    return not vit_en_couple(personnes, k) or foyer.biactivite == 1


@regle("CSS L522-2", "CSS R522-2", depuis="2014-04-01", libelle="Plafond de ressources", phrase=phrases.dire_plafond)
def plafond_ressources(enfants: int, releve: bool, b: Any, k: int) -> float:
    """Euros a year; overseas too, since 1 April 2017 (décret 2017-551)."""
    return plafond_de(enfants, ORDINAIRE, releve, b, k)


@regle(
    "CSS L522-3",
    "CSS R522-4",
    "CSS L755-16-1",
    depuis="2014-04-01",
    libelle="Plafond du complément majoré",
    phrase=phrases.dire_plafond_majore,
)
def plafond_majore(enfants: int, releve: bool, b: Any, k: int) -> float:
    """Euros a year, about half of the ordinary ceiling."""
    return plafond_de(enfants, MAJORE, releve, b, k)


@primitive
def montant_du_rang(rang: int, lointain: bool, b: Any, k: int) -> float:
    """The same, without a step of the explanation."""
    taux = b[k].cf_outremer_taux[rang] if lointain else b[k].cf_taux[rang]
    return arrondi_centime(taux * b[k].bmaf)


@regle(
    "CSS D522-1",
    "CSS D522-2",
    "CSS D755-6",
    "CSS D755-6-1",
    depuis="2018-04-01",
    libelle="Montant entier du complément familial",
    phrase=phrases.dire_montant_entier,
)
def montant_entier(rang: int, lointain: bool, b: Any, k: int) -> float:
    """Euros a month, whatever the number of children: ordinary (0) or increased (1); lower overseas until 2020."""
    return montant_du_rang(rang, lointain, b, k)


@regle(
    "CSS L522-2",
    "CSS R522-3",
    depuis="2014-01-01",
    libelle="Complément différentiel",
    phrase=phrases.dire_differentiel,
    phrase_nulle="Vos revenus dépassent aussi le plafond du complément différentiel.",
)
def complement_differentiel(montant: float, plafond: float, ressources: float) -> float:
    """A twelfth of (ceiling + twelve times the amount − income), as long as that is positive."""
    reste = (plafond + 12.0 * montant - ressources) / 12.0
    return arrondi_centime(reste) if reste > 0.0 else 0.0


@primitive
def biactivite_decisive(ressources: float, enfants: int, lointain: bool, b: Any, k: int) -> bool:
    """The raised and the ordinary ceilings do not give the same amount at this income."""
    if plafond_de(enfants, MAJORE, False, b, k) < ressources <= plafond_de(enfants, MAJORE, True, b, k):
        return True
    fin = plafond_de(enfants, ORDINAIRE, True, b, k) + 12.0 * montant_du_rang(ORDINAIRE, lointain, b, k)
    fin = arrondi_centime(fin)  # nothing is left at this very cent: 57 114.20 is not 57 114.200000000004
    return plafond_de(enfants, ORDINAIRE, False, b, k) < ressources < fin


@primitive
def condition_d_enfants(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Reason of the children, who are known; A_VENIR when those who came this month open the next one."""
    if not outremer(foyer):
        enfants = enfants_de_trois_ans(personnes, b, k)
        if enfants >= b[k].cf_enfants_minimum:
            return OUVERT
        venus = arrives_de_trois_ans(personnes, b, k)
        return A_VENIR if enfants + venus >= b[k].cf_enfants_minimum else NOMBRE_ENFANTS
    seul_a_venir = enfants_du_complement(personnes, b, k) == 0
    if not seul_a_venir and benjamin_dans_l_age(personnes, b, k):
        return OUVERT
    if age_du_benjamin_convient(personnes, True, b, k):
        return A_VENIR
    return NOMBRE_ENFANTS if seul_a_venir else AGE


@primitive
def cf_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the income, or OUVERT."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if charge_inconnue(personnes, b, 6):
        return INCONNU
    enfants = condition_d_enfants(foyer, personnes, b, 6)
    if enfants != OUVERT:
        return enfants
    titre = sejour_du_foyer(personnes)
    if titre != OUVERT:
        return titre
    if paje_recue(foyer, 6):
        return NON_CUMUL
    if math.isnan(foyer.paje_base[6]) or math.isnan(foyer.paje_prepare[6]):
        return INCONNU
    return OUVERT


@primitive
def couple_inconnu(personnes: Any, k: int) -> bool:
    """Nobody said whether the partner was there."""
    for p in personnes:
        if p.role == CONJOINT and p.present[k] < 0:
            return True
    return False


@regle(
    "CSS L522-1",
    "CSS L522-2",
    "CSS L522-3",
    depuis="2014-04-01",
    libelle="Complément familial",
    phrase=phrases.dire_cf,
    phrase_nulle="Le complément familial n'est pas dû pour ce mois.",
)
def cf(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS; NaN if a fact is missing."""
    condition = cf_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    ressources = foyer.prestations_familiales_base_ressources
    if math.isnan(ressources) or couple_inconnu(personnes, 6):
        return math.nan
    enfants = enfants_du_complement(personnes, b, 6)
    lointain = outremer(foyer)
    biactivite_inconnue = foyer.biactivite < 0 and vit_en_couple(personnes, 6)
    if biactivite_inconnue and biactivite_decisive(ressources, enfants, lointain, b, 6):
        return math.nan
    releve = plafond_releve(foyer, personnes, 6)
    if ressources <= plafond_majore(enfants, releve, b, 6):
        return montant_entier(MAJORE, lointain, b, 6)
    plafond = plafond_ressources(enfants, releve, b, 6)
    montant = montant_entier(ORDINAIRE, lointain, b, 6)
    if ressources <= plafond:
        return montant
    return complement_differentiel(montant, plafond, ressources)


@regle("CSS L522-1", "CSS L512-1", "CSS L512-2", depuis="2014-04-01", libelle="Ouverture du droit")
def cf_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition = cf_condition(foyer, personnes, b)
    return RESSOURCES if condition == OUVERT else condition


LIEU, NATIONALITE, TITRE, BASE, PREPARE, RESSOURCES_N2, BIACTIVITE = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["paje_base"].code,
    NATURES["paje_prepare"].code,
    NATURES["prestations_familiales_base_ressources"].code,
    NATURES["biactivite"].code,
)


@primitive
def cf_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    if sejour_du_foyer(personnes) == INCONNU:
        return NATIONALITE if personnes[0].nationalite < 0 else TITRE
    if math.isnan(foyer.paje_base[6]):
        return BASE
    if math.isnan(foyer.paje_prepare[6]):
        return PREPARE
    if math.isnan(foyer.prestations_familiales_base_ressources):
        return RESSOURCES_N2
    return 0 if couple_inconnu(personnes, 6) else BIACTIVITE


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def cf_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
