"""Which fact the amount of an adult misses, by its code: what is asked first when the allowance is unknown."""

import math
from typing import Any

from limpide.droits.aah.ressources import en_esat, par_trimestre, premier_mois, rang_indecis, reference_indecise
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.moteur.primitive import primitive

LIEU, RANG, SALAIRE, ACTIVITE_N2, PENSIONS_N2, AUTRES_N2, SEJOUR, SEJOUR_DEPUIS, SANS_REDUCTION = (
    NATURES["residence"].code,
    NATURES["rang_trimestre"].code,
    NATURES["salaire_net"].code,
    NATURES["aah_activite_n2"].code,
    NATURES["aah_pensions_n2"].code,
    NATURES["aah_autres_revenus_n2"].code,
    NATURES["sejour_en_etablissement"].code,
    NATURES["sejour_en_etablissement_depuis"].code,
    NATURES["aah_sans_reduction"].code,
)
EVALUATION, CUMUL, ABATTEMENT, INTERROMPUS = (
    NATURES["aah_evaluation_trimestrielle"].code,
    NATURES["aah_cumul_integral"].code,
    NATURES["abattement_activite"].code,
    NATURES["revenus_interrompus"].code,
)
ESAT, ESAT_PART, ESAT_AIDE, ESAT_N2 = (
    NATURES["aah_base_ressources_activite_milieu_protege"].code,
    NATURES["esat_part_etablissement"].code,
    NATURES["esat_aide_au_poste"].code,
    NATURES["esat_remuneration_garantie_n2"].code,
)
STAGE, CHOMAGE_PARTIEL, BOURSE, AUTO_ENTREPRENEUR, PROFITS, MICRO, AGRICOLE = (
    NATURES["revenus_stage_formation_pro"].code,
    NATURES["indemnites_chomage_partiel"].code,
    NATURES["bourse_recherche"].code,
    NATURES["rpns_auto_entrepreneur_benefice"].code,
    NATURES["rpns_autres_revenus"].code,
    NATURES["rpns_micro_entreprise_benefice"].code,
    NATURES["rpns_benefice_exploitant_agricole"].code,
)
RETRAITE, INVALIDITE, RENTE, ASI, ASPA = (
    NATURES["retraite_nette"].code,
    NATURES["pensions_invalidite"].code,
    NATURES["rente_accident_travail"].code,
    NATURES["asi"].code,
    NATURES["aspa_individu"].code,
)


@primitive
def circonstance_manquante(p: Any) -> int:
    """Code of what is missing about how the person's work counts (0: nothing)."""
    if p.aah_evaluation_trimestrielle < 0:
        return EVALUATION
    if p.aah_cumul_integral < 0:
        return CUMUL
    if p.abattement_activite < 0:
        return ABATTEMENT
    return INTERROMPUS if p.revenus_interrompus < 0 else 0


@primitive
def avantage_manquant(p: Any) -> int:
    """Code of the pension, work accident pension or minimum of the month that nobody told (0: none)."""
    if math.isnan(p.retraite_nette[6]):
        return RETRAITE
    if math.isnan(p.pensions_invalidite[6]):
        return INVALIDITE
    if math.isnan(p.rente_accident_travail[6]):
        return RENTE
    if math.isnan(p.asi[6]):
        return ASI
    return ASPA if math.isnan(p.aspa_individu[6]) else 0


@primitive
def esat_manquant(p: Any, trimestre: bool) -> int:
    """Code of what is missing about the pay of an Esat (0: nothing)."""
    if math.isnan(p.aah_base_ressources_activite_milieu_protege[6]):
        return ESAT
    if not en_esat(p):
        return 0
    if math.isnan(p.esat_part_etablissement):
        return ESAT_PART
    if trimestre:
        return ESAT_AIDE if math.isnan(p.esat_aide_au_poste) else 0
    if math.isnan(p.esat_remuneration_garantie_n2):
        return ESAT_N2
    return ESAT_AIDE if p.esat_remuneration_garantie_n2 <= 0.0 and math.isnan(p.esat_aide_au_poste) else 0


@primitive
def annee_manquante(p: Any) -> int:
    """Code of the income of year N-2 that counts and that nobody told (0: none)."""
    travail_compte = p.aah_cumul_integral == 0 and p.revenus_interrompus == 0 and not en_esat(p)
    if travail_compte and math.isnan(p.aah_activite_n2):
        return ACTIVITE_N2
    if math.isnan(p.aah_pensions_n2):
        return PENSIONS_N2
    return AUTRES_N2 if math.isnan(p.aah_autres_revenus_n2) else 0


@primitive
def travail_manquant(p: Any, k: int) -> int:
    """Code of the pay of month `k` that nobody told (0: none)."""
    if math.isnan(p.salaire_net[k]):
        return SALAIRE
    if math.isnan(p.revenus_stage_formation_pro[k]):
        return STAGE
    if math.isnan(p.indemnites_chomage_partiel[k]):
        return CHOMAGE_PARTIEL
    if math.isnan(p.bourse_recherche[k]):
        return BOURSE
    if math.isnan(p.rpns_auto_entrepreneur_benefice[k]):
        return AUTO_ENTREPRENEUR
    return ESAT if math.isnan(p.aah_base_ressources_activite_milieu_protege[k]) else 0


@primitive
def profits_manquants(p: Any) -> int:
    """Code of the yearly profits that nobody told (0: none)."""
    if math.isnan(p.rpns_autres_revenus):
        return PROFITS
    if math.isnan(p.rpns_micro_entreprise_benefice):
        return MICRO
    return AGRICOLE if math.isnan(p.rpns_benefice_exploitant_agricole) else 0


@primitive
def trimestre_manquant(p: Any, foyer: Any) -> int:
    """Code of the pay or profits of the quarter that nobody told (0: none that counts)."""
    if (p.aah_cumul_integral == 1 or p.revenus_interrompus == 1) and not reference_indecise(foyer, p):
        return 0
    debut = premier_mois(foyer)
    for k in range(debut, debut + 3):
        manque = travail_manquant(p, k)
        if manque:
            return manque
    return profits_manquants(p)


@primitive
def ressource_manquante(p: Any, foyer: Any) -> int:
    """Code of the first fact that the resources of a person miss (0: none of those that are often missing)."""
    manque = circonstance_manquante(p)
    if manque:
        return manque
    if rang_indecis(foyer, p):
        return RANG
    trimestre = par_trimestre(foyer, p)
    manque = trimestre_manquant(p, foyer) if trimestre else annee_manquante(p)
    if not manque:
        manque = esat_manquant(p, trimestre)
    return manque or avantage_manquant(p)


@primitive
def fait_du_sejour_manquant(p: Any) -> int:
    """Code of what is missing about a stay in an establishment."""
    if p.sejour_en_etablissement < 0:
        return SEJOUR
    return SEJOUR_DEPUIS if p.sejour_en_etablissement_depuis == DATE_INCONNUE else SANS_REDUCTION
