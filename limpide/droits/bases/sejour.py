"""Residence and right of stay (CSS L512-1, L512-2, L842-2; CASF L262-2, L262-4)."""

from typing import Any

from limpide.droits.faits import RESIDENCES
from limpide.droits.moteur import Motif, regle
from limpide.droits.moteur.primitive import primitive

OUVERT, INCONNU = int(Motif.OUVERT), int(Motif.INCONNU)
RESIDENCE, SEJOUR, A_INSTRUIRE = int(Motif.RESIDENCE), int(Motif.SEJOUR), int(Motif.A_INSTRUIRE)

HORS_DE_FRANCE = RESIDENCES.index("hors_de_france")
MAYOTTE = RESIDENCES.index("mayotte")
SAINT_PIERRE_ET_MIQUELON = RESIDENCES.index("saint_pierre_et_miquelon")
METROPOLE = RESIDENCES.index("metropole")
FRANCAISE, EUROPEENNE, AUTRE = 0, 1, 2
DEMANDEUR, CONJOINT = 0, 1
SANS_CAF = {
    MAYOTTE: ("À Mayotte", "la Caisse de sécurité sociale de Mayotte", "ordonnance n° 2002-149, article 19"),
    SAINT_PIERRE_ET_MIQUELON: (
        "À Saint-Pierre-et-Miquelon",
        "la Caisse de prévoyance sociale",
        "ordonnance n° 77-1102, article 3",
    ),
}
"""Territories without a Caf: where, who pays the family benefits there, by which text."""


def _dire_residence(a: Any, r: int) -> str:
    if r != A_INSTRUIRE:
        return ""
    la_bas, caisse, texte = SANS_CAF[a["foyer"].residence]
    return (
        f"{la_bas}, il n'y a pas de Caf : {caisse} y verse les prestations familiales ({texte}), avec ses propres"
        " règles, qui ne sont pas calculées ici. Adressez-vous à elle."
    )


@regle(
    "CSS L512-1",
    "CASF L262-2",
    "CSS L842-1",
    "Ordonnance n° 2002-149, article 19",
    "Ordonnance n° 77-1102, article 3",
    depuis="2009-06-01",
    libelle="Résidence en France",
    phrase=_dire_residence,
    phrase_nulle="",
)
def residence(foyer: Any) -> int:
    """Reason; Mayotte and Saint-Pierre-et-Miquelon have their own fund and law, not written here: a person looks."""
    lieu = foyer.residence
    if lieu < 0:
        return INCONNU
    if lieu == HORS_DE_FRANCE:
        return RESIDENCE
    if lieu in (MAYOTTE, SAINT_PIERRE_ET_MIQUELON):
        return A_INSTRUIRE
    return OUVERT


@primitive
def residence_lointaine(foyer: Any) -> bool:
    """The same as `outremer`, without a step of the explanation."""
    lieu = foyer.residence
    return lieu not in (METROPOLE, HORS_DE_FRANCE, MAYOTTE, SAINT_PIERRE_ET_MIQUELON) and lieu >= 0


@regle("CSS L751-1", "CSS L755-12", depuis="2015-10-16", libelle="Résidence outre-mer")
def outremer(foyer: Any) -> bool:
    """True in the territories of article L751-1: the four departments, Saint-Barthélemy and Saint-Martin."""
    return residence_lointaine(foyer)


@primitive
def titre_equivalent(p: Any) -> bool:
    """Refugees, protected persons, holders of a resident card: no length of stay is asked."""
    return p.protection_internationale == 1 or p.carte_resident == 1


@primitive
def titre_inconnu(p: Any) -> bool:
    """Nobody knows whether the person holds one of them."""
    return (p.protection_internationale | p.carte_resident) < 0


@regle("CSS L512-2", depuis="2006-01-01", libelle="Séjour régulier, pour les prestations familiales")
def sejour_prestations_familiales(p: Any) -> int:
    """Reason for the claimant: a foreigner holds a permit; one held for less than a year goes to a person."""
    if p.nationalite < 0:
        return INCONNU
    if p.nationalite != AUTRE or titre_equivalent(p):
        return OUVERT
    if p.duree_possession_titre_sejour < 0:
        return INCONNU
    if p.duree_possession_titre_sejour >= 1:
        return OUVERT
    return INCONNU if titre_inconnu(p) else A_INSTRUIRE


@primitive
def sejour_du_foyer(personnes: Any) -> int:
    """Reason for the claimant, or for the partner who is there when a person would have to look at the claimant."""
    titre = sejour_prestations_familiales(personnes[0])
    if titre == A_INSTRUIRE:
        for p in personnes:
            if p.role == CONJOINT and p.present[6] != 0:
                du_conjoint = INCONNU if p.present[6] < 0 else sejour_prestations_familiales(p)
                if du_conjoint in (OUVERT, INCONNU):
                    return du_conjoint
    return titre


@regle("CASF L262-4", "CASF L262-6", depuis="2016-01-01", libelle="Condition de séjour du RSA")
def sejour_rsa(p: Any, majore: bool, b: Any) -> int:
    """Reason: five years with a permit, unless a card of equal effect; Europeans: a right of stay."""
    if p.nationalite < 0:
        return INCONNU
    if p.nationalite == FRANCAISE or titre_equivalent(p):
        return OUVERT
    if p.duree_possession_titre_sejour < 0:
        return INCONNU
    duree = 1 if p.nationalite == EUROPEENNE else b[6].sejour_duree_titre
    if p.duree_possession_titre_sejour >= duree:
        return OUVERT
    if titre_inconnu(p):
        return INCONNU
    return A_INSTRUIRE if majore or p.nationalite == EUROPEENNE else SEJOUR


@regle("CSS L842-2", depuis="2016-01-01", libelle="Condition de séjour de la prime d'activité")
def sejour_ppa(p: Any, majore: bool, b: Any) -> int:
    """Reason: five years with a permit, unless European or holder of a card of equal effect."""
    if p.nationalite < 0:
        return INCONNU
    if p.nationalite != AUTRE or titre_equivalent(p):
        return OUVERT
    if p.duree_possession_titre_sejour < 0:
        return INCONNU
    if p.duree_possession_titre_sejour >= b[6].sejour_duree_titre:
        return OUVERT
    if titre_inconnu(p):
        return INCONNU
    return A_INSTRUIRE if majore else SEJOUR
