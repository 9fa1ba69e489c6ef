"""What the explanation says of the complements of the allocation aux adultes handicapés."""

from typing import Any

from limpide.droits.bases.mots import euros, nombre, pour_cent
from limpide.droits.bases.sejour import OUVERT
from limpide.droits.caah.conditions import INCAPACITE, LOGEMENT, RESSOURCES, SANS_ALLOCATION, TRAVAIL


def dire_condition(a: Any, r: int) -> str:
    b, qui = a["b"][6], a.qui
    if r == INCAPACITE:
        return f"Pour {qui}, aucun taux d'incapacité d'au moins {pour_cent(b.aah_taux_incapacite / 100)} n'est reconnu."
    if r == SANS_ALLOCATION:
        return (
            f"Pour {qui}, ni l'allocation aux adultes handicapés, ni l'allocation supplémentaire d'invalidité ne sont"
            " reçues."
        )
    if r == RESSOURCES:
        return (
            f"Pour {qui}, l'allocation aux adultes handicapés n'est ni à taux plein ({euros(b.aah_montant)}), ni versée"
            " en complément d'une pension ou d'une rente."
        )
    if r == TRAVAIL:
        return f"Pour {qui}, un revenu du travail est reçu : le complément suppose de n'en avoir aucun."
    if r == LOGEMENT:
        return (
            f"Pour {qui}, il faut un logement indépendant, avec une aide au logement, et ne pas être depuis plus de"
            f" {nombre(b.aah_jours_en_etablissement)} jours dans un établissement."
        )
    return f"Pour {qui}, les conditions du complément sont remplies." if r == OUVERT else ""


def dire_montant(a: Any, r: float) -> str:
    if a["p"].complement_ressources_aah == 1:
        return f"Pour {a.qui}, le complément de ressources gardé depuis 2019 est de {euros(r)}."
    return f"Pour {a.qui}, la majoration pour la vie autonome est de {euros(r)}."


def dire_caah(a: Any, r: float) -> str:
    return f"Votre complément de l'allocation aux adultes handicapés s'élève à {euros(r)} pour ce mois."
