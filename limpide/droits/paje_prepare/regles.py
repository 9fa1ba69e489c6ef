"""Prestation partagée d'éducation de l'enfant (CSS L531-4, L532-2, R531-2 to R531-4, R552-2, D531-4, D531-13…)."""

import math
from typing import Any

from limpide.droits.bases.charge import (
    ENFANT,
    a_des_enfants,
    allocataire_inconnu,
    charge_inconnue,
    fait_de_charge_manquant,
)
from limpide.droits.bases.mots import dire_crds
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, residence, sejour_du_foyer
from limpide.droits.cf.regles import couple_inconnu
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle, tronque_centime
from limpide.droits.moteur.primitive import primitive
from limpide.droits.paje_base.enfants import accueil_inconnu_du_foyer
from limpide.droits.paje_prepare import phrases
from limpide.droits.paje_prepare.parents import (
    AUCUN_CHOIX,
    CESSATION,
    CUMUL,
    DU,
    DUREE_ATTEINTE,
    MAJOREE,
    NON_DEMANDEE,
    NON_DIT,
    PAS_COMMENCE,
    PEU_TRAVAILLE,
    TROP_GRAND,
    TROP_PEU,
    annees_de_reference,
    fait_du_parent_manquant,
    situation_du_parent,
)

NOMBRE_ENFANTS, AGE, NON_CUMUL = int(Motif.NOMBRE_ENFANTS), int(Motif.AGE), int(Motif.NON_CUMUL)
A_COMMENCER, DUREE, ANTERIEURE, SANS_OBJET = (
    int(Motif.A_VENIR),
    int(Motif.DUREE_EPUISEE),
    int(Motif.ACTIVITE_ANTERIEURE),
    int(Motif.NON_DEMANDE),
)


@regle(
    "CSS L531-4",
    "CSS L532-2",
    "CSS R531-2",
    "CSS R552-2",
    "CSS D531-13",
    "CSS D531-14",
    "CSS D531-14-1",
    "CSS D531-16-1",
    depuis="2015-01-01",
    libelle="Droit de chaque parent",
    phrase=phrases.dire_parent,
    phrase_nulle="",
)
def droit_du_parent(parent: Any, personnes: Any, b: Any, k: int) -> int:
    """What this parent has, as a step of the explanation."""
    return situation_du_parent(parent, personnes, b, k)


@regle(
    "CSS R531-2",
    "CSS D531-16-1",
    depuis="2015-01-01",
    libelle="Période de référence de l'activité antérieure",
    phrase=phrases.dire_reference,
)
def periode_de_reference(parent: Any, personnes: Any, b: Any, k: int) -> int:
    """Years before the arrival of the child, as a step of the explanation."""
    return annees_de_reference(parent, personnes, b, k)


@regle(
    "CSS D531-4",
    depuis="2015-01-01",
    libelle="Montant selon l'activité gardée",
    phrase=phrases.dire_montant_du_choix,
)
def montant_du_choix(choix: int, b: Any, k: int) -> float:
    """Euros a month: full rate, half time or less, up to 80 %, increased rate."""
    return arrondi_centime(b[k].prepare_taux[choix - 1] * b[k].bmaf)


@regle(
    "CSS L531-4",
    "CSS D531-4",
    depuis="2015-01-01",
    libelle="Deux parents à la fois",
    phrase=phrases.dire_deux_parents,
)
def montant_des_deux(premier: int, second: int, b: Any, k: int) -> float:
    """One full rate of two, the higher; two partial rates are replaced by the full one (L531-4, III)."""
    if premier in (CESSATION, MAJOREE):
        return max(montant_du_choix(premier, b, k), montant_du_choix(second, b, k))
    return montant_du_choix(CESSATION, b, k)


@primitive
def demandeurs_de_la_prepare(personnes: Any) -> int:
    """Adults who are there, or may be, and ask for it, or may (unknown)."""
    n = 0
    for p in personnes:
        if p.role != ENFANT and p.present[6] != 0 and p.prepare_choix != NON_DEMANDEE:
            n += 1
    return n


@primitive
def situation_du_foyer(personnes: Any, b: Any, k: int) -> int:
    """The strongest of the parents'."""
    retenue = AUCUN_CHOIX
    for p in personnes:
        if p.role != ENFANT:
            situation = situation_du_parent(p, personnes, b, k)
            retenue = max(retenue, situation)
    return retenue


@primitive
def choix_du_droit(personnes: Any, b: Any, k: int, rang: int) -> int:
    """Choice of the first (0) or second (1) parent to whom it is due; 0 if there is none."""
    vus = 0
    for p in personnes:
        if p.role != ENFANT and situation_du_parent(p, personnes, b, k) == DU:
            if vus == rang:
                choix: int = p.prepare_choix
                return choix
            vus += 1
    return NON_DEMANDEE


@primitive
def plein_et_partiel(personnes: Any, b: Any, k: int) -> bool:
    """One parent stopped and the other works less: the code says nothing of both together."""
    premier, second = choix_du_droit(personnes, b, k, 0), choix_du_droit(personnes, b, k, 1)
    if second == NON_DEMANDEE:
        return False
    return (premier in (CESSATION, MAJOREE)) != (second in (CESSATION, MAJOREE))


@primitive
def motif_de_la_prepare(situation: int) -> int:
    """Reason that says what the parents have, from the strongest."""
    if situation == NON_DIT:
        return INCONNU
    if situation == DU:
        return OUVERT
    if situation == PAS_COMMENCE:
        return A_COMMENCER
    if situation == CUMUL:
        return NON_CUMUL
    return ANTERIEURE if situation == PEU_TRAVAILLE else motif_de_l_enfant(situation)


@primitive
def motif_de_l_enfant(situation: int) -> int:
    """The same, when nothing remains for any child."""
    if situation == DUREE_ATTEINTE:
        return DUREE
    if situation == TROP_PEU:
        return NOMBRE_ENFANTS
    return AGE if situation == TROP_GRAND else SANS_OBJET


@primitive
def enfants_inconnus(personnes: Any, b: Any, k: int) -> bool:
    """A fact is missing to tell which children open the right, and since when."""
    if charge_inconnue(personnes, b, k) or allocataire_inconnu(personnes, b, k):
        return True
    manque: bool = accueil_inconnu_du_foyer(personnes, b, k) != 0
    return manque


@primitive
def paje_prepare_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed, or OUVERT; who asked for nothing misses nothing."""
    if demandeurs_de_la_prepare(personnes) == 0:
        return SANS_OBJET
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    if couple_inconnu(personnes, 6):
        return INCONNU
    if enfants_inconnus(personnes, b, 6):
        return INCONNU
    motif = motif_de_la_prepare(situation_du_foyer(personnes, b, 6))
    if motif != OUVERT:
        return motif
    return sejour_et_cumul(personnes, b, 6)


@primitive
def sejour_et_cumul(personnes: Any, b: Any, k: int) -> int:
    """Last conditions: the claimant's stay, and a full and a partial rate at once, which a person looks at."""
    titre = sejour_du_foyer(personnes)
    return A_INSTRUIRE if titre == OUVERT and plein_et_partiel(personnes, b, k) else titre


@regle(
    "CSS L531-1",
    "CSS L531-4",
    depuis="2015-01-01",
    libelle="Prestation partagée d'éducation de l'enfant",
    phrase=phrases.dire_paje_prepare,
    phrase_nulle="La prestation partagée d'éducation de l'enfant n'est pas due pour ce mois.",
)
def paje_prepare(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, before CRDS; NaN if a fact is missing."""
    condition = paje_prepare_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if couple_inconnu(personnes, 6) or enfants_inconnus(personnes, b, 6):
        return 0.0
    for p in personnes:
        if p.role != ENFANT and p.present[6] == 1 and p.prepare_choix > NON_DEMANDEE:
            periode_de_reference(p, personnes, b, 6)
            droit_du_parent(p, personnes, b, 6)
    if condition != OUVERT:
        return 0.0
    premier, second = choix_du_droit(personnes, b, 6, 0), choix_du_droit(personnes, b, 6, 1)
    if second == NON_DEMANDEE:
        return montant_du_choix(premier, b, 6)
    return montant_des_deux(premier, second, b, 6)


@regle("CSS L531-4", "CSS L512-1", "CSS L512-2", depuis="2015-01-01", libelle="Ouverture du droit")
def paje_prepare_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    if montant > 0.0:
        return OUVERT
    return paje_prepare_condition(foyer, personnes, b)


LIEU, NATIONALITE, TITRE, ALLOCATAIRE, ADOPTION, ARRIVEE = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
    NATURES["allocataire_unique"].code,
    NATURES["adoption"].code,
    NATURES["date_adoption"].code,
)


@primitive
def paje_prepare_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    if couple_inconnu(personnes, 6):
        return 0
    if charge_inconnue(personnes, b, 6):
        return fait_de_charge_manquant(personnes)
    if allocataire_inconnu(personnes, b, 6):
        return ALLOCATAIRE
    accueil = accueil_inconnu_du_foyer(personnes, b, 6)
    if accueil:
        return ADOPTION if accueil == 1 else ARRIVEE
    for p in personnes:
        if p.role != ENFANT and situation_du_parent(p, personnes, b, 6) == NON_DIT:
            return fait_du_parent_manquant(p, 6)
    return NATIONALITE if personnes[0].nationalite < 0 else TITRE


@regle(
    "Ordonnance n° 96-50, articles 14 et 19",
    depuis="1996-02-01",
    libelle="CRDS",
    phrase=dire_crds,
    phrase_nulle="La CRDS ne retient rien.",
)
def paje_prepare_crds(foyer: Any, personnes: Any, b: Any, montant: float) -> float:
    """Euros withheld: 0.5 %, cut to the cent below, as for the family allowances."""
    return tronque_centime(montant * b[6].crds_taux)
