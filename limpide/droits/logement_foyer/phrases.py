"""What the explanation says of each step of the aid of a hostel resident: fee that counts, share paid, what is left."""

from typing import Any

from limpide.droits.bases.mots import euros, nombre
from limpide.droits.logement.composition import QUATRE_PERSONNES, selon_la_composition
from limpide.droits.logement.phrases import ZONES, composition
from limpide.droits.logement_foyer.resident import CHAMBRE, CHAMBRE_REHABILITEE, PERSONNE_AGEE, categorie

RESIDENTS = {
    CHAMBRE: "d'une chambre du Crous",
    CHAMBRE_REHABILITEE: "d'une chambre rénovée du Crous",
    PERSONNE_AGEE: "d'une personne âgée ou handicapée en foyer",
}


def _b(a: Any) -> Any:
    return a["b"][6]


def dire_prise_en_charge(a: Any, r: float) -> str:
    n = selon_la_composition(
        _b(a).foyer_parts_second if a["second"] else _b(a).foyer_parts, QUATRE_PERSONNES, a["couple"], a["a_charge"]
    )
    qui = composition(a["couple"], a["a_charge"])
    return (
        f"L'aide prend en charge {nombre(r * 100)}\u00a0% de ce qui dépasse ce montant : cette part baisse quand les"
        f" ressources montent ({pluriel_parts(n)} pour {qui})."
    )


def pluriel_parts(n: float) -> str:
    """« 1,4 part », « 2,5 parts »."""
    return f"{nombre(n)} {'parts' if n >= 2 else 'part'}"


def dire_minimum(a: Any, r: float) -> str:
    return f"Compte tenu de vos ressources ({euros(a['ressources'])} par an), vous payez d'abord {euros(r)} par mois."


def dire_equivalence(a: Any, r: float) -> str:
    foyer = a["foyer"]
    if r == foyer.loyer[6]:
        return f"Le loyer et les charges compris dans votre redevance sont de {euros(r)} par mois."
    qui = composition(a["couple"], a["a_charge"])
    return (
        f"Le loyer et les charges compris dans votre redevance ({euros(foyer.loyer[6])}) sont retenus dans la limite de"
        f" {euros(r)}, le plafond pour {qui} en zone {ZONES[foyer.zone_apl]}."
    )


def dire_equivalence_al(a: Any, r: float) -> str:
    qui = RESIDENTS.get(categorie(a["foyer"], a["personnes"], a["b"]), "d'un résident de foyer")
    comment = "en couple" if a["couple"] else "sans conjoint"
    return f"Quelle que soit votre redevance, le loyer {qui}, {comment}, est compté pour {euros(r)} par mois."


def _calcul(a: Any, r: float, depense: str) -> str:
    minimum, part = a.etape("minimum_a_payer").resultat, a.etape("prise_en_charge").resultat
    return (
        f"Pour {composition(a['couple'], a['a_charge'])}, l'aide calculée est de {euros(r)} :"
        f" {nombre(part * 100)}\u00a0% de ce qui reste de {depense} une fois retirés {euros(minimum)} (ce que vous"
        " payez d'abord)."
    )


def dire_apl(a: Any, r: float) -> str:
    return _calcul(a, r, f"{euros(a.etape('equivalence_retenue').resultat)} (loyer et charges)")


def dire_al(a: Any, r: float) -> str:
    loyer, charges = a.etape("equivalence_loyer").resultat, a.etape("forfait_charges").resultat
    return _calcul(a, r, f"{euros(loyer)} (loyer) + {euros(charges)} (charges)")


def _rien(a: Any, depense: float) -> str:
    minimum = a.etape("minimum_a_payer").resultat
    if minimum < depense:
        return f"Pour {composition(a['couple'], a['a_charge'])}, l'aide ne prend rien en charge."
    return (
        f"Pour {composition(a['couple'], a['a_charge'])}, ce que vous payez d'abord ({euros(minimum)}) couvre le loyer"
        f" et les charges ({euros(depense)}) : il ne reste pas d'aide."
    )


def dire_apl_nulle(a: Any, r: float) -> str:
    return _rien(a, a.etape("equivalence_retenue").resultat)


def dire_al_nulle(a: Any, r: float) -> str:
    return _rien(a, a.etape("equivalence_loyer").resultat + a.etape("forfait_charges").resultat)


def dire_redevance(a: Any, r: float) -> str:
    if r == a["aide"]:
        return ""
    return f"L'aide ne dépasse pas votre redevance : elle est ramenée de {euros(a['aide'])} à {euros(r)}."
