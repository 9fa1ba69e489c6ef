"""Allocation versée en cas de décès d'un enfant (CSS L545-1, L755-34, D545-1 to D545-8, D755-46)."""

import math
from typing import Any

from limpide.droits.allocation_deces import phrases
from limpide.droits.bases.charge import charge_inconnue, compte_enfants, fait_de_charge_manquant, mois_depuis
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence, sejour_du_foyer
from limpide.droits.faits import DATE_INCONNUE, NATURES
from limpide.droits.faits_enfants import DECES_ENFANT
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

NON_DEMANDE, HORS_PERIODE, AGE = int(Motif.NON_DEMANDE), int(Motif.HORS_PERIODE), int(Motif.AGE)
GROSSESSE_COURTE, NON_CUMUL = int(Motif.GROSSESSE_COURTE), int(Motif.NON_CUMUL)
AUCUN, COURTE, TROP_GRAND, CAPITAL_POSSIBLE = (
    DECES_ENFANT.index("aucun"),
    DECES_ENFANT.index("grossesse_avant_vingt_semaines"),
    DECES_ENFANT.index("vingt_cinq_ans_ou_plus"),
    DECES_ENFANT.index("seize_a_vingt_quatre_ans"),
)
SANS_DATE = DATE_INCONNUE
PAS_ENCORE, TRANSITOIRE = 0, 1
FAIBLE, ELEVE = 1, 0


@regle(
    "CSS L545-1",
    "CSS D545-5",
    depuis="2021-01-01",
    libelle="Mois du décès",
    phrase=phrases.dire_mois,
    phrase_nulle=phrases.dire_autre_mois,
)
def deces_du_mois(foyer: Any, b: Any, k: int) -> bool:
    """The situation is looked at on the day of the death: the sum is that of its month."""
    return mois_depuis(foyer.date_deces_enfant, b[k].mois) == 0


@regle(
    "CSS L545-1",
    "CSS D545-1",
    "CSS D545-2",
    "CSS D545-6",
    depuis="2021-01-01",
    libelle="Perte qui ouvre droit",
    phrase=phrases.dire_perte,
)
def perte_ouvrant_droit(foyer: Any, p: Any) -> int:
    """Reason: from the twentieth week of pregnancy to the twenty-fifth birthday, unless a capital décès was chosen."""
    if foyer.deces_enfant == COURTE:
        return GROSSESSE_COURTE
    if foyer.deces_enfant == TROP_GRAND:
        return AGE
    if foyer.deces_enfant == CAPITAL_POSSIBLE and p.capital_deces != 0:
        return INCONNU if p.capital_deces < 0 else NON_CUMUL
    return OUVERT


@regle(
    "CSS L545-1",
    "CSS D545-4",
    depuis="2021-01-01",
    libelle="Plafond de ressources",
    phrase=phrases.dire_plafond,
)
def plafond(enfants: int, b: Any, k: int) -> float:
    """Euros a year, raised by child in charge, the one who died included."""
    return b[k].deces_plafond + enfants * b[k].deces_plafond_par_enfant


@regle(
    "CSS D545-3",
    "CSS D755-46",
    depuis="2021-01-01",
    libelle="Montant",
    phrase=phrases.dire_montant,
)
def montant_de_l_allocation(rang: int, b: Any, k: int) -> float:
    """Euros: the whole rate at or under the ceiling (0), half of it above (1)."""
    return arrondi_centime(b[k].deces_taux[rang] * b[k].bmaf)


@primitive
def perte_dite(foyer: Any, b: Any) -> int:
    """Reason that a loss told gives before its amount: something missing, another month, or OUVERT."""
    if foyer.deces_enfant < 0 or foyer.date_deces_enfant == SANS_DATE:
        return INCONNU
    if not deces_du_mois(foyer, b, 6) or b[6].deces_regime == PAS_ENCORE:
        return HORS_PERIODE
    return A_INSTRUIRE if b[6].deces_regime == TRANSITOIRE else OUVERT


@primitive
def allocation_deces_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the income, or OUVERT."""
    if foyer.deces_enfant == AUCUN:
        return NON_DEMANDE
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    dite = perte_dite(foyer, b)
    if dite != OUVERT:
        return dite
    perte = perte_ouvrant_droit(foyer, personnes[0])
    if perte != OUVERT:
        return perte
    if charge_inconnue(personnes, b, 6):
        return INCONNU
    return sejour_du_foyer(personnes)


@regle(
    "CSS L545-1",
    "CSS L755-34",
    depuis="2021-01-01",
    libelle="Allocation versée en cas de décès d'un enfant",
    phrase=phrases.dire_allocation,
    phrase_nulle="L'allocation n'est pas due pour ce mois.",
)
def allocation_deces(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros, once, before CRDS; NaN if a fact is missing."""
    condition = allocation_deces_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    ressources = foyer.prestations_familiales_base_ressources
    if math.isnan(ressources):
        return math.nan
    enfants = compte_enfants(personnes, b, 6) + 1
    rang = FAIBLE if ressources > plafond(enfants, b, 6) else ELEVE
    return montant_de_l_allocation(rang, b, 6)


@regle("CSS L545-1", "CSS L512-1", "CSS L512-2", depuis="2021-01-01", libelle="Ouverture du droit")
def allocation_deces_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    return OUVERT if montant > 0.0 else allocation_deces_condition(foyer, personnes, b)


LIEU, NATIONALITE, TITRE, PERTE, JOUR, CAPITAL, RESSOURCES_N2 = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["deces_enfant"].code,
    NATURES["date_deces_enfant"].code,
    NATURES["capital_deces"].code,
    NATURES["prestations_familiales_base_ressources"].code,
)


@primitive
def allocation_deces_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact."""
    if foyer.residence < 0:
        return LIEU
    if foyer.deces_enfant < 0:
        return PERTE
    if foyer.date_deces_enfant == SANS_DATE:
        return JOUR
    if foyer.deces_enfant == CAPITAL_POSSIBLE and personnes[0].capital_deces < 0:
        return CAPITAL
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
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
def allocation_deces_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
