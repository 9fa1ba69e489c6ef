"""Who counts for housing benefits: couple, dependants, children shared with the other parent (CCH R823-4, L823-2)."""

from typing import Any

from limpide.droits.bases.charge import (
    ENFANT,
    NAISSANCE_INCONNUE,
    age_en_mois,
    charge_inconnue,
    est_a_charge,
    mois_depuis,
    sejour_enfant_inconnu,
    sous_plafond,
)
from limpide.droits.bases.foyer import CONJOINT, vit_en_couple
from limpide.droits.bases.sejour import outremer
from limpide.droits.logement import phrases
from limpide.droits.logement.revenus import inconnu, ressources_personne
from limpide.droits.moteur import regle
from limpide.droits.moteur.primitive import primitive

PARTAGEE, AUTRE_PARENT = 0, 2
UNE_PERSONNE, QUATRE_PERSONNES, CINQ_PERSONNES, SIX_PERSONNES, SEPT_PERSONNES = 1, 4, 5, 6, 7
"""Up to how many dependants a table of the arrêté goes, before its amount for each further one."""


@primitive
def incapacite_a_charge(p: Any, b: Any) -> bool:
    """A grown descendant with a disability of 80 %, and little income (R823-4, 3°)."""
    if p.taux_incapacite < b[6].al_incapacite:
        return False
    return ressources_personne(p, False, b) <= b[6].al_plafond_personne * b[6].al_plafond_multiple


@primitive
def a_charge(p: Any, b: Any) -> bool:
    """A dependant of the household, shared or not: until the month before twenty-one, later if disabled."""
    if p.role != ENFANT or p.present[6] != 1:
        return False
    if p.garde_alternee == 1 and p.charge_logement == AUTRE_PARENT:
        return False
    if est_a_charge(p, b, 6):
        return True
    if p.nationalite == 2 and p.enfant_sejour_regulier == 0:
        return False
    age = age_en_mois(p, b, 6)
    if 12 * b[6].pf_age_limite <= age < 12 * b[6].al_age_enfant:
        return sous_plafond(p, b, 6)
    return age >= 12 * b[6].al_age_enfant and incapacite_a_charge(p, b)


@primitive
def est_partage(p: Any) -> bool:
    """A child of both homes, whose charge for the dwelling is shared."""
    return p.garde_alternee == 1 and p.charge_logement == PARTAGEE


@primitive
def compte_a_charge(personnes: Any, b: Any, partages: bool) -> int:
    """Dependants, with or without those who are shared."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and a_charge(p, b) and (partages or not est_partage(p)):
            n += 1
    return n


@primitive
def compte_retenu(foyer: Any, personnes: Any, b: Any, partages: bool) -> int:
    """Dependants that the tables count: overseas, six at most until 2022."""
    nombre = compte_a_charge(personnes, b, partages)
    limite = b[6].al_outremer_limite
    if 0 < limite < nombre and outremer(foyer):
        return limite
    return nombre


@regle(
    "CCH R823-4",
    "CCH L823-1",
    "CCH L823-2",
    depuis="2019-09-01",
    libelle="Personnes à charge pour l'aide au logement",
    phrase=phrases.dire_a_charge,
    phrase_nulle="Aucune personne à charge n'est comptée pour l'aide au logement.",
)
def personnes_a_charge(personnes: Any, b: Any) -> int:
    """Dependants living there, shared ones too."""
    return compte_a_charge(personnes, b, True)


@primitive
def seule_et_enceinte(personnes: Any, b: Any) -> int:
    """1 if the claimant, alone, is past the fourth month of pregnancy; -1 if nobody knows since when."""
    p = personnes[0]
    if p.enceinte == 0 or vit_en_couple(personnes, 6):
        return 0
    if p.enceinte < 0 or p.date_debut_grossesse == NAISSANCE_INCONNUE:
        return -1
    return 1 if mois_depuis(p.date_debut_grossesse, b[6].mois) > b[6].al_grossesse_mois else 0


@primitive
def descendant_inconnu(p: Any, b: Any) -> bool:
    """A fact is missing to tell whether a grown descendant is a dependant, and for what share."""
    if p.taux_incapacite < 0:
        return True
    if p.taux_incapacite < b[6].al_incapacite:
        return False
    if p.garde_alternee < 0 or sejour_enfant_inconnu(p):
        return True
    return inconnu(ressources_personne(p, False, b))


@primitive
def composition_inconnue(personnes: Any, b: Any) -> bool:
    """A fact is missing to count the household: who is there, a child's charge, a grown child's disability."""
    if charge_inconnue(personnes, b, 6):
        return True
    for p in personnes:
        if p.role == CONJOINT and p.present[6] < 0:
            return True
        if p.role != ENFANT or p.present[6] == 0:
            continue
        if p.garde_alternee == 1 and p.charge_logement < 0:
            return True
        if age_en_mois(p, b, 6) >= 12 * b[6].al_age_enfant and descendant_inconnu(p, b):
            return True
    return False


@primitive
def selon_la_composition(montants: Any, derniere: int, couple: bool, a_charge: int) -> float:
    """The cell of a table: alone, couple, by number of dependants up to `derniere`, then so much for each more."""
    if a_charge == 0:
        return montants[1] if couple else montants[0]
    if a_charge <= derniere:
        return montants[a_charge + 1]
    return montants[derniere + 1] + (a_charge - derniere) * montants[derniere + 2]
