"""Children in charge for family benefits: age, schooling, pay (CSS L512-3, R512-2, R552-2, R552-3)."""

import math
from typing import Any

from limpide.droits.bases.mots import dire_arrivees, euros, nombre, pluriel, pour_cent
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.moteur import regle
from limpide.droits.moteur.calendrier import annee_mois_jour
from limpide.droits.moteur.primitive import primitive

ENFANT = 2
NAISSANCE_INCONNUE = DATE_INCONNUE


@primitive
def mois_depuis(naissance: int, mois: int) -> int:
    """Whole calendar months between the month of birth and a month written 202611 (0: born in that month)."""
    annee_naissance, mois_naissance, _ = annee_mois_jour(naissance)
    return (mois // 100 - annee_naissance) * 12 + mois % 100 - mois_naissance


@primitive
def age_en_mois(p: Any, b: Any, k: int) -> int:
    """Whole calendar months between the month of birth and month `k` (0: born in that month)."""
    if p.rang_naissance == 0:
        return mois_depuis(p.date_naissance, b[k].mois)
    return b[k].rang_mois - p.rang_naissance


@primitive
def a_des_enfants(personnes: Any) -> bool:
    """True if the record holds a child, of whatever age, there or not."""
    for p in personnes:
        if p.role == ENFANT:
            return True
    return False


@primitive
def remuneration_enfant(p: Any, k: int) -> float:
    """What a child earned in month `k` (NaN if unknown)."""
    if p.sans_revenu_activite == 1:
        return 0.0
    return p.salaire_net[k] + p.remuneration_apprenti[k] + p.revenus_stage_formation_pro[k]


def _dire_plafond(a: Any, r: float) -> str:
    b = a["b"][a["k"]]
    taux, heures = pour_cent(b.pf_plafond_remuneration), nombre(b.pf_heures_plafond)
    return (
        f"Après {nombre(b.pf_age_obligation_scolaire)} ans, un enfant reste à charge tant qu'il gagne au plus"
        f" {euros(r)} par mois ({taux} du SMIC pour {heures} heures)."
    )


@regle(
    "CSS L512-3",
    "CSS R512-2",
    depuis="2000-01-29",
    libelle="Plafond de rémunération d'un enfant à charge",
    phrase=_dire_plafond,
)
def plafond_remuneration(b: Any, k: int) -> float:
    """Euros a month: 55 % of the hourly minimum wage times 169."""
    return b[k].pf_plafond_remuneration * b[k].smic_horaire * b[k].pf_heures_plafond


@primitive
def sous_plafond(p: Any, b: Any, k: int) -> bool:
    """Pay of an older child within the ceiling; unknown pay counts as within (see `charge_inconnue`)."""
    gain = remuneration_enfant(p, k)
    if gain == 0.0:
        return True
    return not gain > plafond_remuneration(b, k)


@primitive
def est_a_charge(p: Any, b: Any, k: int) -> bool:
    """From the month after birth to the month before the twentieth birthday; after 16, if pay stays low."""
    if p.role != ENFANT or p.present[k] != 1:
        return False
    age = age_en_mois(p, b, k)
    if age < 1 or age >= 12 * b[k].pf_age_limite:
        return False
    if p.nationalite == 2 and p.enfant_sejour_regulier == 0:
        return False
    if age < 12 * b[k].pf_age_obligation_scolaire:
        return p.rempli_obligation_scolaire != 0
    return sous_plafond(p, b, k)


@primitive
def arrive_ce_mois(p: Any, personnes: Any, k: int) -> bool:
    """Came to live here in month `k`: known to be away on the last day of the month before, when the claimant was here.

    A file that begins this month tells nothing of where the child was before: it is no arrival.
    """
    if k == 0 or p.present[k] != 1:
        return False
    arrive: bool = p.present[k - 1] == 0 and personnes[0].present[k - 1] == 1
    return arrive


@primitive
def ouvre_ce_mois(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """In charge, and month `k` is due for this child: from the month after its arrival (R552-2, I).

    For the monthly benefits that no exception of R552-2, II opens in the very month: AF, CF, ASF, allocation de base.
    """
    return est_a_charge(p, b, k) and not arrive_ce_mois(p, personnes, k)


@regle(
    "CSS L512-3",
    "CSS R512-2",
    "CSS R552-2",
    "CSS R552-3",
    depuis="2000-01-29",
    libelle="Enfant à charge au sens des prestations familiales",
)
def enfant_a_charge(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """The same test as a step of the explanation."""
    return ouvre_ce_mois(p, personnes, b, k)


@primitive
def compte_enfants(personnes: Any, b: Any, k: int) -> int:
    """Children in charge in month `k`, without a step of the explanation."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and est_a_charge(p, b, k):
            n += 1
    return n


@primitive
def compte_ouvrants(personnes: Any, b: Any, k: int) -> int:
    """The same, of those for whom month `k` is due."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and ouvre_ce_mois(p, personnes, b, k):
            n += 1
    return n


@primitive
def compte_ici(p: Any, b: Any, k: int) -> bool:
    """In charge, and not claimed by the other parent: one person only receives for a child (R513-1)."""
    return est_a_charge(p, b, k) and not (p.garde_alternee == 1 and p.allocataire_unique == 0)


@primitive
def enfants_ici(personnes: Any, b: Any, k: int) -> int:
    """Children in charge, of any age: they raise the ceiling."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and compte_ici(p, b, k):
            n += 1
    return n


@primitive
def allocataire_inconnu(personnes: Any, b: Any, k: int) -> bool:
    """Nobody said which parent receives for a child in shared custody."""
    for p in personnes:
        if p.role == ENFANT and p.garde_alternee == 1 and p.allocataire_unique < 0 and est_a_charge(p, b, k):
            return True
    return False


def _dire_venus(a: Any) -> str:
    personnes, b, k = a["personnes"], a["b"], a["k"]
    return dire_arrivees(int(compte_enfants(personnes, b, k) - compte_ouvrants(personnes, b, k)))


def _dire_nombre(a: Any, r: int) -> str:
    return f"Vous avez {pluriel(r, 'enfant')} à charge pour les prestations familiales.{_dire_venus(a)}"


def _dire_aucun(a: Any, r: int) -> str:
    return f"Aucun enfant à charge n'est compté pour les prestations familiales.{_dire_venus(a)}"


@regle(
    "CSS L512-3",
    "CSS R552-2",
    depuis="2000-01-29",
    libelle="Nombre d'enfants à charge",
    phrase=_dire_nombre,
    phrase_nulle=_dire_aucun,
)
def nombre_enfants(personnes: Any, b: Any, k: int) -> int:
    """Children for whom month `k` is due, each counted for one."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and enfant_a_charge(p, personnes, b, k):
            n += 1
    return n


@primitive
def sejour_enfant_inconnu(p: Any) -> bool:
    """A fact is missing to tell whether a foreign child entered regularly."""
    return (p.nationalite == 2 and p.enfant_sejour_regulier < 0) or (
        p.nationalite < 0 and p.enfant_sejour_regulier != 1
    )


@primitive
def charge_de_l_enfant_inconnue(p: Any, b: Any, k: int) -> bool:
    """A fact is missing to tell whether this child is in charge, and for what share (birth, stay, school, pay…)."""
    if p.role != ENFANT or p.present[k] == 0:
        return False
    if p.present[k] != 1 or p.date_naissance == NAISSANCE_INCONNUE:
        return True
    age = age_en_mois(p, b, k)
    if age >= 12 * (b[k].pf_age_limite + 1):
        return False
    if p.garde_alternee < 0 or sejour_enfant_inconnu(p):
        return True
    if age < 12 * b[k].pf_age_obligation_scolaire:
        ecole_inconnue: bool = p.rempli_obligation_scolaire < 0
        return ecole_inconnue
    return math.isnan(remuneration_enfant(p, k))


@primitive
def charge_inconnue(personnes: Any, b: Any, k: int) -> bool:
    """The same for one of the children."""
    for p in personnes:
        if p.role == ENFANT and charge_de_l_enfant_inconnue(p, b, k):
            return True
    return False


NAISSANCE, SALAIRE, GARDE, SEJOUR_ENFANT, ECOLE = (
    NATURES["date_naissance"].code,
    NATURES["salaire_net"].code,
    NATURES["garde_alternee"].code,
    NATURES["enfant_sejour_regulier"].code,
    NATURES["rempli_obligation_scolaire"].code,
)


@primitive
def fait_de_charge_manquant(personnes: Any) -> int:
    """Code of the fact that `charge_inconnue` misses first (0: presence, which is no fact of the catalogue)."""
    for p in personnes:
        if p.role == ENFANT and p.date_naissance == NAISSANCE_INCONNUE:
            return NAISSANCE
        if p.role == ENFANT and p.present[6] < 0:
            return 0
    for p in personnes:
        if p.role == ENFANT and p.garde_alternee < 0:
            return GARDE
        if p.role == ENFANT and sejour_enfant_inconnu(p):
            return SEJOUR_ENFANT
        if p.role == ENFANT and p.rempli_obligation_scolaire < 0:
            return ECOLE
    return SALAIRE


def _dire_residence_alternee(a: Any, r: float) -> str:
    if r == 1.0:
        return ""
    personnes, b, k = a["personnes"], a["b"], a["k"]
    enfants = [p for p in personnes if p.role == ENFANT and ouvre_ce_mois(p, personnes, b, k)]
    if len(enfants) == 1:
        return f"Votre enfant est en résidence alternée : votre foyer reçoit {pour_cent(r)} du montant."
    partages = sum(p.garde_alternee == 1 for p in enfants)
    suite = "est en résidence alternée et compte" if partages == 1 else "sont en résidence alternée et comptent chacun"
    return (
        f"Votre foyer reçoit {pour_cent(r)} du montant : {partages} de vos {len(enfants)} enfants {suite} pour moitié."
    )


@regle(
    "CSS R521-3",
    depuis="2007-05-01",
    libelle="Part de la famille quand un enfant vit en résidence alternée",
    phrase=_dire_residence_alternee,
)
def coefficient_residence_alternee(personnes: Any, b: Any, k: int) -> float:
    """Average number of children over their total number: a shared child counts for half of one."""
    total = 0
    moyen = 0.0
    for p in personnes:
        if p.role == ENFANT and ouvre_ce_mois(p, personnes, b, k):
            total += 1
            moyen += b[k].part_residence_alternee if p.garde_alternee == 1 else 1.0
    if total == 0:
        return 1.0
    return moyen / total
