"""Which fact is missing about a hostel, its resident, or a home loan: the first one, in the order of the conditions."""

from typing import Any

from limpide.droits.accession.pret import NEUF
from limpide.droits.bases.charge import NAISSANCE_INCONNUE, age_en_mois
from limpide.droits.bases.sejour import residence_lointaine
from limpide.droits.faits import NATURES
from limpide.droits.logement.occupation import PRIMO_ACCEDANT
from limpide.droits.logement.ressources import adulte_present
from limpide.droits.logement_foyer.resident import ASPA, bareme_inconnu, categorie, est_age, peut_etre_en_chambre
from limpide.droits.moteur.primitive import primitive

CONVENTION, ZONE, ETUDIANT, NAISSANCE, HANDICAP, ALLOCATION, INAPTE = (
    NATURES["logement_conventionne"].code,
    NATURES["zone_apl"].code,
    NATURES["etudiant"].code,
    NATURES["date_naissance"].code,
    NATURES["handicap"].code,
    NATURES["aspa_individu"].code,
    NATURES["inapte_travail"].code,
)
DATE, PRET_CONVENTIONNE, OPERATION, ENTREE, DECISION, GENRE, EXISTANT, CROUS, ETAT = (
    NATURES["aide_logement_date_pret"].code,
    NATURES["aide_logement_est_pret_conventionne"].code,
    NATURES["etat_logement"].code,
    NATURES["date_entree_logement"].code,
    NATURES["pret_decision_etat"].code,
    NATURES["type_foyer"].code,
    NATURES["foyer_existant"].code,
    NATURES["logement_crous"].code,
    NATURES["etat_logement_foyer"].code,
)


@primitive
def convention_manquante(foyer: Any) -> int:
    """Why nobody knows whether the APL applies."""
    return PRET_CONVENTIONNE if foyer.statut_occupation_logement == PRIMO_ACCEDANT else CONVENTION


@primitive
def pret_manquant(foyer: Any) -> int:
    """What is missing about a home loan (0: nothing)."""
    if foyer.aide_logement_date_pret == NAISSANCE_INCONNUE:
        return DATE
    if foyer.etat_logement < 0:
        return OPERATION
    if foyer.etat_logement == NEUF and foyer.date_entree_logement == NAISSANCE_INCONNUE:
        return ENTREE
    if foyer.zone_apl < 0:
        return ZONE
    return DECISION if residence_lointaine(foyer) and foyer.pret_decision_etat < 0 else 0


@primitive
def age_manquant(p: Any, b: Any) -> int:
    """Why nobody knows whether an adult counts as old or disabled."""
    if p.date_naissance == NAISSANCE_INCONNUE:
        return NAISSANCE
    if p.inapte_travail < 0:
        return INAPTE
    vieux = age_en_mois(p, b, 6) >= 12 * b[6].foyer_ages[ASPA]
    return ALLOCATION if vieux and not p.aspa_individu[6] >= 0.0 else HANDICAP


@primitive
def resident_manquant(foyer: Any, personnes: Any, apl: bool, b: Any) -> int:
    """What is missing about a hostel and its resident (0: nothing)."""
    if apl:
        if not bareme_inconnu(foyer):
            return 0
        return GENRE if foyer.type_foyer < 0 else EXISTANT
    if categorie(foyer, personnes, b) >= 0:
        return 0
    if not peut_etre_en_chambre(foyer, personnes):
        for p in personnes:
            if adulte_present(p) and est_age(p, b) < 0:
                return age_manquant(p, b)
    if foyer.logement_crous < 0:
        return CROUS
    return ETUDIANT if personnes[0].etudiant < 0 else ETAT
