"""Who receives a complement of the AAH, person by person (CSS L821-1-2, R821-5-1, R821-5-2, R821-8, II)."""

import math
from typing import Any

from limpide.droits.aah.inconnus import avantage_manquant
from limpide.droits.aah.ressources import travail_du_mois
from limpide.droits.bases.revenus import positif, profits
from limpide.droits.bases.sejour import INCONNU, OUVERT
from limpide.droits.faits import ACTIVITES, DATE_INCONNUE, LOGEMENTS, NATURES
from limpide.droits.moteur import Motif
from limpide.droits.moteur.primitive import primitive

INCAPACITE, RESSOURCES, LOGEMENT = int(Motif.INCAPACITE), int(Motif.RESSOURCES), int(Motif.LOGEMENT)
TRAVAIL, SANS_ALLOCATION = int(Motif.AUTONOMIE), int(Motif.SANS_ALLOCATION)
FOYER_LOGEMENT, HEBERGE, SANS_DOMICILE = (
    LOGEMENTS.index("locataire_foyer"),
    LOGEMENTS.index("loge_gratuitement"),
    LOGEMENTS.index("sans_domicile"),
)
ACTIF = ACTIVITES.index("actif")
SANS_DATE = DATE_INCONNUE

TAUX, AAH, ASI, STATUT, AIDE, SALAIRE, ESAT, APPRENTI, SEJOUR, DEPUIS, COMPLEMENT = (
    NATURES["taux_incapacite"].code,
    NATURES["aah"].code,
    NATURES["asi"].code,
    NATURES["statut_occupation_logement"].code,
    NATURES["aide_logement"].code,
    NATURES["salaire_net"].code,
    NATURES["aah_base_ressources_activite_milieu_protege"].code,
    NATURES["remuneration_apprenti"].code,
    NATURES["sejour_en_etablissement"].code,
    NATURES["sejour_en_etablissement_depuis"].code,
    NATURES["complement_ressources_aah"].code,
)


@primitive
def avantage_recu(p: Any) -> float:
    """Euros of the month: pension, work accident pension or old-age minimum that the AAH completes."""
    recu: float = p.retraite_nette[6] + p.pensions_invalidite[6] + p.rente_accident_travail[6] + p.aspa_individu[6]
    return recu


@primitive
def allocation_completee(p: Any, b: Any) -> int:
    """OUVERT if the AAH is at full rate or completes a pension, or if the ASI is received; else why not."""
    if p.asi[6] > 0.0 or p.aah[6] >= b[6].aah_montant:
        return OUVERT
    if math.isnan(p.aah[6]) or math.isnan(p.asi[6]):
        return INCONNU
    if p.aah[6] <= 0.0:
        return SANS_ALLOCATION
    if math.isnan(avantage_recu(p)):
        return INCONNU
    return OUVERT if avantage_recu(p) > 0.0 else RESSOURCES


@primitive
def travail_sans_salaire(p: Any) -> float:
    """Euros from work, the wage of the month put aside; NaN if one is unknown."""
    total: float = p.revenus_stage_formation_pro[6] + p.indemnites_chomage_partiel[6] + p.bourse_recherche[6]
    total += positif(p.rpns_auto_entrepreneur_benefice[6]) + p.remuneration_apprenti[6]
    total += p.aah_base_ressources_activite_milieu_protege[6]
    return total + profits(p)


@primitive
def sans_travail(p: Any) -> int:
    """OUVERT if nothing was earned in the month, in ordinary employment or in an Esat, and nothing by one's own trade.

    The pay of the month itself comes later: who is known not to work has no wage.
    """
    gain = travail_du_mois(p, 6) + p.aah_base_ressources_activite_milieu_protege[6] + p.remuneration_apprenti[6]
    gain += profits(p)
    if math.isnan(gain) and p.activite >= 0 and p.activite != ACTIF:
        gain = travail_sans_salaire(p)
    if math.isnan(gain):
        return INCONNU
    return TRAVAIL if gain > 0.0 else OUVERT


@primitive
def hors_etablissement(p: Any, b: Any) -> int:
    """OUVERT until the first of the month that follows sixty days in an establishment."""
    if p.sejour_en_etablissement == 0:
        return OUVERT
    if p.sejour_en_etablissement < 0 or p.sejour_en_etablissement_depuis == SANS_DATE:
        return INCONNU
    suspendu = p.sejour_en_etablissement_depuis + b[6].aah_jours_en_etablissement <= b[6].debut_mois
    return LOGEMENT if suspendu else OUVERT


@primitive
def logement_independant(foyer: Any, garde: bool) -> int:
    """OUVERT for a dwelling of one's own, with a housing benefit unless the complément de ressources was kept."""
    statut = foyer.statut_occupation_logement
    if statut < 0:
        return INCONNU
    if statut in (FOYER_LOGEMENT, HEBERGE, SANS_DOMICILE):
        return LOGEMENT
    if garde:
        return OUVERT
    if math.isnan(foyer.aide_logement[6]):
        return INCONNU
    return OUVERT if foyer.aide_logement[6] > 0.0 else LOGEMENT


@primitive
def complement_de(p: Any, foyer: Any, b: Any) -> int:
    """Reason why this adult has no complement, or OUVERT."""
    if p.taux_incapacite < 0:
        return INCONNU
    if p.taux_incapacite < b[6].aah_taux_incapacite:
        return INCAPACITE
    if p.complement_ressources_aah < 0 or p.present[6] < 0:
        return INCONNU
    motif = allocation_completee(p, b)
    if motif == OUVERT:
        motif = sans_travail(p)
    if motif == OUVERT:
        motif = logement_independant(foyer, p.complement_ressources_aah == 1)
    return hors_etablissement(p, b) if motif == OUVERT else motif


@primitive
def allocation_manquante(p: Any) -> int:
    """Code of the allowance or of the pension received that nobody told."""
    if math.isnan(p.aah[6]):
        return AAH
    return ASI if math.isnan(p.asi[6]) else avantage_manquant(p)


@primitive
def travail_manquant(p: Any) -> int:
    """Code of the pay of the month that nobody told (0: one of the rarer ones)."""
    if math.isnan(p.salaire_net[6]):
        return SALAIRE
    if math.isnan(p.aah_base_ressources_activite_milieu_protege[6]):
        return ESAT
    return APPRENTI if math.isnan(p.remuneration_apprenti[6]) else 0


@primitive
def complement_manquant(p: Any, foyer: Any, b: Any) -> int:
    """Code of the fact that `complement_de` misses (0: who was there, or one that the trace names)."""
    if p.taux_incapacite < 0 or p.complement_ressources_aah < 0:
        return TAUX if p.taux_incapacite < 0 else COMPLEMENT
    if p.present[6] < 0:
        return 0
    if allocation_completee(p, b) == INCONNU:
        return allocation_manquante(p)
    if sans_travail(p) == INCONNU:
        return travail_manquant(p)
    if logement_independant(foyer, p.complement_ressources_aah == 1) == INCONNU:
        return STATUT if foyer.statut_occupation_logement < 0 else AIDE
    return SEJOUR if p.sejour_en_etablissement < 0 else DEPUIS
