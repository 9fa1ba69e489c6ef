"""The household of RSA and prime d'activité: members, lump sum, isolation, housing (the months: `trimestre`)."""

import math
from typing import Any

from limpide.droits.bases.charge import ENFANT, NAISSANCE_INCONNUE, age_en_mois
from limpide.droits.bases.mots import euros, mois, nombre, pluriel, pour_cent
from limpide.droits.bases.revenus import sans_ressource
from limpide.droits.faits import NATURES
from limpide.droits.moteur import regle
from limpide.droits.moteur.primitive import primitive

CONJOINT = 1
PROPRIETAIRE, LOGE_GRATUITEMENT = 1, 5


ENCEINTE, ETUDIANT, STAGIAIRE, APPRENTI, CONGES, JEUNE, REVENUS_ARRETES, AUTRES_ARRETEES, ISOLEMENT, FRAIS = (
    NATURES["enceinte"].code,
    NATURES["etudiant"].code,
    NATURES["stagiaire"].code,
    NATURES["apprenti"].code,
    NATURES["type_conges"].code,
    NATURES["rsa_jeune_condition_heures_travail_remplie"].code,
    NATURES["revenus_interrompus"].code,
    NATURES["autres_ressources_interrompues"].code,
    NATURES["rsa_isolement_recent"].code,
    NATURES["participation_frais"].code,
)


@primitive
def circonstance_inconnue(p: Any) -> int:
    """Code of the first circumstance of an adult that someone said they don't know (0: none).

    Silence has a default in the catalogue; « I don't know » has none, and may not be taken for « no ».
    """
    if (p.enceinte | p.etudiant | p.stagiaire | p.apprenti | p.type_conges | p.revenus_interrompus) >= 0 and (
        p.autres_ressources_interrompues | p.rsa_jeune_condition_heures_travail_remplie
    ) >= 0:
        return 0
    if p.enceinte < 0:
        return ENCEINTE
    if p.etudiant < 0:
        return ETUDIANT
    if p.stagiaire < 0:
        return STAGIAIRE
    if p.apprenti < 0:
        return APPRENTI
    if p.type_conges < 0:
        return CONGES
    if p.revenus_interrompus < 0:
        return REVENUS_ARRETES
    return AUTRES_ARRETEES if p.autres_ressources_interrompues < 0 else JEUNE


@primitive
def circonstance_manquante(foyer: Any, personnes: Any, examen: int) -> int:
    """The same for the household: its adults, its children who have resources, and a parent alone."""
    adultes = 0
    for p in personnes:
        if p.role == ENFANT:
            if (p.revenus_interrompus | p.autres_ressources_interrompues) < 0 and not sans_ressource(p):
                return REVENUS_ARRETES if p.revenus_interrompus < 0 else AUTRES_ARRETEES
        elif p.role == 0 or p.present[examen] == 1:
            adultes += 1
            manque = circonstance_inconnue(p)
            if manque:
                return manque
    if foyer.participation_frais < 0 and foyer.statut_occupation_logement == LOGE_GRATUITEMENT:
        return FRAIS
    return ISOLEMENT if foyer.rsa_isolement_recent < 0 and adultes == 1 else 0


@regle(
    "CASF R262-4",
    "CSS D846-1",
    depuis="2016-01-01",
    libelle="Mois de la demande ou du réexamen",
)
def mois_examen(foyer: Any) -> int:
    """Index of the month of the last examination: its amount then holds for three months."""
    rang = foyer.rang_trimestre
    if rang <= 0:
        return 6
    return 6 - (rang % 3)


@regle(
    "CASF R262-4",
    "CSS R843-1",
    depuis="2017-01-01",
    libelle="Vie en couple",
    phrase="Vous vivez en couple : votre conjoint est compté pour les trois mois de référence.",
    phrase_nulle="",
)
def en_couple(personnes: Any, examen: int) -> bool:
    """The partner there at the examination is deemed there all along; one who left is not counted at all."""
    return vit_en_couple(personnes, examen)


@primitive
def presence_inconnue(p: Any, debut: int) -> bool:
    """True if nobody said whether this person was there in a month that counts."""
    for k in range(debut, 7):
        if p.present[k] < 0:
            return True
    return False


@primitive
def membre_inconnu(p: Any, debut: int) -> bool:
    """True if a fact is missing to count this person: birth, presence, custody of a child."""
    if p.date_naissance == NAISSANCE_INCONNUE or presence_inconnue(p, debut):
        return True
    return p.role == ENFANT and p.garde_alternee < 0


@primitive
def vit_en_couple(personnes: Any, examen: int) -> bool:
    """The same, without a step of the explanation."""
    for p in personnes:
        if p.role == CONJOINT and p.present[examen] == 1:
            return True
    return False


@primitive
def enfant_du_foyer(p: Any, b: Any, k: int) -> bool:
    """Born and present on the last day of the month, not yet 25 (CASF R262-3, CSS R842-3)."""
    if p.role != ENFANT or p.present[k] != 1:
        return False
    age = age_en_mois(p, b, k)
    return 0 <= age < 12 * b[k].foyer_age_limite


@regle(
    "CASF R262-1",
    "CSS D843-1",
    depuis="2016-01-01",
    libelle="Supplément pour une personne de plus",
)
def supplement(rang_personne: int, rang_enfant: int, b: Any, k: int) -> float:
    """Part of the amount of one person: half for the second, then 30 %, 40 % from the third child."""
    if rang_personne == 2:
        return b[k].foyer_majoration_deuxieme
    if rang_enfant >= 3:
        return b[k].foyer_majoration_troisieme_enfant
    return b[k].foyer_majoration_suivante


def _dire_coefficient(a: Any, r: float) -> str:
    if r == 1.0:
        return ""
    enfants, adultes = a["pleins"] + a["alternes"], "un couple" if a["couple"] else "un adulte"
    composition = f"{adultes}, {pluriel(enfants, 'enfant')} à charge" if enfants else f"{adultes} sans enfant à charge"
    if a["alternes"]:
        composition += f", dont {nombre(a['alternes'])} en résidence alternée, pour moitié"
    return f"Pour votre foyer, le montant d'une personne seule est multiplié par {nombre(r)} ({composition})."


@regle(
    "CASF R262-1",
    "CSS D843-1",
    "CE 21 juillet 2017 n° 398911",
    depuis="2017-07-21",
    libelle="Coefficient du foyer",
    phrase=_dire_coefficient,
)
def coefficient_foyer(couple: bool, pleins: int, alternes: int, b: Any, k: int) -> float:
    """Sum of the shares: children living there all the time come first, shared ones add half their share."""
    adultes = 2 if couple else 1
    total = 1.0
    if couple:
        total += b[k].foyer_majoration_deuxieme
    for i in range(pleins + alternes):
        part = supplement(adultes + i + 1, i + 1, b, k)
        if i >= pleins:
            part *= b[k].part_residence_alternee
        total += part
    return total


@regle(
    "CASF L262-9",
    "CASF R262-1",
    "CSS L842-7",
    "CSS D843-1",
    depuis="2016-01-01",
    libelle="Coefficient du parent isolé",
    phrase=lambda a, r: (
        f"Vous êtes un parent isolé : le montant d'une personne seule est multiplié par {nombre(r)}"
        f" ({pour_cent(a['b'][a['k']].isolement_montant)},"
        f" plus {pour_cent(a['b'][a['k']].isolement_par_enfant)} par enfant)."
    ),
)
def coefficient_isolement(pleins: int, alternes: int, enceinte: bool, b: Any, k: int) -> float:
    """128.412 % plus 42.804 % per child; with shared children only, half of the increase for isolation."""
    part = b[k].part_residence_alternee
    hausse = b[k].isolement_montant - 1.0
    if pleins == 0 and alternes > 0 and not enceinte:
        hausse *= part
    return 1.0 + hausse + b[k].isolement_par_enfant * (pleins + part * alternes)


@primitive
def attend_un_enfant(personnes: Any, examen: int) -> bool:
    """An adult of the household is pregnant."""
    for p in personnes:
        if p.role != ENFANT and p.present[examen] == 1 and p.enceinte == 1:
            return True
    return False


@regle(
    "CASF L262-9",
    "CASF R262-2",
    "CSS L842-7",
    depuis="2016-01-01",
    libelle="Majoration pour isolement",
    phrase="Vous avez droit à la majoration pour parent isolé.",
    phrase_nulle=lambda a, r: "" if a["couple"] else "La majoration pour parent isolé ne s'applique pas.",
)
def majoration_isolement(foyer: Any, personnes: Any, couple: bool, enceinte: bool, b: Any, k: int) -> bool:
    """Alone and pregnant, or alone with a child under three, or alone for as long as the law allows."""
    if couple:
        return False
    if enceinte:
        return True
    for p in personnes:
        if p.role == ENFANT and enfant_du_foyer(p, b, k):
            if foyer.rsa_isolement_recent == 1:
                return True
            if age_en_mois(p, b, k) < 12 * b[k].isolement_age_benjamin:
                return True
    return False


@primitive
def loge_sans_frais(foyer: Any) -> bool:
    """Owner without a loan, or housed for nothing: the housing is a benefit in kind."""
    if foyer.statut_occupation_logement == PROPRIETAIRE:
        return True
    return foyer.statut_occupation_logement == LOGE_GRATUITEMENT and foyer.participation_frais != 1


@regle(
    "CASF R262-9",
    "CASF R262-10",
    "CSS R844-3",
    "CSS R844-4",
    depuis="2016-01-01",
    libelle="Forfait logement",
    phrase=lambda a, r: (
        f"Votre logement, ou l'aide que vous recevez pour lui, compte pour {euros(r)}"
        f" en {mois(a['b'], a['k'])} : c'est un forfait, jamais plus que l'aide reçue."
    ),
    phrase_nulle="Aucun forfait logement n'est retenu.",
)
def forfait_logement(foyer: Any, nb_personnes: int, montant: float, b: Any, k: int) -> float:
    """Euros a month: 12, 16 or 16.5 % of the sum for 1, 2 or 3 persons, at most the housing benefit."""
    rang = 2 if nb_personnes >= 3 else nb_personnes - 1
    base = montant
    if rang >= 1:
        base += montant * b[k].foyer_majoration_deuxieme
    if rang == 2:
        base += montant * b[k].foyer_majoration_suivante
    forfait = base * b[k].forfait_logement_taux[rang]
    if loge_sans_frais(foyer):
        return forfait
    aide = foyer.aide_logement[k]
    if aide > forfait:
        return forfait
    return aide if foyer.statut_occupation_logement >= 0 else math.nan
