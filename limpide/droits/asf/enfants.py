"""Why a child opens the right or not, by what is known of the parent away (CSS L523-1, R523-1 to R523-5, D523-1)."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, arrive_ce_mois, est_a_charge, mois_depuis
from limpide.droits.bases.foyer import CONJOINT
from limpide.droits.faits import DATE_INCONNUE, NATURES, SOUTIENS
from limpide.droits.moteur import arrondi_centime
from limpide.droits.moteur.primitive import primitive

APPORTE, PENSION_IMPAYEE, PENSION_PARTIELLE, PENSION_FAIBLE, SANS_TITRE = (
    SOUTIENS.index("apporte"),
    SOUTIENS.index("pension_impayee"),
    SOUTIENS.index("pension_partielle"),
    SOUTIENS.index("pension_faible"),
    SOUTIENS.index("sans_titre"),
)
SANS_DATE = DATE_INCONNUE

HORS_CHARGE, SOUTENU, EN_COUPLE, A_VENIR, A_FIXER, DU, A_VOIR, NON_DIT = 0, 1, 2, 3, 4, 5, 6, 7
"""What a child gives, from the weakest to the strongest: the household has the strongest of its children's."""
ACQUISE, AVANCE = 1, 2


@primitive
def couple_du_mois(personnes: Any, k: int) -> int:
    """1 if the partner was there at the end of this month or of the one before, -1 if nobody said.

    The right ends with the month in which the couple forms, and comes back the month after it parts (R523-5).
    """
    inconnu = 0
    for p in personnes:
        if p.role == CONJOINT:
            if p.present[k] == 1 or p.present[k - 1] == 1:
                return 1
            if p.present[k] < 0 or p.present[k - 1] < 0:
                inconnu = -1
    return inconnu


@primitive
def parent_seul_exige(p: Any) -> bool:
    """L523-2 closes the right of a father or a mother in couple, never that of who took the child in."""
    sans_parent: int = p.enfant_recueilli | p.deux_parents_absents
    return sans_parent == 0


@primitive
def montant_plein(p: Any, b: Any, k: int) -> float:
    """Euros a month for this child, before what the other parent pays."""
    taux = b[k].asf_taux_deux_parents if p.deux_parents_absents == 1 else b[k].asf_taux
    return arrondi_centime(taux * b[k].bmaf)


@primitive
def montant_du(p: Any, b: Any, k: int) -> float:
    """The same, less the pension received for the child in the month (L523-1, I, 4°; L581-2)."""
    reste = montant_plein(p, b, k) - p.pensions_alimentaires_percues[k]
    return arrondi_centime(reste) if reste > 0.0 else 0.0


@primitive
def selon_la_pension(p: Any, b: Any, k: int) -> int:
    """What is left to pay decides; « in part » or « in full » with no pension told is a pension not told."""
    pension = p.pensions_alimentaires_percues[k]
    if math.isnan(pension) or (pension <= 0.0 and p.soutien_autre_parent != PENSION_IMPAYEE):
        return NON_DIT
    return DU if montant_du(p, b, k) > 0.0 else SOUTENU


@primitive
def apres_la_demande(p: Any, b: Any, k: int) -> int:
    """A parent who evades without being « hors d'état »: due after the claim (R552-2, II, 5°)."""
    if p.asf_date_demande == SANS_DATE:
        return NON_DIT
    ecoules = mois_depuis(p.asf_date_demande, b[k].mois)
    if p.soutien_autre_parent == SANS_TITRE:
        return A_VENIR if ecoules < b[k].asf_mois_d_attente else sans_titre(p, b, k)
    if ecoules < b[k].asf_mois_d_attente:
        # Three months at most before the claim, if a judge fixed the pension after a recovery procedure.
        return A_VOIR if ecoules >= -b[k].asf_mois_de_rappel else A_VENIR
    return selon_la_pension(p, b, k)


@primitive
def apres_la_quatrieme(p: Any, b: Any, k: int) -> bool:
    """The four instalments paid without a title are behind: counted after the absence and after the claim."""
    ecoules = min(mois_depuis(p.asf_date_demande, b[k].mois), mois_depuis(p.soutien_depuis, b[k].mois))
    dernier: int = b[k].asf_mensualites_sans_titre
    return ecoules > dernier


@primitive
def sans_titre(p: Any, b: Any, k: int) -> int:
    """No pension is fixed: four instalments, then as long as the judge is asked for one (R523-3)."""
    if not apres_la_quatrieme(p, b, k) or p.pension_en_cours_de_fixation == 1:
        return sans_pension(p, k)
    return NON_DIT if p.pension_en_cours_de_fixation < 0 else A_FIXER


@primitive
def sans_pension(p: Any, k: int) -> int:
    """Nothing is expected from this parent: a pension told all the same is for a person to look at."""
    pension = p.pensions_alimentaires_percues[k]
    if math.isnan(pension):
        return NON_DIT
    return A_VOIR if pension != 0.0 else DU


@primitive
def selon_l_absent(p: Any, b: Any, k: int) -> int:
    """What the absence of support gives, once the claimant may receive."""
    if p.garde_alternee == 1:
        return A_VOIR
    if p.soutien_depuis == SANS_DATE:
        return NON_DIT
    if mois_depuis(p.soutien_depuis, b[k].mois) < b[k].asf_mois_d_attente:
        return A_VENIR
    if p.soutien_autre_parent == PENSION_FAIBLE:
        return selon_la_pension(p, b, k)
    if p.soutien_autre_parent in (PENSION_IMPAYEE, PENSION_PARTIELLE, SANS_TITRE):
        return apres_la_demande(p, b, k)
    return sans_pension(p, k)


@primitive
def situation_du_soutien(p: Any, personnes: Any, b: Any, k: int) -> int:
    """What this child gives; one who came this month gives nothing before the next one (R552-2, I)."""
    situation = situation_de_l_enfant(p, personnes, b, k)
    if situation == NON_DIT or not arrive_ce_mois(p, personnes, k):
        return situation
    return min(situation, A_VENIR)


@primitive
def situation_de_l_enfant(p: Any, personnes: Any, b: Any, k: int) -> int:
    """The same, whenever it came. Each parent supports a child in shared residence: a person looks (`divergences`)."""
    if not est_a_charge(p, b, k):
        return HORS_CHARGE
    if (p.enfant_recueilli | p.deux_parents_absents) < 0:
        return NON_DIT
    couple = couple_du_mois(personnes, k) if parent_seul_exige(p) else 0
    if couple == 1:
        return EN_COUPLE
    if couple < 0 or p.soutien_autre_parent < 0:
        return NON_DIT
    return SOUTENU if p.soutien_autre_parent == APPORTE else selon_l_absent(p, b, k)


@primitive
def situation_du_foyer(personnes: Any, b: Any, k: int) -> int:
    """The strongest of the children's. What nobody told of one who just came decides where no other gives more."""
    retenue, doute = HORS_CHARGE, False
    for p in personnes:
        if p.role == ENFANT:
            situation = situation_du_soutien(p, personnes, b, k)
            if situation == NON_DIT and arrive_ce_mois(p, personnes, k):
                doute = True
            else:
                retenue = max(retenue, situation)
    return NON_DIT if doute and retenue < A_VENIR else retenue


SOUTIEN, DEPUIS, DEMANDE, FIXATION, RECUEILLI, DEUX_PARENTS, PENSION = (
    NATURES["soutien_autre_parent"].code,
    NATURES["soutien_depuis"].code,
    NATURES["asf_date_demande"].code,
    NATURES["pension_en_cours_de_fixation"].code,
    NATURES["enfant_recueilli"].code,
    NATURES["deux_parents_absents"].code,
    NATURES["pensions_alimentaires_percues"].code,
)


@primitive
def fait_de_soutien_manquant(p: Any, personnes: Any, b: Any, k: int) -> int:
    """Code of the first fact that a child misses (0: whether the partner was there, which is no fact)."""
    if (p.enfant_recueilli | p.deux_parents_absents) < 0:
        return RECUEILLI if p.enfant_recueilli < 0 else DEUX_PARENTS
    if parent_seul_exige(p) and couple_du_mois(personnes, k) < 0:
        return 0
    return SOUTIEN if p.soutien_autre_parent < 0 else detail_manquant(p, b, k)


@primitive
def detail_manquant(p: Any, b: Any, k: int) -> int:
    """The same, when the situation of the other parent is known."""
    if p.soutien_depuis == SANS_DATE:
        return DEPUIS
    a_demander = p.soutien_autre_parent in (PENSION_IMPAYEE, PENSION_PARTIELLE, SANS_TITRE)
    if a_demander and p.asf_date_demande == SANS_DATE:
        return DEMANDE
    if p.soutien_autre_parent == SANS_TITRE and p.pension_en_cours_de_fixation < 0 and apres_la_quatrieme(p, b, k):
        return FIXATION
    return PENSION
