"""Resources that reduce the RSA (CASF L262-3, R262-6 to R262-13): of each person and of the household."""

from typing import Any

from limpide.droits.af.regles import af_base
from limpide.droits.bases.charge import ENFANT, age_en_mois
from limpide.droits.bases.foyer import enfant_du_foyer
from limpide.droits.bases.mots import euros, mois
from limpide.droits.bases.revenus import (
    allocation_adulte_handicape,
    chomage,
    complement_familial_retenu,
    indemnites_maladie,
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
from limpide.droits.rsa import phrases


@primitive
def montant_seul(b: Any, k: int) -> float:
    """Lump sum of one person that reference month `k` is computed with."""
    return b[mois_du_montant(b, k)].rsa_montant


@regle(
    "CASF R262-12",
    "CASF R262-7",
    "CASF R262-13",
    depuis="2017-01-01",
    libelle="Revenus du travail et du chômage, moyenne mensuelle",
    phrase=phrases.dire_travail_moyen,
    phrase_nulle="Aucun revenu du travail ni du chômage n'est compté.",
)
def travail_moyen(p: Any, b: Any, debut: int) -> float:
    """A third of three months of wages, sick pay and unemployment benefit; nothing if stopped for good."""
    if p.revenus_interrompus == 1:
        return 0.0
    total = 0.0
    for k in range(debut, debut + 3):
        total += positif(salaires(p, k)) + indemnites_maladie(p, k) + chomage(p, k)
    return total / 3.0


@primitive
def autres_du_mois(p: Any, b: Any, k: int) -> float:
    """Pensions, maintenance, rents, interest and windfalls of one month."""
    total = pensions(p, k) + pensions_alimentaires(p, k)
    if p.sans_autre_revenu == 1:
        return total
    return (
        total
        + p.retraite_combattant[k]
        + p.revenus_capital[k]
        + p.revenus_locatifs[k]
        + p.gains_exceptionnels[k]
        + p.dedommagement_victime_amiante[k]
        + p.livret_a[k] * b[k].livret_a_taux / 12.0
        + p.epargne_revenus_non_imposables[k] * b[k].rsa_taux_capital / 12.0
    )


@regle(
    "CASF L132-1",
    "CASF R132-1",
    depuis="2009-01-01",
    libelle="Biens qui ne rapportent rien",
    phrase=phrases.dire_biens,
    phrase_nulle="Aucun bien sans revenu n'est compté.",
)
def biens_non_loues(p: Any, b: Any, k: int) -> float:
    """A twelfth of half the yearly rental value of buildings, and of four fifths of that of land, not let."""
    annuel = p.valeur_locative_immo_non_loue * b[k].rsa_taux_bati
    return (annuel + p.valeur_locative_terrains_non_loues * b[k].rsa_taux_terrain) / 12.0


@regle(
    "CASF R262-6",
    "CASF R262-7",
    "CASF R262-13",
    depuis="2017-01-01",
    libelle="Autres ressources, moyenne mensuelle",
    phrase=phrases.dire_autres,
    phrase_nulle="Aucune autre ressource n'est comptée.",
)
def autres_moyennes(p: Any, b: Any, debut: int) -> float:
    """A third of three months; if stopped for good, only what exceeds the lump sum of one person."""
    total = 0.0
    for k in range(debut, debut + 3):
        total += autres_du_mois(p, b, k)
    moyenne = total / 3.0
    if p.valeur_locative_immo_non_loue != 0.0 or p.valeur_locative_terrains_non_loues != 0.0:
        moyenne += biens_non_loues(p, b, debut + 2)
    if p.autres_ressources_interrompues == 1:
        return positif(moyenne - montant_seul(b, debut + 2))
    return moyenne


@regle(
    "CASF R262-7",
    depuis="2017-01-01",
    libelle="Ressources d'une personne, moyenne mensuelle",
    phrase=phrases.dire_ressources_personne,
    phrase_nulle=phrases.dire_sans_ressources,
)
def ressources_personne(p: Any, b: Any, debut: int) -> float:
    """Euros a month over the reference quarter, benefits of the Caf apart."""
    total = travail_moyen(p, b, debut) + autres_moyennes(p, b, debut)
    if profits(p) != 0.0:
        total += revenus_independant(p)
    return total


@primitive
def compte_au_foyer(p: Any, examen: int) -> bool:
    """An adult of the household on the day of the examination."""
    return p.role != ENFANT and (p.role == 0 or p.present[examen] == 1)


@regle(
    "CASF R262-11",
    depuis="2017-01-01",
    libelle="Allocation de base de la Paje retenue",
    phrase=lambda a, r: f"L'allocation de base de la Paje compte pour {euros(r)} en {mois(a['b'], a['k'])}.",
    phrase_nulle="L'allocation de base de la Paje n'est pas comptée.",
)
def paje_retenue(foyer: Any, personnes: Any, isole: bool, b: Any, k: int) -> float:
    """Left out in the month of birth and, for a parent alone, until the month of the child's three months."""
    if foyer.paje_base[k] == 0.0:
        return 0.0
    sans = b[k].rsa_mois_sans_paje if isole else 0
    for p in personnes:
        if p.role == ENFANT and enfant_du_foyer(p, b, k) and age_en_mois(p, b, k) <= sans:
            return 0.0
    return foyer.paje_base[k]


@regle(
    "CASF R262-7",
    "CASF R262-10-1",
    "CASF R262-11",
    depuis="2017-01-01",
    libelle="Prestations familiales et minima sociaux du mois",
    phrase=phrases.dire_prestations,
    phrase_nulle="Aucune prestation n'est comptée pour ce mois.",
)
def prestations_du_mois(foyer: Any, personnes: Any, enfants: bool, isole: bool, b: Any, examen: int, k: int) -> float:
    """Benefits of month `k`, counted whole in that month; age increases of family allowances left out."""
    total = af_base(foyer, personnes, b, k) if enfants else 0.0
    if foyer.sans_prestation == 0:
        total += soutien_familial_retenu(foyer, b, k) + complement_familial_retenu(foyer, b, k)
        total += paje_retenue(foyer, personnes, isole, b, k) + foyer.paje_prepare[k]
    for p in personnes:
        if p.sans_autre_revenu == 0 and compte_au_foyer(p, examen):
            total += allocation_adulte_handicape(p, k) + minima_sociaux(p, k)
    return total
