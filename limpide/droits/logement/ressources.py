"""The income of the household for housing benefits: « R » (CCH L822-5, R822-2 to R822-22, D823-17)."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, NAISSANCE_INCONNUE, age_en_mois, mois_depuis
from limpide.droits.bases.foyer import CONJOINT, vit_en_couple
from limpide.droits.logement import phrases
from limpide.droits.logement.composition import compte_a_charge
from limpide.droits.logement.occupation import FOYER, PRIMO_ACCEDANT, secteur
from limpide.droits.logement.revenus import (
    inconnu,
    part_activite,
    ressources_personne,
    revenus_independants,
    sans_allocation,
    situation_inconnue,
)
from limpide.droits.moteur import arrondi_centime, centaine_superieure, regle
from limpide.droits.moteur.primitive import primitive

CONGE_PARENTAL = 1
"""Rank of `type_conges`."""


@primitive
def adulte_present(p: Any) -> bool:
    """Claimant, or partner who is there."""
    return p.role != ENFANT and (p.role != CONJOINT or p.present[6] == 1)


@primitive
def s_occupe_d_enfants(p: Any, personnes: Any, b: Any) -> bool:
    """In a couple, on parental leave for a child under three or for several children (R822-11, 2°, b)."""
    if p.type_conges != CONGE_PARENTAL or not vit_en_couple(personnes, 6):
        return False
    enfants = 0
    for e in personnes:
        if e.role == ENFANT and e.present[6] == 1 and age_en_mois(e, b, 6) >= 0:
            enfants += 1
            if mois_depuis(e.date_naissance, b[6].mois) < 12 * b[6].al_age_conge_parental:
                return True
    return enfants > 1


@primitive
def percoit_le_rsa(foyer: Any) -> bool:
    """RSA was paid the month before (R822-17)."""
    return foyer.rsa[5] > 0.0


@primitive
def patrimoine_ecarte(foyer: Any, personnes: Any) -> bool:
    """AAH of the claimant or partner, or AEEH: the wealth is not looked at (L822-5)."""
    if foyer.aeeh[6] > 0.0:
        return True
    aah = 0.0
    for p in personnes:
        if adulte_present(p):
            aah += p.aah[6]
    return aah > 0.0


@regle(
    "CCH L822-5",
    "CCH R822-22",
    depuis="2019-09-01",
    libelle="Revenu prêté au patrimoine",
    phrase=phrases.dire_patrimoine,
    phrase_nulle="",
)
def revenu_du_patrimoine(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros a year for what gives no taxable income, when the whole is worth more than the threshold."""
    capitaux = 0.0
    bati = 0.0
    terrains = 0.0
    for p in personnes:
        capitaux += p.livret_a[6] + p.epargne_revenus_non_imposables[6]
        bati += p.valeur_locative_immo_non_loue
        terrains += p.valeur_locative_terrains_non_loues
    if capitaux + bati + terrains == 0.0 or patrimoine_ecarte(foyer, personnes):
        return 0.0
    valeur = foyer.valeur_patrimoine
    if not capitaux <= valeur:
        valeur = capitaux
    if valeur <= b[6].al_patrimoine:
        return 0.0
    taux = b[6].al_patrimoine_taux
    return arrondi_centime(capitaux * taux[0] + bati * taux[1] + terrains * taux[2])


@primitive
def deux_actifs(personnes: Any, b: Any) -> bool:
    """Both partners earned at least twelve times the monthly base over the reference period."""
    actifs = 0
    for p in personnes:
        if adulte_present(p) and p.logement_salaires + revenus_independants(p) >= 12.0 * b[6].bmaf:
            actifs += 1
    return actifs > 1


@primitive
def somme_des_personnes(foyer: Any, personnes: Any, b: Any) -> float:
    """Adults; of each child, what is more than a quarter above the old-age ceiling (R822-6)."""
    total = somme_des_adultes(foyer, personnes, b)
    for p in personnes:
        if p.role == ENFANT and p.present[6] == 1:
            du_plafond = b[6].al_plafond_personne * b[6].al_plafond_multiple
            ressources = ressources_enfant(p, b)
            if not ressources <= du_plafond:
                total += ressources - du_plafond
    return total


@primitive
def somme_des_adultes(foyer: Any, personnes: Any, b: Any) -> float:
    """The claimant and the partner."""
    total = 0.0
    for p in personnes:
        if adulte_present(p):
            sans_activite = percoit_le_rsa(foyer) or s_occupe_d_enfants(p, personnes, b)
            total += ressources_personne(p, sans_activite, b)
    return total


@primitive
def ressources_enfant(p: Any, b: Any) -> float:
    """Income of a child, without a step where there is none."""
    autres = p.logement_chomage + p.logement_pensions + p.revenus_imposables_n2
    if p.logement_salaires + autres == 0.0 and revenus_independants(p) == 0.0:
        return 0.0
    return ressources_personne(p, False, b)


@regle(
    "CCH R822-20",
    "CCH D822-21",
    depuis="2019-09-01",
    libelle="Ressources forfaitaires d'un étudiant",
    phrase=phrases.dire_etudiant,
    phrase_nulle="",
)
def montant_etudiant(p: Any, en_foyer: bool, b: Any) -> float:
    """Euros a year for a student, whatever is earned since 2021, a floor before; 0 for anybody else."""
    if p.etudiant != 1:
        return 0.0
    if b[6].al_etudiant_plancher == 0 and age_en_mois(p, b, 6) >= 12 * b[6].al_etudiant_age:
        return 0.0
    montants = b[6].foyer_etudiant if en_foyer else b[6].al_etudiant
    return montants[1] if p.boursier == 1 else montants[0]


@primitive
def etudiant_inconnu(p: Any, b: Any) -> bool:
    """A fact is missing to tell what a student is deemed to have: studies, grant, age where it matters."""
    if p.etudiant != 1:
        return p.etudiant < 0
    return p.boursier < 0 or (b[6].al_etudiant_plancher == 0 and p.date_naissance == NAISSANCE_INCONNUE)


@primitive
def allocation_inconnue(foyer: Any, personnes: Any) -> bool:
    """RSA, wealth, AAH or AEEH: nobody knows one that decides what counts."""
    total = foyer.rsa[5] + foyer.valeur_patrimoine + foyer.aeeh[6]
    for p in personnes:
        if adulte_present(p):
            total += p.aah[6]
    return inconnu(total)


@regle(
    "CCH R822-10",
    depuis="2019-09-01",
    libelle="Abattement d'un accédant seul qui a des personnes à charge",
    phrase=phrases.dire_accedant_seul,
    phrase_nulle="",
)
def abattement_accedant_seul(personnes: Any, b: Any) -> float:
    """Euros a year, for one or two dependants, then from the third on."""
    a_charge = compte_a_charge(personnes, b, True)
    if a_charge == 0 or vit_en_couple(personnes, 6):
        return 0.0
    montants: Any = b[6].acc_abattement_seul
    return float(montants[1] if a_charge >= 3 else montants[0])


@primitive
def ressources_exactes(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros a year before rounding; NaN if a fact is missing."""
    demandeur = personnes[0]
    if etudiant_inconnu(demandeur, b) or allocation_inconnue(foyer, personnes):
        return math.nan
    forfait = montant_etudiant(demandeur, secteur(foyer, personnes, b) == FOYER, b)
    if forfait > 0.0 and b[6].al_etudiant_plancher == 0:
        return forfait
    total = somme_des_personnes(foyer, personnes, b) + revenu_du_patrimoine(foyer, personnes, b)
    if deux_actifs(personnes, b):
        total -= b[6].al_double_activite
    if foyer.statut_occupation_logement == PRIMO_ACCEDANT:
        total -= abattement_accedant_seul(personnes, b)
    return forfait if total < forfait else total


@primitive
def ressources_reduites(foyer: Any, personnes: Any, b: Any) -> int:
    """1 if somebody's income is cut or left out (R822-11, R822-13 to R822-17), -1 if a fact is missing to tell."""
    reponse = 0
    for p in personnes:
        if adulte_present(p):
            if percoit_le_rsa(foyer) or s_occupe_d_enfants(p, personnes, b):
                return 1
            if situation_inconnue(p):
                reponse = -1
            elif sans_allocation(p, b) or part_activite(p, b) < 1.0:
                return 1
    return reponse


@regle(
    "CCH L822-5",
    "CCH R822-2",
    "CCH R822-3",
    "CCH D823-17",
    depuis="2019-09-01",
    libelle="Ressources du foyer pour l'aide au logement",
    phrase=phrases.dire_ressources,
    phrase_nulle="Aucune ressource n'est comptée pour l'aide au logement.",
)
def ressources_foyer(foyer: Any, personnes: Any, b: Any) -> float:
    """« R », in euros a year, up to the next hundred; NaN if a fact is missing."""
    return centaine_superieure(arrondi_centime(ressources_exactes(foyer, personnes, b)))
