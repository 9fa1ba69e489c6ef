"""What the explanation says of each step of the family supplement, with its figures."""

from typing import Any

from limpide.droits.bases.mots import euros, nombre, pluriel, pour_cent


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def dire_enfants(a: Any, r: int) -> str:
    b = _b(a)
    return (
        f"{pluriel(r, 'enfant')} de {nombre(b.cf_age_minimum)} ans révolus ou plus"
        f" {'compte' if r == 1 else 'comptent'} pour ce droit, jusqu'à {nombre(b.cf_age_limite)} ans :"
        f" il en faut {nombre(b.cf_enfants_minimum)}."
    )


def dire_benjamin(a: Any, r: bool) -> str:
    b = _b(a)
    debut = f"Outre-mer, le plus jeune enfant doit avoir plus de {nombre(b.cf_age_minimum)} ans et moins de"
    return f"{debut} {nombre(b.cf_outremer_age_benjamin)} ans : c'est {'' if r else 'n’est pas '}le cas du vôtre."


def dire_non_cumul(a: Any, r: bool) -> str:
    if not r:
        return ""
    return (
        "Votre foyer reçoit l'allocation de base de la Paje ou la prestation partagée d'éducation de l'enfant : le"
        " complément familial ne s'y ajoute pas."
    )


def dire_deux_revenus(a: Any, r: bool) -> str:
    if r:
        return "Le plafond est relevé : personne seule, ou couple dont chacun avait un revenu du travail suffisant."
    return "Le plafond n'est pas relevé : vous viviez à deux avec un seul revenu du travail suffisant."


def _dire_plafond(a: Any, r: float, nom: str) -> str:
    annee = int(_b(a).mois) // 100 - 2
    return f"{nom} est de {euros(r)} pour {pluriel(a['enfants'], 'enfant')}, à comparer à vos revenus de {annee}."


def dire_plafond(a: Any, r: float) -> str:
    return _dire_plafond(a, r, "Le plafond du complément familial")


def dire_plafond_majore(a: Any, r: float) -> str:
    return _dire_plafond(a, r, "Le plafond du complément familial majoré")


def dire_montant_entier(a: Any, r: float) -> str:
    b = _b(a)
    nom = "Le complément familial majoré" if a["rang"] == 1 else "Le complément familial"
    taux = (b.cf_outremer_taux if a["lointain"] else b.cf_taux)[a["rang"]]
    return f"{nom} est de {euros(r)} : {pour_cent(taux)} de la base mensuelle ({euros(b.bmaf)})."


def dire_differentiel(a: Any, r: float) -> str:
    return (
        f"Vos revenus ({euros(a['ressources'])}) dépassent de peu le plafond ({euros(a['plafond'])}) : il reste"
        f" {euros(r)}, un douzième de ce qui manque pour atteindre le plafond augmenté de douze mois de complément."
    )


def dire_cf(a: Any, r: float) -> str:
    return f"Votre complément familial s'élève à {euros(r)} pour ce mois, avant CRDS."
