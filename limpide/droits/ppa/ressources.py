"""Resources of the prime d'activité (CSS L842-4, R844-1 to R844-5): work and the rest."""

from typing import Any

from limpide.droits.af.regles import af_base
from limpide.droits.bases.charge import ENFANT, age_en_mois
from limpide.droits.bases.foyer import enfant_du_foyer
from limpide.droits.bases.mots import de_mois, euros, mois
from limpide.droits.bases.revenus import (
    allocation_adulte_handicape,
    chomage,
    complement_familial_retenu,
    indemnites_maladie,
    indemnites_maladie_activite,
    minima_sociaux,
    pensions,
    pensions_alimentaires,
    positif,
    profits,
    revenus_independant,
    salaires,
    soutien_familial_retenu,
)
from limpide.droits.bases.trimestre import mois_du_montant
from limpide.droits.moteur import regle
from limpide.droits.moteur.primitive import primitive
from limpide.droits.ppa import phrases


@primitive
def montant_seul(b: Any, k: int) -> float:
    """Lump sum of one person that reference month `k` is computed with."""
    return b[mois_du_montant(b, k)].ppa_montant


@primitive
def travail_hors_aah(p: Any, b: Any, k: int) -> float:
    """Work income of month `k`, the disabled adults' allowance apart."""
    total = positif(salaires(p, k))
    if profits(p) != 0.0:
        total += revenus_independant(p)
    if p.sans_revenu_remplacement == 0:
        total += indemnites_maladie_activite(p, b, k)
    return total


@regle(
    "CSS L842-8",
    "CSS D843-4",
    depuis="2018-01-01",
    libelle="Allocation aux adultes handicapés comptée comme revenu du travail",
    phrase=phrases.dire_aah,
    phrase_nulle="Aucune allocation aux adultes handicapés ne compte comme un revenu du travail.",
)
def aah_activite(p: Any, travail: float, b: Any, k: int) -> float:
    """Counted as work income once other work income reaches 29 hours at the minimum wage."""
    if travail >= b[k].ppa_heures_aah * b[k].smic_horaire:
        return allocation_adulte_handicape(p, k)
    return 0.0


@regle(
    "CSS R844-1",
    "CSS R843-1",
    depuis="2017-01-01",
    libelle="Revenus du travail d'une personne",
    phrase=phrases.dire_travail,
    phrase_nulle=phrases.dire_travail,
)
def revenus_travail(p: Any, b: Any, k: int) -> float:
    """Euros of month `k`: wages and the like, profits, first months of sick pay, the disabled's allowance."""
    travail = travail_hors_aah(p, b, k)
    if p.sans_autre_revenu == 1:
        return travail
    return travail + aah_activite(p, travail, b, k)


@regle(
    "CSS R844-2",
    "CSS R843-1",
    depuis="2017-01-01",
    libelle="Autres revenus d'une personne",
    phrase=phrases.dire_autres,
    phrase_nulle=phrases.dire_autres,
)
def autres_revenus(p: Any, b: Any, k: int) -> float:
    """Replacement income and social minima of month `k`, and a twelfth of income taxed two years ago."""
    total = p.revenus_imposables_n2 / 12.0
    if p.sans_revenu_remplacement == 0:
        remplace = indemnites_maladie(p, k) - indemnites_maladie_activite(p, b, k)
        total += chomage(p, k) + pensions(p, k) + remplace
    if p.sans_autre_revenu == 0:
        aah = allocation_adulte_handicape(p, k) - aah_activite(p, travail_hors_aah(p, b, k), b, k)
        total += pensions_alimentaires(p, k) + minima_sociaux(p, k) + aah
    return total


@regle(
    "CSS R844-5",
    depuis="2016-01-01",
    libelle="Allocation de base de la Paje retenue",
    phrase=lambda a, r: f"L'allocation de base de la Paje compte pour {euros(r)} en {mois(a['b'], a['k'])}.",
    phrase_nulle="L'allocation de base de la Paje n'est pas comptée.",
)
def paje_retenue(foyer: Any, personnes: Any, isole: bool, b: Any, k: int) -> float:
    """Left out for a parent alone until the month when the child is three months old."""
    if isole and foyer.paje_base[k] > 0.0:
        for p in personnes:
            ici = p.role == ENFANT and enfant_du_foyer(p, b, k)
            if ici and age_en_mois(p, b, k) <= b[k].rsa_mois_sans_paje:
                return 0.0
    return foyer.paje_base[k]


@regle(
    "CSS L842-4",
    "CSS R844-4",
    "CSS R844-5",
    depuis="2016-01-01",
    libelle="Prestations familiales du mois",
    phrase=lambda a, r: (
        f"Les prestations familiales {de_mois(a['b'], a['k'])} (sans majoration pour âge) comptent pour {euros(r)}."
    ),
    phrase_nulle="Aucune prestation familiale n'est comptée pour ce mois.",
)
def prestations_du_mois(foyer: Any, personnes: Any, enfants: bool, isole: bool, b: Any, k: int) -> float:
    """Family benefits of month `k`; the age increases and the lump sum at twenty are left out."""
    total = af_base(foyer, personnes, b, k) if enfants else 0.0
    if foyer.sans_prestation == 0:
        total += soutien_familial_retenu(foyer, b, k) + complement_familial_retenu(foyer, b, k)
        total += paje_retenue(foyer, personnes, isole, b, k) + foyer.paje_prepare[k]
    return total
