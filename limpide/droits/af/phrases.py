"""What the explanation says of each step of the family allowances, with its figures."""

import math
from typing import Any

from limpide.droits.bases.mots import Addition, Terme, euros, majuscule, nombre, operation, pluriel, pour_cent

RANGS = ("première", "deuxième", "troisième")


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def plafond(a: Any, rang: int) -> float:
    """Ceiling of a bracket for this number of children: 1 or 2."""
    b = _b(a)
    premier = b.af_plafond_1 if rang == 1 else b.af_plafond_2
    return float(premier) + int(a["enfants"]) * float(b.af_plafond_par_enfant)


def dire_tranche(a: Any, r: int) -> str:
    revenus, enfants = euros(a["ressources"]), pluriel(a["enfants"], "enfant")
    bas, haut = euros(plafond(a, 1)), euros(plafond(a, 2))
    debut = f"Vous êtes dans la {RANGS[r]} tranche de revenus : vos revenus d'il y a deux ans ({revenus})"
    if r == 0:
        return f"{debut} ne dépassent pas le premier plafond, {bas} avec {enfants}."
    if r == 1:
        return f"{debut} dépassent le premier plafond ({bas} avec {enfants}), pas le second ({haut})."
    return f"{debut} dépassent le second plafond, {haut} avec {enfants}."


def dire_montant_enfants(a: Any, r: float) -> str:
    b, tranche, enfants = _b(a), a["tranche"], a["enfants"]
    deuxieme, suivants = b.af_taux_deuxieme[tranche], b.af_taux_suivants[tranche]
    taux = pour_cent(deuxieme)
    texte = f"Pour {pluriel(enfants, 'enfant')} à charge, le montant est de {euros(r)} : "
    if enfants > 2:
        de_plus = f"{nombre(enfants - 2)} × " if enfants > 3 else ""
        total = pour_cent(deuxieme + (enfants - 2) * suivants)
        taux = f"{taux} pour les deux premiers, plus {de_plus}{pour_cent(suivants)}, soit {total}"
    return f"{texte}{taux} de la base mensuelle ({euros(b.bmaf)})."


def dire_un_enfant(a: Any, r: float) -> str:
    b = _b(a)
    return (
        f"Outre-mer, un seul enfant ouvre droit à {euros(r)} : {pour_cent(b.af_outremer_taux_un_enfant)} de la base"
        f" mensuelle ({euros(b.bmaf)}), quels que soient vos revenus."
    )


def dire_base(a: Any, r: float) -> str:
    entier, part = a.etape("montant_enfants") or a.etape("montant_un_enfant"), a.etape("coefficient_residence_alternee")
    texte = f"Les allocations familiales de base s'élèvent à {euros(r)} par mois"
    if entier is None or part is None or part.resultat == 1.0:
        return f"{texte}."
    return f"{texte} : {pour_cent(part.resultat)} de {euros(entier.resultat)}."


def dire_age_majoration(a: Any, r: int) -> str:
    return f"La majoration est due à partir du mois qui suit le {r}e anniversaire."


def dire_age_majoration_2026(a: Any, r: int) -> str:
    b = _b(a)
    ancien = b.af_age_majoration_anterieur
    if r == ancien:
        return (
            f"{majuscule(a.qui)} a eu {ancien} ans avant mars 2026 : sa majoration commence, comme avant,"
            f" le mois qui suit le {r}e anniversaire."
        )
    return (
        f"Depuis mars 2026, la majoration commence le mois qui suit le {r}e anniversaire ; seuls les enfants qui"
        f" ont eu {ancien} ans avant cette date la gardent dès {ancien} ans."
    )


def _moitie(a: Any) -> str:
    return ", de moitié parce que l'enfant est en résidence alternée" if a["p"].garde_alternee == 1 else ""


def dire_majoration_enfant(a: Any, r: float) -> str:
    b, age = _b(a), a.etape("age_majoration")
    qui, ans = majuscule(a.qui), age.resultat if age else b.af_age_majoration
    if r == 0.0:
        return f"{qui} n'ouvre pas encore droit à la majoration pour âge : elle suit le {ans}e anniversaire."
    taux = b.af_taux_majoration[a["tranche"]]
    return (
        f"{qui} a plus de {ans} ans et ouvre droit à une majoration de {euros(r)} : {pour_cent(taux)}"
        f" de la base mensuelle ({euros(b.bmaf)}){_moitie(a)}."
    )


def dire_majoration_enfant_unique(a: Any, r: float) -> str:
    b, qui = _b(a), majuscule(a.qui)
    ages, taux = b.af_outremer_ages_un_enfant, b.af_outremer_majoration_un_enfant
    if r == 0.0:
        return (
            f"{qui} n'ouvre pas encore droit à la majoration pour âge : elle suit le {nombre(ages[0])}e anniversaire."
        )
    rang = 1 if round(r, 2) in {round(f * taux[1] * b.bmaf, 2) for f in (1.0, b.part_residence_alternee)} else 0
    return (
        f"{qui} a plus de {nombre(ages[rang])} ans et ouvre droit à une majoration de {euros(r)} :"
        f" {pour_cent(taux[rang])} de la base mensuelle ({euros(b.bmaf)}){_moitie(a)}."
    )


def dire_majorations(a: Any, r: float) -> str:
    texte = f"Les majorations pour âge s'élèvent à {euros(r)} par mois" if r else "Aucune majoration pour âge n'est due"
    if 1 < a["enfants"] < _b(a).af_enfants_majoration_aine:
        return f"{texte} : de deux enfants, le plus âgé n'en ouvre pas."
    return f"{texte}."


def dire_vingt_ans(a: Any, r: float) -> str:
    if r == 1.0:
        return "Un enfant a vingt ans et vit encore avec vous."
    return f"Les enfants de vingt ans qui vivent encore avec vous comptent pour {nombre(r)}."


def dire_complement(a: Any, r: float) -> str:
    return (
        f"Un complément de {euros(r)} adoucit la baisse : vos revenus ({euros(a['ressources'])}) dépassent de peu"
        f" le plafond de {euros(plafond(a, int(a['tranche'])))}."
    )


def _termes(a: Any, r: float) -> list[Terme]:
    noms = (
        ("af_base", "montant de base", "le montant de base"),
        ("majorations", "majorations pour âge", "la somme des majorations pour âge"),
        ("complement_degressif", "complément dégressif", "le complément dégressif"),
        ("allocation_forfaitaire", "allocation à vingt ans", "l'allocation forfaitaire à vingt ans"),
    )
    termes = [Terme(a.somme(nom), court, sujet) for nom, court, sujet in noms]
    return [t for t in termes if t.montant and not math.isnan(t.montant)]


def _dire_af(a: Any, r: float) -> str:
    texte = f"Vos allocations familiales s'élèvent à {euros(r)} pour ce mois, avant CRDS"
    termes = _termes(a, r)
    return f"{texte} : {operation(termes, r)}." if len(termes) > 1 else f"{texte}."


dire_af = Addition(_termes, _dire_af)
