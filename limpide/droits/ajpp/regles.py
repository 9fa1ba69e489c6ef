"""Allocation journalière de présence parentale (CSS L544-1 to L544-9, L755-33, D544-1 to D544-10)."""

import math
from typing import Any

from limpide.droits.ajpp import phrases
from limpide.droits.ajpp.presence import (
    CONGE,
    DEMI_JOURNEES_D_UN_JOUR,
    PREPARE,
    au_foyer,
    conge_inconnu,
    conge_pris,
    enfant_a_dire,
    fait_de_l_enfant_manquant,
    maximum_du_mois,
    pension_manquante,
    reste_de_la_periode,
    situation_de_l_enfant,
    situation_des_enfants,
    situation_des_parents,
    situation_du_parent,
)
from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    charge_inconnue,
    compte_enfants,
    est_a_charge,
    fait_de_charge_manquant,
)
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.remplacement import remplacement_manquant
from limpide.droits.bases.sejour import INCONNU, OUVERT, RESIDENCE, residence, sejour_du_foyer
from limpide.droits.cf.regles import ORDINAIRE, couple_inconnu, plafond_de, plafond_releve
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

SOUS_LE_PLAFOND, AU_DESSUS = phrases.SOUS_LE_PLAFOND, phrases.AU_DESSUS
NOMBRE_ENFANTS, NON_DEMANDE = int(Motif.NOMBRE_ENFANTS), int(Motif.NON_DEMANDE)


@regle(
    "CSS D544-6",
    depuis="2006-06-04",
    jusque="2021-12-31",
    libelle="Montant d'une journée",
    phrase=phrases.dire_journee,
)
def montant_journalier(seul: bool, b: Any, k: int) -> float:
    """Euros: a part of the monthly base, higher for who is alone in charge."""
    return arrondi_centime(b[k].ajpp_taux[1 if seul else 0] * b[k].bmaf)


@regle(
    "CSS L544-6",
    "CSS D544-6",
    "Décret n° 2022-88, article 2",
    depuis="2022-01-01",
    libelle="Montant d'une journée",
    phrase=phrases.dire_journee_au_smic,
    variante_de=montant_journalier,
)
def montant_journalier_au_smic(seul: bool, b: Any, k: int) -> float:
    """Euros: seven hours of the net minimum wage of 1 January, before the CRDS that brings it back there."""
    return arrondi_centime(b[k].ajpp_heures * b[k].smic_horaire_net_janvier / (1.0 - b[k].crds_taux))


@regle(
    "CSS L544-1",
    "CSS D544-6",
    depuis="2006-06-04",
    jusque="2020-09-30",
    libelle="Demi-journées payées",
    phrase=phrases.dire_jours,
)
def demi_journees_payees(dues: int, b: Any, k: int) -> int:
    """Whole days only, as the leave could not be split."""
    return (dues // DEMI_JOURNEES_D_UN_JOUR) * DEMI_JOURNEES_D_UN_JOUR


@regle(
    "CSS L544-4",
    "CSS D544-4",
    "CSS D544-6",
    "Décret n° 2020-1208",
    depuis="2020-10-01",
    libelle="Demi-journées payées",
    phrase=phrases.dire_jours,
    variante_de=demi_journees_payees,
)
def demi_journees_payees_2020(dues: int, b: Any, k: int) -> int:
    """By half-day since the leave may be split."""
    return dues


@regle(
    "CSS L544-2",
    "CSS L544-3",
    "CSS L544-4",
    "CSS L544-9",
    "CSS D544-1",
    "CSS D544-3",
    depuis="2006-06-04",
    libelle="Demi-journées que cet enfant permet encore",
    phrase=phrases.dire_enfant,
    phrase_nulle=phrases.dire_enfant_sans_droit,
)
def possibles_pour_l_enfant(p: Any, b: Any, k: int) -> int:
    """Half-days: those of the month, within what is left of the period; none without the agreement."""
    if situation_de_l_enfant(p, b, k) != OUVERT:
        return 0
    maximum, reste = maximum_du_mois(b, k), reste_de_la_periode(p, b, k)
    return min(maximum, reste)


@regle(
    "CSS L544-1",
    "CSS L544-8",
    "CSS L544-9",
    depuis="2006-06-04",
    libelle="Demi-journées de congé du parent",
    phrase=phrases.dire_parent,
    phrase_nulle=phrases.dire_parent_sans_droit,
)
def prises_par_le_parent(p: Any, foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Half-days taken; none for who receives an income that the allowance is not added to."""
    if situation_du_parent(p, foyer, personnes, b, k) != OUVERT:
        return 0
    return p.ajpp_demi_journees


@primitive
def demi_journees_dues(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Half-days: those that the parents took, as far as the children allow them."""
    prises = 0
    possibles = 0
    for p in personnes:
        if au_foyer(p, k) and p.ajpp_demi_journees > 0:
            prises += prises_par_le_parent(p, foyer, personnes, b, k)
        if p.role == ENFANT and est_a_charge(p, b, k):
            possibles += possibles_pour_l_enfant(p, b, k)
    return min(prises, possibles)


@primitive
def seuil_des_frais(b: Any, k: int) -> float:
    """Euros a month of expenses, and the lump sum that they give."""
    return arrondi_centime(b[k].ajpp_frais_taux * b[k].bmaf)


@primitive
def frais_a_examiner(foyer: Any, b: Any, k: int) -> bool:
    """The expenses of the month reach the threshold."""
    return foyer.ajpp_frais >= seuil_des_frais(b, k)


@regle(
    "CSS L544-7",
    "CSS D544-7",
    "CSS R522-2",
    depuis="2006-06-04",
    libelle="Plafond de ressources du complément pour frais",
    phrase=phrases.dire_plafond,
)
def plafond_des_frais(enfants: int, releve: bool, b: Any, k: int) -> float:
    """Euros a year: that of the family supplement."""
    return plafond_de(enfants, ORDINAIRE, releve, b, k)


@regle(
    "CSS L544-7",
    "CSS D544-7",
    depuis="2006-06-04",
    libelle="Revenus sous le plafond du complément pour frais",
    phrase=phrases.dire_sous_plafond,
)
def place_des_revenus(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Under the ceiling, or above it."""
    releve = plafond_releve(foyer, personnes, k)
    plafond = plafond_des_frais(compte_enfants(personnes, b, k), releve, b, k)
    return AU_DESSUS if foyer.prestations_familiales_base_ressources > plafond else SOUS_LE_PLAFOND


@regle(
    "CSS L544-7",
    "CSS D544-7",
    depuis="2006-06-04",
    libelle="Complément pour frais",
    phrase=phrases.dire_frais,
)
def complement_pour_frais(foyer: Any, b: Any, k: int) -> float:
    """Euros a month, whatever is spent above the threshold."""
    return seuil_des_frais(b, k)


@primitive
def plafond_incertain(foyer: Any, personnes: Any, b: Any, k: int) -> bool:
    """The raised and the ordinary ceilings do not answer the same, and nobody knows which applies."""
    if not vit_en_couple(personnes, k) or foyer.biactivite >= 0:
        return False
    enfants, ressources = compte_enfants(personnes, b, k), foyer.prestations_familiales_base_ressources
    return plafond_de(enfants, ORDINAIRE, False, b, k) < ressources <= plafond_de(enfants, ORDINAIRE, True, b, k)


@primitive
def frais_inconnus(foyer: Any, personnes: Any, b: Any, k: int) -> bool:
    """A fact is missing to know whether the lump sum for expenses is due."""
    if math.isnan(foyer.ajpp_frais):
        return True
    if not frais_a_examiner(foyer, b, k):
        return False
    if math.isnan(foyer.prestations_familiales_base_ressources) or couple_inconnu(personnes, k):
        return True
    return plafond_incertain(foyer, personnes, b, k)


@primitive
def isolement_inconnu(personnes: Any, b: Any, k: int) -> bool:
    """Until the end of 2021, the amount of a day depends on whether the partner was there."""
    return math.isnan(b[k].smic_horaire_net_janvier) and couple_inconnu(personnes, k)


@primitive
def rien_a_compter(foyer: Any, personnes: Any, b: Any) -> bool:
    """Nobody's leave, or children who are not known: there is no half-day to tell."""
    if conge_inconnu(personnes, 6) != 0 or conge_pris(personnes, 6) == 0:
        return True
    return charge_inconnue(personnes, b, 6)


@primitive
def ajpp_ouverture(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed by the leave, the children or the parents, or OUVERT."""
    if conge_inconnu(personnes, 6) != 0:
        return INCONNU
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if charge_inconnue(personnes, b, 6):
        return INCONNU
    if compte_enfants(personnes, b, 6) == 0:
        return NOMBRE_ENFANTS
    enfants = situation_des_enfants(personnes, b, 6)
    if enfants != OUVERT:
        return enfants
    return situation_des_parents(foyer, personnes, b, 6)


@primitive
def ajpp_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the amounts, or OUVERT."""
    if conge_inconnu(personnes, 6) == 0 and conge_pris(personnes, 6) == 0:
        return NON_DEMANDE
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    ouverture = ajpp_ouverture(foyer, personnes, b)
    if ouverture != OUVERT:
        return ouverture
    if isolement_inconnu(personnes, b, 6) or frais_inconnus(foyer, personnes, b, 6):
        return INCONNU
    return sejour_du_foyer(personnes)


@regle(
    "CSS L544-1",
    "CSS L544-6",
    "CSS L544-7",
    "CSS L755-33",
    depuis="2006-06-04",
    libelle="Allocation journalière de présence parentale",
    phrase=phrases.dire_ajpp,
    phrase_nulle="L'allocation journalière de présence parentale n'est pas due pour ce mois.",
)
def ajpp(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS; NaN if a fact is missing."""
    condition = ajpp_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition in (RESIDENCE, NON_DEMANDE, NOMBRE_ENFANTS) or rien_a_compter(foyer, personnes, b):
        return 0.0
    # Told even when the right is closed: whose leave, whose illness, and why nothing is paid for it.
    dues = demi_journees_dues(foyer, personnes, b, 6)
    if condition != OUVERT:
        return 0.0
    payees = demi_journees_payees(dues, b, 6)
    if payees == 0:
        return 0.0
    journee = montant_journalier(not vit_en_couple(personnes, 6), b, 6)
    total = arrondi_centime(payees * journee / DEMI_JOURNEES_D_UN_JOUR)
    if frais_a_examiner(foyer, b, 6) and place_des_revenus(foyer, personnes, b, 6) == SOUS_LE_PLAFOND:
        total += complement_pour_frais(foyer, b, 6)
    return arrondi_centime(total)


@regle("CSS L544-1", "CSS L544-9", "CSS L512-1", "CSS L512-2", depuis="2006-06-04", libelle="Ouverture du droit")
def ajpp_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount; a lone half-day, before they were paid, is no day of leave."""
    if montant > 0.0:
        return OUVERT
    condition = ajpp_condition(foyer, personnes, b)
    return NON_DEMANDE if condition == OUVERT else condition


LIEU, NATIONALITE, TITRE, RESSOURCES_N2, BIACTIVITE, FRAIS = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["prestations_familiales_base_ressources"].code,
    NATURES["biactivite"].code,
    NATURES["ajpp_frais"].code,
)


@primitive
def parent_manquant(foyer: Any, personnes: Any, k: int) -> int:
    """Code of the first unknown income of who took leave (0: none)."""
    for p in personnes:
        if au_foyer(p, k) and p.ajpp_demi_journees > 0:
            manque = remplacement_manquant(p, k)
            if manque == 0:
                manque = pension_manquante(p, k)
            if manque != 0:
                return manque
    return PREPARE if math.isnan(foyer.paje_prepare[k]) else 0


@primitive
def frais_manquant(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the fact that the lump sum for expenses misses (0: who was there)."""
    if math.isnan(foyer.ajpp_frais):
        return FRAIS
    if math.isnan(foyer.prestations_familiales_base_ressources):
        return RESSOURCES_N2
    return 0 if couple_inconnu(personnes, 6) else BIACTIVITE


@primitive
def ajpp_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if conge_inconnu(personnes, 6) != 0:
        return CONGE if conge_inconnu(personnes, 6) > 0 else 0
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    for p in personnes:
        if p.role == ENFANT and est_a_charge(p, b, 6) and enfant_a_dire(p):
            return fait_de_l_enfant_manquant(p)
    revenu = parent_manquant(foyer, personnes, 6)
    if revenu != 0:
        return revenu
    if isolement_inconnu(personnes, b, 6):
        return 0
    if frais_inconnus(foyer, personnes, b, 6):
        return frais_manquant(foyer, personnes, b)
    return NATIONALITE if personnes[0].nationalite < 0 else TITRE


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def ajpp_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
