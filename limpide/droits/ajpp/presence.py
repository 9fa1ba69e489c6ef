"""Half-days of leave, children and parents for whom they are paid (CSS L544-1 to L544-9, D544-1 to D544-8)."""

import math
from typing import Any

from limpide.droits.aeeh.enfants import complement_paye
from limpide.droits.bases.charge import ENFANT, est_a_charge
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif
from limpide.droits.moteur.primitive import primitive

DECISION, EPUISE, NON_CUMUL = int(Motif.DECISION), int(Motif.DUREE_EPUISEE), int(Motif.NON_CUMUL)
DEMI_JOURNEES_D_UN_JOUR = 2


@primitive
def au_foyer(p: Any, k: int) -> bool:
    """The claimant, or a partner who is there."""
    la: bool = p.role == 0 or p.present[k] == 1
    return p.role != ENFANT and la


@primitive
def conge_inconnu(personnes: Any, k: int) -> int:
    """1 if the half-days of an adult are not known, -1 if it is whether the partner who took some was there."""
    for p in personnes:
        if p.role == ENFANT or p.present[k] == 0:
            continue
        if p.ajpp_demi_journees < 0:
            return 1
        if p.role != 0 and p.present[k] < 0 and p.ajpp_demi_journees > 0:
            return -1
    return 0


@primitive
def conge_pris(personnes: Any, k: int) -> int:
    """Half-days taken by the adults of the household in the month."""
    n = 0
    for p in personnes:
        if au_foyer(p, k):
            n += p.ajpp_demi_journees
    return n


@primitive
def remplacements(p: Any, k: int) -> float:
    """Incomes that neither this allowance nor that of a carer is added to: birth, unemployment, AAH (NaN: unknown)."""
    naissance = p.indemnites_journalieres_maternite[k] + p.indemnites_journalieres_paternite[k]
    chomage = p.chomage_net[k] + p.allocation_securisation_professionnelle[k] + p.ass[k]
    total: float = naissance + p.indemnites_journalieres_adoption[k] + chomage + p.aah[k]
    return total


@primitive
def pensions(p: Any, k: int) -> float:
    """Pensions of one's own, which close this allowance (NaN: unknown)."""
    total: float = p.retraite_nette[k] + p.pensions_invalidite[k]
    return total


@primitive
def arrets(p: Any, k: int) -> float:
    """Daily benefits of illness and accident: added only when they are those of a part-time job (NaN: unknown)."""
    total: float = p.indemnites_journalieres_maladie[k] + p.indemnites_journalieres_accident_travail[k]
    total += p.indemnites_journalieres_maladie_professionnelle[k]
    return total


@primitive
def selon_les_revenus(exclusifs: float, arret: float, prepare: float, plein: bool, couple: bool) -> int:
    """Reason that incomes of the month give one person: none, no cumulation, or a person looks."""
    if math.isnan(exclusifs + arret + prepare):
        return INCONNU
    if exclusifs > 0.0 or (arret > 0.0 and plein) or (prepare > 0.0 and not couple):
        return NON_CUMUL
    return A_INSTRUIRE if arret > 0.0 or prepare > 0.0 else OUVERT


@primitive
def maximum_du_mois(b: Any, k: int) -> int:
    """Half-days that a month may pay for one child."""
    maximum: int = DEMI_JOURNEES_D_UN_JOUR * b[k].ajpp_jours_par_mois
    return maximum


@primitive
def situation_du_parent(p: Any, foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Reason that the other incomes of this adult give."""
    plein: bool = p.ajpp_demi_journees >= maximum_du_mois(b, k)
    couple = vit_en_couple(personnes, k)
    return selon_les_revenus(remplacements(p, k) + pensions(p, k), arrets(p, k), foyer.paje_prepare[k], plein, couple)


@primitive
def situation_des_parents(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Unknown first, then what a person looks at; open if one of those who took leave may be paid."""
    retenue = NON_CUMUL
    for p in personnes:
        if not au_foyer(p, k) or p.ajpp_demi_journees == 0:
            continue
        situation = situation_du_parent(p, foyer, personnes, b, k)
        if situation == INCONNU:
            return INCONNU
        if situation == A_INSTRUIRE:
            retenue = A_INSTRUIRE
        elif situation == OUVERT and retenue == NON_CUMUL:
            retenue = OUVERT
    return retenue


@primitive
def enfant_a_dire(p: Any) -> bool:
    """A fact of this child is missing: the medical agreement, then the half-days paid and what the AEEH pays."""
    if p.ajpp_accord_medical != 1:
        inconnu: bool = p.ajpp_accord_medical < 0
        return inconnu
    if (p.ajpp_demi_journees_versees | p.aeeh_accordee) < 0:
        return True
    a_lire: bool = p.aeeh_accordee == 1
    return a_lire and (p.aeeh_niveau_handicap | p.pch_au_lieu_du_complement) < 0


@primitive
def reste_de_la_periode(p: Any, b: Any, k: int) -> int:
    """Half-days still due for this child in the period."""
    reste: int = DEMI_JOURNEES_D_UN_JOUR * b[k].ajpp_jours_par_periode - p.ajpp_demi_journees_versees
    return max(reste, 0)


@primitive
def situation_de_l_enfant(p: Any, b: Any, k: int) -> int:
    """Reason that this child gives; it is in charge."""
    if enfant_a_dire(p):
        return INCONNU
    if p.ajpp_accord_medical == 0:
        return DECISION
    if p.aeeh_accordee == 1 and p.pch_au_lieu_du_complement == 1:
        return A_INSTRUIRE
    if complement_paye(p):
        return NON_CUMUL
    return OUVERT if reste_de_la_periode(p, b, k) > 0 else EPUISE


@primitive
def rang(situation: int) -> int:
    """How strong a reason of a child is for the household: unknown first, then the prestation de compensation."""
    if situation == INCONNU:
        return 5
    if situation == A_INSTRUIRE:
        return 4
    if situation == OUVERT:
        return 3
    if situation == NON_CUMUL:
        return 2
    return 1 if situation == EPUISE else 0


@primitive
def situation_des_enfants(personnes: Any, b: Any, k: int) -> int:
    """The strongest reason of the children in charge."""
    retenue = DECISION
    for p in personnes:
        if p.role == ENFANT and est_a_charge(p, b, k):
            situation = situation_de_l_enfant(p, b, k)
            if rang(situation) > rang(retenue):
                retenue = situation
    return retenue


CONGE, ACCORD, VERSEES, ACCORDEE, NIVEAU, COMPENSATION = (
    NATURES["ajpp_demi_journees"].code,
    NATURES["ajpp_accord_medical"].code,
    NATURES["ajpp_demi_journees_versees"].code,
    NATURES["aeeh_accordee"].code,
    NATURES["aeeh_niveau_handicap"].code,
    NATURES["pch_au_lieu_du_complement"].code,
)


@primitive
def fait_de_l_enfant_manquant(p: Any) -> int:
    """Code of the first fact that `enfant_a_dire` misses."""
    if p.ajpp_accord_medical < 0:
        return ACCORD
    if p.ajpp_demi_journees_versees < 0:
        return VERSEES
    if p.aeeh_accordee < 0:
        return ACCORDEE
    return NIVEAU if p.aeeh_niveau_handicap < 0 else COMPENSATION


RETRAITE, INVALIDITE, PREPARE = (
    NATURES["retraite_nette"].code,
    NATURES["pensions_invalidite"].code,
    NATURES["paje_prepare"].code,
)


@primitive
def pension_manquante(p: Any, k: int) -> int:
    """Code of the first unknown pension (0: none)."""
    if math.isnan(p.retraite_nette[k]):
        return RETRAITE
    return INVALIDITE if math.isnan(p.pensions_invalidite[k]) else 0
