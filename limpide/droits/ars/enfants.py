"""Which children open the right: in charge at the rentrée, of the age, enrolled (CSS R543-1 to R543-4, R513-1)."""

from typing import Any

from limpide.droits.bases.charge import ENFANT, age_en_mois, compte_ici, mois_depuis
from limpide.droits.moteur.calendrier import annee_mois_jour
from limpide.droits.moteur.primitive import primitive

OUVRE_DROIT, HORS_CHARGE, TROP_JEUNE, TROP_GRAND, NON_INSCRIT = 0, 1, 2, 3, 4


@primitive
def age_dans_l_annee(p: Any, b: Any, k: int) -> int:
    """Age reached on 31 December of the year of the rentrée."""
    annee, _, _ = annee_mois_jour(p.date_naissance)
    age: int = b[k].mois // 100 - annee
    return age


@primitive
def six_ans_avant_fevrier(p: Any, b: Any, k: int) -> bool:
    """The sixth birthday falls before 1 February of the following year."""
    janvier = (b[k].mois // 100 + 1) * 100 + 1
    minimum: int = 12 * b[k].ars_age_minimum
    return mois_depuis(p.date_naissance, janvier) >= minimum


@primitive
def ne_en_janvier(p: Any, b: Any, k: int) -> bool:
    """Six in the January after the rentrée: the certificate of schooling is asked (circulaire DSS/2B/2004/618)."""
    return six_ans_avant_fevrier(p, b, k) and age_dans_l_annee(p, b, k) < b[k].ars_age_minimum


@primitive
def pas_encore_dix_huit(p: Any, b: Any, k: int) -> bool:
    """Not eighteen yet on 15 September: born on the 16th or later, in the year that decides."""
    annee, mois, jour = annee_mois_jour(p.date_naissance)
    age: int = b[k].mois // 100 - annee
    limite: int = b[k].ars_age_limite
    dernier_jour: int = b[k].ars_jour_limite
    return mois * 100 + jour > dernier_jour if age == limite else age < limite


@primitive
def situation_a_la_rentree(p: Any, b: Any, k: int) -> int:
    """Why the child opens the right or not; enrolment is presumed from six to sixteen (R543-4)."""
    if not compte_ici(p, b, k):
        return HORS_CHARGE
    if not pas_encore_dix_huit(p, b, k):
        return TROP_GRAND
    if not six_ans_avant_fevrier(p, b, k):
        return OUVRE_DROIT if p.cours_preparatoire_anticipe == 1 else TROP_JEUNE
    return NON_INSCRIT if p.inscription_rentree == 0 else OUVRE_DROIT


@primitive
def inscription_a_justifier(p: Any, b: Any, k: int) -> bool:
    """After the end of compulsory schooling, and for a sixth birthday in January, nothing is presumed."""
    return age_en_mois(p, b, k) >= 12 * b[k].pf_age_obligation_scolaire or ne_en_janvier(p, b, k)


@primitive
def entree_au_cp_inconnue(personnes: Any, b: Any, k: int) -> bool:
    """Nobody knows whether a child too young for the right enters the cours préparatoire."""
    for p in personnes:
        if (
            p.role == ENFANT
            and p.cours_preparatoire_anticipe < 0
            and compte_ici(p, b, k)
            and not six_ans_avant_fevrier(p, b, k)
        ):
            return True
    return False


@primitive
def inscription_inconnue(personnes: Any, b: Any, k: int) -> bool:
    """A certificate that the law asks for has not been seen."""
    for p in personnes:
        if (
            p.role == ENFANT
            and p.inscription_rentree < 0
            and situation_a_la_rentree(p, b, k) == OUVRE_DROIT
            and six_ans_avant_fevrier(p, b, k)
            and inscription_a_justifier(p, b, k)
        ):
            return True
    return False
