"""What the explanation says of each step of the allocation d'éducation de l'enfant handicapé, with its figures."""

from typing import Any

from limpide.droits.aeeh.enfants import (
    A_VENIR,
    A_VOIR,
    DERNIERE_CATEGORIE,
    DU,
    EN_COUPLE,
    INTERNAT,
    POUR_DES_DEPENSES,
    REMPLACE,
    SANS_COMPLEMENT,
    SANS_DECISION,
)
from limpide.droits.bases.mots import euros, majuscule, pluriel, pour_cent
from limpide.droits.francais import jour_en_lettres


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def _ordinal(niveau: int) -> str:
    return f"{int(niveau)}{'re' if niveau == 1 else 'e'}"


def dire_situation(a: Any, r: int) -> str:
    p, b, qui = a["p"], _b(a), majuscule(a.qui)
    if r == DU:
        taux = f"{int(p.taux_incapacite)}\u00a0%"
        if p.taux_incapacite >= b.aeeh_taux_incapacite:
            return f"{qui} ouvre droit : la commission a accordé l'allocation, avec un taux d'incapacité de {taux}."
        return (
            f"{qui} ouvre droit : la commission a accordé l'allocation, avec un taux d'incapacité de {taux} et un"
            " accompagnement spécialisé."
        )
    if r == SANS_DECISION:
        return (
            f"Pour {a.qui}, aucune décision en cours n'est connue. L'allocation se demande à la maison départementale"
            " des personnes handicapées (MDPH) : c'est sa commission qui l'accorde."
        )
    if r == A_VENIR:
        jour = jour_en_lettres(int(p.aeeh_date_demande))
        return f"Pour {a.qui}, l'allocation a été demandée le {jour} : elle commence le mois suivant."
    return f"La situation de {a.qui} demande l'avis d'un agent : {_a_voir(p, b)}." if r == A_VOIR else ""


def _a_voir(p: Any, b: Any) -> str:
    if p.aeeh_accueil == INTERNAT:
        return (
            "en internat ou à l'hôpital, entièrement pris en charge, l'allocation n'est due que pour ses retours au"
            " foyer, payés en une fois chaque année"
        )
    if p.aeeh_niveau_handicap > DERNIERE_CATEGORIE:
        return "la loi ne connaît que six catégories de complément"
    return (
        f"la loi demande un taux d'incapacité de {int(b.aeeh_taux_incapacite)}\u00a0%, ou de"
        f" {int(b.aeeh_taux_incapacite_accompagne)}\u00a0% avec un accompagnement spécialisé, et la décision déclarée"
        " n'y correspond pas"
    )


def dire_base(a: Any, r: float) -> str:
    b = _b(a)
    return (
        f"Pour {a.qui}, l'allocation de base est de {pour_cent(b.aeeh_taux)} de la base mensuelle ({euros(b.bmaf)}),"
        f" soit {euros(r)}."
    )


def dire_choix(a: Any, r: int) -> str:
    if r == REMPLACE:
        return f"Pour {a.qui}, vous avez choisi la prestation de compensation : elle remplace le complément."
    return f"Pour {a.qui}, la commission n'a pas accordé de complément." if r == SANS_COMPLEMENT else ""


def dire_complement(a: Any, r: float) -> str:
    b, niveau = _b(a), int(a["p"].aeeh_niveau_handicap)
    debut = f"Pour {a.qui}, le complément de {_ordinal(niveau)} catégorie est de"
    if niveau == DERNIERE_CATEGORIE:
        return f"{debut} {euros(r)} : le montant de la majoration pour tierce personne des invalides."
    return f"{debut} {pour_cent(b.aeeh_complements[niveau - 1])} de la base mensuelle, soit {euros(r)}."


def dire_isolement(a: Any, r: int) -> str:
    if r == EN_COUPLE:
        return "La majoration du parent isolé ne s'ajoute pas : vous vivez en couple."
    if r == POUR_DES_DEPENSES:
        return (
            f"Pour {a.qui}, la majoration du parent isolé ne s'ajoute pas : le complément est accordé pour des"
            " dépenses, non pour l'aide d'une personne."
        )
    return ""


def dire_majoration(a: Any, r: float) -> str:
    b, niveau = _b(a), int(a["p"].aeeh_niveau_handicap)
    return (
        f"Vous élevez seul ou seule {a.qui} : une majoration s'ajoute, de"
        f" {pour_cent(b.aeeh_majorations[niveau - 1])} de la base mensuelle, soit {euros(r)}."
    )


def dire_aeeh(a: Any, r: float) -> str:
    enfants = pluriel(sum(e.resultat == DU for e in a.directes("enfant_handicape")), "enfant")
    return (
        f"Votre allocation d'éducation de l'enfant handicapé s'élève à {euros(r)} pour ce mois, pour {enfants}. Rien"
        " n'en est retenu."
    )
