"""Allocation de base of the Paje (CSS L531-1 to L531-3, R531-1, D531-1, D531-3, D531-3-1, R552-2, R552-3, L755-19)."""

import math
from typing import Any

from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    allocataire_inconnu,
    charge_inconnue,
    fait_de_charge_manquant,
)
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import INCONNU, OUVERT, residence, sejour_du_foyer
from limpide.droits.cf.regles import ORDINAIRE, couple_inconnu, plafond_de, plafond_releve
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_base import phrases
from limpide.droits.paje_base.enfants import (
    accueil_inconnu_du_foyer,
    accueil_le_plus_nombreux,
    allocation_a_venir,
    attendus,
    attente_inconnue,
    bareme_anterieur,
    enfants_du_plafond,
    ouvre_l_allocation,
)

NOMBRE_ENFANTS, AGE, RESSOURCES = int(Motif.NOMBRE_ENFANTS), int(Motif.AGE), int(Motif.RESSOURCES)
A_VENIR = int(Motif.A_VENIR)
AUCUN, PARTIEL, PLEIN = 0, 1, 2
PLUS_D_ENFANTS = 6
"""How many more children an unknown pregnancy could bring, for the ceilings: more were never born in France."""


@regle(
    "CSS L531-1",
    "CSS L531-3",
    "CSS D531-1",
    "CSS R552-2",
    "CSS R552-3",
    depuis="2018-04-01",
    libelle="Enfant de moins de trois ans",
    phrase=phrases.dire_enfant,
    phrase_nulle=lambda a, r: phrases.dire_enfant(a, False),
)
def enfant_de_l_allocation(p: Any, personnes: Any, b: Any, k: int) -> bool:
    """The same test as a step of the explanation."""
    return ouvre_l_allocation(p, personnes, b, k)


@regle(
    "CSS L531-3",
    depuis="2018-04-01",
    libelle="Nombre d'allocations de base",
    phrase=phrases.dire_nombre,
    phrase_nulle="Aucun de vos enfants n'ouvre droit à l'allocation de base.",
)
def nombre_d_allocations(personnes: Any, b: Any, k: int) -> int:
    """One for the household, or one for each child of a multiple birth or adoption."""
    for p in personnes:
        if p.role == ENFANT:
            enfant_de_l_allocation(p, personnes, b, k)
    return accueil_le_plus_nombreux(personnes, b, k)


@primitive
def plafond_du_taux(taux: int, enfants: int, releve: bool, b: Any, k: int) -> float:
    """Euros a year: the ceiling of the full rate, or of the partial one."""
    if taux == PLEIN:
        return plafond_de(enfants, ORDINAIRE, releve, b, k)
    deux_premiers = enfants if enfants <= 2 else 2
    part = 1.0 + deux_premiers * b[k].cf_majoration_enfants[0]
    part += (enfants - deux_premiers) * b[k].cf_majoration_enfants[1]
    plafond = b[k].paje_plafond_partiel * part
    return plafond + b[k].paje_majoration_partiel if releve else plafond


@primitive
def plafond_anterieur(taux: int, enfants: int, releve: bool, b: Any, k: int) -> float:
    """The same for children born or adopted before April 2018: 22 % for each child."""
    if taux == PLEIN:
        plafond = b[k].paje_anterieur_plafond_plein * (1.0 + enfants * b[k].paje_anterieur_par_enfant)
        return plafond + b[k].paje_anterieur_majoration_plein if releve else plafond
    plafond = b[k].paje_anterieur_plafond_partiel * (1.0 + enfants * b[k].paje_anterieur_par_enfant)
    return plafond + b[k].paje_anterieur_majoration_partiel if releve else plafond


@primitive
def plafond_applicable(taux: int, enfants: int, releve: bool, ancien: bool, b: Any, k: int) -> float:
    """One or the other (`ancien`: children born or adopted before April 2018)."""
    if ancien:
        return plafond_anterieur(taux, enfants, releve, b, k)
    return plafond_du_taux(taux, enfants, releve, b, k)


@regle(
    "CSS L531-2",
    "CSS L531-3",
    "CSS R531-1",
    "CSS R522-2",
    "CSS D531-3-1",
    "Loi n° 2017-1836, article 37",
    depuis="2018-04-01",
    jusque="2021-03-31",
    libelle="Plafond de ressources de l'allocation de base",
    phrase=phrases.dire_plafond,
)
def plafond_de_l_allocation(taux: int, enfants: int, releve: bool, ancien: bool, b: Any, k: int) -> float:
    """As a step of the explanation: children born or to be born raise it; two scales until March 2021."""
    return plafond_applicable(taux, enfants, releve, ancien, b, k)


@regle(
    "CSS L531-2",
    "CSS L531-3",
    "CSS R531-1",
    "CSS R522-2",
    "CSS D531-3-1",
    depuis="2021-04-01",
    variante_de=plafond_de_l_allocation,
    libelle="Plafond de ressources de l'allocation de base",
    phrase=phrases.dire_plafond,
)
def plafond_de_l_allocation_2021(taux: int, enfants: int, releve: bool, ancien: bool, b: Any, k: int) -> float:
    """One scale for all."""
    return plafond_du_taux(taux, enfants, releve, b, k)


@primitive
def taux_ouvert(ressources: float, enfants: int, releve: bool, ancien: bool, b: Any, k: int) -> int:
    """Which rate this income opens."""
    if ressources <= plafond_applicable(PLEIN, enfants, releve, ancien, b, k):
        return PLEIN
    return PARTIEL if ressources <= plafond_applicable(PARTIEL, enfants, releve, ancien, b, k) else AUCUN


@primitive
def taux_indecis(foyer: Any, personnes: Any, ressources: float, b: Any, k: int) -> bool:
    """« Biactivité » or a pregnancy is unknown, and would change the rate."""
    enfants = enfants_du_plafond(personnes, b, k) + attendus(personnes, k)
    de_plus = PLUS_D_ENFANTS if attente_inconnue(personnes, k) else 0
    releve = plafond_releve_sur(foyer, personnes, k)
    ancien = bareme_anterieur(personnes, b, k)
    au_moins = taux_ouvert(ressources, enfants, releve == 1, ancien, b, k)
    return au_moins != taux_ouvert(ressources, enfants + de_plus, releve != 0, ancien, b, k)


@primitive
def plafond_releve_sur(foyer: Any, personnes: Any, k: int) -> int:
    """1 if the ceilings are raised, -1 if nobody knows."""
    if not vit_en_couple(personnes, k):
        return 1
    releve: int = foyer.biactivite
    return releve


@regle(
    "CSS D531-3",
    "Loi n° 2017-1836, article 37",
    "Loi n° 2013-1203, article 74",
    depuis="2018-04-01",
    jusque="2021-03-31",
    libelle="Montant de l'allocation de base",
    phrase=phrases.dire_montant,
)
def montant_au_taux(taux: int, ancien: bool, b: Any, k: int) -> float:
    """Euros a month: partial (1) or full (2) rate, times the monthly base, frozen for the former scale."""
    if ancien:
        return arrondi_centime(b[k].paje_base_taux_anterieur[taux - 1] * b[k].paje_base_mensuelle_gelee)
    return arrondi_centime(b[k].paje_base_taux[taux - 1] * b[k].bmaf)


@regle(
    "CSS D531-3",
    depuis="2021-04-01",
    variante_de=montant_au_taux,
    libelle="Montant de l'allocation de base",
    phrase=phrases.dire_montant,
)
def montant_au_taux_2021(taux: int, ancien: bool, b: Any, k: int) -> float:
    """Euros a month: partial (1) or full (2) rate, times the monthly base."""
    return arrondi_centime(b[k].paje_base_taux[taux - 1] * b[k].bmaf)


@primitive
def paje_base_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the income, or OUVERT."""
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if charge_inconnue(personnes, b, 6) or accueil_inconnu_du_foyer(personnes, b, 6):
        return INCONNU
    # Counted here while nobody says which parent receives: if none opens the right so, now or next month, none does.
    ouvre = nombre_d_allocations(personnes, b, 6) > 0
    if not ouvre and not allocation_a_venir(personnes, b, 6):
        return AGE
    if allocataire_inconnu(personnes, b, 6):
        return INCONNU
    return sejour_du_foyer(personnes) if ouvre else A_VENIR


@regle(
    "CSS L531-1",
    "CSS L531-3",
    depuis="2018-04-01",
    libelle="Allocation de base de la Paje",
    phrase=phrases.dire_paje_base,
    phrase_nulle="L'allocation de base de la Paje n'est pas due pour ce mois.",
)
def paje_base(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS; NaN if a fact is missing."""
    condition = paje_base_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    ressources = foyer.prestations_familiales_base_ressources
    if math.isnan(ressources) or couple_inconnu(personnes, 6):
        return math.nan
    if taux_indecis(foyer, personnes, ressources, b, 6):
        return math.nan
    enfants = enfants_du_plafond(personnes, b, 6) + attendus(personnes, 6)
    releve = plafond_releve(foyer, personnes, 6)
    ancien = bareme_anterieur(personnes, b, 6)
    taux = PLEIN
    if ressources > plafond_de_l_allocation(PLEIN, enfants, releve, ancien, b, 6):
        taux = PARTIEL
        if ressources > plafond_de_l_allocation(PARTIEL, enfants, releve, ancien, b, 6):
            return 0.0
    return accueil_le_plus_nombreux(personnes, b, 6) * montant_au_taux(taux, ancien, b, 6)


@regle("CSS L531-1", "CSS L512-1", "CSS L512-2", depuis="2018-04-01", libelle="Ouverture du droit")
def paje_base_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition = paje_base_condition(foyer, personnes, b)
    return RESSOURCES if condition == OUVERT else condition


LIEU, NATIONALITE, TITRE, ALLOCATAIRE, ADOPTION, ARRIVEE, RESSOURCES_N2, BIACTIVITE, ENCEINTE, ATTENDUS = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["allocataire_unique"].code,
    NATURES["adoption"].code,
    NATURES["date_adoption"].code,
    NATURES["prestations_familiales_base_ressources"].code,
    NATURES["biactivite"].code,
    NATURES["enceinte"].code,
    NATURES["enfants_attendus"].code,
)


@primitive
def paje_base_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    if allocataire_inconnu(personnes, b, 6):
        return ALLOCATAIRE
    accueil = accueil_inconnu_du_foyer(personnes, b, 6)
    if accueil:
        return ADOPTION if accueil == 1 else ARRIVEE
    if sejour_du_foyer(personnes) == INCONNU:
        return NATIONALITE if personnes[0].nationalite < 0 else TITRE
    if math.isnan(foyer.prestations_familiales_base_ressources):
        return RESSOURCES_N2
    if couple_inconnu(personnes, 6):
        return 0
    if plafond_releve_sur(foyer, personnes, 6) < 0:
        return BIACTIVITE
    return ENCEINTE if attente_inconnue(personnes, 6) == 1 else ATTENDUS


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def paje_base_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
