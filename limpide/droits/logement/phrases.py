"""What the explanation says of each step of a housing benefit: which rent, which income, what is expected, why."""

from typing import Any

from limpide.droits.bases.mots import euros, nombre, pluriel, pour_cent
from limpide.droits.bases.sejour import residence_lointaine
from limpide.droits.logement.occupation import APL, EN_LOGEMENT_FOYER, PRIMO_ACCEDANT

AIDES = {
    1: "l'aide personnalisée au logement (APL), parce que votre {quoi} est conventionné",
    2: "l'allocation de logement familiale (ALF), parce que votre {quoi} n'est pas conventionné et à cause de votre"
    " situation de famille",
    3: "l'allocation de logement sociale (ALS), parce que ni l'APL ni l'allocation familiale ne s'appliquent",
}
ZONES = ("I", "II", "III")
MEUBLE = 4
BOURSIER = " avec une bourse"


def _b(a: Any) -> Any:
    return a["b"][6]


def composition(couple: bool, a_charge: int) -> str:
    """« un couple », « une personne seule », « un foyer avec 2 personnes à charge »."""
    if a_charge:
        return f"un foyer avec {pluriel(a_charge, 'personne')} à charge"
    return "un couple" if couple else "une personne seule"


def dire_aide(a: Any, r: int) -> str:
    if r not in AIDES:
        return ""
    foyer = a["foyer"]
    accedant = foyer.statut_occupation_logement == PRIMO_ACCEDANT
    if r != APL and residence_lointaine(foyer) and foyer.statut_occupation_logement != EN_LOGEMENT_FOYER:
        nom, qui = AIDES[r].partition(",")[0], "un accédant" if accedant else "un locataire"
        return f"Pour votre logement, l'aide qui s'applique est {nom} : outre-mer, l'APL n'existe pas pour {qui}."
    quoi = "prêt" if accedant else "foyer" if foyer.statut_occupation_logement == EN_LOGEMENT_FOYER else "logement"
    return f"Pour votre logement, l'aide qui s'applique est {AIDES[r].format(quoi=quoi)}."


def dire_a_charge(a: Any, r: int) -> str:
    verbe = "est comptée" if r == 1 else "sont comptées"
    return (
        f"{pluriel(r, 'personne')} à charge {verbe} pour l'aide au logement : vos enfants jusqu'à"
        f" {nombre(_b(a).al_age_enfant)} ans, et vos enfants adultes reconnus invalides."
    )


# -- income ---------------------------------------------------------------------------------------------------


def dire_frais(a: Any, r: float) -> str:
    quoi = "vos frais réels" if a["p"].frais_reels == r else "une déduction forfaitaire de frais professionnels"
    return f"Des salaires et allocations de chômage ({euros(a['salaires'])}) sont déduits {euros(r)} : {quoi}."


def dire_neutralisation(a: Any, r: bool) -> str:
    if not r:
        return ""
    if a["sans_activite"]:
        cause = "votre foyer reçoit le RSA, ou l'activité a cessé pour s'occuper des enfants"
    else:
        cause = "le chômage dure depuis deux mois ou plus sans allocation d'assurance"
    return f"{a.vos('revenus du travail et du chômage')} ne comptent pas : {cause}."


def dire_activite(a: Any, r: float) -> str:
    debut = f"{a.vos('revenus du travail et du chômage')} comptent pour {euros(r)} par an"
    return (
        f"{debut}, après les frais professionnels et, s'il y a lieu, un abattement de {pour_cent(_b(a).al_abattement)}."
    )


def dire_pensions(a: Any, r: float) -> str:
    brut = euros(a["p"].logement_pensions)
    return f"{a.vos('pensions')} ({brut}) comptent pour {euros(r)} par an, après l'abattement des impôts."


def _periode(a: Any) -> str:
    mois = int(_b(a).mois)
    if _b(a).al_evaluation_heures:
        return f"l'année {mois // 100 - 2}"
    return "les douze mois qui finissent deux mois avant celui-ci"


def dire_ressources_personne(a: Any, r: float) -> str:
    periode = _periode(a)
    if r == 0.0:
        return f"{a.vos('ressources')} sont nulles pour {periode}."
    return (
        f"{a.vos('ressources')} comptent pour {euros(r)} ; pour le travail, la période prise en compte est {periode}."
    )


def dire_patrimoine(a: Any, r: float) -> str:
    seuil = euros(_b(a).al_patrimoine)
    return f"Votre patrimoine dépasse {seuil} : ce qui n'en rapporte rien est compté pour {euros(r)} de revenu par an."


def dire_etudiant(a: Any, r: float) -> str:
    bourse = BOURSIER if a["p"].boursier == 1 else ""
    if _b(a).al_etudiant_plancher == 1:
        return f"Vous suivez des études{bourse} : vos ressources sont comptées pour {euros(r)} au moins."
    return f"Vous suivez des études{bourse} : vos ressources sont remplacées par un montant fixe de {euros(r)} par an."


def dire_accedant_seul(a: Any, r: float) -> str:
    return f"Vous remboursez seul un prêt et avez des personnes à charge : {euros(r)} sont retirés de vos ressources."


def dire_ressources(a: Any, r: float) -> str:
    return (
        f"Les ressources de votre foyer retenues pour l'aide au logement sont de {euros(r)} par an, arrondies à la"
        " centaine d'euros supérieure."
    )


# -- rent and participation -----------------------------------------------------------------------------------


def dire_loyer(a: Any, r: float) -> str:
    loyer = a["foyer"].loyer[6]
    if r == loyer:
        return f"Votre loyer sans les charges est de {euros(r)} par mois."
    return f"Votre logement est meublé : les deux tiers de votre loyer ({euros(loyer)}) comptent, soit {euros(r)}."


def dire_plafond(a: Any, r: float) -> str:
    foyer = a["foyer"]
    zone = ZONES[foyer.zone_apl]
    if foyer.logement_chambre == 1:
        return f"Le loyer est retenu dans la limite de {euros(r)}, le plafond d'une chambre en zone {zone}."
    coloc = " en colocation" if foyer.coloc == 1 else ""
    qui = composition(a["couple"], a["a_charge"])
    return f"Le loyer est retenu dans la limite de {euros(r)}, le plafond pour {qui}{coloc} en zone {zone}."


def dire_charges(a: Any, r: float) -> str:
    return f"Vos charges sont comptées pour un forfait de {euros(r)}, quelles que soient celles que vous payez."


def dire_minimum(a: Any, r: float) -> str:
    b = _b(a)
    part = f"{pour_cent(b.al_p0_taux)} du loyer retenu et des charges"
    suite = f", montant minimum ({part} feraient moins)" if r == b.al_p0_minimum else f" : {part}"
    return f"Chaque foyer paie au moins {euros(r)} par mois{suite}."


def dire_r0(a: Any, r: float) -> str:
    qui = composition(a["couple"], a["a_charge"])
    qui += " outre-mer" if a["la_bas"] and a["a_charge"] == 1 else ""
    return f"Les premiers {euros(r)} de ressources annuelles ne sont pas comptés : c'est l'abattement pour {qui}."


def dire_taux(a: Any, r: float) -> str:
    taux = f"{round(float(r) * 100, 3):.3f}".rstrip("0").rstrip(".").replace(".", ",")
    return (
        f"Au-delà de cet abattement, {taux}\u00a0% de vos ressources s'ajoutent chaque mois à ce que vous payez :"
        " ce taux dépend de votre famille et de votre loyer."
    )


def dire_participation(a: Any, r: float) -> str:
    total = euros(a["retenu"] + a["charges"])
    if a.etape("taux_de_participation") is None:
        cause = "vos ressources ne dépassent pas l'abattement"
    else:
        cause = "elle grandit avec vos ressources"
    return f"Sur {total} de loyer retenu et de charges, votre participation est de {euros(r)} par mois : {cause}."


def dire_base(a: Any, r: float) -> str:
    plafond, loyer = a.etape("loyer_plafond").resultat, a["loyer"]
    charges, participation = a.etape("forfait_charges").resultat, a.etape("participation").resultat
    retenu = min(plafond, loyer)
    return (
        f"Pour {composition(a['couple'], a['a_charge'])}, l'aide calculée est de {euros(r)} :"
        f" {euros(retenu)} (loyer retenu) + {euros(charges)} (charges) − {euros(participation)} (votre participation)."
    )


def dire_base_nulle(a: Any, r: float) -> str:
    participation = a.etape("participation").resultat
    total = min(a.etape("loyer_plafond").resultat, a["loyer"]) + a.etape("forfait_charges").resultat
    return (
        f"Pour {composition(a['couple'], a['a_charge'])}, votre participation ({euros(participation)}) couvre tout le"
        f" loyer retenu et les charges ({euros(total)}) : il ne reste pas d'aide."
    )


def dire_partage(a: Any, r: float) -> str:
    part = pour_cent(_b(a).part_residence_alternee)
    return (
        f"Avec un enfant en résidence alternée, ce qu'il ajoute à l'aide compte pour {part} :"
        f" l'aide calculée est de {euros(r)}."
    )


def dire_degressivite(a: Any, r: float) -> str:
    if r == a["aide"]:
        return ""
    return (
        f"Votre loyer ({euros(a['loyer'])}) dépasse de beaucoup le loyer plafond ({euros(a['plafond'])}) : l'aide"
        f" diminue de {euros(a['aide'])} à {euros(r)}."
    )


def dire_suppression(a: Any, r: float) -> str:
    if not a["aide"]:
        return ""
    fin = a["plafond"] * _b(a).al_suppression[a["zone"]]
    return f"À partir d'un loyer de {euros(fin)}, l'aide est supprimée : le vôtre est de {euros(a['loyer'])}."


def dire_arrondi(a: Any, r: float) -> str:
    return (
        f"L'aide est diminuée de {euros(_b(a).al_minoration)}, puis arrondie pour que vous receviez un nombre entier"
        f" d'euros après la CRDS : elle est de {euros(r)}."
    )


def dire_depense(a: Any, r: float) -> str:
    minoration, minimum = _b(a).al_minoration, a["minimum"]
    debut = f"L'aide est diminuée de {euros(minoration)}"
    if r >= a["aide"] - minoration:
        return f"{debut} : elle est de {euros(r)}."
    return (
        f"{debut}, puis réduite pour que le logement vous coûte au moins {euros(minimum)} par mois, aide déduite :"
        f" elle est de {euros(r)}."
    )


def dire_arrondi_seul(a: Any, r: float) -> str:
    return f"Elle est arrondie pour que vous receviez un nombre entier d'euros après la CRDS : {euros(r)}."


def dire_montant(a: Any, r: float) -> str:
    if r < 0.0:
        return f"Le calcul donne {euros(-r)} : c'est trop peu pour être versé."
    return f"Votre aide au logement est de {euros(r)} pour ce mois, avant la CRDS."


def dire_crds_logement(a: Any, r: float) -> str:
    return f"La contribution au remboursement de la dette sociale (CRDS) retient {euros(r)}."
