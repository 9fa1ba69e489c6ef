"""What the explanation says of each step of the allocation aux adultes handicapés, with its figures."""

from typing import Any

from limpide.droits.aah.conditions import AGE, ATTENDUE, INCAPACITE, NON_CUMUL, RESTRICTION
from limpide.droits.bases.mots import euros, majuscule, mois, nombre, pluriel, pour_cent, trois_mois
from limpide.droits.bases.sejour import OUVERT


def _b(a: Any) -> Any:
    return a["b"][6]


def _annee(a: Any) -> int:
    return int(_b(a).mois) // 100 - 2


def dire_condition(a: Any, r: int) -> str:
    p, b, qui = a["p"], _b(a), a.qui
    taux = pour_cent(p.taux_incapacite / 100)
    if r == INCAPACITE:
        minimum = pour_cent(b.aah_taux_avec_restriction / 100)
        return f"Pour {qui}, aucun taux d'incapacité d'au moins {minimum} n'est reconnu."
    if r == ATTENDUE:
        return f"Pour {qui}, la décision de la MDPH n'est pas encore connue de votre Caf."
    if r == RESTRICTION:
        return (
            f"Pour {qui}, le taux reconnu est de {taux} : au-dessous de {pour_cent(b.aah_taux_incapacite / 100)}, il"
            " faut aussi une restriction substantielle et durable d'accès à l'emploi."
        )
    if r == AGE:
        return _dire_age(p, b, qui)
    if r == NON_CUMUL:
        return (
            f"Pour {qui}, l'allocation de solidarité spécifique est versée en {mois(a['b'], 6)} : les deux ne se"
            " cumulent pas. Elle cesse dès que l'allocation aux adultes handicapés est versée."
        )
    return f"Pour {qui}, le taux d'incapacité reconnu ({taux}) ouvre droit." if r == OUVERT else ""


def _dire_age(p: Any, b: Any, qui: str) -> str:
    if p.taux_incapacite < b.aah_taux_incapacite and p.a_charge_de_ses_parents != 1:
        return (
            f"Pour {qui}, le droit va de {nombre(b.aah_age)} ans ({nombre(b.aah_age_hors_charge)} ans pour qui n'est"
            f" plus à la charge de ses parents) à {nombre(b.aah_age_inaptitude)} ans, à un taux inférieur à"
            f" {pour_cent(b.aah_taux_incapacite / 100)}."
        )
    return (
        f"Pour {qui}, le droit commence après {nombre(b.aah_age)} ans, ou après {nombre(b.aah_age_hors_charge)} ans"
        " pour qui n'est plus à la charge de ses parents."
    )


def dire_plafond(a: Any, r: float) -> str:
    b, enfants = _b(a), int(a["enfants"])
    suite = []
    if a["couple"]:
        suite.append(f"plus {pour_cent(b.aah_majoration_couple)} pour le couple")
    if enfants:
        suite.append(f"plus {pour_cent(enfants * b.aah_majoration_enfant)} pour {pluriel(enfants, 'enfant')} à charge")
    detail = f" : {euros(b.aah_montant)}, {', '.join(suite)}" if suite else ""
    return f"Le plafond de ressources est de {euros(r)} par mois{detail}."


def dire_dispense(a: Any, r: int) -> str:
    if r == 1:
        return f"{a.vos('revenus du travail')} ne comptent pas dans les six mois qui suivent la reprise."
    return f"{a.vos('revenus du travail')} ne comptent plus : ils se sont arrêtés sans revenu de remplacement."


def dire_travail(a: Any, r: float) -> str:
    p, b = a["p"], a["b"][a["k"]]
    debut = f"{a.vos('revenus du travail')}, nets de frais, sont de {euros(a['travail'])} par mois"
    changement = f", moins {pour_cent(p.abattement_activite / 100)} (changement de situation)"
    part = changement if p.abattement_activite else ""
    bas, haut = (pour_cent(taux) for taux in b.aah_abattement_activite)
    return (
        f"{debut}{part} : après un abattement de {bas} jusqu'à {pour_cent(b.aah_seuil_activite)} du SMIC"
        f" mensuel ({euros(a['smic'])}) et de {haut} au-delà, {euros(r)} comptent."
    )


def dire_esat(a: Any, r: float) -> str:
    return f"{a.vos('revenus d’Esat')} comptent pour {euros(r)} par mois, abattements faits."


def dire_autres(a: Any, r: float) -> str:
    return f"{a.vos('autres ressources')} comptent pour {euros(r)} par mois, abattements faits."


def dire_ressources(a: Any, r: float) -> str:
    if a.etape("travail_retenu") is None and a.etape("esat_retenu") is None and r == 0.0:
        return f"{a.vos('ressources')} prises en compte sont nulles."
    trimestre = a.etape("autres_retenues").arguments["debut"]
    quand = f"pour l'année {_annee(a)}" if trimestre < 0 else f"sur {trois_mois(a['b'], trimestre)}"
    return f"{a.vos('ressources')} comptent pour {euros(r)} par mois en moyenne, {quand}."


def dire_conjoint(a: Any, r: float) -> str:
    taux = pour_cent(_b(a).aah_abattement_conjoint)
    revenus = euros(a["revenus"])
    return f"Les revenus de l'autre membre du couple ({revenus} par mois) comptent pour {euros(r)}, {taux} en moins."


def dire_conjoint_forfait(a: Any, r: float) -> str:
    base, par_enfant = _b(a).aah_forfait_conjoint
    enfants = int(a["enfants"])
    suite = f" et {euros(par_enfant)} par enfant" if enfants else ""
    return (
        f"Les revenus de l'autre membre du couple ({euros(a['revenus'])} par mois) comptent pour {euros(r)}, après un"
        f" abattement annuel de {euros(base)}{suite}."
    )


def _dire_difference(a: Any, r: float, quoi: str) -> str:
    plein = _b(a).aah_montant
    if r == plein:
        return f"{quoi} laissent l'allocation à taux plein ({euros(plein)})."
    if r == 0.0:
        return f"{quoi} atteignent le plafond : rien n'est dû."
    return f"{quoi} laissent {euros(r)} jusqu'au plafond."


def dire_seule(a: Any, r: float) -> str:
    return _dire_difference(a, r, a.vos("ressources"))


def dire_a_deux(a: Any, r: float) -> str:
    return _dire_difference(a, r, "Les ressources du couple, comptées ensemble,")


def dire_avantages(a: Any, r: float) -> str:
    return (
        f"{majuscule(a.qui)} : pension, rente ou minimum de {euros(r)} ce mois-ci. L'allocation s'y ajoute sans que le"
        " total dépasse son montant à taux plein."
    )


def dire_cumul(a: Any, r: float) -> str:
    if r == a["montant"]:
        return f"Avec la rémunération d'Esat, le total reste dans la limite du SMIC : {euros(r)} restent dus."
    return f"Avec la rémunération d'Esat, le total ne peut pas dépasser la limite du SMIC : {euros(r)} restent dus."


def dire_reduction(a: Any, r: float) -> str:
    b = _b(a)
    return (
        f"Après {nombre(b.aah_jours_en_etablissement)} jours en établissement, l'allocation pour {a.qui} est ramenée à"
        f" {euros(r)} : au plus {pour_cent(b.aah_part_en_etablissement)} du montant à taux plein."
    )


def dire_personne(a: Any, r: float) -> str:
    return f"Pour {a.qui}, l'allocation aux adultes handicapés est de {euros(r)}."


def dire_rien(a: Any, r: float) -> str:
    return f"Pour {a.qui}, l'allocation aux adultes handicapés n'est pas due : les ressources la dépassent."


def dire_aah(a: Any, r: float) -> str:
    return f"Votre allocation aux adultes handicapés s'élève à {euros(r)} pour ce mois."
