"""Dates as the records hold them: whole days since 1 January 1970, before or after.

The civil calendar is computed with integers only, years counted from March, by the method of C. Neri and L. Schneider
(Euclidean affine functions and their application to calendar algorithms, 2022): two divisions, so that the same lines
run traced and, many times per household, compiled.
"""

from .primitive import primitive

JOURS_DU_1ER_MARS_0 = 719_468
JOURS_DE_4_SIECLES = 146_097
ANNEE_EN_32_BITS = 2_939_745
MOIS_EN_16_BITS = 2_141
DECALAGE_MOIS = 197_913
JOURS_AVANT_JANVIER = 306


@primitive
def annee_mois_jour(jours: int) -> tuple[int, int, int]:
    """Year, month (1–12) and day of a date, from 1 March of year 0."""
    quarts = 4 * (jours + JOURS_DU_1ER_MARS_0) + 3
    siecle = quarts // JOURS_DE_4_SIECLES
    dans_siecle = ((quarts - siecle * JOURS_DE_4_SIECLES) >> 2) * 4 + 3
    produit = ANNEE_EN_32_BITS * dans_siecle
    jour_annee = ((produit & 0xFFFFFFFF) // ANNEE_EN_32_BITS) >> 2
    reste = MOIS_EN_16_BITS * jour_annee + DECALAGE_MOIS
    annee = 100 * siecle + (produit >> 32)
    mois = reste >> 16
    if jour_annee >= JOURS_AVANT_JANVIER:
        annee += 1
        mois -= 12
    return annee, mois, (reste & 0xFFFF) // MOIS_EN_16_BITS + 1


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
