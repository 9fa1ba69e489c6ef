"""Which fact is missing first when the prime d'activité cannot be computed: the code of its nature."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, NAISSANCE_INCONNUE
from limpide.droits.bases.foyer import circonstance_manquante, mois_examen
from limpide.droits.bases.trimestre import debut_du_trimestre, trimestre_inconnu
from limpide.droits.faits import NATURES
from limpide.droits.moteur.primitive import primitive

LIEU = NATURES["residence"].code
NAISSANCE = NATURES["date_naissance"].code
NATIONALITE = NATURES["nationalite"].code
TITRE = NATURES["duree_possession_titre_sejour"].code
SALAIRE = NATURES["salaire_net"].code
LOGEMENT = NATURES["statut_occupation_logement"].code
TRIMESTRE = NATURES["rang_trimestre"].code
NON_DECLARE = NATURES["trimestre_non_declare"].code
AIDE_LOGEMENT = NATURES["aide_logement"].code
EXPERIMENTATION = NATURES["departement_experimentation_rsa"].code
RESSOURCES_N2 = NATURES["prestations_familiales_base_ressources"].code
ARRET = NATURES["date_arret_de_travail"].code


@primitive
def fait_personnel_manquant(p: Any, debut: int) -> int:
    """Code of the first fact missing about a person: birth, nationality, permit, wages, sick leave."""
    if p.date_naissance == NAISSANCE_INCONNUE:
        return NAISSANCE
    if p.role != ENFANT and p.nationalite < 0:
        return NATIONALITE
    if p.role != ENFANT and p.nationalite == 2 and p.duree_possession_titre_sejour < 0:
        return TITRE
    for k in range(debut, debut + 3):
        if math.isnan(p.salaire_net[k]):
            return SALAIRE
        if p.sans_revenu_remplacement == 0 and p.date_arret_de_travail == NAISSANCE_INCONNUE:
            recues = p.indemnites_journalieres_maladie[k] + p.indemnites_journalieres_accident_travail[k]
            if recues + p.indemnites_journalieres_maladie_professionnelle[k] > 0.0:
                return ARRET
    return 0


@primitive
def ppa_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: another one, named by the explanation)."""
    if foyer.residence < 0:
        return LIEU
    if foyer.rang_trimestre < 0:
        return TRIMESTRE
    if foyer.trimestre_non_declare < 0:
        return NON_DECLARE
    circonstance = circonstance_manquante(foyer, personnes, mois_examen(foyer))
    if circonstance:
        return circonstance
    if trimestre_inconnu(foyer, b, mois_examen(foyer)):
        return EXPERIMENTATION
    debut = debut_du_trimestre(foyer, b, mois_examen(foyer))
    for p in personnes:
        manque = fait_personnel_manquant(p, debut)
        if manque:
            return manque
    if foyer.statut_occupation_logement < 0:
        return LOGEMENT
    for k in range(debut, debut + 3):
        if math.isnan(foyer.aide_logement[k]):
            return AIDE_LOGEMENT
    return RESSOURCES_N2 if math.isnan(foyer.prestations_familiales_base_ressources) else 0
