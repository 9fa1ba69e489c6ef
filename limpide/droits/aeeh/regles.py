"""Allocation d'éducation de l'enfant handicapé (CSS L541-1 to L541-4, L755-20, R541-1 to R541-8, D541-1 to D541-4)."""

import math
from typing import Any

from limpide.droits.aeeh import phrases
from limpide.droits.aeeh.enfants import (
    A_VENIR,
    A_VOIR,
    DERNIERE_CATEGORIE,
    DU,
    EN_COUPLE,
    HORS_CHARGE,
    MAJORE,
    NON_DIT,
    PAYE,
    POUR_DES_DEPENSES,
    REMPLACE,
    SANS_COMPLEMENT,
    SANS_OBJET,
    fait_de_l_enfant_manquant,
    majoration_possible,
    situation_de_l_enfant,
    situation_du_foyer,
)
from limpide.droits.bases.charge import ENFANT, a_des_enfants, charge_inconnue
from limpide.droits.bases.sejour import A_INSTRUIRE, INCONNU, OUVERT, RESIDENCE, residence, sejour_du_foyer
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif, arrondi_centime, regle
from limpide.droits.moteur.primitive import primitive

NOMBRE_ENFANTS, DECISION, PAS_ENCORE = int(Motif.NOMBRE_ENFANTS), int(Motif.DECISION), int(Motif.A_VENIR)


@regle(
    "CSS L541-1",
    "CSS L541-2",
    "CSS L541-3",
    "CSS R541-1",
    "CSS R541-7",
    "CSS R541-8",
    "CSS R513-1",
    depuis="2015-03-22",
    libelle="Enfant handicapé qui ouvre droit",
    phrase=phrases.dire_situation,
    phrase_nulle="",
)
def enfant_handicape(p: Any, personnes: Any, b: Any, k: int) -> int:
    """What the child gives: out of charge, without a decision, … due (ranks of `enfants`, from the weakest)."""
    return situation_de_l_enfant(p, personnes, b, k)


@regle(
    "CSS D541-1",
    "CSS D755-11",
    depuis="2006-01-01",
    libelle="Allocation de base",
    phrase=phrases.dire_base,
)
def allocation_de_base(p: Any, b: Any, k: int) -> float:
    """Euros a month for one child, the same overseas."""
    return arrondi_centime(b[k].aeeh_taux * b[k].bmaf)


@regle(
    "CSS R541-2",
    "CSS R541-7",
    "CASF L245-1",
    depuis="2008-04-01",
    libelle="Complément accordé, ou remplacé",
    phrase=phrases.dire_choix,
)
def choix_du_complement(p: Any) -> int:
    """No complement granted, replaced by the prestation de compensation, or paid."""
    if p.aeeh_niveau_handicap == 0:
        return SANS_COMPLEMENT
    return REMPLACE if p.pch_au_lieu_du_complement == 1 else PAYE


@regle(
    "CSS R541-2",
    "CSS D541-2",
    depuis="2006-01-01",
    libelle="Complément",
    phrase=phrases.dire_complement,
)
def complement(p: Any, b: Any, k: int) -> float:
    """Euros a month by category."""
    if p.aeeh_niveau_handicap == DERNIERE_CATEGORIE:
        return b[k].aeeh_complement_tierce_personne
    return arrondi_centime(b[k].aeeh_complements[p.aeeh_niveau_handicap - 1] * b[k].bmaf)


@regle(
    "CSS L541-4",
    "CSS D541-3",
    depuis="2012-01-01",
    libelle="Majoration de la personne isolée : conditions",
    phrase=phrases.dire_isolement,
    phrase_nulle="",
)
def isolement(p: Any, personnes: Any, b: Any, k: int) -> int:
    """Whether the rise is due (ranks of `enfants`): kept with the prestation de compensation, none for expenses."""
    if p.aeeh_niveau_handicap < b[k].aeeh_categorie_premiere_majoration:
        return SANS_OBJET
    if not majoration_possible(p, personnes, b, k):
        return EN_COUPLE
    if p.aeeh_niveau_handicap < b[k].aeeh_categorie_tierce_personne and p.aeeh_tierce_personne == 0:
        return POUR_DES_DEPENSES
    return MAJORE


@regle(
    "CSS D541-4",
    depuis="2006-01-01",
    libelle="Majoration de la personne isolée",
    phrase=phrases.dire_majoration,
)
def majoration_isole(p: Any, b: Any, k: int) -> float:
    """Euros a month, by category of the complement granted."""
    return arrondi_centime(b[k].aeeh_majorations[p.aeeh_niveau_handicap - 1] * b[k].bmaf)


@primitive
def total_des_enfants(personnes: Any, b: Any, k: int) -> float:
    """Euros a month for all the children who open the right."""
    total = 0.0
    for p in personnes:
        if p.role == ENFANT and enfant_handicape(p, personnes, b, k) == DU:
            total += allocation_de_base(p, b, k)
            if choix_du_complement(p) == PAYE:
                total += complement(p, b, k)
            if isolement(p, personnes, b, k) == MAJORE:
                total += majoration_isole(p, b, k)
    return arrondi_centime(total)


@primitive
def motif_des_enfants(situation: int) -> int:
    """Reason that says what the children give."""
    if situation == NON_DIT:
        return INCONNU
    if situation == DU:
        return OUVERT
    if situation == A_VOIR:
        return A_INSTRUIRE
    if situation == A_VENIR:
        return PAS_ENCORE
    return NOMBRE_ENFANTS if situation == HORS_CHARGE else DECISION


@primitive
def aeeh_condition(foyer: Any, personnes: Any, b: Any) -> int:
    """Reason why the right is closed whatever the amounts, or OUVERT."""
    if not a_des_enfants(personnes):
        return NOMBRE_ENFANTS
    motif = motif_des_enfants(situation_du_foyer(personnes, b, 6))
    if motif in (NOMBRE_ENFANTS, DECISION):
        return motif
    lieu = residence(foyer)
    if lieu != OUVERT:
        return lieu
    return sejour_du_foyer(personnes) if motif == OUVERT else motif


@regle(
    "CSS L541-1",
    "CSS L541-4",
    "CSS L755-20",
    depuis="2012-01-01",
    libelle="Allocation d'éducation de l'enfant handicapé",
    phrase=phrases.dire_aeeh,
    phrase_nulle="L'allocation d'éducation de l'enfant handicapé n'est pas due pour ce mois.",
)
def aeeh(foyer: Any, personnes: Any, b: Any) -> float:
    """Euros for the month, from which nothing is withheld; NaN if a fact is missing."""
    condition = aeeh_condition(foyer, personnes, b)
    if condition == INCONNU:
        return math.nan
    if condition in (RESIDENCE, NOMBRE_ENFANTS, DECISION):
        return 0.0
    if condition != OUVERT and charge_inconnue(personnes, b, 6):
        return 0.0
    total = total_des_enfants(personnes, b, 6)
    return total if condition == OUVERT else 0.0


@regle("CSS L541-1", "CSS L541-2", "CSS L512-1", "CSS L512-2", depuis="2012-01-01", libelle="Ouverture du droit")
def aeeh_motif(foyer: Any, personnes: Any, b: Any, montant: float) -> int:
    """Reason stored with the amount."""
    return OUVERT if montant > 0.0 else aeeh_condition(foyer, personnes, b)


LIEU, NATIONALITE, TITRE = (
    NATURES["residence"].code,
    NATURES["nationalite"].code,
    NATURES["duree_possession_titre_sejour"].code,
)


@primitive
def aeeh_manque(foyer: Any, personnes: Any, b: Any) -> int:
    """Code of the first missing fact (0: who was there, which is no fact of the catalogue)."""
    if foyer.residence < 0:
        return LIEU
    for p in personnes:
        if p.role == ENFANT and situation_de_l_enfant(p, personnes, b, 6) == NON_DIT:
            return fait_de_l_enfant_manquant(p, personnes, b, 6)
    return NATIONALITE if personnes[0].nationalite < 0 else TITRE
