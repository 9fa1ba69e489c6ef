"""What the explanation says of each step of the allocation de soutien familial, with its figures."""

from typing import Any

from limpide.droits.asf.enfants import A_FIXER, A_VENIR, A_VOIR, AVANCE, DU, EN_COUPLE, SOUTENU, montant_plein
from limpide.droits.bases.charge import arrive_ce_mois
from limpide.droits.bases.mots import euros, majuscule, nombre, pluriel, pour_cent
from limpide.droits.faits import DATE_INCONNUE, SOUTIENS
from limpide.droits.francais import jour_en_lettres

RAISONS = {
    "decede": "son autre parent est décédé",
    "filiation_non_etablie": "sa filiation n'est établie qu'envers un parent",
    "hors_d_etat": "la Caf considère que son autre parent est hors d'état de payer",
    "pension_impayee": "la pension fixée pour lui ou elle n'est pas payée",
    "pension_partielle": "la pension fixée pour lui ou elle n'est payée qu'en partie",
    "pension_faible": "sa pension est payée en entier, mais reste plus petite que l'allocation",
    "sans_titre": "son autre parent ne l'aide pas et aucune pension n'est encore fixée",
}


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def _soutien(p: Any) -> str:
    return SOUTIENS[int(p.soutien_autre_parent)]


def _raison(p: Any) -> str:
    if p.deux_parents_absents == 1:
        return "ses deux parents lui manquent"
    return RAISONS[_soutien(p)]


def dire_situation(a: Any, r: int) -> str:
    p, qui = a["p"], majuscule(a.qui)
    if r == DU:
        return _dire_du(a, qui)
    if r == SOUTENU:
        if _soutien(p) == "apporte":
            return f"{qui} n'est pas privé du soutien de ses parents."
        recue = euros(p.pensions_alimentaires_percues[a["k"]])
        plein = euros(montant_plein(p, a["b"], a["k"]))
        return f"{qui} reçoit une pension de {recue}, au moins égale à l'allocation ({plein}) : rien ne s'y ajoute."
    if r == EN_COUPLE:
        return (
            f"Vous vivez en couple : l'allocation pour {a.qui} est réservée au parent qui vit seul. Elle s'arrête dès"
            " le mois où le couple se forme, et peut reprendre le mois qui suit une séparation."
        )
    return _dire_la_suite(a, qui, r)


def _dire_la_suite(a: Any, qui: str, r: int) -> str:
    if r == A_VENIR and arrive_ce_mois(a["p"], a["personnes"], a["k"]):
        return (
            f"Pour {a.qui}, qui vit chez vous depuis ce mois-ci, l'allocation peut commencer au mois qui suit (article"
            " R552-2 du code de la sécurité sociale)."
        )
    if r == A_VENIR:
        return f"Pour {a.qui}, l'allocation commence au mois qui suit l'événement ou, s'il le faut, la demande."
    if r == A_FIXER:
        return (
            f"Pour {a.qui}, {nombre(_b(a).asf_mensualites_sans_titre)} mensualités ont été versées sans qu'une pension"
            " soit fixée. La suite est versée si vous demandez au juge aux affaires familiales de la fixer, ou si la"
            " Caf constate que l'autre parent est hors d'état de payer."
        )
    if r == A_VOIR:
        return f"La situation de {a.qui} demande l'avis d'un agent : {_a_voir(a['p'], a['k'])}."
    return ""


def _a_voir(p: Any, k: int) -> str:
    if p.garde_alternee == 1:
        return "il ou elle vit en résidence alternée"
    if p.pensions_alimentaires_percues[k] > 0.0 and not est_une_avance(p.soutien_autre_parent):
        return "une pension est reçue alors qu'aucune n'est attendue"
    return "le mois précède la demande, et l'allocation n'y est due que si un juge a fixé la pension"


def _dire_du(a: Any, qui: str) -> str:
    p = a["p"]
    texte = f"{qui} ouvre droit : {_raison(p)}"
    if p.soutien_depuis != DATE_INCONNUE:
        texte += f", depuis le {jour_en_lettres(int(p.soutien_depuis))}"
    return f"{texte}."


def dire_montant_plein(a: Any, r: float) -> str:
    b, p = _b(a), a["p"]
    deux = p.deux_parents_absents == 1
    taux = pour_cent(b.asf_taux_deux_parents if deux else b.asf_taux)
    combien = "ses deux parents" if deux else "un parent"
    return (
        f"Pour {a.qui}, à qui {'manquent' if deux else 'manque'} {combien} : {taux} de la base mensuelle"
        f" ({euros(b.bmaf)}), soit {euros(r)}."
    )


def dire_differentielle(a: Any, r: float) -> str:
    recue = euros(a["p"].pensions_alimentaires_percues[a["k"]])
    return f"La pension reçue pour {a.qui} ({recue}) s'en déduit : il reste {euros(r)}."


def est_une_avance(soutien: int) -> bool:
    """A pension is owed and not paid, or only in part."""
    return SOUTIENS[int(soutien)] in {"pension_impayee", "pension_partielle"}


def dire_recuperation(a: Any, r: int) -> str:
    if r == AVANCE:
        return (
            f"Ce qui est versé pour {a.qui} est une avance : la Caf la récupère auprès de l'autre parent, dans la"
            " limite de la pension qu'il doit. Ce qui dépasse cette pension vous reste acquis."
        )
    if _soutien(a["p"]) == "sans_titre":
        return (
            f"Ce qui est versé pour {a.qui} vous reste acquis : sans pension fixée, la Caf n'a rien à récupérer auprès"
            " de l'autre parent."
        )
    return f"Ce qui est versé pour {a.qui} vous reste acquis : rien n'est récupéré auprès de l'autre parent."


def dire_asf(a: Any, r: float) -> str:
    if r < 0.0:
        minimum = euros(a["b"][-1].asf_minimum_verse)
        return f"Il resterait {euros(-r)} : au-dessous de {minimum} par mois, l'allocation n'est pas versée."
    enfants = pluriel(sum(e.resultat == DU for e in a.directes("soutien_de_l_enfant")), "enfant")
    return f"Votre allocation de soutien familial s'élève à {euros(r)} pour ce mois, avant CRDS, pour {enfants}."
