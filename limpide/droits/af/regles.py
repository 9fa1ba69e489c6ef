"""Allocations familiales (CSS L521-1 to L521-3, D521-1 to D521-3, R521-1 to R521-4, L755-12, D755-5)."""

import math
from typing import Any

from limpide.droits.af import phrases
from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    age_en_mois,
    arrive_ce_mois,
    charge_inconnue,
    coefficient_residence_alternee,
    compte_enfants,
    compte_ouvrants,
    fait_de_charge_manquant,
    mois_depuis,
    nombre_enfants,
    ouvre_ce_mois,
    sous_plafond,
)
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import INCONNU, OUVERT, outremer, residence, sejour_du_foyer
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

NOMBRE_ENFANTS, A_VENIR = int(Motif.NOMBRE_ENFANTS), int(Motif.A_VENIR)


@regle(
    "CSS D521-3",
    depuis="2015-07-01",
    libelle="Tranche de ressources",
    phrase=phrases.dire_tranche,
)
def tranche_ressources(ressources: float, enfants: int, b: Any, k: int) -> int:
    """0, 1 or 2: within the first ceiling, the second, above; both grow with the number of children."""
    return tranche_de(ressources, enfants, b, k)


@primitive
def tranche_de(ressources: float, enfants: int, b: Any, k: int) -> int:
    """The same, without a step of the explanation."""
    hausse = enfants * b[k].af_plafond_par_enfant
    if ressources <= b[k].af_plafond_1 + hausse:
        return 0
    if ressources <= b[k].af_plafond_2 + hausse:
        return 1
    return 2


@regle(
    "CSS L521-1",
    "CSS D521-1",
    depuis="2015-07-01",
    libelle="Allocations familiales pour tous les enfants",
    phrase=phrases.dire_montant_enfants,
)
def montant_enfants(enfants: int, tranche: int, b: Any, k: int) -> float:
    """Euros a month for two children or more, before sharing."""
    taux = b[k].af_taux_deuxieme[tranche] + (enfants - 2) * b[k].af_taux_suivants[tranche]
    return arrondi_centime(taux * b[k].bmaf)


@regle(
    "CSS L755-12",
    "CSS D755-5",
    depuis="1998-12-30",
    libelle="Allocation outre-mer pour un seul enfant",
    phrase=phrases.dire_un_enfant,
)
def montant_un_enfant(b: Any, k: int) -> float:
    """5.88 % of the monthly base, without any income bracket."""
    return arrondi_centime(b[k].af_outremer_taux_un_enfant * b[k].bmaf)


@regle(
    "CSS L521-1",
    "CSS L521-2",
    "CSS R521-3",
    depuis="2015-07-01",
    libelle="Allocations familiales de base",
    phrase=phrases.dire_base,
    phrase_nulle="Les allocations familiales de base ne sont pas dues.",
)
def af_base(foyer: Any, personnes: Any, b: Any, k: int) -> float:
    """Euros for month `k`, shared residence applied, without age increases; NaN if a fact is missing."""
    if charge_inconnue(personnes, b, k):
        return math.nan
    if residence(foyer) != OUVERT:
        return 0.0
    enfants = compte_ouvrants(personnes, b, k)
    if enfants >= b[k].af_enfants_minimum:
        ressources = foyer.prestations_familiales_base_ressources
        if math.isnan(ressources):
            return math.nan
        tranche = tranche_ressources(ressources, enfants, b, k)
        montant = montant_enfants(enfants, tranche, b, k)
    elif enfants == 1 and outremer(foyer):
        montant = montant_un_enfant(b, k)
    else:
        return 0.0
    return arrondi_centime(montant * coefficient_residence_alternee(personnes, b, k))


@regle(
    "CSS L521-3",
    "CSS R521-1",
    depuis="2008-05-01",
    jusque="2026-02-28",
    libelle="Âge de la majoration",
    phrase=phrases.dire_age_majoration,
)
def age_majoration(p: Any, b: Any, k: int) -> int:
    """Years: 14 for everyone."""
    return b[k].af_age_majoration


@regle(
    "CSS L521-3",
    "CSS R521-1",
    "Décret n° 2026-138, article 2",
    depuis="2026-03-01",
    variante_de=age_majoration,
    libelle="Âge de la majoration",
    phrase=phrases.dire_age_majoration_2026,
)
def age_majoration_2026(p: Any, b: Any, k: int) -> int:
    """Years: 18, or still 14 for a child whose fourteenth birthday came before 1 March 2026."""
    if mois_depuis(p.date_naissance, b[k].af_mois_pivot_majoration) > 12 * b[k].af_age_majoration_anterieur:
        return b[k].af_age_majoration_anterieur
    return b[k].af_age_majoration


@primitive
def rang_aine(personnes: Any, b: Any, k: int) -> int:
    """Rank, in the record, of the eldest child in charge (-1 if none): of twins, one in shared custody."""
    aine, rang = -1, 0
    naissance = 0
    for p in personnes:
        if p.role == ENFANT and ouvre_ce_mois(p, personnes, b, k):
            jumeau = p.date_naissance == naissance and p.garde_alternee == 1
            if aine < 0 or p.date_naissance < naissance or jumeau:
                aine, naissance = rang, p.date_naissance
        rang += 1
    return aine


@regle(
    "CSS L521-3",
    "CSS D521-1",
    "CSS R521-4",
    depuis="2015-07-01",
    libelle="Majoration pour âge d'un enfant",
    phrase=phrases.dire_majoration_enfant,
)
def majoration_enfant(p: Any, tranche: int, b: Any, k: int) -> float:
    """Euros a month, from the month after the birthday; half for a child in shared residence."""
    if age_en_mois(p, b, k) <= 12 * age_majoration(p, b, k):
        return 0.0
    montant = b[k].af_taux_majoration[tranche] * b[k].bmaf
    if p.garde_alternee == 1:
        montant *= b[k].part_residence_alternee
    return arrondi_centime(montant)


@regle(
    "CSS D755-5",
    depuis="1998-12-30",
    libelle="Outre-mer, majoration pour âge de l'enfant unique",
    phrase=phrases.dire_majoration_enfant_unique,
)
def majoration_enfant_unique(p: Any, b: Any, k: int) -> float:
    """Euros a month: 3.69 % of the monthly base after 11, 5.67 % after 16, without income bracket."""
    age = age_en_mois(p, b, k)
    if age <= 12 * b[k].af_outremer_ages_un_enfant[0]:
        return 0.0
    seuil = 1 if age > 12 * b[k].af_outremer_ages_un_enfant[1] else 0
    montant = b[k].af_outremer_majoration_un_enfant[seuil] * b[k].bmaf
    if p.garde_alternee == 1:
        montant *= b[k].part_residence_alternee
    return arrondi_centime(montant)


@regle(
    "CSS L521-3",
    "CSS R521-1",
    depuis="2008-05-01",
    libelle="Majorations pour âge",
    phrase=phrases.dire_majorations,
)
def majorations(personnes: Any, enfants: int, tranche: int, b: Any, k: int) -> float:
    """Euros a month for all children; of two children, the elder gives none."""
    exclu = -1
    if 1 < enfants < b[k].af_enfants_majoration_aine:
        exclu = rang_aine(personnes, b, k)
    total = 0.0
    rang = 0
    for p in personnes:
        if rang != exclu and p.role == ENFANT and ouvre_ce_mois(p, personnes, b, k):
            if enfants == 1:
                total += majoration_enfant_unique(p, b, k)
            else:
                total += majoration_enfant(p, tranche, b, k)
        rang += 1
    return total


@regle(
    "CSS L521-1",
    "CSS D521-2",
    depuis="2015-07-01",
    libelle="Enfant de vingt ans",
)
def enfant_de_vingt_ans(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """From the month of the twentieth birthday and for a year, if still at home and paid little."""
    if p.role != ENFANT or p.present[k] != 1 or arrive_ce_mois(p, personnes, k):
        return False
    passe = age_en_mois(p, b, k) - 12 * b[k].pf_age_limite
    return 0 <= passe < 12 and sous_plafond(p, b, k)


@regle(
    "CSS L521-1",
    "CSS D521-2",
    depuis="2015-07-01",
    libelle="Nombre d'enfants de vingt ans",
    phrase=phrases.dire_vingt_ans,
    phrase_nulle="Aucun enfant de vingt ans.",
)
def nombre_vingt_ans(personnes: Any, b: Any, k: int) -> float:
    """Shared children count for half: the allowance is theirs, not the family's."""
    total = 0.0
    for p in personnes:
        if p.role == ENFANT and enfant_de_vingt_ans(p, personnes, b, k):
            total += b[k].part_residence_alternee if p.garde_alternee == 1 else 1.0
    return total


@regle(
    "CSS L521-1",
    "CSS D521-1",
    "CSS D521-2",
    depuis="2015-07-01",
    libelle="Complément dégressif",
    phrase=phrases.dire_complement,
    phrase_nulle="Aucun complément dégressif n'est dû.",
)
def complement_degressif(montant: float, ressources: float, enfants: int, tranche: int, b: Any, k: int) -> float:
    """A twelfth of (ceiling + twelve times the amount − income), as long as that is positive."""
    if tranche == 0 or montant <= 0.0:
        return 0.0
    plafond = (b[k].af_plafond_1 if tranche == 1 else b[k].af_plafond_2) + enfants * b[k].af_plafond_par_enfant
    complement = (plafond + 12.0 * montant - ressources) / 12.0
    return arrondi_centime(complement) if complement > 0.0 else 0.0


@regle(
    "CSS L521-1",
    "CSS D521-2",
    depuis="2015-07-01",
    libelle="Allocation forfaitaire à vingt ans",
    phrase="L'allocation forfaitaire pour un enfant de vingt ans est de {resultat:euros}, pendant un an.",
    phrase_nulle="L'allocation forfaitaire pour un enfant de vingt ans n'est pas due.",
)
def allocation_forfaitaire(foyer: Any, personnes: Any, enfants: int, b: Any, k: int) -> float:
    """Euros a month, with its own sliding complement; three children needed, those of twenty included."""
    de_vingt_ans = 0
    for p in personnes:
        if p.role == ENFANT and enfant_de_vingt_ans(p, personnes, b, k):
            de_vingt_ans += 1
    if de_vingt_ans == 0 or enfants + de_vingt_ans < b[k].af_enfants_forfaitaire:
        return 0.0
    ressources = foyer.prestations_familiales_base_ressources
    if math.isnan(ressources):
        return math.nan
    total = enfants + de_vingt_ans
    tranche = tranche_ressources(ressources, total, b, k)
    unitaire = arrondi_centime(b[k].af_taux_forfaitaire[tranche] * b[k].bmaf)
    unitaire += complement_degressif(unitaire, ressources, total, tranche, b, k)
    return arrondi_centime(unitaire * nombre_vingt_ans(personnes, b, k))


@primitive
def nombre_suffit(foyer: Any, enfants: int, b: Any, k: int) -> bool:
    """Two children, or one overseas."""
    return enfants >= b[k].af_enfants_minimum or (enfants == 1 and outremer(foyer))


@primitive
def af_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed, or OUVERT."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if charge_inconnue(personnes, b, 6):
        return INCONNU
    if not nombre_suffit(foyer, compte_ouvrants(personnes, b, 6), b, 6):
        return A_VENIR if nombre_suffit(foyer, compte_enfants(personnes, b, 6), b, 6) else NOMBRE_ENFANTS
    return sejour_du_foyer(personnes)


@regle(
    "CSS L521-1",
    "CSS L521-3",
    depuis="2015-07-01",
    libelle="Allocations familiales",
    phrase=phrases.dire_af,
    phrase_nulle="Les allocations familiales ne sont pas dues pour ce mois.",
)
def af(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS; NaN if a fact is missing."""
    condition = af_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition not in (OUVERT, NOMBRE_ENFANTS, A_VENIR) or not a_des_enfants(personnes):
        return 0.0
    enfants = nombre_enfants(personnes, b, 6)
    forfaitaire = allocation_forfaitaire(foyer, personnes, enfants, b, 6)
    if condition != OUVERT:
        return forfaitaire
    base = af_base(foyer, personnes, b, 6)
    if enfants == 1:
        return arrondi_centime(base + majorations(personnes, 1, 0, b, 6) + forfaitaire)
    ressources = foyer.prestations_familiales_base_ressources
    if math.isnan(ressources):
        return math.nan
    tranche = tranche_de(ressources, enfants, b, 6)
    montant = base + majorations(personnes, enfants, tranche, b, 6)
    complement = complement_degressif(montant, ressources, enfants, tranche, b, 6)
    return arrondi_centime(montant + complement + forfaitaire)


@regle("CSS L521-1", "CSS L512-1", "CSS L512-2", depuis="2015-07-01", libelle="Ouverture du droit")
def af_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    return af_condition(foyer, personnes, b)


PREMIERS_FAITS = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["prestations_familiales_base_ressources"].code,
)
LIEU, NATIONALITE, TITRE, RESSOURCES_N2 = PREMIERS_FAITS


@primitive
def af_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    if af_condition(foyer, personnes, b) == INCONNU:
        return NATIONALITE if personnes[0].nationalite < 0 else TITRE
    return RESSOURCES_N2


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def af_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as the Caf publish them (151.05 for 151.80)."""
    return tronque_centime(montant * b[6].crds_taux)
