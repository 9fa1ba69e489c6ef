"""What the explanation says of each step of the allocation de base, with its figures."""

from typing import Any

from limpide.droits.bases.charge import arrive_ce_mois
from limpide.droits.bases.mots import euros, majuscule, nombre, pluriel, pour_cent
from limpide.droits.paje_base.enfants import mois_au_foyer


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def dire_enfant(a: Any, r: bool) -> str:
    p, b, qui, age = a["p"], _b(a), majuscule(a.qui), nombre(_b(a).paje_age_limite)
    depuis = "son arrivée chez vous" if p.adoption == 1 else "sa naissance"
    if r:
        return f"{qui} ouvre droit : du mois qui suit {depuis} à celui qui précède le troisième anniversaire."
    if p.garde_alternee == 1 and p.allocataire_unique == 0:
        return f"{qui} est en résidence alternée et c'est l'autre parent qui est désigné pour recevoir l'allocation."
    mois = mois_au_foyer(p, a["b"], a["k"])
    if 0 < mois < 12 * b.paje_age_limite and arrive_ce_mois(p, a["personnes"], a["k"]):
        return (
            f"Pour {a.qui}, qui vit chez vous depuis ce mois-ci, l'allocation commence le mois qui suit (article R552-2"
            " du code de la sécurité sociale)."
        )
    if mois == 0:
        return f"Pour {a.qui}, l'allocation commence le mois qui suit {depuis}."
    if mois >= 12 * b.paje_age_limite:
        return f"Pour {a.qui}, l'allocation a pris fin {age} ans après {depuis}."
    return f"{qui} n'ouvre pas droit à l'allocation de base ce mois-ci."


def dire_nombre(a: Any, r: int) -> str:
    if r == 1:
        return "Une seule allocation de base est due par foyer, sauf naissance multiple ou adoptions simultanées."
    return f"{pluriel(r, 'enfant')} sont arrivés ensemble : une allocation de base est due pour chacun."


def _nes(enfants: int) -> str:
    return f"{pluriel(enfants, 'enfant')} {'né' if enfants == 1 else 'nés'}"


def dire_plafond(a: Any, r: float) -> str:
    nom = "plein" if a["taux"] == 2 else "partiel"
    annee = int(_b(a).mois) // 100 - 2
    regime = " (barème d'un enfant né ou adopté avant avril 2018)" if a["ancien"] else ""
    return (
        f"Le plafond du taux {nom} est de {euros(r)} pour {_nes(a['enfants'])} ou à naître{regime}, à comparer"
        f" à vos revenus de {annee}."
    )


def dire_montant(a: Any, r: float) -> str:
    b, nom = _b(a), "plein" if a["taux"] == 2 else "partiel"
    if a["ancien"]:
        taux = pour_cent(b.paje_base_taux_anterieur[a["taux"] - 1])
        return (
            f"À taux {nom}, l'allocation d'un enfant né ou adopté avant avril 2018 est de {taux} de la base mensuelle"
            f" gelée ({euros(b.paje_base_mensuelle_gelee)}), soit {euros(r)}."
        )
    taux = pour_cent(b.paje_base_taux[a["taux"] - 1])
    return f"À taux {nom}, l'allocation est de {taux} de la base mensuelle ({euros(b.bmaf)}), soit {euros(r)}."


def dire_paje_base(a: Any, r: float) -> str:
    return f"Votre allocation de base de la Paje s'élève à {euros(r)} pour ce mois, avant CRDS."
