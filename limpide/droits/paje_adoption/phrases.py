"""What the explanation says of each step of the prime à l'adoption, with its figures."""

from typing import Any

from limpide.droits.bases.mots import euros, majuscule, pour_cent
from limpide.droits.francais import jour_en_lettres


def dire_arrivee(a: Any, r: bool) -> str:
    quand = jour_en_lettres(int(a["p"].date_adoption))
    if r:
        return f"{majuscule(a.qui)} est arrivé chez vous le {quand} : la prime est due pour le mois de son arrivée."
    return f"Pour {a.qui}, la prime est due une seule fois, pour le mois de son arrivée (le {quand})."


def dire_montant(a: Any, r: float) -> str:
    b = a["b"][a["k"]]
    return (
        f"Pour chaque enfant adopté : {pour_cent(b.paje_adoption_taux)} de la base mensuelle ({euros(b.bmaf)}), soit"
        f" {euros(r)}."
    )


def dire_prime(a: Any, r: float) -> str:
    return f"Votre prime à l'adoption s'élève à {euros(r)}, avant CRDS."
