"""Which scale a hostel and its resident come under, and what must be known of them (CCH D832-25, D842-16)."""

from typing import Any

from limpide.droits.bases.charge import NAISSANCE_INCONNUE, age_en_mois
from limpide.droits.bases.sejour import residence_lointaine
from limpide.droits.logement.occupation import APL
from limpide.droits.logement.ressources import adulte_present
from limpide.droits.moteur.primitive import primitive

JEUNES_TRAVAILLEURS = 1
"""Rank of `type_foyer`: of this rank and below (résidence sociale), some come under the second scale."""
REHABILITE = 0
"""Rank of `etat_logement_foyer`."""
AUTRE, CHAMBRE, CHAMBRE_REHABILITEE, PERSONNE_AGEE = 0, 1, 2, 3
"""Categories of residents of article D842-16."""
ORDINAIRE, ASPA, INAPTE = 0, 1, 2
"""Places in `foyer_ages`."""


@primitive
def second_bareme(foyer: Any) -> bool:
    """A young workers' hostel or a résidence sociale that existed before its agreement; none overseas (D861-21)."""
    if residence_lointaine(foyer) or foyer.type_foyer > JEUNES_TRAVAILLEURS:
        return False
    return bool(foyer.foyer_existant == 1)


@primitive
def bareme_inconnu(foyer: Any) -> bool:
    """A fact is missing to tell which of the two scales applies."""
    if residence_lointaine(foyer) or foyer.type_foyer > JEUNES_TRAVAILLEURS:
        return False
    return bool(foyer.type_foyer < 0 or foyer.foyer_existant < 0)


@primitive
def par_l_age(p: Any, b: Any) -> int:
    """1 if this adult is old: sixty-seven, sixty-five with the ASPA, sixty-two unfit for work; -1 if unknown."""
    if p.date_naissance == NAISSANCE_INCONNUE:
        return -1
    mois, ages = age_en_mois(p, b, 6), b[6].foyer_ages
    if mois >= 12 * ages[ORDINAIRE] or (mois >= 12 * ages[ASPA] and p.aspa_individu[6] > 0.0):
        return 1
    if mois >= 12 * ages[INAPTE] and p.inapte_travail != 0:
        return int(p.inapte_travail)
    return -1 if mois >= 12 * ages[ASPA] and not p.aspa_individu[6] >= 0.0 else 0


@primitive
def est_age(p: Any, b: Any) -> int:
    """1 if this adult is old or disabled in the sense of D842-16, 3°; -1 if a fact is missing to tell."""
    if p.handicap == 1:
        return 1
    age = par_l_age(p, b)
    return -1 if age == 0 and p.handicap < 0 else age


@primitive
def resident_age(personnes: Any, b: Any) -> int:
    """1 if the claimant or the partner who is there is old or disabled; -1 if a fact is missing to tell."""
    reponse = 0
    for p in personnes:
        if adulte_present(p):
            age = est_age(p, b)
            if age > 0:
                return 1
            if age < 0:
                reponse = -1
    return reponse


@primitive
def peut_etre_en_chambre(foyer: Any, personnes: Any) -> bool:
    """A student in a room of the Crous, as far as is known."""
    return bool(foyer.logement_crous != 0 and foyer.logement_chambre != 0 and personnes[0].etudiant != 0)


@primitive
def categorie(foyer: Any, personnes: Any, b: Any) -> int:
    """Category of article D842-16; -1 if a fact is missing to tell."""
    if peut_etre_en_chambre(foyer, personnes):
        if (foyer.logement_crous | foyer.logement_chambre | personnes[0].etudiant | foyer.etat_logement_foyer) < 0:
            return -1
        return CHAMBRE_REHABILITEE if foyer.etat_logement_foyer == REHABILITE else CHAMBRE
    age = resident_age(personnes, b)
    return PERSONNE_AGEE if age > 0 else age


@primitive
def foyer_inconnu(foyer: Any, personnes: Any, aide: int, b: Any) -> bool:
    """A fact is missing to tell which scale applies."""
    return bareme_inconnu(foyer) if aide == APL else categorie(foyer, personnes, b) < 0
