"""What each disabled child gives, from what the commission decided (CSS L541-1 to L541-4, R541-1 to R541-8, D541-3)."""

from typing import Any

from limpide.droits.asf.enfants import couple_du_mois
from limpide.droits.bases.charge import (
    ENFANT,
    charge_de_l_enfant_inconnue,
    compte_ici,
    est_a_charge,
    fait_de_charge_manquant,
    mois_depuis,
)
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.faits_enfants import ACCUEILS_AEEH
from limpide.droits.moteur.primitive import primitive

ACCOMPAGNEMENT, INTERNAT = ACCUEILS_AEEH.index("accompagnement"), ACCUEILS_AEEH.index("internat")
SANS_DATE = DATE_INCONNUE
DERNIERE_CATEGORIE = 6

HORS_CHARGE, SANS_DECISION, A_VENIR, A_VOIR, DU, NON_DIT = 0, 1, 2, 3, 4, 5
"""What a child gives, from the weakest to the strongest: the household has the strongest of its children's."""

SANS_COMPLEMENT, REMPLACE, PAYE = 1, 2, 3
SANS_OBJET, EN_COUPLE, POUR_DES_DEPENSES, MAJORE = 0, 1, 2, 3


@primitive
def charge_a_dire(p: Any, b: Any, k: int) -> bool:
    """A fact is missing to tell whether this child counts here; in shared residence, which parent receives."""
    if charge_de_l_enfant_inconnue(p, b, k):
        return True
    partage: bool = p.garde_alternee == 1 and p.allocataire_unique < 0
    return partage and est_a_charge(p, b, k)


@primitive
def taux_suffit(p: Any, b: Any, k: int) -> bool:
    """The rate alone, or the lower one with an establishment, an adapted device or care."""
    if p.taux_incapacite >= b[k].aeeh_taux_incapacite:
        return True
    accompagne: bool = p.taux_incapacite >= b[k].aeeh_taux_incapacite_accompagne
    return p.aeeh_accueil == ACCOMPAGNEMENT and accompagne


@primitive
def rang_du_taux(p: Any, b: Any, k: int) -> int:
    """What the rate and the place of the child give, once the decision holds."""
    if p.aeeh_accueil == INTERNAT or p.aeeh_niveau_handicap > DERNIERE_CATEGORIE:
        return A_VOIR
    return DU if taux_suffit(p, b, k) else A_VOIR


@primitive
def majoration_possible(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """A complement that may be granted for the help of somebody, and no partner in the household."""
    if p.aeeh_niveau_handicap < b[k].aeeh_categorie_premiere_majoration:
        return False
    return couple_du_mois(personnes, k) != 1


@primitive
def tierce_personne_a_dire(p: Any, b: Any, k: int) -> bool:
    """The category may come from expenses alone: why it was granted must be known."""
    depenses_possibles: bool = p.aeeh_niveau_handicap < b[k].aeeh_categorie_tierce_personne
    return depenses_possibles and p.aeeh_tierce_personne < 0


@primitive
def decision_incomplete(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """A fact of the decision, or of the household, is missing for the amount."""
    if p.aeeh_date_demande == SANS_DATE or (p.taux_incapacite | p.aeeh_accueil | p.aeeh_niveau_handicap) < 0:
        return True
    if p.aeeh_niveau_handicap > 0 and p.pch_au_lieu_du_complement < 0:
        return True
    if not majoration_possible(p, personnes, b, k):
        return False
    return couple_du_mois(personnes, k) < 0 or tierce_personne_a_dire(p, b, k)


@primitive
def situation_de_l_enfant(p: Any, personnes: Any, b: Any, k: int) -> int:
    """What this child gives."""
    if charge_a_dire(p, b, k):
        return NON_DIT if p.aeeh_accordee != 0 else SANS_DECISION
    if not compte_ici(p, b, k):
        return HORS_CHARGE
    if p.aeeh_accordee != 1:
        return SANS_DECISION if p.aeeh_accordee == 0 else NON_DIT
    if decision_incomplete(p, personnes, b, k):
        return NON_DIT
    if mois_depuis(p.aeeh_date_demande, b[k].mois) < b[k].aeeh_mois_d_attente:
        return A_VENIR
    return rang_du_taux(p, b, k)


@primitive
def situation_du_foyer(personnes: Any, b: Any, k: int) -> int:
    """The strongest of the children's."""
    retenue = HORS_CHARGE
    for p in personnes:
        if p.role == ENFANT:
            situation = situation_de_l_enfant(p, personnes, b, k)
            retenue = max(retenue, situation)
    return retenue


@primitive
def complement_paye(p: Any) -> bool:
    """A complement is granted and no prestation de compensation was chosen instead of it."""
    accorde: bool = p.aeeh_accordee == 1 and p.aeeh_niveau_handicap > 0
    return accorde and p.pch_au_lieu_du_complement == 0


ACCORDEE, DEMANDE, TAUX, ACCUEIL, NIVEAU, ALLOCATAIRE, COMPENSATION, TIERCE = (
    NATURES["aeeh_accordee"].code,
    NATURES["aeeh_date_demande"].code,
    NATURES["taux_incapacite"].code,
    NATURES["aeeh_accueil"].code,
    NATURES["aeeh_niveau_handicap"].code,
    NATURES["allocataire_unique"].code,
    NATURES["pch_au_lieu_du_complement"].code,
    NATURES["aeeh_tierce_personne"].code,
)


@primitive
def fait_de_l_enfant_manquant(p: Any, personnes: Any, b: Any, k: int) -> int:
    """Code of the first fact that the household misses for this child (0: who was there, which is no fact)."""
    if charge_de_l_enfant_inconnue(p, b, k):
        return fait_de_charge_manquant(personnes)
    return ALLOCATAIRE if charge_a_dire(p, b, k) else fait_de_decision_manquant(p, b, k)


@primitive
def fait_de_decision_manquant(p: Any, b: Any, k: int) -> int:
    """Code of the first fact that a child misses (0: whether the partner was there, which is no fact)."""
    if p.aeeh_accordee < 0:
        return ACCORDEE
    if p.aeeh_date_demande == SANS_DATE:
        return DEMANDE
    if (p.taux_incapacite | p.aeeh_accueil | p.aeeh_niveau_handicap) >= 0:
        return fait_du_montant_manquant(p, b, k)
    if p.taux_incapacite < 0:
        return TAUX
    return ACCUEIL if p.aeeh_accueil < 0 else NIVEAU


@primitive
def fait_du_montant_manquant(p: Any, b: Any, k: int) -> int:
    """The same, when the decision itself is known."""
    if p.pch_au_lieu_du_complement < 0:
        return COMPENSATION
    return TIERCE if tierce_personne_a_dire(p, b, k) else 0
