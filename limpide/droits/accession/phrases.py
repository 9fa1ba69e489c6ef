"""What the explanation says of each step of the aid of a home buyer: payment that counts, share paid, what is left."""

from typing import Any

from limpide.droits.bareme import decaler, en_lettres
from limpide.droits.bases.mots import euros, nombre
from limpide.droits.bases.sejour import A_INSTRUIRE
from limpide.droits.logement.occupation import APL
from limpide.droits.logement.phrases import ZONES, composition
from limpide.droits.logement_foyer.phrases import pluriel_parts
from limpide.droits.logement_foyer.prise_en_charge import parts
from limpide.droits.moteur import Motif, annee_mois_jour

TRAVAUX, PRET = 3, int(Motif.PRET)


def _mois_du_contrat(jour: int) -> int:
    annee, mois, _ = annee_mois_jour(jour)
    return annee * 100 + mois


def dire_pret(a: Any, r: int) -> str:
    """Why a loan opens nothing, or waits for somebody."""
    b, mois = a["b"][6], _mois_du_contrat(a["foyer"].aide_logement_date_pret)
    if r == PRET:
        dernier, fin = en_lettres(int(b.acc_dernier_mois[0])), en_lettres(decaler(int(b.acc_dernier_mois[1]), 1))
        ou = "pour un logement ancien en zone III" if a["aide"] == APL else "outre-mer avec l'aide de l'État"
        return (
            f"Votre prêt est de {en_lettres(mois)}. Ceux signés après {dernier} n'ouvrent plus ce droit, sauf {ou},"
            f" avant {fin}."
        )
    if r != A_INSTRUIRE:
        return ""
    if mois < b.acc_premier_mois:
        return f"Votre prêt est de {en_lettres(mois)} : pour un prêt aussi ancien, un agent cherche les règles d'alors."
    quoi = "s'il ouvre encore ce droit" if mois > b.acc_dernier_mois[0] else "quelle mensualité retenir"
    return f"Votre prêt a payé des travaux dans un logement déjà à vous : les textes ne disent pas clairement {quoi}."


def dire_plafond(a: Any, r: float) -> str:
    foyer = a["foyer"]
    ou = f"pour {composition(a['couple'], a['a_charge'])} en zone {ZONES[foyer.zone_apl]}"
    if foyer.loyer[6] <= r:
        return (
            f"Votre mensualité de {euros(foyer.loyer[6])} est retenue : le plafond de ce prêt est de {euros(r)} {ou}."
        )
    return (
        f"Votre mensualité ({euros(foyer.loyer[6])}) est retenue dans la limite de {euros(r)}, plafond de ce prêt {ou}."
    )


def dire_prise_en_charge(a: Any, r: float) -> str:
    n = parts(False, a["couple"], a["a_charge"], a["b"])
    qui = composition(a["couple"], a["a_charge"])
    return (
        f"L'aide prend en charge {nombre(r * 100)}\u00a0% de ce qui dépasse ce montant : cette part baisse quand les"
        f" ressources montent ({pluriel_parts(n)} pour {qui})."
    )


def dire_minimum(a: Any, r: float) -> str:
    return f"Compte tenu de vos ressources ({euros(a['ressources'])} par an), vous payez d'abord {euros(r)} par mois."


def dire_plancher(a: Any, r: float) -> str:
    if r == a["ressources"]:
        return (
            f"Vos ressources ({euros(r)}) sont retenues telles quelles : un accédant est réputé gagner plus, sauf si"
            " son activité a cessé."
        )
    if a["foyer"].etat_logement == TRAVAUX and a["aide"] != APL:
        return f"Qui rembourse un prêt pour des travaux est réputé gagner au moins {euros(r)} par an."
    fois = nombre(a["b"][6].acc_plancher_coefficient)
    return f"Qui rembourse ce prêt est réputé gagner au moins {fois} mensualités par an, soit {euros(r)}."


def _etapes(a: Any) -> tuple[float, float, float, float | None]:
    """Payment that counts, charges, what is paid first, share paid (None: not reached)."""
    apl = a["aide"] == APL
    plafond = a.etape("mensualite_plafond").resultat
    part = a.etape("prise_en_charge_apl" if apl else "prise_en_charge")
    return (
        min(plafond, a["foyer"].loyer[6]),
        a.etape("forfait_charges").resultat,
        a.etape("mensualite_minimale" if apl else "minimum_a_payer").resultat,
        part.resultat if part else None,
    )


def dire_aide(a: Any, r: float) -> str:
    retenue, charges, minimum, part = _etapes(a)
    return (
        f"Pour {composition(a['couple'], a['a_charge'])}, l'aide calculée est de {euros(r)} :"
        f" {nombre((part or 0) * 100)}\u00a0% de ce qui reste de {euros(retenue)} (mensualité) + {euros(charges)}"
        f" (charges) une fois retirés {euros(minimum)} (ce que vous payez d'abord)."
    )


def dire_aide_nulle(a: Any, r: float) -> str:
    retenue, charges, minimum, part = _etapes(a)
    if part is not None:
        return f"Pour {composition(a['couple'], a['a_charge'])}, l'aide ne prend rien en charge."
    return (
        f"Pour {composition(a['couple'], a['a_charge'])}, ce que vous payez d'abord ({euros(minimum)}) couvre la"
        f" mensualité retenue et les charges ({euros(retenue + charges)}) : il ne reste pas d'aide."
    )
