"""What is known of the care of each child: paid or not, told or still to tell, within what a structure may bill."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, mois_depuis
from limpide.droits.faits import DATE_INCONNUE
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_cmg.enfants import (
    ASSISTANT_STRUCTURE,
    AUCUN,
    MICRO_CRECHE,
    PAS_A_DOMICILE,
    STRUCTURE_A_DOMICILE,
    cherche_un_jeune_enfant,
    compte_pour_le_cmg,
    domicile_aide,
    est_garde,
)


@primitive
def tarif_admis(p: Any, b: Any, k: int) -> bool:
    """A micro-crèche bills no more an hour than the decree allows."""
    if p.mode_garde != MICRO_CRECHE:
        return True
    admis: bool = p.garde_cout <= p.garde_heures * b[k].cmg_tarif_maximal
    return admis


@primitive
def heures_a_voir(p: Any, b: Any, k: int) -> bool:
    """Few hours in a structure: pages for the public say 16 at least, no article was read."""
    if p.mode_garde not in (ASSISTANT_STRUCTURE, MICRO_CRECHE):
        return False
    peu: bool = p.garde_heures < b[k].cmg_heures_minimum
    return peu


SANS_GARDE, GARDE_INCONNUE, GARDE_A_VOIR, GARDE_AIDEE = 0, 3, 2, 1


@primitive
def garde_de_l_enfant(p: Any, personnes: Any, b: Any, k: int) -> int:
    """What is known of the care of this child outside the home."""
    if p.role != ENFANT or p.present[k] != 1:
        return SANS_GARDE
    if p.mode_garde < 0:
        return GARDE_INCONNUE if compte_pour_le_cmg(p, b, k) else SANS_GARDE
    if not est_garde(p, personnes, b, k):
        return SANS_GARDE
    if math.isnan(p.garde_cout) or p.garde_heures < 0:
        return GARDE_INCONNUE
    if heures_a_voir(p, b, k):
        return GARDE_A_VOIR
    return GARDE_AIDEE if tarif_admis(p, b, k) else SANS_GARDE


@primitive
def garde_du_domicile(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """The same at home."""
    if foyer.garde_domicile < 0:
        return GARDE_INCONNUE if cherche_un_jeune_enfant(personnes, b, k) else SANS_GARDE
    if domicile_aide(foyer, personnes, b, k) == 0:
        return SANS_GARDE
    if math.isnan(foyer.garde_domicile_cout) or foyer.garde_domicile_heures < 0:
        return GARDE_INCONNUE
    peu = foyer.garde_domicile == STRUCTURE_A_DOMICILE and foyer.garde_domicile_heures < b[k].cmg_heures_minimum
    return GARDE_A_VOIR if peu else GARDE_AIDEE


@primitive
def garde_du_foyer(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """The strongest: unknown, to look at, helped, none."""
    retenue = garde_du_domicile(foyer, personnes, b, k)
    for p in personnes:
        garde = garde_de_l_enfant(p, personnes, b, k)
        retenue = max(retenue, garde)
    return retenue


@primitive
def garde_declaree(foyer: Any, personnes: Any) -> bool:
    """Somebody is paid to look after a child this month, or may be (unknown)."""
    n = 0
    for p in personnes:
        if p.role == ENFANT and p.present[6] != 0 and p.mode_garde != AUCUN:
            n += 1
    return n > 0 or foyer.garde_domicile != PAS_A_DOMICILE


@primitive
def depuis_la_demande(foyer: Any, b: Any, k: int) -> int:
    """Months since the first that the claim may open, the one before it (R552-2, II, 2°); below zero without a claim.

    A household that is only simulated has no date of claim.
    """
    if foyer.cmg_date_demande == DATE_INCONNUE:
        return -1
    depuis: int = mois_depuis(foyer.cmg_date_demande, b[k].mois) + 1
    return depuis
