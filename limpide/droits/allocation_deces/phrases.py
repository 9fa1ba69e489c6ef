"""What is told to bereaved parents: few words, the figures they may need, and nothing to do when nothing is asked."""

from typing import Any

from limpide.droits.bases.mots import euros, pluriel, pour_cent
from limpide.droits.francais import jour_en_lettres
from limpide.droits.moteur import Motif

DESOLES = "Nous sommes désolés de votre perte."
ECOUTE = "Un travailleur social de votre Caf peut vous recevoir, si vous le souhaitez."
REFUS = {
    int(Motif.GROSSESSE_COURTE): (
        f"{DESOLES} La loi n'ouvre cette allocation qu'à partir de la vingtième semaine de grossesse. {ECOUTE}"
    ),
    int(Motif.AGE): f"{DESOLES} La loi ouvre cette allocation pour un enfant de moins de vingt-cinq ans. {ECOUTE}",
    int(Motif.NON_CUMUL): f"{DESOLES} Le capital décès a été choisi : l'allocation ne s'y ajoute pas.",
}


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def dire_mois(a: Any, _r: bool) -> str:
    jour = jour_en_lettres(int(a["foyer"].date_deces_enfant))
    return f"Vous nous avez dit la date du {jour} : l'allocation est celle de ce mois-là."


def dire_autre_mois(a: Any, _r: bool) -> str:
    jour = jour_en_lettres(int(a["foyer"].date_deces_enfant))
    return f"L'allocation est versée une seule fois, pour le mois du {jour}. Faites le calcul pour ce mois-là."


def dire_perte(_a: Any, r: int) -> str:
    return REFUS.get(int(r), "")


def dire_plafond(a: Any, r: float) -> str:
    annee, enfants = int(_b(a).mois) // 100 - 2, a["enfants"]
    return (
        f"Le montant dépend de vos revenus de {annee}, comparés à {euros(r)} pour {pluriel(enfants, 'enfant')} :"
        " l'enfant que vous avez perdu compte parmi les vôtres."
    )


def dire_montant(a: Any, r: float) -> str:
    b = _b(a)
    taux = pour_cent(b.deces_taux[a["rang"]])
    return f"L'allocation est de {taux} de la base mensuelle ({euros(b.bmaf)}) : {euros(r)}."


def dire_allocation(_a: Any, r: float) -> str:
    return (
        f"{DESOLES} Une allocation de {euros(r)}, avant CRDS, vous est due, une seule fois. Si la Caf vous connaît"
        " déjà, vous n'avez rien à demander."
    )
