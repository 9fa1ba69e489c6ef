"""What the explanation says of the aide exceptionnelle de fin d'année."""

from typing import Any

from limpide.droits.bases.mots import euros, mois, nombre, pluriel, pour_cent


def dire_mois(a: Any, r: int) -> str:
    if r < 0:
        return f"Le RSA n'a été reçu ni en {mois(a['b'], 5)}, ni en {mois(a['b'], 6)}."
    return f"Le RSA a été reçu en {mois(a['b'], r)}."


def dire_montant(a: Any, r: float) -> str:
    b = a["b"][a["k"]]
    seul = (
        ""
        if a["couple"] or not a["enfants"] or not b.aefa_parent_seul
        else (f", plus {pour_cent(b.aefa_parent_seul)} pour un parent seul")
    )
    qui = "un couple" if a["couple"] else "une personne seule"
    avec = f" avec {pluriel(a['enfants'], 'enfant')}" if a["enfants"] else ""
    return (
        f"Pour {qui}{avec}, l'aide de {euros(b.aefa_montant)} est multipliée par {nombre(a['coefficient'])}{seul} :"
        f" {euros(r)}."
    )


def dire_france_travail(a: Any, r: float) -> str:
    return (
        f"L'allocation de solidarité spécifique est reçue : France Travail verse {euros(r)} d'aide de fin d'année, et"
        " la Caf seulement la différence."
    )


def dire_aefa(a: Any, r: float) -> str:
    return f"Votre aide exceptionnelle de fin d'année s'élève à {euros(r)}, une fois pour l'année."
