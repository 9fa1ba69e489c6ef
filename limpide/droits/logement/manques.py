"""Which fact is missing when a housing benefit is unknown: the first one, in the order of the conditions."""

import math
from typing import Any

from limpide.droits.bases.charge import (
    ENFANT,
    NAISSANCE_INCONNUE,
    age_en_mois,
    charge_inconnue,
    fait_de_charge_manquant,
    sejour_enfant_inconnu,
)
from limpide.droits.bases.foyer import CONJOINT, vit_en_couple
from limpide.droits.bases.sejour import INCONNU, residence_lointaine, titre_inconnu
from limpide.droits.faits import NATURES
from limpide.droits.logement.composition import composition_inconnue, compte_a_charge, descendant_inconnu
from limpide.droits.logement.conditions import AUTRE_NATIONALITE, sejour_logement
from limpide.droits.logement.manques_secteur import convention_manquante, pret_manquant, resident_manquant
from limpide.droits.logement.occupation import FOYER, PRIMO_ACCEDANT, conventionne, secteur
from limpide.droits.logement.ressources import adulte_present, etudiant_inconnu, ressources_enfant, ressources_exactes
from limpide.droits.logement.revenus import CHOMEUR, inconnu, ressources_personne, situation_inconnue
from limpide.droits.moteur.primitive import primitive

LIEU, STATUT, PROPRIETE, RENT, ZONE, COLOCATION, CHAMBRE, ACCUEIL, MARIAGE = (
    NATURES["residence"].code,
    NATURES["statut_occupation_logement"].code,
    NATURES["proprietaire_proche_famille"].code,
    NATURES["loyer"].code,
    NATURES["zone_apl"].code,
    NATURES["coloc"].code,
    NATURES["logement_chambre"].code,
    NATURES["personne_agee_handicapee"].code,
    NATURES["jeunes_maries"].code,
)
NAISSANCE, GARDE, CHARGE, SEJOUR_ENFANT, INCAPACITE, ENCEINTE, GROSSESSE, ETUDIANT, BOURSE = (
    NATURES["date_naissance"].code,
    NATURES["garde_alternee"].code,
    NATURES["charge_logement"].code,
    NATURES["enfant_sejour_regulier"].code,
    NATURES["taux_incapacite"].code,
    NATURES["enceinte"].code,
    NATURES["date_debut_grossesse"].code,
    NATURES["etudiant"].code,
    NATURES["boursier"].code,
)
NATIONALITE, TITRE, CARTE, PROTECTION = (
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["carte_resident"].code,
    NATURES["protection_internationale"].code,
)
SALAIRES, ALLOCATIONS, PENSIONS, VERSEES, FRAIS, AGRICOLES, MICRO, INDEPENDANTS, AUTRES = (
    NATURES["logement_salaires"].code,
    NATURES["logement_chomage"].code,
    NATURES["logement_pensions"].code,
    NATURES["logement_pensions_versees"].code,
    NATURES["frais_reels"].code,
    NATURES["rpns_benefice_exploitant_agricole"].code,
    NATURES["rpns_micro_entreprise_benefice"].code,
    NATURES["rpns_autres_revenus"].code,
    NATURES["revenus_imposables_n2"].code,
)
ACTIVITE, CONGES, RETRAITE, AAH, INVALIDITE, RENTE, MALADIE, ACCIDENT, ARRET, SALAIRE = (
    NATURES["activite"].code,
    NATURES["type_conges"].code,
    NATURES["retraite_nette"].code,
    NATURES["aah"].code,
    NATURES["pensions_invalidite"].code,
    NATURES["rente_accident_travail"].code,
    NATURES["indemnites_journalieres_maladie"].code,
    NATURES["indemnites_journalieres_accident_travail"].code,
    NATURES["date_arret_de_travail"].code,
    NATURES["salaire_net"].code,
)
MICRO_ENTREPRENEUR = NATURES["rpns_auto_entrepreneur_benefice"].code
CHOMAGE, INDEMNITE, SECURISATION, ASS = (
    NATURES["date_debut_chomage"].code,
    NATURES["chomage_net"].code,
    NATURES["allocation_securisation_professionnelle"].code,
    NATURES["ass"].code,
)
RSA, AEEH, PATRIMOINE, LIVRET, EPARGNE, BATI, TERRAINS = (
    NATURES["rsa"].code,
    NATURES["aeeh"].code,
    NATURES["valeur_patrimoine"].code,
    NATURES["livret_a"].code,
    NATURES["epargne_revenus_non_imposables"].code,
    NATURES["valeur_locative_immo_non_loue"].code,
    NATURES["valeur_locative_terrains_non_loues"].code,
)


@primitive
def circonstance_manquante(p: Any) -> int:
    """Why nobody knows how much of somebody's work income counts."""
    if p.activite < 0:
        return ACTIVITE
    if p.type_conges < 0:
        return CONGES
    if inconnu(p.retraite_nette[6]):
        return RETRAITE
    if inconnu(p.aah[6]):
        return AAH
    if inconnu(p.pensions_invalidite[6]):
        return INVALIDITE
    if inconnu(p.rente_accident_travail[6]):
        return RENTE
    if inconnu(p.indemnites_journalieres_maladie[6]):
        return MALADIE
    if inconnu(p.indemnites_journalieres_accident_travail[6]):
        return ACCIDENT
    if p.activite == CHOMEUR:
        if p.date_debut_chomage == NAISSANCE_INCONNUE:
            return CHOMAGE
        if inconnu(p.chomage_net[5]):
            return INDEMNITE
        if inconnu(p.allocation_securisation_professionnelle[5]):
            return SECURISATION
        if inconnu(p.ass[5]):
            return ASS
    return SALAIRE if inconnu(p.salaire_net[5] + p.salaire_net[6]) else ARRET


@primitive
def revenu_manquant(p: Any) -> int:
    """Why nobody knows somebody's income."""
    if inconnu(p.logement_salaires):
        return SALAIRES
    if inconnu(p.logement_chomage):
        return ALLOCATIONS
    if inconnu(p.frais_reels):
        return FRAIS
    if inconnu(p.rpns_benefice_exploitant_agricole):
        return AGRICOLES
    if inconnu(p.rpns_micro_entreprise_benefice):
        return MICRO
    if inconnu(p.rpns_autres_revenus):
        return INDEPENDANTS
    if inconnu(p.logement_pensions):
        return PENSIONS
    if inconnu(p.revenus_imposables_n2):
        return AUTRES
    return VERSEES if inconnu(p.logement_pensions_versees) else circonstance_manquante(p)


@primitive
def composition_manquante(personnes: Any, b: Any) -> int:
    """Why nobody knows who counts (0: who was there, which is no fact of the catalogue)."""
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    for p in personnes:
        if p.role == CONJOINT and p.present[6] < 0:
            return 0
        if p.role != ENFANT or p.present[6] == 0:
            continue
        if p.garde_alternee == 1 and p.charge_logement < 0:
            return CHARGE
        if age_en_mois(p, b, 6) >= 12 * b[6].al_age_enfant and descendant_inconnu(p, b):
            if p.taux_incapacite < 0:
                return INCAPACITE
            if p.garde_alternee < 0:
                return GARDE
            return SEJOUR_ENFANT if sejour_enfant_inconnu(p) else revenu_manquant(p)
    return 0


@primitive
def mariage_ou_grossesse(personnes: Any, foyer: Any, b: Any) -> int:
    """Why nobody knows whether the family allowance or the social one is due, nobody being a dependant (0: known)."""
    if compte_a_charge(personnes, b, True) > 0:
        return 0
    if vit_en_couple(personnes, 6):
        return MARIAGE if foyer.jeunes_maries < 0 else 0
    if residence_lointaine(foyer):
        return 0
    demandeur = personnes[0]
    if demandeur.enceinte < 0:
        return ENCEINTE
    return GROSSESSE if demandeur.enceinte == 1 and demandeur.date_debut_grossesse == NAISSANCE_INCONNUE else 0


@primitive
def sejour_manquant(personnes: Any) -> int:
    """Why nobody knows whether the stay is regular, or whether a foreign student is excluded."""
    for p in personnes:
        if p.role != ENFANT and p.present[6] != 0:
            if p.nationalite < 0:
                return NATIONALITE
            if p.nationalite == AUTRE_NATIONALITE and p.duree_possession_titre_sejour < 0:
                return TITRE
            if p.nationalite == AUTRE_NATIONALITE and titre_inconnu(p):
                return CARTE if p.carte_resident < 0 else PROTECTION
    return ETUDIANT if personnes[0].etudiant < 0 else BOURSE


@primitive
def logement_manquant(foyer: Any, personnes: Any, apl: bool, b: Any) -> int:
    """Which fact about the dwelling is missing (0: none)."""
    if foyer.statut_occupation_logement == PRIMO_ACCEDANT:
        pret = pret_manquant(foyer)
        if pret:
            return pret
    if math.isnan(foyer.loyer[6]):
        return RENT
    if foyer.zone_apl < 0:
        return ZONE
    if foyer.coloc < 0:
        return COLOCATION
    if foyer.logement_chambre < 0:
        return CHAMBRE
    if secteur(foyer, personnes, b) == FOYER:
        return resident_manquant(foyer, personnes, apl, b)
    return ACCUEIL if foyer.personne_agee_handicapee < 0 else 0


@primitive
def bien_manquant(foyer: Any, personnes: Any) -> int:
    """Why nobody knows what the wealth is deemed to bring."""
    if inconnu(foyer.valeur_patrimoine):
        return PATRIMOINE
    for p in personnes:
        if inconnu(p.livret_a[6]):
            return LIVRET
        if inconnu(p.epargne_revenus_non_imposables[6]):
            return EPARGNE
        if inconnu(p.valeur_locative_immo_non_loue):
            return BATI
        if inconnu(p.valeur_locative_terrains_non_loues):
            return TERRAINS
    return 0


@primitive
def ressource_manquante(foyer: Any, personnes: Any, b: Any) -> int:
    """Why nobody knows the income of the household."""
    demandeur = personnes[0]
    if etudiant_inconnu(demandeur, b):
        if demandeur.etudiant < 0:
            return ETUDIANT
        return BOURSE if demandeur.boursier < 0 else NAISSANCE
    if inconnu(foyer.rsa[5]):
        return RSA
    if inconnu(foyer.aeeh[6]):
        return AEEH
    for p in personnes:
        if adulte_present(p) and inconnu(p.aah[6]):
            return AAH
    for p in personnes:
        if adulte_present(p) and inconnu(ressources_personne(p, False, b)):
            return revenu_manquant(p)
        if p.role == ENFANT and p.present[6] == 1 and inconnu(ressources_enfant(p, b)):
            return revenu_manquant(p)
    return bien_manquant(foyer, personnes)


@primitive
def circonstance_d_accedant(personnes: Any) -> int:
    """Why nobody knows whether the income of a home buyer has a floor."""
    for p in personnes:
        if adulte_present(p) and situation_inconnue(p):
            return circonstance_manquante(p)
    return travail_manquant(personnes)


@primitive
def travail_manquant(personnes: Any) -> int:
    """Why nobody knows whether an adult worked the month before."""
    for p in personnes:
        if adulte_present(p) and inconnu(p.salaire_net[5]):
            return SALAIRE
    return MICRO_ENTREPRENEUR


@primitive
def logement_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if foyer.statut_occupation_logement < 0:
        return STATUT
    if foyer.proprietaire_proche_famille < 0 and foyer.statut_occupation_logement != PRIMO_ACCEDANT:
        return PROPRIETE
    apl = conventionne(foyer, b) != 0
    if conventionne(foyer, b) < 0:
        return convention_manquante(foyer)
    if composition_inconnue(personnes, b):
        return composition_manquante(personnes, b)
    situation = 0 if apl else mariage_ou_grossesse(personnes, foyer, b)
    if situation:
        return situation
    if sejour_logement(personnes, b) == INCONNU:
        return sejour_manquant(personnes)
    logement = logement_manquant(foyer, personnes, apl, b)
    if logement:
        return logement
    if inconnu(ressources_exactes(foyer, personnes, b)):
        return ressource_manquante(foyer, personnes, b)
    accedant = foyer.statut_occupation_logement == PRIMO_ACCEDANT
    return circonstance_d_accedant(personnes) if accedant else travail_manquant(personnes)
