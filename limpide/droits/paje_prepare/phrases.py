"""What the explanation says of each step of the PreParE, with its figures."""

from typing import Any

from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.mots import euros, majuscule, nombre, pour_cent
from limpide.droits.paje_prepare.parents import (
    CESSATION,
    CUMUL,
    DU,
    DUREE_ATTEINTE,
    MAJOREE,
    MI_TEMPS,
    PAS_COMMENCE,
    PEU_TRAVAILLE,
    TEMPS_PARTIEL,
    TROP_GRAND,
    TROP_PEU,
)

CHOIX = {
    CESSATION: "arrêt complet de l'activité, taux plein",
    MI_TEMPS: "activité réduite à la moitié du temps ou moins",
    TEMPS_PARTIEL: "activité de plus de 50 % et d'au plus 80 % du temps",
    MAJOREE: "arrêt complet et plus court, taux majoré",
}


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def dire_reference(a: Any, r: int) -> str:
    exiges = nombre(_b(a).prepare_trimestres_exiges)
    return f"Pour {a.qui}, {exiges} trimestres d'activité sont exigés dans les {nombre(r)} ans d'avant l'enfant."


def dire_parent(a: Any, r: int) -> str:
    parent, b = a["parent"], _b(a)
    if r == DU:
        suite = ", que vous pouvez vous partager" if vit_en_couple(a["personnes"], a["k"]) else ""
        return (
            f"{majuscule(a.qui)} remplit les conditions de la prestation{suite} : {CHOIX[int(parent.prepare_choix)]}."
        )
    exiges, declares = nombre(b.prepare_trimestres_exiges), nombre(parent.prepare_trimestres)
    phrases = {
        PAS_COMMENCE: "la prestation commence après l'arrêt ou la réduction d'activité et l'arrivée de l'enfant.",
        CUMUL: "la prestation ne s'ajoute pas aux indemnités journalières, au chômage ou à la pension reçus ce mois.",
        PEU_TRAVAILLE: f"{declares} trimestres d'activité sont déclarés, il en faut {exiges}.",
        DUREE_ATTEINTE: "la durée est épuisée : le reste est pour l'autre parent, s'il la demande.",
        TROP_PEU: f"le taux majoré suppose au moins {nombre(b.prepare_enfants_majoree)} enfants à charge.",
        TROP_GRAND: "aucun enfant n'est assez jeune pour ouvrir la prestation.",
    }
    return f"Pour {a.qui}, {phrases[r]}" if r in phrases else ""


def dire_montant_du_choix(a: Any, r: float) -> str:
    b = _b(a)
    taux = pour_cent(b.prepare_taux[a["choix"] - 1])
    return f"{majuscule(CHOIX[int(a['choix'])])} : {taux} de la base mensuelle ({euros(b.bmaf)}), soit {euros(r)}."


def dire_deux_parents(a: Any, r: float) -> str:
    if a["premier"] in (CESSATION, MAJOREE):
        return f"Deux prestations à taux plein ne s'ajoutent pas : une seule est versée, {euros(r)}."
    return (
        f"Vos deux prestations à taux partiel sont remplacées par le montant du taux plein, {euros(r)} : leur total ne"
        " peut ni le dépasser, ni lui être inférieur."
    )


def dire_paje_prepare(a: Any, r: float) -> str:
    return f"Votre prestation partagée d'éducation de l'enfant s'élève à {euros(r)} pour ce mois, avant CRDS."
