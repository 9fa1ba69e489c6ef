"""Allocation journalière du proche aidant (CSS L168-8 to L168-16, L136-8, D168-11 to D168-18)."""

import math
from typing import Any

from limpide.droits.aeeh.enfants import complement_paye
from limpide.droits.ajpa import phrases
from limpide.droits.ajpp.presence import (
    DEMI_JOURNEES_D_UN_JOUR,
    PREPARE,
    arrets,
    remplacements,
    selon_les_revenus,
)
from limpide.droits.bases.charge import ENFANT, charge_inconnue, est_a_charge, fait_de_charge_manquant
from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.remplacement import remplacement_manquant
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence, sejour_prestations_familiales
from limpide.droits.cf.regles import couple_inconnu
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive

NON_DEMANDE, EPUISE, HORS_PERIODE = int(Motif.NON_DEMANDE), int(Motif.DUREE_EPUISEE), int(Motif.HORS_PERIODE)
NON_CUMUL = int(Motif.NON_CUMUL)


@regle(
    "CSS D168-13",
    "Décret n° 2020-1208, article 1",
    depuis="2019-07-01",
    jusque="2021-12-31",
    libelle="Montant d'une journée",
    phrase=phrases.dire_journee,
)
def montant_journalier(seul: bool, b: Any, k: int) -> float:
    """Euros: a part of the monthly base, higher for a person alone."""
    return arrondi_centime(b[k].ajpa_taux[1 if seul else 0] * b[k].bmaf)


@regle(
    "CSS L168-9",
    "CSS D168-13",
    "Décret n° 2022-88, article 2",
    depuis="2022-01-01",
    libelle="Montant d'une journée",
    phrase=phrases.dire_journee_au_smic,
    variante_de=montant_journalier,
)
def montant_journalier_au_smic(seul: bool, b: Any, k: int) -> float:
    """Euros: seven hours of the net minimum wage of 1 January, before the contributions that bring it back there."""
    retenu = b[k].crds_taux + b[k].ajpa_csg_taux
    return arrondi_centime(b[k].ajpp_heures * b[k].smic_horaire_net_janvier / (1.0 - retenu))


@primitive
def deux_durees(b: Any, k: int) -> bool:
    """The days are counted by person helped and over the career (since 2025)."""
    return b[k].ajpa_jours_carriere > b[k].ajpa_jours_par_personne


@regle(
    "CSS L168-9",
    "CSS D168-12",
    depuis="2019-12-28",
    libelle="Demi-journées encore dues",
    phrase=phrases.dire_reste,
    phrase_nulle=phrases.dire_epuise,
)
def demi_journees_restantes(p: Any, b: Any, k: int) -> int:
    """Half-days: what is left of the career and, since 2025, for the person helped."""
    reste = DEMI_JOURNEES_D_UN_JOUR * b[k].ajpa_jours_carriere - p.ajpa_demi_journees_carriere
    if deux_durees(b, k):
        pour_la_personne = DEMI_JOURNEES_D_UN_JOUR * b[k].ajpa_jours_par_personne - p.ajpa_demi_journees_versees
        reste = min(reste, pour_la_personne)
    return max(reste, 0)


@regle(
    "CSS L168-9",
    "CSS D168-12",
    "CSS D168-13",
    depuis="2019-12-28",
    libelle="Demi-journées payées",
    phrase=phrases.dire_jours,
)
def demi_journees_payees(p: Any, reste: int, b: Any, k: int) -> int:
    """Half-days taken, within the month and what is left."""
    maximum = DEMI_JOURNEES_D_UN_JOUR * b[k].ajpa_jours_par_mois
    return min(p.ajpa_demi_journees, maximum, reste)


@primitive
def compteurs_inconnus(p: Any, b: Any, k: int) -> bool:
    """Nobody said how many half-days were paid already."""
    if p.ajpa_demi_journees_carriere < 0:
        return True
    return deux_durees(b, k) and p.ajpa_demi_journees_versees < 0


@primitive
def complement_d_un_enfant(personnes: Any, b: Any, k: int) -> int:
    """1 if a complement of the AEEH is paid for a child in charge, who may be the person helped; -1 if unknown."""
    retenu = 0
    for p in personnes:
        if p.role != ENFANT or p.present[k] == 0 or p.aeeh_accordee == 0:
            continue
        if charge_inconnue(personnes, b, k):
            return -1
        if not est_a_charge(p, b, k):
            continue
        if (p.aeeh_accordee | p.aeeh_niveau_handicap | p.pch_au_lieu_du_complement) < 0:
            return -1
        if complement_paye(p) or p.pch_au_lieu_du_complement == 1:
            retenu = 1
    return retenu


@primitive
def selon_les_cumuls(foyer: Any, personnes: Any, b: Any, k: int) -> int:
    """Reason that the other incomes of the claimant give."""
    p = personnes[0]
    plein = p.ajpa_demi_journees >= DEMI_JOURNEES_D_UN_JOUR * b[k].ajpa_jours_par_mois
    couple = vit_en_couple(personnes, k)
    revenus = selon_les_revenus(remplacements(p, k), arrets(p, k), foyer.paje_prepare[k], plein, couple)
    if p.ajpp_demi_journees != 0:
        return INCONNU if p.ajpp_demi_journees < 0 else NON_CUMUL
    if revenus in (INCONNU, NON_CUMUL):
        return revenus
    complement = complement_d_un_enfant(personnes, b, k)
    if complement < 0:
        return INCONNU
    return A_INSTRUIRE if complement == 1 else revenus


@primitive
def isolement_inconnu(personnes: Any, b: Any, k: int) -> bool:
    """Until the end of 2021, the amount of a day depends on whether the partner was there."""
    return math.isnan(b[k].smic_horaire_net_janvier) and couple_inconnu(personnes, k)


@primitive
def ajpa_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the amounts, or OUVERT."""
    p = personnes[0]
    if b[6].ajpa_jours_carriere == 0:
        return HORS_PERIODE
    if p.ajpa_demi_journees <= 0:
        return INCONNU if p.ajpa_demi_journees < 0 else NON_DEMANDE
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if compteurs_inconnus(p, b, 6) or isolement_inconnu(personnes, b, 6):
        return INCONNU
    cumul = selon_les_cumuls(foyer, personnes, b, 6)
    return sejour_prestations_familiales(p) if cumul == OUVERT else cumul


@regle(
    "CSS L168-8",
    "CSS L168-9",
    "CSS L168-10",
    depuis="2019-12-28",
    libelle="Allocation journalière du proche aidant",
    phrase=phrases.dire_ajpa,
    phrase_nulle="L'allocation journalière du proche aidant n'est pas due pour ce mois.",
)
def ajpa(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CSG and CRDS; NaN if a fact is missing."""
    condition = ajpa_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition != OUVERT:
        return 0.0
    reste = demi_journees_restantes(personnes[0], b, 6)
    if reste == 0:
        return 0.0
    payees = demi_journees_payees(personnes[0], reste, b, 6)
    journee = montant_journalier(not vit_en_couple(personnes, 6), b, 6)
    return arrondi_centime(payees * journee / DEMI_JOURNEES_D_UN_JOUR)


@regle("CSS L168-8", "CSS L168-10", "CSS L512-1", "CSS L512-2", depuis="2019-12-28", libelle="Ouverture du droit")
def ajpa_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    condition = ajpa_condition(foyer, personnes, b)
    return EPUISE if condition == OUVERT else condition


LIEU, NATIONALITE, TITRE, CONGE, CARRIERE, VERSEES, PRESENCE, ACCORDEE, NIVEAU, COMPENSATION = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["ajpa_demi_journees"].code,
    NATURES["ajpa_demi_journees_carriere"].code,
    NATURES["ajpa_demi_journees_versees"].code,
    NATURES["ajpp_demi_journees"].code,
    NATURES["aeeh_accordee"].code,
    NATURES["aeeh_niveau_handicap"].code,
    NATURES["pch_au_lieu_du_complement"].code,
)


@primitive
def enfant_manquant(personnes: Any, b: Any, k: int) -> int:
    """Code of the fact that `complement_d_un_enfant` misses."""
    if charge_inconnue(personnes, b, k):
        return fait_de_charge_manquant(personnes)
    for p in personnes:
        if p.role != ENFANT or p.aeeh_accordee == 0 or not est_a_charge(p, b, k):
            continue
        if p.aeeh_accordee < 0:
            return ACCORDEE
        if p.aeeh_niveau_handicap < 0:
            return NIVEAU
        if p.pch_au_lieu_du_complement < 0:
            return COMPENSATION
    return 0


@primitive
def ajpa_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    p = personnes[0]
    if foyer.residence < 0:
        return LIEU
    if p.ajpa_demi_journees < 0:
        return CONGE
    if p.ajpa_demi_journees_carriere < 0:
        return CARRIERE
    if deux_durees(b, 6) and p.ajpa_demi_journees_versees < 0:
        return VERSEES
    if p.ajpp_demi_journees < 0:
        return PRESENCE
    manque = remplacement_manquant(p, 6)
    if manque != 0:
        return manque
    if math.isnan(foyer.paje_prepare[6]):
        return PREPARE
    if isolement_inconnu(personnes, b, 6):
        return 0
    if complement_d_un_enfant(personnes, b, 6) < 0:
        return enfant_manquant(personnes, b, 6)
    return NATIONALITE if p.nationalite < 0 else TITRE


@regle(
    "CSS D168-13",
    "CSS L136-8",
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="2019-12-28",
    libelle="CSG et CRDS",
    phrase=phrases.dire_retenues,
    phrase_nulle="Rien n'est retenu.",
)
def ajpa_retenues(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 6.2 % rounded to the cent, and 0.5 % cut to the cent below."""
    csg = arrondi_centime(montant * b[6].ajpa_csg_taux)
    return arrondi_centime(csg + tronque_centime(montant * b[6].crds_taux))
