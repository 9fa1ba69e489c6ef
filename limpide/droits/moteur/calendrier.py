"""Dates as the records hold them: whole days since 1 January 1970, before or after.

The civil calendar is computed with integers only (years counted from March, eras of 400 years), so that the same
lines run traced and compiled.
"""

from .primitive import primitive

JOURS_ERE = 146_097
JOURS_DU_1ER_MARS_0 = 719_468


@primitive
def annee_mois_jour(jours: int) -> tuple[int, int, int]:
    """Year, month (1–12) and day of a date."""
    z = jours + JOURS_DU_1ER_MARS_0
    ere = z // JOURS_ERE
    jour_ere = z - ere * JOURS_ERE
    annee_ere = (jour_ere - jour_ere // 1460 + jour_ere // 36_524 - jour_ere // 146_096) // 365
    jour_annee = jour_ere - (365 * annee_ere + annee_ere // 4 - annee_ere // 100)
    mois_mars = (5 * jour_annee + 2) // 153
    jour = jour_annee - (153 * mois_mars + 2) // 5 + 1
    mois = mois_mars + 3 if mois_mars < 10 else mois_mars - 9
    annee = annee_ere + ere * 400 + (1 if mois <= 2 else 0)
    return annee, mois, jour


@primitive
def age_en_mois_au(naissance: int, jour: int) -> int:
    """Whole months lived at that date (negative before birth)."""
    an, mn, jn = annee_mois_jour(naissance)
    a, m, j = annee_mois_jour(jour)
    return (a - an) * 12 + (m - mn) - (1 if j < jn else 0)


@primitive
def age_au(naissance: int, jour: int) -> int:
    """Age in whole years at that date: the birthday counts from its first hour (negative before birth)."""
    return age_en_mois_au(naissance, jour) // 12
