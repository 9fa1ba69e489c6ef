"""What a fact may be at most: above, nobody can mean it.

Whole numbers by name (those without a natural limit, or of which a rule says what is above, take `ENTIER_MAXIMAL`),
and dates. A child may be born after the month computed, it then counts for nothing; an adult may not (`ne_apres`).
"""

from datetime import date

import numpy as np
import numpy.typing as npt

from .bareme import DERNIER_MOIS
from .faits import DATE_INCONNUE, Nature

ENTIER_MAXIMAL = 1_000
PLUS_ANCIENNE_DATE = date(1900, 1, 1)
DERNIERE_NAISSANCE = date(DERNIER_MOIS // 100 + 1, 12, 31)
"""A child expected in the last month that the law covers is born by then."""
DERNIERE_DATE = date(2050, 12, 31)

_MAXIMA = {
    "duree_possession_titre_sejour": 120,
    "taux_incapacite": 100,
    "abattement_activite": 100,
    "enfants_attendus": 10,
    "ajpp_demi_journees": 2 * 31,
    "ajpa_demi_journees": 2 * 31,
    "garde_heures": 24 * 31,
    "prepare_trimestres": 60,
    "prepare_mois_indemnises": 60,
}


def entier_maximal(nature: Nature) -> int:
    """The largest whole number of this fact."""
    return _MAXIMA.get(nature.nom, ENTIER_MAXIMAL)


def date_maximale(nature: Nature) -> date:
    """The latest date of this fact."""
    return DERNIERE_NAISSANCE if nature.nom == "date_naissance" else DERNIERE_DATE


def ne_apres(naissances: npt.NDArray[np.int32], mois: str) -> npt.NDArray[np.bool_]:
    """Which of these births (days since 1970, or unknown) come after a month, written « 2026-11 »."""
    lendemain = np.datetime64(mois, "M") + 1
    jours = int(lendemain.astype("datetime64[D]").astype(np.int64))
    apres: npt.NDArray[np.bool_] = (naissances != DATE_INCONNUE) & (naissances >= jours)
    return apres


NE_DANS_LE_MOIS = "une naissance avant la fin du mois calculé, pour un adulte"
