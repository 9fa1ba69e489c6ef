"""How the household occupies its dwelling, and which of three reckonings follows: rent, hostel, loan (CCH D823-9)."""

from typing import Any

from limpide.droits.bases.sejour import residence_lointaine
from limpide.droits.moteur.primitive import primitive

APL, ALF, ALS = 1, 2, 3

PRIMO_ACCEDANT, PROPRIETAIRE, LOCATAIRE_HLM, LOCATAIRE_MEUBLE = 0, 1, 2, 4
LOGE_GRATUITEMENT, EN_LOGEMENT_FOYER, SANS_DOMICILE = 5, 6, 7
"""Ranks of `statut_occupation_logement`."""

LOCATION, FOYER, ACCESSION = 0, 1, 2
"""The three reckonings."""


@primitive
def conventionne(foyer: Any, b: Any) -> int:
    """1 where the APL applies, 0 where it does not, -1 if nobody knows.

    A dwelling under agreement, or a loan of that kind; overseas, hostels only, since 2023 (L861-5-1).
    """
    if foyer.statut_occupation_logement == PRIMO_ACCEDANT:
        return 0 if residence_lointaine(foyer) else foyer.aide_logement_est_pret_conventionne
    if residence_lointaine(foyer):
        foyer_outremer = foyer.statut_occupation_logement == EN_LOGEMENT_FOYER and b[6].foyer_apl_outremer == 1
        return foyer.logement_conventionne if foyer_outremer else 0
    return foyer.logement_conventionne


@primitive
def etudiant_en_studio(foyer: Any, personnes: Any, b: Any) -> bool:
    """A student in a studio of a hostel without agreement pays a rent as any tenant (D842-15)."""
    if foyer.statut_occupation_logement != EN_LOGEMENT_FOYER or conventionne(foyer, b) != 0:
        return False
    return personnes[0].etudiant == 1 and foyer.logement_chambre == 0


@primitive
def secteur(foyer: Any, personnes: Any, b: Any) -> int:
    """Which of the three reckonings applies."""
    if foyer.statut_occupation_logement == PRIMO_ACCEDANT:
        return ACCESSION
    if foyer.statut_occupation_logement != EN_LOGEMENT_FOYER or etudiant_en_studio(foyer, personnes, b):
        return LOCATION
    return FOYER
