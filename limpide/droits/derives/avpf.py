"""Affiliation to the old-age insurance of parents at home (CSS L381-1, D381-1, D381-2, D381-2-1, R381-2).

What it reads of benefits is what the household receives. Carers are in `aidants`.
"""

import math
from typing import Any

from limpide.droits.ars.regles import plafond_de_la_rentree
from limpide.droits.bases.charge import ENFANT, age_en_mois, charge_inconnue, enfants_ici, est_a_charge
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.mots import euros
from limpide.droits.cf.regles import ORDINAIRE, couple_inconnu, plafond_de, plafond_releve
from limpide.droits.faits import ACTIVITES, NATURES
from limpide.droits.faits_garde import PREPARE_CHOIX
from limpide.droits.moteur import regle
from limpide.droits.moteur.primitive import primitive

CAS = (
    "aucune", "parent_seul", "allocation_de_base", "complement_familial", "prepare", "non_dit", "a_voir",
    "presence_parentale", "proche_aidant", "enfant_handicape",
)  # fmt: skip
"""Why somebody is affiliated, or is not, or cannot be told; the last three as a carer (`aidants`)."""
(AUCUNE, PARENT_SEUL, PAR_ALLOCATION, PAR_COMPLEMENT, PAR_PREPARE, NON_DIT, A_VOIR,
 PAR_PRESENCE, PAR_PROCHE, PAR_ENFANT_HANDICAPE) = range(len(CAS))  # fmt: skip
ACTIF, NON_DEMANDEE = ACTIVITES.index("actif"), PREPARE_CHOIX.index("non_demandee")


@primitive
def enfant_de_moins_de_trois_ans(personnes: Any, b: Any, k: int) -> bool:
    """A child in charge under the age."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and est_a_charge(p, b, k) and age_en_mois(p, b, k) < 12 * b[k].avpf_age:
            n += 1
    return n > 0


def _dire_ars(a: Any, r: bool) -> str:
    plafond = plafond_de_la_rentree(enfants_ici(a["personnes"], a["b"], 6), a["b"], 6)
    comparaison = "ne dépassent pas" if r else "dépassent"
    return f"Vos revenus de l'avant-dernière année {comparaison} le plafond de la rentrée scolaire ({euros(plafond)})."


@regle("CSS D381-1", "CSS D381-2", depuis="2015-01-01", libelle="Plafond de l'allocation de rentrée scolaire",
       phrase=_dire_ars, phrase_nulle=_dire_ars)  # fmt: skip
def sous_le_plafond_de_rentree(foyer: Any, personnes: Any, b: Any) -> bool:
    """Income within the ceiling of the back-to-school allowance."""
    plafond: float = plafond_de_la_rentree(enfants_ici(personnes, b, 6), b, 6)
    sous: bool = foyer.prestations_familiales_base_ressources <= plafond
    return sous


def _dire_cf(a: Any, r: bool) -> str:
    foyer, personnes, b = a["foyer"], a["personnes"], a["b"]
    plafond = plafond_de(enfants_ici(personnes, b, 6), ORDINAIRE, plafond_releve(foyer, personnes, 6), b, 6)
    comparaison = "ne dépassent pas" if r else "dépassent"
    return f"Vos revenus de l'avant-dernière année {comparaison} le plafond du complément familial ({euros(plafond)})."


@regle("CSS D381-2", "CSS D381-2-1", "CSS R522-2", depuis="2015-01-01", libelle="Plafond du complément familial",
       phrase=_dire_cf, phrase_nulle=_dire_cf)  # fmt: skip
def sous_le_plafond_du_complement(foyer: Any, personnes: Any, b: Any) -> bool:
    """Income within the ceiling of the family supplement."""
    releve = plafond_releve(foyer, personnes, 6)
    sous: bool = foyer.prestations_familiales_base_ressources <= plafond_de(
        enfants_ici(personnes, b, 6), ORDINAIRE, releve, b, 6
    )
    return sous


@primitive
def parent_seul_affilie(foyer: Any, personnes: Any, b: Any) -> bool:
    """One of the three benefits, a child under three or two children, the ceiling (D381-1)."""
    if foyer.paje_base[6] <= 0.0 and foyer.cf[6] <= 0.0 and foyer.paje_prepare[6] <= 0.0:
        return False
    if not enfant_de_moins_de_trois_ans(personnes, b, 6) and enfants_ici(personnes, b, 6) < b[6].avpf_enfants[0]:
        return False
    sous: bool = sous_le_plafond_de_rentree(foyer, personnes, b)
    return sous


@primitive
def cas_du_couple(parent: Any, foyer: Any, personnes: Any, b: Any) -> int:
    """The member who has no work (D381-2), or who receives the PreParE with two children (D381-2-1)."""
    enfants = enfants_ici(personnes, b, 6)
    if parent.prepare_choix > NON_DEMANDEE and foyer.paje_prepare[6] > 0.0 and enfants >= b[6].avpf_enfants[2]:
        return PAR_PREPARE if sous_le_plafond_du_complement(foyer, personnes, b) else AUCUNE
    if parent.activite == ACTIF:
        return AUCUNE
    petit = enfant_de_moins_de_trois_ans(personnes, b, 6)
    if petit and foyer.paje_base[6] > 0.0 and sous_le_plafond_de_rentree(foyer, personnes, b):
        return PAR_ALLOCATION
    assez = enfants >= b[6].avpf_enfants[1] and foyer.cf[6] > 0.0
    return PAR_COMPLEMENT if assez and sous_le_plafond_du_complement(foyer, personnes, b) else AUCUNE


def _dire_cas(a: Any, r: int) -> str:
    phrases = {
        PARENT_SEUL: "vous élevez seul vos enfants et recevez une prestation qui ouvre cette affiliation.",
        PAR_ALLOCATION: "sans activité, avec un enfant de moins de trois ans et l'allocation de base.",
        PAR_COMPLEMENT: "sans activité, avec trois enfants et le complément familial.",
        PAR_PREPARE: "avec deux enfants ou plus et la prestation partagée d'éducation de l'enfant.",
    }
    return f"Pour {a.qui}, l'affiliation est ouverte : {phrases[r]}" if r in phrases else ""


def _dire_aucune(a: Any, r: int) -> str:
    return f"Pour {a.qui}, aucune prestation du mois n'ouvre l'affiliation, ou une de ses conditions manque."


@regle(
    "CSS L381-1",
    "CSS D381-1",
    "CSS D381-2",
    "CSS D381-2-1",
    "CSS R381-2",
    depuis="2015-01-01",
    libelle="Affiliation à l'assurance vieillesse des parents au foyer",
    phrase=_dire_cas,
    phrase_nulle=_dire_aucune,
)
def affiliation(parent: Any, foyer: Any, personnes: Any, b: Any) -> int:
    """Why this adult is affiliated this month. Two members of a couple who both may: a person looks (A_VOIR)."""
    if affiliation_manque(parent, foyer, personnes, b):
        return NON_DIT
    if not vit_en_couple(personnes, 6):
        return PARENT_SEUL if parent_seul_affilie(foyer, personnes, b) else AUCUNE
    return cas_du_couple(parent, foyer, personnes, b)


(REVENUS, ALLOCATION, COMPLEMENT, PREPARE, ACTIVITE, BIACTIVITE) = (
    NATURES[nom].code
    for nom in (
        "prestations_familiales_base_ressources", "paje_base", "cf", "paje_prepare", "activite", "biactivite",
    )
)  # fmt: skip
PRESENCE = -1


@primitive
def affiliation_manque(parent: Any, foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact; -1: who is there, or who is in charge; 0: nothing."""
    if couple_inconnu(personnes, 6) or charge_inconnue(personnes, b, 6):
        return PRESENCE
    for code, recu in ((ALLOCATION, foyer.paje_base[6]), (COMPLEMENT, foyer.cf[6]), (PREPARE, foyer.paje_prepare[6])):
        if math.isnan(recu):
            return code
    sans_prestation = foyer.paje_base[6] <= 0.0 and foyer.cf[6] <= 0.0 and foyer.paje_prepare[6] <= 0.0
    if not sans_prestation and math.isnan(foyer.prestations_familiales_base_ressources):
        return REVENUS
    if sans_prestation or not vit_en_couple(personnes, 6):
        return 0  # without one of the benefits that open it, the rest changes nothing
    if parent.activite < 0:
        return ACTIVITE
    return BIACTIVITE if foyer.biactivite < 0 else 0
