"""Which home loans still open a housing benefit (CCH L831-2, L841-4, L861-6)."""

from typing import Any

from limpide.droits.accession import phrases
from limpide.droits.bases.charge import NAISSANCE_INCONNUE
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence_lointaine
from limpide.droits.logement.loyer import ZONE_1, ZONE_2
from limpide.droits.logement.occupation import APL
from limpide.droits.moteur import Motif, annee_mois_jour, regle
from limpide.droits.moteur.primitive import primitive

PRET = int(Motif.PRET)
NEUF, TRAVAUX = 0, 3
"""Ranks of `etat_logement`."""
GENERAL, ANCIEN, OUTRE_MER = 0, 1, 2
"""Places in `acc_dernier_mois`."""


@primitive
def mois_du_contrat(jour: int) -> int:
    """The month of a date, written 201712."""
    annee, mois, _ = annee_mois_jour(jour)
    return annee * 100 + mois


@primitive
def mois_du_pret(foyer: Any) -> int:
    """The month in which the loan was signed."""
    return mois_du_contrat(foyer.aide_logement_date_pret)


@primitive
def derogation(foyer: Any, aide: int, mois: int, b: Any) -> int:
    """Reason for a loan signed once the general rule was over: old dwelling in zone III, or overseas."""
    limites = b[6].acc_dernier_mois
    if aide == APL:
        if foyer.zone_apl < 0:
            return INCONNU
        ailleurs = foyer.etat_logement == NEUF or foyer.zone_apl in (ZONE_1, ZONE_2)
        return PRET if ailleurs or mois > limites[ANCIEN] else OUVERT
    if not residence_lointaine(foyer) or mois > limites[OUTRE_MER]:
        return PRET
    if foyer.pret_decision_etat < 0:
        return INCONNU
    return OUVERT if foyer.pret_decision_etat == 1 else PRET


@regle(
    "CCH L831-2",
    "CCH L841-4",
    "CCH L861-6",
    "Loi n° 2017-1837 du 30 décembre 2017, article 126",
    depuis="2019-09-01",
    libelle="Prêt qui ouvre droit à l'aide",
    phrase=phrases.dire_pret,
    phrase_nulle="",
)
def pret_ouvre(foyer: Any, aide: int, b: Any) -> int:
    """Reason. Loans of long ago, and works at home where the texts are not clear: a person looks."""
    if foyer.aide_logement_date_pret == NAISSANCE_INCONNUE or foyer.etat_logement < 0:
        return INCONNU
    mois = mois_du_pret(foyer)
    tard = mois > b[6].acc_dernier_mois[GENERAL]
    if mois < b[6].acc_premier_mois or (foyer.etat_logement == TRAVAUX and (aide == APL or tard)):
        return A_INSTRUIRE
    if foyer.etat_logement == NEUF and foyer.date_entree_logement == NAISSANCE_INCONNUE and not tard:
        return INCONNU
    return derogation(foyer, aide, mois, b) if tard else OUVERT
