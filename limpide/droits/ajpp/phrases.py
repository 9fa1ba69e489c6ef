"""What the explanation says of each step of the allocation journalière de présence parentale, with its figures."""

from typing import Any

from limpide.droits.ajpp.presence import (
    DECISION,
    DEMI_JOURNEES_D_UN_JOUR,
    EPUISE,
    pensions,
    remplacements,
    situation_de_l_enfant,
)
from limpide.droits.bases.mots import euros, majuscule, nombre, pluriel, pour_cent
from limpide.droits.bases.sejour import A_INSTRUIRE

SOUS_LE_PLAFOND, AU_DESSUS = 1, 2


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def jours(demi_journees: float) -> str:
    """7 → « 3,5 jours »."""
    return pluriel(demi_journees / DEMI_JOURNEES_D_UN_JOUR, "jour")


def dire_journee(a: Any, r: float) -> str:
    b, seul = _b(a), a["seul"]
    qui = "une personne seule" if seul else "un couple"
    taux = pour_cent(b.ajpp_taux[1 if seul else 0])
    return f"Une journée vaut {euros(r)} pour {qui} : {taux} de la base mensuelle ({euros(b.bmaf)})."


def dire_journee_au_smic(a: Any, r: float) -> str:
    b = _b(a)
    return (
        f"Une journée vaut {euros(r)} avant CRDS : {nombre(b.ajpp_heures)} heures du SMIC net du 1er janvier"
        f" ({euros(b.smic_horaire_net_janvier)} de l'heure)."
    )


def dire_jours(_a: Any, r: int) -> str:
    return f"Pour ce mois, la loi paie {jours(r)} de congé."


def dire_enfant(a: Any, r: int) -> str:
    b = _b(a)
    return (
        f"Pour {a.qui}, la loi peut payer {jours(r)} ce mois-ci : au plus {nombre(b.ajpp_jours_par_mois)} par mois et"
        f" {nombre(b.ajpp_jours_par_periode)} par période (déjà payés : {nombre(_en_jours(a['p']))})."
    )


def _en_jours(p: Any) -> float:
    return float(p.ajpp_demi_journees_versees / DEMI_JOURNEES_D_UN_JOUR)


def dire_enfant_sans_droit(a: Any, _r: int) -> str:
    situation = situation_de_l_enfant(a["p"], a["b"], a["k"])
    if situation == DECISION:
        return f"Pour {a.qui}, le service du contrôle médical n'a pas donné son accord."
    if situation == EPUISE:
        return (
            f"Pour {a.qui}, les {nombre(_b(a).ajpp_jours_par_periode)} jours de la période sont déjà payés. Le droit"
            " peut être renouvelé avec un nouveau certificat et l'accord du contrôle médical."
        )
    if situation == A_INSTRUIRE:
        return (
            f"Pour {a.qui}, vous avez choisi la prestation de compensation : un agent vérifie qu'elle ne paie pas déjà"
            " votre présence."
        )
    return (
        f"Pour {a.qui}, le complément d'AEEH est versé : l'allocation ne s'y ajoute pas. Vous pouvez choisir l'un ou"
        " l'autre."
    )


def dire_parent(a: Any, r: int) -> str:
    verbe = "vous avez pris" if a.qui == "vous" else f"{a.qui} a pris"
    return f"{majuscule(verbe)} {jours(r)} de congé de présence parentale."


def dire_parent_sans_droit(a: Any, _r: int) -> str:
    p, k = a["p"], a["k"]
    if remplacements(p, k) + pensions(p, k) > 0.0:
        return (
            f"{majuscule(a.vos('revenus').lower())} comptent une allocation ou une pension à laquelle l'allocation de"
            " présence parentale ne s'ajoute pas."
        )
    return (
        "Les indemnités d'un arrêt de travail ou la PreParE ne s'ajoutent pas toujours à l'allocation de présence"
        " parentale."
    )


def dire_plafond(a: Any, r: float) -> str:
    annee, enfants = int(_b(a).mois) // 100 - 2, a["enfants"]
    return (
        f"Le plafond du complément pour frais est de {euros(r)} pour {pluriel(enfants, 'enfant')} à charge, à comparer"
        f" à vos revenus de {annee}."
    )


def dire_sous_plafond(a: Any, r: int) -> str:
    if r == SOUS_LE_PLAFOND:
        return "Vos revenus ne dépassent pas le plafond du complément pour frais."
    return (
        f"Vos revenus ({euros(a['foyer'].prestations_familiales_base_ressources)}) dépassent le plafond du complément"
        " pour frais."
    )


def dire_frais(a: Any, r: float) -> str:
    return (
        f"Vos dépenses du mois ({euros(a['foyer'].ajpp_frais)}) atteignent {pour_cent(_b(a).ajpp_frais_taux)} de la"
        f" base mensuelle : un complément de {euros(r)} s'ajoute."
    )


def dire_ajpp(_a: Any, r: float) -> str:
    return f"Votre allocation journalière de présence parentale s'élève à {euros(r)} pour ce mois, avant CRDS."
