"""Revenu de solidarité active (CASF L262-1 to L262-12, R262-1 to R262-39)."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, a_des_enfants, age_en_mois
from limpide.droits.bases.foyer import (
    attend_un_enfant,
    circonstance_manquante,
    coefficient_foyer,
    coefficient_isolement,
    en_couple,
    enfant_du_foyer,
    forfait_logement,
    majoration_isolement,
    membre_inconnu,
    mois_examen,
    supplement,
    vit_en_couple,
)
from limpide.droits.bases.revenus import sans_ressource
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence, sejour_rsa
from limpide.droits.bases.trimestre import (
    debut_du_trimestre,
    premier_mois_reference,
    trimestre_inconnu,
    trimestre_suspendu,
)
from limpide.droits.moteur import Motif, arrondi_centime, regle
from limpide.droits.moteur.primitive import en_compile, primitive
from limpide.droits.rsa import phrases
from limpide.droits.rsa.ressources import compte_au_foyer, montant_seul, prestations_du_mois, ressources_personne

AGE, ETUDIANT = int(Motif.AGE), int(Motif.ETUDIANT)
RESSOURCES, SEUIL, ACTIVITE = int(Motif.RESSOURCES), int(Motif.SEUIL), int(Motif.ACTIVITE)
CONGES_EXCLUS = (1, 5, 6, 7)
"""Parental, unpaid, « disponibilité » and sabbatical leave, as ranks of `type_conges`."""


@regle(
    "CASF R262-3",
    depuis="2010-09-01",
    libelle="Enfant qui a des ressources",
    phrase=phrases.dire_enfant_sous_supplement,
)
def enfant_sous_supplement(p: Any, autres: int, couple: bool, seul_motif: bool, b: Any, debut: int, k: int) -> bool:
    """Counted while resources stay below the increase brought (`seul_motif`: that of isolation)."""
    ressources = ressources_personne(p, b, debut)
    adultes = 2 if couple else 1
    part = supplement(adultes + autres + 1, autres + 1, b, k)
    if seul_motif:
        part = b[k].isolement_montant - 1.0 + b[k].isolement_par_enfant
    return not ressources >= part * montant_seul(b, k)


@primitive
def enfant_inconnu(personnes: Any, b: Any, debut: int) -> bool:
    """A child counted in some reference month has a resource that nobody knows."""
    for p in personnes:
        if p.role == ENFANT and not sans_ressource(p):
            for k in range(debut, debut + 3):
                if enfant_du_foyer(p, b, k) and math.isnan(ressources_personne(p, b, debut)):
                    return True
    return False


@primitive
def enfant_suivant(personnes: Any, b: Any, debut: int, k: int, pris: int) -> int:
    """Rank of the next child with resources, from the smallest; -1 when all are in `pris` (one bit each).

    R262-3 doesn't say in which order children are looked at: the one that leaves most of them in the household.
    """
    choisi = -1
    moindre = 0.0
    for i in range(len(personnes)):
        p = personnes[i]
        if p.role != ENFANT or (pris >> i) & 1 or sans_ressource(p) or not enfant_du_foyer(p, b, k):
            continue
        ressources = ressources_personne(p, b, debut)
        avant = ressources < moindre
        if ressources == moindre:
            avant = p.garde_alternee != 1 and personnes[choisi].garde_alternee == 1
        if choisi < 0 or avant:
            choisi = i
            moindre = ressources
    return choisi


@primitive
def compter(foyer: Any, personnes: Any, couple: bool, b: Any, debut: int, k: int) -> tuple[int, int]:
    """Children counted in month `k`: those who live there all the time, and shared ones."""
    sans = 0
    alternes = 0
    avec = 0
    for p in personnes:
        if p.role == ENFANT and enfant_du_foyer(p, b, k):
            if not sans_ressource(p):
                avec += 1
                continue
            sans += 1
            if p.garde_alternee == 1:
                alternes += 1
    if avec == 0:
        return sans - alternes, alternes
    pris = 0
    while True:
        i = enfant_suivant(personnes, b, debut, k, pris)
        if i < 0:
            return sans - alternes, alternes
        pris |= 1 << i
        seul = sans == 0 and foyer.rsa_isolement_recent == 1 and not couple
        if enfant_sous_supplement(personnes[i], sans, couple, seul, b, debut, k):
            sans += 1
            if personnes[i].garde_alternee == 1:
                alternes += 1


@regle(
    "CASF L262-2",
    "CASF R262-1",
    "CASF R262-3",
    "CASF R262-4",
    depuis="2017-01-01",
    libelle="Montant forfaitaire du foyer",
    phrase=phrases.dire_forfaitaire,
)
def montant_forfaitaire(
    majore: bool, couple: bool, pleins: int, alternes: int, enceinte: bool, b: Any, k: int
) -> float:
    """Euros for month `k`, from the members present on its last day."""
    if majore:
        return montant_seul(b, k) * coefficient_isolement(pleins, alternes, enceinte, b, k)
    return montant_seul(b, k) * coefficient_foyer(couple, pleins, alternes, b, k)


@regle(
    "CASF R262-3",
    "CASF R262-7",
    depuis="2017-01-01",
    libelle="Ressources moyennes du foyer",
    phrase="Les ressources de votre foyer sont de {resultat:euros} par mois en moyenne.",
    phrase_nulle="Votre foyer n'a pas eu de ressources pendant les mois de référence.",
)
def ressources_moyennes(foyer: Any, personnes: Any, couple: bool, b: Any, examen: int, debut: int) -> float:
    """Monthly average of everyone counted; a child left out is left out with his resources."""
    total = 0.0
    autres = 0
    avec = 0
    for p in personnes:
        if sans_ressource(p):
            if p.role == ENFANT and enfant_du_foyer(p, b, debut + 2):
                autres += 1
        elif p.role == ENFANT:
            avec += 1
        elif compte_au_foyer(p, examen):
            total += ressources_personne(p, b, debut)
    if avec == 0:
        return total
    if enfant_inconnu(personnes, b, debut):
        return math.nan
    pris = 0
    while True:
        i = enfant_suivant(personnes, b, debut, debut + 2, pris)
        if i < 0:
            return total
        pris |= 1 << i
        seul = autres == 0 and foyer.rsa_isolement_recent == 1 and not couple
        if enfant_sous_supplement(personnes[i], autres, couple, seul, b, debut, debut + 2):
            autres += 1
            total += ressources_personne(personnes[i], b, debut)


@regle(
    "CASF L262-2",
    "CASF R262-7",
    depuis="2017-01-01",
    libelle="Montant du RSA pour un mois de référence",
    phrase=phrases.dire_mois,
)
def montant_intermediaire(
    foyer: Any,
    personnes: Any,
    ressources: float,
    couple: bool,
    enceinte: bool,
    enfants: bool,
    b: Any,
    examen: int,
    k: int,
) -> float:
    """Euros: lump sum less average resources, benefits and housing share of the month; zero at least."""
    pleins = alternes = 0
    majore = enceinte and not couple
    if enfants:
        pleins, alternes = compter(foyer, personnes, couple, b, debut_du_trimestre(foyer, b, examen), k)
        majore = majoration_isolement(foyer, personnes, couple, enceinte, b, k)
    if majore and not enceinte and pleins + alternes == 0:
        majore = False
    forfaitaire = montant_forfaitaire(majore, couple, pleins, alternes, enceinte, b, k)
    if forfaitaire <= ressources:
        return 0.0
    membres = (2 if couple else 1) + pleins + alternes
    montant = forfaitaire - ressources - prestations_du_mois(foyer, personnes, enfants, majore, b, examen, k)
    montant -= forfait_logement(foyer, membres, montant_seul(b, k), b, k)
    return 0.0 if montant < 0.0 else montant


@primitive
def montant_le_plus_eleve(membres: int, b: Any, k: int) -> float:
    """Euros: above this, average resources alone close the right; compiled code then skips the months."""
    enfants = membres - 1
    coefficient = b[k].isolement_montant + b[k].foyer_majoration_deuxieme + enfants * b[k].isolement_par_enfant
    return coefficient * montant_seul(b, k)


@regle(
    "CASF L262-4",
    "CASF L262-7-1",
    depuis="2016-01-01",
    libelle="Condition d'âge",
    phrase=phrases.dire_age,
    phrase_nulle=phrases.dire_age,
)
def condition_age(p: Any, avec_enfant: bool, b: Any) -> bool:
    """25 in the month, or a child born or expected, or 18 with two years of work in three."""
    if avec_enfant:
        return True
    age = age_en_mois(p, b, 6)
    if age >= 12 * b[6].rsa_age_minimum:
        return True
    return p.rsa_jeune_condition_heures_travail_remplie == 1 and age >= 12 * b[6].rsa_jeune_age_minimum


@primitive
def a_un_enfant(personnes: Any, b: Any) -> bool:
    """A child of the household this month."""
    for p in personnes:
        if p.role == ENFANT and enfant_du_foyer(p, b, 6):
            return True
    return False


@regle("CASF L262-4", "CASF L262-5", depuis="2016-01-01", libelle="Conditions d'un demandeur possible")
def condition_personne(p: Any, avec_enfant: bool, majore: bool, b: Any) -> int:
    """Reason why this adult cannot be the claimant, or open."""
    if not condition_age(p, avec_enfant, b):
        return AGE
    if not majore and (p.etudiant == 1 or p.stagiaire == 1):
        return ETUDIANT
    if not majore and p.type_conges in CONGES_EXCLUS:
        return ACTIVITE
    return sejour_rsa(p, majore, b)


@regle("CASF L262-5", depuis="2016-01-01", libelle="Conditions du conjoint")
def condition_conjoint(personnes: Any, examen: int, b: Any) -> int:
    """Reason: a partner without the right of stay is not counted, which a person must settle."""
    for p in personnes:
        if p.role == 1 and p.present[examen] == 1:
            sejour = sejour_rsa(p, False, b)
            if sejour != OUVERT:
                return INCONNU if sejour == INCONNU else A_INSTRUIRE
    return OUVERT


@primitive
def rsa_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed, or open: one adult who meets every condition is enough."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if (foyer.rang_trimestre | foyer.trimestre_non_declare) < 0:
        return INCONNU
    if foyer.trimestre_non_declare != 0:
        return trimestre_suspendu(foyer, b)
    examen = mois_examen(foyer)
    if circonstance_manquante(foyer, personnes, examen) or trimestre_inconnu(foyer, b, examen):
        return INCONNU
    for p in personnes:
        if membre_inconnu(p, debut_du_trimestre(foyer, b, examen)):
            return INCONNU
    enceinte = attend_un_enfant(personnes, examen)
    couple = vit_en_couple(personnes, examen)
    avec_enfant = enceinte or a_un_enfant(personnes, b)
    majore = avec_enfant and majoration_isolement(foyer, personnes, couple, enceinte, b, 6)
    retenue = -1
    for p in personnes:
        if compte_au_foyer(p, examen):
            condition = condition_personne(p, avec_enfant, majore, b)
            if condition == OUVERT:
                return condition_conjoint(personnes, examen, b)
            if retenue < 0 or condition in (INCONNU, A_INSTRUIRE):
                retenue = condition
    return retenue


@primitive
def rsa_moyenne(foyer: Any, personnes: Any, b: Any) -> float:
    """Average of the three intermediate amounts, before the minimum."""
    examen = mois_examen(foyer)
    debut = premier_mois_reference(foyer, b, examen)
    couple = en_couple(personnes, examen)
    ressources = ressources_moyennes(foyer, personnes, couple, b, examen, debut)
    if math.isnan(ressources):
        return math.nan
    if en_compile() and ressources > 0.0 and ressources >= montant_le_plus_eleve(len(personnes), b, debut + 2):
        return 0.0
    enceinte = attend_un_enfant(personnes, examen)
    enfants = a_des_enfants(personnes)
    total = 0.0
    for k in range(debut, debut + 3):
        total += montant_intermediaire(foyer, personnes, ressources, couple, enceinte, enfants, b, examen, k)
    return total / 3.0


@primitive
def rsa_ensemble(foyer: Any, personnes: Any, b: Any) -> tuple[float, int]:
    """Amount and reason at once: a batch looks at the conditions one time only."""
    condition = rsa_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan, INCONNU
    if condition != OUVERT:
        return 0.0, condition
    moyenne = arrondi_centime(rsa_moyenne(foyer, personnes, b))
    if moyenne < b[6].rsa_minimum_verse:
        return 0.0 - moyenne, SEUIL if moyenne > 0.0 else RESSOURCES
    return moyenne, OUVERT


@regle(
    "CASF L262-2",
    "CASF R262-7",
    "CASF R262-39",
    depuis="2017-01-01",
    libelle="Revenu de solidarité active",
    phrase=phrases.dire_rsa,
    phrase_nulle=phrases.dire_rsa_nul,
)
def rsa(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month; negative: computed but too low to be paid; NaN if a fact is missing."""
    return rsa_ensemble(foyer, personnes, b)[0]


@regle("CASF L262-2", "CASF L262-4", "CASF R262-39", depuis="2016-01-01", libelle="Ouverture du droit")
def rsa_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount (negative: below the minimum paid)."""
    if montant > 0.0:
        return OUVERT
    if montant < 0.0:
        return SEUIL
    condition = rsa_condition(foyer, personnes, b)
    return RESSOURCES if condition == OUVERT else condition
