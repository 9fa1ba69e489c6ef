"""What the explanation says of each step of the allocation de rentrée scolaire, with its figures."""

from typing import Any

from limpide.droits.ars.enfants import (
    HORS_CHARGE,
    NON_INSCRIT,
    TROP_GRAND,
    TROP_JEUNE,
    age_dans_l_annee,
    inscription_a_justifier,
    situation_a_la_rentree,
    six_ans_avant_fevrier,
)
from limpide.droits.bases.mots import MOIS, euros, majuscule, nombre, pluriel, pour_cent


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def _annee(a: Any) -> int:
    return int(_b(a).mois) // 100


def _jour_limite(a: Any) -> str:
    mois, jour = divmod(int(_b(a).ars_jour_limite), 100)
    return f"{jour} {MOIS[mois - 1]} {_annee(a)}"


def dire_mois(a: Any, r: bool) -> str:
    quand = MOIS[int(_b(a).ars_mois) - 1]
    if r:
        return f"L'allocation de rentrée scolaire est due une fois par an, pour le mois d'{quand}."
    return (
        f"L'allocation de rentrée scolaire est versée une seule fois par an, pour le mois d'{quand} : faites le calcul"
        " pour ce mois-là. Quand un certificat de scolarité est attendu, elle est versée quand il arrive."
    )


def dire_enfant(a: Any, r: bool) -> str:
    qui, b, p = majuscule(a.qui), _b(a), a["p"]
    situation = situation_a_la_rentree(p, a["b"], a["k"])
    if r:
        if not six_ans_avant_fevrier(p, a["b"], a["k"]):
            return f"{qui} entre au cours préparatoire avant {nombre(b.ars_age_minimum)} ans et ouvre droit."
        age = pluriel(age_dans_l_annee(p, a["b"], a["k"]), "an")
        inscrit = inscription_a_justifier(p, a["b"], a["k"])
        suite = "son inscription est justifiée" if inscrit else "son inscription à l'école est présumée"
        return f"{qui} ouvre droit : {age} cette année, {suite}."
    if situation == TROP_JEUNE:
        return (
            f"{qui} est trop jeune : il faut atteindre {nombre(b.ars_age_minimum)} ans avant le 1er février"
            f" {_annee(a) + 1}, ou entrer déjà au cours préparatoire."
        )
    if situation == TROP_GRAND:
        return f"{qui} a déjà {nombre(b.ars_age_limite)} ans le {_jour_limite(a)} : l'allocation s'arrête à cet âge."
    if situation == NON_INSCRIT:
        return (
            f"{qui} n'est inscrit ni à l'école, ni en études, ni en apprentissage à la rentrée. Un certificat de"
            " scolarité ouvrirait le droit."
        )
    return _dire_hors_charge(a, qui, situation)


def _dire_hors_charge(a: Any, qui: str, situation: int) -> str:
    if situation != HORS_CHARGE:
        raise ValueError(f"Situation à la rentrée sans phrase : {situation}.")
    if a["p"].garde_alternee == 1 and a["p"].allocataire_unique == 0:
        return (
            f"{qui} est en résidence alternée et c'est l'autre parent qui est désigné : l'allocation ne se partage pas,"
            " un seul des deux parents la reçoit."
        )
    return f"{qui} n'est pas à votre charge au sens des prestations familiales."


def dire_enfants(a: Any, r: int) -> str:
    verbe = "ouvre" if r == 1 else "ouvrent"
    return f"{pluriel(r, 'enfant')} {verbe} droit à l'allocation de la rentrée {_annee(a)}."


def dire_plafond(a: Any, r: float) -> str:
    b = _b(a)
    return (
        f"Le plafond est de {euros(r)} pour {pluriel(a['enfants'], 'enfant')} à charge ({euros(b.ars_plafond)}, plus"
        f" {euros(b.ars_plafond_par_enfant)} par enfant), à comparer à vos revenus de {_annee(a) - 2}."
    )


def dire_montant_enfant(a: Any, r: float) -> str:
    return _dire_montant_enfant(a, r, a["b"][a["base"]].ars_taux[a["tranche"]], "")


def dire_montant_enfant_2020(a: Any, r: float) -> str:
    hausse = _b(a).ars_majoration_exceptionnelle
    taux = a["b"][a["base"]].ars_taux[a["tranche"]] + hausse
    return _dire_montant_enfant(a, r, taux, f", dont {pour_cent(hausse)} de majoration exceptionnelle en 2020")


def _dire_montant_enfant(a: Any, r: float, taux: float, dont: str) -> str:
    b = a["b"][a["base"]]
    moment = ", celle du 1er janvier" if a["base"] != a["k"] else ""
    ages, avant = [nombre(age) for age in b.ars_ages_majoration], nombre(b.ars_ages_majoration[1] - 1)
    tranche = (f"moins de {ages[0]} ans", f"de {ages[0]} à {avant} ans", f"{ages[1]} ans ou plus")[a["tranche"]]
    return (
        f"Pour {a.qui} ({tranche} à la fin de l'année) : {pour_cent(taux)} de la base mensuelle"
        f" ({euros(b.bmaf)}{moment}){dont}, soit {euros(r)}."
    )


def dire_montant(a: Any, r: float) -> str:
    return f"Le montant entier, pour tous les enfants qui ouvrent droit, est de {euros(r)}."


def dire_differentielle(a: Any, r: float) -> str:
    return (
        f"Vos revenus ({euros(a['ressources'])}) dépassent de peu le plafond ({euros(a['plafond'])}) : il reste"
        f" {euros(r)}, ce qui manque pour atteindre le plafond augmenté du montant entier ({euros(a['montant'])})."
    )


def dire_differentielle_nulle(a: Any, r: float) -> str:
    fin = euros(a["plafond"] + a["montant"])
    return f"Vos revenus ({euros(a['ressources'])}) atteignent ou dépassent {fin} : l'allocation réduite est nulle."


def dire_ars(a: Any, r: float) -> str:
    if r < 0.0:
        minimum = euros(a["b"][-1].ars_minimum_verse)
        return f"Il resterait {euros(-r)} : au-dessous de {minimum} en tout, l'allocation n'est pas versée."
    return f"Votre allocation de rentrée scolaire s'élève à {euros(r)} pour l'année, avant CRDS."
