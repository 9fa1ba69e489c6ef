"""What each parent may receive for each child: age, duration, prior work, other incomes (CSS L531-4, L532-2).

A pair (parent, child) gives one situation; a parent has the strongest of their children's.
"""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, age_en_mois, arrive_ce_mois, compte_ici, mois_depuis
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.revenus import chomage, indemnites_maladie
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.faits_garde import PREPARE_CHOIX
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_base.enfants import enfants_nes, meme_accueil, mois_au_foyer

SANS_DATE = DATE_INCONNUE
NON_DEMANDEE, CESSATION, MI_TEMPS, TEMPS_PARTIEL, MAJOREE = (
    PREPARE_CHOIX.index("non_demandee"),
    PREPARE_CHOIX.index("cessation"),
    PREPARE_CHOIX.index("mi_temps"),
    PREPARE_CHOIX.index("temps_partiel"),
    PREPARE_CHOIX.index("cessation_majoree"),
)
SITUATIONS = (
    "aucun_choix", "trop_grand", "trop_peu", "duree_atteinte", "peu_travaille", "cumul", "pas_commence", "du",
    "non_dit",
)  # fmt: skip
"""What a parent has, from the weakest to the strongest."""
AUCUN_CHOIX, TROP_GRAND, TROP_PEU, DUREE_ATTEINTE, PEU_TRAVAILLE, CUMUL, PAS_COMMENCE, DU, NON_DIT = range(
    len(SITUATIONS)
)
UN_ENFANT, PLUSIEURS, ENSEMBLE, MAJORE = 0, 1, 2, 3
"""Places in the parameters of duration and age."""


@primitive
def taux_plein(p: Any) -> bool:
    """The parent stops working, whatever the rate."""
    return p.prepare_choix in (CESSATION, MAJOREE)


@primitive
def arrives_ensemble(p: Any, personnes: Any, b: Any, k: int) -> int:
    """Children in charge who were born or adopted with this one, itself included."""
    n = 0
    for q in personnes:
        if q.role == ENFANT and q.present[k] == 1 and meme_accueil(p, q):
            n += 1
    return n


@primitive
def ligne_du_bareme(parent: Any, p: Any, personnes: Any, b: Any, k: int) -> int:
    """The line of durations and ages: increased rate, three born together, two children or more, one child."""
    if parent.prepare_choix == MAJOREE:
        return MAJORE
    if p.adoption != 1 and arrives_ensemble(p, personnes, b, k) >= b[k].prepare_enfants_ensemble:
        return ENSEMBLE
    return UN_ENFANT if enfants_nes(personnes, b, k) <= 1 else PLUSIEURS


@primitive
def annees_de_reference(parent: Any, personnes: Any, b: Any, k: int) -> int:
    """Years over which the quarters of work are counted: by number of children, the longest at the increased rate."""
    annees = b[k].prepare_annees_de_reference
    if parent.prepare_choix == MAJOREE:
        return int(annees[2])
    return int(annees[min(max(enfants_nes(personnes, b, k), 1), 3) - 1])


@primitive
def fin_du_droit(parent: Any, p: Any, personnes: Any, b: Any, k: int) -> bool:
    """The birthday is reached, or the time since an adopted child arrived."""
    ligne = ligne_du_bareme(parent, p, personnes, b, k)
    trop_age: bool = age_en_mois(p, b, k) >= 12 * b[k].prepare_age_limite[ligne]
    if p.adoption != 1:
        return trop_age
    depuis = mois_au_foyer(p, b, k)
    if arrives_ensemble(p, personnes, b, k) >= b[k].prepare_enfants_ensemble:
        trois_ans: bool = depuis >= b[k].prepare_duree_adoption[1]
        return trois_ans
    assez: bool = depuis >= b[k].prepare_duree_adoption[0]
    return assez if ligne == UN_ENFANT else assez and trop_age


@primitive
def mois_ecoules(parent: Any, p: Any, personnes: Any, b: Any, k: int) -> int:
    """Months already due before this one; below zero, the right has not begun (R552-2, I and II, 1°)."""
    depuis = mois_depuis(parent.prepare_depuis, b[k].mois)
    arrivee = 0 if arrive_ce_mois(p, personnes, k) else mois_au_foyer(p, b, k)
    ecoules = min(depuis, arrivee)
    des_ce_mois = parent.prepare_choix == MAJOREE or enfants_nes(personnes, b, k) <= 1
    return ecoules if des_ce_mois else ecoules - 1


@primitive
def duree_du_parent(parent: Any, p: Any, personnes: Any, b: Any, k: int) -> int:
    """Months each member of a couple has, less those already paid for maternity or adoption."""
    ligne = ligne_du_bareme(parent, p, personnes, b, k)
    duree = int(b[k].prepare_duree[ligne])
    if p.adoption == 1 and ligne != MAJORE:
        adoption = int(b[k].prepare_duree_adoption[0])
        if arrives_ensemble(p, personnes, b, k) >= b[k].prepare_enfants_ensemble:
            adoption = int(b[k].prepare_duree_adoption[1])
        duree = max(duree, adoption)
    return duree if ligne == UN_ENFANT else duree - parent.prepare_mois_indemnises


@primitive
def conges_indemnises(p: Any, k: int) -> float:
    """Daily allowances for maternity, paternity, adoption, sickness and work accident."""
    conges: float = (
        p.indemnites_journalieres_maternite[k]
        + p.indemnites_journalieres_paternite[k]
        + p.indemnites_journalieres_adoption[k]
    )
    return conges + indemnites_maladie(p, k)


@primitive
def retraite_ou_invalidite(p: Any, k: int) -> float:
    """Old-age and disability pensions."""
    pensions: float = p.retraite_nette[k] + p.pensions_invalidite[k]
    return pensions


@primitive
def revenu_inconnu(p: Any, k: int) -> bool:
    """One of the incomes that may close the right is not known."""
    return math.isnan(conges_indemnises(p, k) + chomage(p, k) + retraite_ou_invalidite(p, k))


@primitive
def cumul_refuse(parent: Any, ecoules: int, un_enfant: bool, k: int) -> bool:
    """Another income closes the right of this parent this month (L532-2, II to V)."""
    if retraite_ou_invalidite(parent, k) > 0.0:
        return True
    ouverture = ecoules == 0
    if taux_plein(parent):
        toleres = ouverture and (un_enfant or parent.prepare_choix == MAJOREE)
        return chomage(parent, k) > 0.0 or (conges_indemnises(parent, k) > 0.0 and not toleres)
    if not ouverture:
        return False
    return chomage(parent, k) > 0.0 or (conges_indemnises(parent, k) > 0.0 and not un_enfant)


@primitive
def est_de_la_prepare(p: Any, b: Any, k: int) -> bool:
    """In charge here, or born this month."""
    if p.role != ENFANT or p.present[k] != 1:
        return False
    return compte_ici(p, b, k) or age_en_mois(p, b, k) == 0


@primitive
def duree_epuisee(parent: Any, p: Any, personnes: Any, ecoules: int, b: Any, k: int) -> int:
    """DUREE_ATTEINTE if a member of a couple has used their months, NON_DIT if nobody knows, DU otherwise."""
    if not vit_en_couple(personnes, k):
        return DU
    if parent.prepare_mois_indemnises < 0 and ligne_du_bareme(parent, p, personnes, b, k) != UN_ENFANT:
        return NON_DIT
    return DUREE_ATTEINTE if ecoules >= duree_du_parent(parent, p, personnes, b, k) else DU


@primitive
def selon_le_parent(parent: Any, ecoules: int, un_enfant: bool, b: Any, k: int) -> int:
    """Prior work, then other incomes of the month."""
    if parent.prepare_trimestres < 0 or revenu_inconnu(parent, k):
        return NON_DIT
    if parent.prepare_trimestres < b[k].prepare_trimestres_exiges:
        return PEU_TRAVAILLE
    return CUMUL if cumul_refuse(parent, ecoules, un_enfant, k) else DU


@primitive
def situation_pour_l_enfant(parent: Any, p: Any, personnes: Any, b: Any, k: int) -> int:
    """What this child gives to this parent, who asks for the benefit."""
    if fin_du_droit(parent, p, personnes, b, k):
        return TROP_GRAND
    enfants = enfants_nes(personnes, b, k)
    if parent.prepare_choix == MAJOREE and enfants < b[k].prepare_enfants_majoree:
        return TROP_PEU
    if parent.prepare_depuis == SANS_DATE:
        return NON_DIT
    ecoules = mois_ecoules(parent, p, personnes, b, k)
    if ecoules < 0:
        return PAS_COMMENCE
    duree = duree_epuisee(parent, p, personnes, ecoules, b, k)
    return selon_le_parent(parent, ecoules, enfants == 1, b, k) if duree == DU else duree


@primitive
def situation_du_parent(parent: Any, personnes: Any, b: Any, k: int) -> int:
    """The strongest of the children's; a choice nobody knows of always matters: not asked for is not refused."""
    if parent.role == ENFANT or parent.present[k] != 1 or parent.prepare_choix == NON_DEMANDEE:
        return AUCUN_CHOIX
    if parent.prepare_choix < 0:
        return NON_DIT
    retenue = TROP_GRAND
    for p in personnes:
        if est_de_la_prepare(p, b, k):
            situation = situation_pour_l_enfant(parent, p, personnes, b, k)
            retenue = max(retenue, situation)
    return retenue


CHOIX, DEPUIS, INDEMNISES, TRIMESTRES, PENSION, CHOMAGE, MATERNITE = (
    NATURES["prepare_choix"].code,
    NATURES["prepare_depuis"].code,
    NATURES["prepare_mois_indemnises"].code,
    NATURES["prepare_trimestres"].code,
    NATURES["retraite_nette"].code,
    NATURES["chomage_net"].code,
    NATURES["indemnites_journalieres_maternite"].code,
)


@primitive
def fait_du_parent_manquant(parent: Any, k: int) -> int:
    """Code of the first fact that this parent misses."""
    if parent.prepare_choix < 0:
        return CHOIX
    if parent.prepare_depuis == SANS_DATE:
        return DEPUIS
    if parent.prepare_trimestres < 0:
        return TRIMESTRES
    if not revenu_inconnu(parent, k):
        return INDEMNISES
    if math.isnan(retraite_ou_invalidite(parent, k)):
        return PENSION
    return CHOMAGE if math.isnan(chomage(parent, k)) else MATERNITE
