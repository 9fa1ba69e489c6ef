"""Which children open the allocation de base, and how many raise its ceilings (CSS L531-1, L531-3, R552-2)."""

from typing import Any

from limpide.droits.bases.charge import ENFANT, age_en_mois, arrive_ce_mois, compte_ici, enfants_ici, mois_depuis
from limpide.droits.faits import DATE_INCONNUE
from limpide.droits.moteur.primitive import primitive

SANS_DATE = DATE_INCONNUE


@primitive
def mois_au_foyer(p: Any, b: Any, k: int) -> int:
    """Calendar months since the birth, or since an adopted child arrived."""
    if p.adoption == 1:
        return mois_depuis(p.date_adoption, b[k].mois)
    return age_en_mois(p, b, k)


@primitive
def ouvre_l_allocation(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """In charge here, from the month after the birth or the arrival to the month before the third anniversary."""
    fin: int = 12 * b[k].paje_age_limite
    if not compte_ici(p, b, k) or arrive_ce_mois(p, personnes, k):
        return False
    return 1 <= mois_au_foyer(p, b, k) < fin


@primitive
def allocation_a_venir(personnes: Any, b: Any, k: int) -> bool:
    """A child came this month, of an age to open the next one."""
    fin: int = 12 * b[k].paje_age_limite
    for p in personnes:
        if p.role == ENFANT and arrive_ce_mois(p, personnes, k) and compte_ici(p, b, k):
            mois = mois_au_foyer(p, b, k)
            if mois >= 0 and mois + 1 < fin:
                return True
    return False


@primitive
def accueil_inconnu(p: Any, b: Any, k: int) -> int:
    """1 if nobody knows whether the child was adopted, 2 if nobody knows since when, 0 if all is known."""
    if not compte_ici(p, b, k):
        return 0
    if p.adoption < 0:
        return 1
    return 2 if p.adoption == 1 and p.date_adoption == SANS_DATE else 0


@primitive
def accueil_inconnu_du_foyer(personnes: Any, b: Any, k: int) -> int:
    """The same for the first child who misses one."""
    for p in personnes:
        if p.role == ENFANT:
            manque = accueil_inconnu(p, b, k)
            if manque:
                return manque
    return 0


@primitive
def meme_accueil(p: Any, q: Any) -> bool:
    """Born of one birth (the same day, or around one midnight), or adopted together."""
    if p.adoption != q.adoption:
        return False
    ecart: int = q.date_adoption - p.date_adoption if p.adoption == 1 else q.date_naissance - p.date_naissance
    return ecart == 0 if p.adoption == 1 else -1 <= ecart <= 1


@primitive
def accueil_le_plus_nombreux(personnes: Any, b: Any, k: int) -> int:
    """How many children who open the right came together; 1 is an ordinary birth, 0 nobody."""
    nombre = 0
    for p in personnes:
        if p.role == ENFANT and ouvre_l_allocation(p, personnes, b, k):
            ensemble = 0
            for q in personnes:
                if q.role == ENFANT and ouvre_l_allocation(q, personnes, b, k) and meme_accueil(p, q):
                    ensemble += 1
            nombre = max(nombre, ensemble)
    return nombre


@primitive
def arrive_avant_2018(p: Any, b: Any, k: int) -> bool:
    """Born or adopted before April 2018: the former scale, as long as it lasted."""
    jour = p.date_adoption if p.adoption == 1 else p.date_naissance
    return mois_depuis(jour, b[k].paje_mois_pivot) > 0


@primitive
def bareme_anterieur(personnes: Any, b: Any, k: int) -> bool:
    """The allowance is due for children born or adopted before April 2018: the elder's, of two single births."""
    nombre = accueil_le_plus_nombreux(personnes, b, k)
    for p in personnes:
        if p.role == ENFANT and ouvre_l_allocation(p, personnes, b, k) and arrive_avant_2018(p, b, k):
            ensemble = 0
            for q in personnes:
                if q.role == ENFANT and ouvre_l_allocation(q, personnes, b, k) and meme_accueil(p, q):
                    ensemble += 1
            if ensemble == nombre:
                return True
    return False


@primitive
def attendus(personnes: Any, k: int) -> int:
    """Children expected by the adults who are there, those known of."""
    n = 0
    for p in personnes:
        if p.role != ENFANT and p.present[k] == 1 and p.enceinte == 1:
            n += max(p.enfants_attendus, 1)
    return n


@primitive
def attente_inconnue(personnes: Any, k: int) -> int:
    """1 if nobody knows whether an adult who is there expects a child, 2 if nobody knows how many, 0 otherwise.

    An adult who may be there, and may expect a child, is one of whom nobody knows.
    """
    for p in personnes:
        if p.role != ENFANT and p.present[k] < 0 and p.enceinte != 0:
            return 1
        if p.role != ENFANT and p.present[k] == 1:
            if p.enceinte < 0:
                return 1
            if p.enceinte == 1 and p.enfants_attendus < 0:
                return 2
    return 0


@primitive
def enfants_nes(personnes: Any, b: Any, k: int) -> int:
    """Children in charge, and those born in the month: they are no more to be born."""
    n = enfants_ici(personnes, b, k)
    return n + nes_ce_mois(personnes, b, k)


@primitive
def enfants_du_plafond(personnes: Any, b: Any, k: int) -> int:
    """The same for the ceilings of the allowance: a child who came this month raises them from the next one."""
    n = nes_ce_mois(personnes, b, k)
    for p in personnes:
        if p.role == ENFANT and compte_ici(p, b, k) and not arrive_ce_mois(p, personnes, k):
            n += 1
    return n


@primitive
def nes_ce_mois(personnes: Any, b: Any, k: int) -> int:
    """Children born in the month, who are there."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and p.present[k] == 1 and age_en_mois(p, b, k) == 0:
            n += 1
    return n
