"""Aide exceptionnelle de fin d'année: a decree each year (décret n° 2023-1184 and its like)."""

import math
from typing import Any

from limpide.droits.aefa import phrases
from limpide.droits.bases.charge import ENFANT, NAISSANCE_INCONNUE
from limpide.droits.bases.foyer import CONJOINT, coefficient_foyer, enfant_du_foyer, vit_en_couple
from limpide.droits.bases.sejour import INCONNU, OUVERT, residence
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

HORS_PERIODE, SANS_ALLOCATION = int(Motif.HORS_PERIODE), int(Motif.SANS_ALLOCATION)
NON_CUMUL = int(Motif.NON_CUMUL)
LIEU, RSA, NAISSANCE, ASS = (
    NATURES["residence"].code,
    NATURES["rsa"].code,
    NATURES["date_naissance"].code,
    NATURES["ass"].code,
)


@regle(
    "Décret n° 2023-1184",
    "Décret n° 2020-1746",
    depuis="2003-12-30",
    libelle="Aide décidée pour l'année",
    phrase="",
    phrase_nulle="Aucun décret connu n'accorde cette aide pour ce mois : elle se calcule en décembre, une fois le"
    " décret de l'année paru.",
)
def annee_decidee(b: Any) -> bool:
    """December of a year whose decree is known."""
    return b[6].mois % 100 == b[6].aefa_mois and b[6].aefa_decret == 1


@regle(
    "Décret n° 2023-1184, article 3",
    depuis="2003-12-30",
    libelle="RSA de novembre ou, à défaut, de décembre",
    phrase=phrases.dire_mois,
    phrase_nulle="",
)
def mois_du_rsa(foyer: Any, b: Any) -> int:
    """Index of the month whose RSA opens the aid, -1 if neither does."""
    if foyer.rsa[5] > 0.0:
        return 5
    return 6 if foyer.rsa[6] > 0.0 else -1


@primitive
def rsa_inconnu(foyer: Any) -> bool:
    """Nobody said whether the RSA was received, and it decides."""
    if foyer.rsa[5] > 0.0:
        return False
    return math.isnan(foyer.rsa[5]) or math.isnan(foyer.rsa[6])


@primitive
def mois_retenu(foyer: Any) -> int:
    """Index of that month, once it is known that one of the two opens the aid."""
    return 5 if foyer.rsa[5] > 0.0 else 6


@primitive
def composition_inconnue(personnes: Any, k: int) -> bool:
    """A birth or a presence that decides of the amount was not told."""
    for p in personnes:
        if p.role == ENFANT and (p.present[k] < 0 or (p.present[k] == 1 and p.date_naissance == NAISSANCE_INCONNUE)):
            return True
        if p.role == CONJOINT and p.present[k] < 0:
            return True
    return False


@primitive
def nombre_d_enfants(personnes: Any, b: Any, k: int) -> int:
    """Children and persons under twenty-five of the household of the RSA, each for one."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and enfant_du_foyer(p, b, k):
            n += 1
    return n


@regle(
    "Décret n° 2023-1184, article 4",
    "Décret n° 2022-1568",
    depuis="2003-12-30",
    libelle="Aide selon la composition du foyer",
    phrase=phrases.dire_montant,
)
def montant_du_foyer(coefficient: float, couple: bool, enfants: int, b: Any, k: int) -> float:
    """Euros: that of one person, 50 % for the second, 30 % for each of the next, 40 % from the third child."""
    brut = b[k].aefa_montant * coefficient
    montant = arrondi_centime(brut) if b[k].aefa_arrondi_au_plus_proche == 1 else tronque_centime(brut)
    if couple or enfants == 0:
        return montant
    return arrondi_centime(montant * (1.0 + b[k].aefa_parent_seul))


@regle(
    "Décret n° 2023-1184, article 5",
    depuis="2003-12-30",
    libelle="Part que verse France Travail",
    phrase=phrases.dire_france_travail,
    phrase_nulle="",
)
def part_de_france_travail(personnes: Any, b: Any, k: int) -> float:
    """Euros paid to who receives the ASS for the same month."""
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1 and p.ass[k] > 0.0:
            return b[k].aefa_montant
    return 0.0


@primitive
def ass_inconnue(personnes: Any, k: int) -> bool:
    """Nobody said whether an adult receives the ASS."""
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1 and math.isnan(p.ass[k]):
            return True
    return False


@primitive
def aefa_condition(foyer: Any, b: Any) -> int:
    """Reason why the aid is not due whatever the household, or OUVERT."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if not annee_decidee(b):
        return HORS_PERIODE
    if rsa_inconnu(foyer):
        return INCONNU
    return OUVERT if mois_du_rsa(foyer, b) >= 0 else SANS_ALLOCATION


@regle(
    "Décret n° 2023-1184, articles 3 à 5",
    depuis="2003-12-30",
    libelle="Aide exceptionnelle de fin d'année",
    phrase=phrases.dire_aefa,
    phrase_nulle="L'aide exceptionnelle de fin d'année n'est pas due par la Caf pour ce mois.",
)
def aefa(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the year, in December; NaN if a fact is missing."""
    condition = aefa_condition(foyer, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    k = mois_retenu(foyer)
    if composition_inconnue(personnes, k) or ass_inconnue(personnes, k):
        return math.nan
    couple = vit_en_couple(personnes, k)
    enfants = nombre_d_enfants(personnes, b, k)
    reste = montant_du_foyer(coefficient_foyer(couple, enfants, 0, b, k), couple, enfants, b, k)
    reste -= part_de_france_travail(personnes, b, k)
    return arrondi_centime(reste) if reste > 0.0 else 0.0


@regle("Décret n° 2023-1184, articles 3 à 5", depuis="2003-12-30", libelle="Ouverture du droit")
def aefa_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition = aefa_condition(foyer, b)
    return NON_CUMUL if condition == OUVERT else condition


@primitive
def aefa_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, or one that the trace names)."""
    if foyer.residence < 0:
        return LIEU
    if rsa_inconnu(foyer):
        return RSA
    k = mois_retenu(foyer)
    for p in personnes:
        if p.role == ENFANT and p.present[k] == 1 and p.date_naissance == NAISSANCE_INCONNUE:
            return NAISSANCE
    return ASS if ass_inconnue(personnes, k) and not composition_inconnue(personnes, k) else 0
