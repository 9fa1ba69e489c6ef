"""What the explanation says of each step of the school allowance, with its figures."""

from typing import Any

from limpide.droits.bases.mots import euros, nombre, pluriel, pour_cent


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def dire_enfants(a: Any, r: int) -> str:
    b = _b(a)
    return (
        f"{pluriel(r, 'enfant')} {'ouvre' if r == 1 else 'ouvrent'} ce droit : {nombre(b.ars_age_minimum)} ans avant le"
        f" 1er février qui suit la rentrée, pas encore {nombre(b.ars_age_limite)} ans au 15 septembre ; après"
        f" {nombre(b.pf_age_obligation_scolaire)} ans, en études ou en apprentissage."
    )


def dire_montant(a: Any, r: float) -> str:
    b = _b(a)
    taux = ", ".join(pour_cent(t) for t in b.ars_taux)
    moins, plus = (nombre(p) for p in b.ars_paliers)
    return (
        f"Montant entier : {euros(r)}. Par enfant, {taux} de la base mensuelle ({euros(b.bmaf)}) : moins de {moins}"
        f" ans, moins de {plus} ans, {plus} ans ou plus au 31 décembre."
    )


def dire_plafond(a: Any, r: float) -> str:
    annee = int(_b(a).mois) // 100 - 2
    return f"Le plafond est de {euros(r)} pour {pluriel(a['enfants'], 'enfant')}, à comparer à vos revenus de {annee}."


def dire_differentiel(a: Any, r: float) -> str:
    return (
        f"Vos revenus dépassent le plafond de peu : il vous reste {euros(r)}, le plafond plus les montants en vigueur"
        f" au 1er janvier ({euros(a['montants'])}), moins vos revenus ({euros(a['ressources'])})."
    )


def dire_ars(a: Any, r: float) -> str:
    if r < 0:
        return f"Il vous reviendrait {euros(-r)} : au-dessous de {euros(a['b'][6].ars_minimum)}, rien n'est versé."
    return f"Votre allocation de rentrée scolaire est de {euros(r)}, versée une fois pour l'année."


def dire_ars_nulle(a: Any, r: float) -> str:
    return "L'allocation de rentrée scolaire n'est pas due pour ce mois."
