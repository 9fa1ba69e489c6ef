"""Allocation de rentrée scolaire (CSS L543-1, L543-2, R543-1 to R543-7, D543-1, D543-2)."""

import math
from typing import Any

from limpide.droits.ars import phrases
from limpide.droits.ars.enfants import (
    NON_INSCRIT,
    OUVRE_DROIT,
    age_dans_l_annee,
    entree_au_cp_inconnue,
    inscription_inconnue,
    situation_a_la_rentree,
)
from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    allocataire_inconnu,
    charge_inconnue,
    enfants_ici,
    fait_de_charge_manquant,
)
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import INCONNU, OUVERT, residence, sejour_du_foyer
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

NOMBRE_ENFANTS, AGE, RESSOURCES = int(Motif.NOMBRE_ENFANTS), int(Motif.AGE), int(Motif.RESSOURCES)
HORS_PERIODE, SCOLARITE, SEUIL = int(Motif.HORS_PERIODE), int(Motif.SCOLARITE), int(Motif.SEUIL)
FEVRIER = 0
"""Rank of February in the window of August. Its monthly base is that of 1 January: it changes on 1 April (L551-1)."""


@regle(
    "CSS D543-1",
    "CSS R543-7",
    depuis="2012-08-01",
    libelle="Mois du versement",
    phrase=phrases.dire_mois,
    phrase_nulle=lambda a, r: phrases.dire_mois(a, False),
)
def mois_de_la_rentree(b: Any, k: int) -> bool:
    """One payment a year, at the rates applicable on 1 August."""
    return b[k].mois % 100 == b[k].ars_mois


@regle(
    "CSS R543-1",
    "CSS R543-2",
    "CSS R543-4",
    "CSS R513-1",
    depuis="1990-09-05",
    libelle="Enfant qui ouvre droit à la rentrée",
    phrase=phrases.dire_enfant,
)
def enfant_ouvre_droit(p: Any, b: Any, k: int) -> bool:
    """In charge of this household, six before 1 February and not eighteen on 15 September, enrolled."""
    return situation_a_la_rentree(p, b, k) == OUVRE_DROIT


@regle(
    "CSS L543-1",
    "CSS R543-2",
    depuis="1990-09-05",
    libelle="Nombre d'enfants qui ouvrent droit",
    phrase=phrases.dire_enfants,
    phrase_nulle="Aucun de vos enfants n'ouvre droit à l'allocation de rentrée scolaire.",
)
def enfants_de_la_rentree(personnes: Any, b: Any, k: int) -> int:
    """How many children the allowance is paid for."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and enfant_ouvre_droit(p, b, k):
            n += 1
    return n


@primitive
def manque_une_inscription(personnes: Any, b: Any, k: int) -> bool:
    """A child of the age is in charge, and only the enrolment is refused."""
    for p in personnes:
        if p.role == ENFANT and situation_a_la_rentree(p, b, k) == NON_INSCRIT:
            return True
    return False


@regle(
    "CSS L543-1",
    "CSS R543-5",
    depuis="2013-01-01",
    libelle="Plafond de ressources",
    phrase=phrases.dire_plafond,
)
def plafond_de_la_rentree(enfants: int, b: Any, k: int) -> float:
    """Euros a year, raised by the published figure for every child in charge."""
    return b[k].ars_plafond + enfants * b[k].ars_plafond_par_enfant


@primitive
def tranche_d_age(p: Any, b: Any, k: int) -> int:
    """0 under eleven at the end of the year, 1 from eleven, 2 from fifteen."""
    age = age_dans_l_annee(p, b, k)
    if age < b[k].ars_ages_majoration[0]:
        return 0
    return 1 if age < b[k].ars_ages_majoration[1] else 2


@regle(
    "CSS D543-1",
    depuis="2012-08-01",
    jusque="2020-07-31",
    libelle="Montant pour un enfant",
    phrase=phrases.dire_montant_enfant,
)
def montant_pour_un_enfant(p: Any, tranche: int, b: Any, k: int, base: int) -> float:
    """Euros: the rate of the age, times the monthly base of the month of rank `base`."""
    return arrondi_centime(b[base].ars_taux[tranche] * b[base].bmaf)


@regle(
    "CSS D543-1",
    "Décret n° 2020-985",
    depuis="2020-08-01",
    jusque="2021-07-31",
    variante_de=montant_pour_un_enfant,
    libelle="Montant pour un enfant, rentrée 2020",
    phrase=phrases.dire_montant_enfant_2020,
)
def montant_pour_un_enfant_2020(p: Any, tranche: int, b: Any, k: int, base: int) -> float:
    """The exceptional increase of 2020 joins the rate, for every age."""
    return arrondi_centime((b[base].ars_taux[tranche] + b[k].ars_majoration_exceptionnelle) * b[base].bmaf)


@regle(
    "CSS D543-1",
    depuis="2021-08-01",
    variante_de=montant_pour_un_enfant,
    libelle="Montant pour un enfant",
    phrase=phrases.dire_montant_enfant,
)
def montant_pour_un_enfant_2021(p: Any, tranche: int, b: Any, k: int, base: int) -> float:
    """The rate of the age alone, again."""
    return arrondi_centime(b[base].ars_taux[tranche] * b[base].bmaf)


@regle(
    "CSS L543-1",
    "CSS D543-1",
    depuis="2012-08-01",
    libelle="Montant entier",
    phrase=phrases.dire_montant,
)
def montant_entier(personnes: Any, b: Any, k: int, base: int) -> float:
    """Euros for all the children who open the right."""
    total = 0.0
    for p in personnes:
        if p.role == ENFANT and situation_a_la_rentree(p, b, k) == OUVRE_DROIT:
            total += montant_pour_un_enfant(p, tranche_d_age(p, b, k), b, k, base)
    return arrondi_centime(total)


@regle(
    "CSS L543-2",
    "CSS R543-6-1",
    depuis="2008-08-03",
    libelle="Allocation différentielle",
    phrase=phrases.dire_differentielle,
    phrase_nulle=phrases.dire_differentielle_nulle,
)
def allocation_differentielle(montant: float, plafond: float, ressources: float) -> float:
    """Ceiling plus amounts minus income. The article divides by the children, each receiving a share: the total."""
    reste = plafond + montant - ressources
    return arrondi_centime(reste) if reste > 0.0 else 0.0


@primitive
def ars_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the income, or OUVERT. Outside August nothing else is looked at."""
    if not mois_de_la_rentree(b, 6):
        return HORS_PERIODE
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if charge_inconnue(personnes, b, 6) or allocataire_inconnu(personnes, b, 6):
        return INCONNU
    if entree_au_cp_inconnue(personnes, b, 6) or inscription_inconnue(personnes, b, 6):
        return INCONNU
    if enfants_de_la_rentree(personnes, b, 6) == 0:
        if enfants_ici(personnes, b, 6) == 0:
            return NOMBRE_ENFANTS
        return SCOLARITE if manque_une_inscription(personnes, b, 6) else AGE
    return sejour_du_foyer(personnes)


@regle(
    "CSS L543-1",
    "CSS L543-2",
    "CSS D543-2",
    depuis="2012-08-01",
    libelle="Allocation de rentrée scolaire",
    phrase=phrases.dire_ars,
    phrase_nulle="L'allocation de rentrée scolaire n'est pas due pour ce mois.",
)
def ars(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the year, before CRDS; NaN if a fact is missing; below zero: too small to be paid."""
    condition = ars_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    ressources = foyer.prestations_familiales_base_ressources
    if math.isnan(ressources):
        return math.nan
    plafond = plafond_de_la_rentree(enfants_ici(personnes, b, 6), b, 6)
    if ressources <= plafond:
        return montant_entier(personnes, b, 6, 6)
    reste = allocation_differentielle(montant_entier(personnes, b, 6, FEVRIER), plafond, ressources)
    return reste if reste >= b[6].ars_minimum_verse else 0.0 - reste


@regle("CSS L543-1", "CSS L512-1", "CSS L512-2", "CSS R543-1", depuis="2012-08-01", libelle="Ouverture du droit")
def ars_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    if montant < 0.0:
        return SEUIL
    condition = ars_condition(foyer, personnes, b)
    return RESSOURCES if condition == OUVERT else condition


LIEU, NATIONALITE, TITRE, RESSOURCES_N2, ALLOCATAIRE, COURS_PREPARATOIRE, INSCRIPTION = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["prestations_familiales_base_ressources"].code,
    NATURES["allocataire_unique"].code,
    NATURES["cours_preparatoire_anticipe"].code,
    NATURES["inscription_rentree"].code,
)


@primitive
def ars_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    if allocataire_inconnu(personnes, b, 6):
        return ALLOCATAIRE
    if entree_au_cp_inconnue(personnes, b, 6):
        return COURS_PREPARATOIRE
    if inscription_inconnue(personnes, b, 6):
        return INSCRIPTION
    if sejour_du_foyer(personnes) == INCONNU:
        return NATIONALITE if personnes[0].nationalite < 0 else TITRE
    return RESSOURCES_N2


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def ars_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
