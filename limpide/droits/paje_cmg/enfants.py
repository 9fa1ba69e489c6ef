"""Which children's care is paid for, at which amount, and who their parents are (CSS L531-5, L531-6, L531-9)."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, age_en_mois, est_a_charge
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.remplacement import arret_manquant, naissance_manquante
from limpide.droits.bases.revenus import indemnites_maladie
from limpide.droits.faits import ACTIVITES, NATURES
from limpide.droits.faits_garde import GARDES_A_DOMICILE, MODES_GARDE, PREPARE_CHOIX
from limpide.droits.moteur.calendrier import annee_mois_jour
from limpide.droits.moteur.primitive import primitive

AUCUN, ASSISTANT, ASSISTANT_STRUCTURE, MICRO_CRECHE = (
    MODES_GARDE.index("aucun"),
    MODES_GARDE.index("assistant_maternel"),
    MODES_GARDE.index("assistant_maternel_structure"),
    MODES_GARDE.index("micro_creche"),
)
PAS_A_DOMICILE, SALARIE, STRUCTURE_A_DOMICILE = (
    GARDES_A_DOMICILE.index("aucune"),
    GARDES_A_DOMICILE.index("emploi_direct"),
    GARDES_A_DOMICILE.index("structure"),
)
ACTIF, CHOMEUR = ACTIVITES.index("actif"), ACTIVITES.index("chomeur")
CESSATION, MI_TEMPS = PREPARE_CHOIX.index("cessation"), PREPARE_CHOIX.index("mi_temps")
NON_DEMANDEE = PREPARE_CHOIX.index("non_demandee")


@primitive
def compte_pour_le_cmg(p: Any, b: Any, k: int) -> bool:
    """In charge, or born this month; a child in shared residence counts for each parent since December 2025."""
    if p.role != ENFANT or p.present[k] != 1:
        return False
    if p.garde_alternee == 1 and p.allocataire_unique != 1 and b[k].cmg_partage == 0:
        return False
    return est_a_charge(p, b, k) or age_en_mois(p, b, k) == 0


@primitive
def enfants_du_cmg(personnes: Any, b: Any, k: int) -> int:
    """Children who count for the ceilings and the effort."""
    n = 0
    for p in personnes:
        if compte_pour_le_cmg(p, b, k):
            n += 1
    return n


@primitive
def age_permis(p: Any, direct: bool, seul: bool, b: Any, k: int) -> bool:
    """Until the month of the birthday included (R552-3, II, 1°); later for somebody employed by a parent alone."""
    rang = 1 if direct and seul else 0
    permis: bool = age_en_mois(p, b, k) <= 12 * b[k].cmg_age_limite[rang]
    return permis


@primitive
def montant_entier(p: Any, b: Any, k: int) -> bool:
    """Under three; until August for who turned three since January (L531-6)."""
    age = age_en_mois(p, b, k)
    fin: int = 12 * b[k].cmg_age_entier
    if age <= fin:
        return True
    annee, mois, _ = annee_mois_jour(p.date_naissance)
    dernier = b[k].cmg_dernier_mois
    if b[k].mois // 100 - annee != b[k].cmg_age_entier:
        return False
    entier: bool = mois <= dernier and b[k].mois % 100 <= dernier
    return entier


@primitive
def est_garde(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """Looked after outside the home, by somebody paid, at an age that the law helps."""
    if p.mode_garde <= AUCUN or not compte_pour_le_cmg(p, b, k):
        return False
    return age_permis(p, p.mode_garde == ASSISTANT, not vit_en_couple(personnes, k), b, k)


@primitive
def domicile_aide(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Looked after at home: 0 no child of the age, 1 at the reduced amount, 2 at the whole one."""
    if foyer.garde_domicile <= PAS_A_DOMICILE:
        return 0
    direct, seul = foyer.garde_domicile == SALARIE, not vit_en_couple(personnes, k)
    retenu = 0
    for p in personnes:
        if compte_pour_le_cmg(p, b, k) and age_permis(p, direct, seul, b, k):
            retenu = max(retenu, 2 if montant_entier(p, b, k) else 1)
    return retenu


@primitive
def cherche_un_jeune_enfant(personnes: Any, b: Any, k: int) -> bool:
    """Some child is of an age that the law may help."""
    seul, n = not vit_en_couple(personnes, k), 0
    for p in personnes:
        if compte_pour_le_cmg(p, b, k) and age_permis(p, True, seul, b, k):
            n += 1
    return n > 0


@primitive
def activite_assimilee(p: Any, k: int) -> float:
    """Incomes that stand for work: daily allowances, unemployment insurance, paid training (D531-19)."""
    conges: float = (
        p.indemnites_journalieres_maternite[k]
        + p.indemnites_journalieres_paternite[k]
        + p.indemnites_journalieres_adoption[k]
    )
    chomage: float = p.chomage_net[k] + p.indemnites_chomage_partiel[k] + p.revenus_stage_formation_pro[k]
    return conges + indemnites_maladie(p, k) + chomage


TRAVAILLE, A_VOIR, SANS_TRAVAIL, NON_SU = 3, 1, 0, 2
"""What the adults do, for the condition of work; the strongest of the adults' holds."""


@primitive
def activite_du_parent(p: Any, k: int) -> int:
    """One adult: at work or alike, on an allowance that exempts, perhaps by the RSA, or nothing."""
    if p.activite == ACTIF or activite_assimilee(p, k) > 0.0 or p.aah[k] > 0.0 or p.ass[k] > 0.0:
        return TRAVAILLE
    if p.activite < 0 or math.isnan(activite_assimilee(p, k) + p.aah[k] + p.ass[k]):
        return NON_SU
    return A_VOIR if p.activite == CHOMEUR else SANS_TRAVAIL


@primitive
def activite_du_foyer(personnes: Any, k: int) -> int:
    """« Le ménage exerce une activité »: one of the couple is enough; studies exempt when all study."""
    retenue, etudes = SANS_TRAVAIL, 1
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1:
            activite = activite_du_parent(p, k)
            retenue = max(retenue, activite)
            etudes = etudes_avec(etudes, p.etudiant)
    if etudes == 1:
        return TRAVAILLE
    return max(retenue, NON_SU) if etudes < 0 else retenue


@primitive
def etudes_avec(etudes: int, etudiant: int) -> int:
    """1 if every adult so far studies, 0 if one does not, -1 if nobody knows."""
    if etudes == 0 or etudiant == 0:
        return 0
    return -1 if etudes < 0 or etudiant < 0 else 1


@primitive
def parents_au_choix(personnes: Any, choix: int, k: int) -> int:
    """Adults who are there and chose this PreParE."""
    n = 0
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1 and p.prepare_choix == choix:
            n += 1
    return n


@primitive
def prepare_pleine(foyer: Any, personnes: Any, k: int) -> bool:
    """A parent receives the PreParE at its full rate, which the CMG does not join (L531-9)."""
    recue: bool = foyer.paje_prepare[k] > 0.0
    return recue and parents_au_choix(personnes, CESSATION, k) > 0


@primitive
def prepare_a_mi_temps(foyer: Any, personnes: Any, k: int) -> bool:
    """A parent receives it for half a time or less: amounts of the structures are halved (D531-21, VII)."""
    recue: bool = foyer.paje_prepare[k] > 0.0
    return recue and parents_au_choix(personnes, MI_TEMPS, k) > 0


@primitive
def prepare_indistincte(foyer: Any, personnes: Any, k: int) -> bool:
    """The PreParE is received, and nobody said at which rate."""
    adultes = 0
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1:
            adultes += 1
    recue: bool = foyer.paje_prepare[k] > 0.0
    return recue and parents_au_choix(personnes, NON_DEMANDEE, k) == adultes


@primitive
def majore(personnes: Any, b: Any, k: int) -> bool:
    """A parent alone, one who receives the AAH, or a child who opens the AEEH (L531-6, 2° to 4°)."""
    if not vit_en_couple(personnes, k):
        return True
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1 and p.aah[k] > 0.0:
            return True
    return b[k].cmg_majoration_aeeh == 1 and enfants_handicapes(personnes, b, k) > 0


@primitive
def majoration_inconnue(personnes: Any, b: Any, k: int) -> bool:
    """Nothing known raises the amounts, and nobody knows whether an adult of the couple receives the AAH."""
    n = 0
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1 and math.isnan(p.aah[k]):
            n += 1
    return n > 0 and not majore(personnes, b, k)


@primitive
def enfants_handicapes(personnes: Any, b: Any, k: int) -> int:
    """Children in charge who open the allowance of the handicapped child."""
    n = 0
    for p in personnes:
        if compte_pour_le_cmg(p, b, k) and p.aeeh_accordee == 1:
            n += 1
    return n


@primitive
def horaires_specifiques(personnes: Any, b: Any, k: int) -> bool:
    """At least 25 hours at night, on a Sunday or a holiday, for one of the children looked after."""
    n = 0
    for p in personnes:
        if compte_pour_le_cmg(p, b, k) and p.garde_horaires_specifiques == 1:
            n += 1
    return n > 0


ACTIVITE, ETUDIANT, CHOMAGE, PARTIEL, STAGE, AAH, ASS = (
    NATURES[nom].code
    for nom in (
        "activite", "etudiant", "chomage_net", "indemnites_chomage_partiel", "revenus_stage_formation_pro", "aah",
        "ass",
    )
)  # fmt: skip


@primitive
def fait_d_activite_manquant(personnes: Any, k: int) -> int:
    """Code of the first fact that the condition of work misses: what an adult does, receives, or whether they study."""
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1 and activite_du_parent(p, k) == NON_SU:
            return ACTIVITE if p.activite < 0 else revenu_manquant(p, k)
    return ETUDIANT


@primitive
def revenu_manquant(p: Any, k: int) -> int:
    """Code of the first unknown income that stands for work or exempts from it."""
    manque = naissance_manquante(p, k)
    if manque == 0:
        manque = autre_revenu_manquant(p, k)
    return manque if manque != 0 else arret_manquant(p, k)


@primitive
def autre_revenu_manquant(p: Any, k: int) -> int:
    """The same of unemployment, training and minima (0: none)."""
    if math.isnan(p.chomage_net[k]):
        return CHOMAGE
    if math.isnan(p.indemnites_chomage_partiel[k]):
        return PARTIEL
    if math.isnan(p.revenus_stage_formation_pro[k]):
        return STAGE
    if math.isnan(p.aah[k]):
        return AAH
    return ASS if math.isnan(p.ass[k]) else 0
