"""What the explanation says of each step of the RSA, with its figures."""

from typing import Any

from limpide.droits.bases.mots import (
    Addition,
    Terme,
    dire_montant_forfaitaire,
    ecart,
    euros,
    majuscule,
    mois,
    mois_seul,
    moyenne,
    operation,
)
from limpide.droits.bases.revenus import chomage, indemnites_maladie, positif, salaires
from limpide.droits.bases.trimestre import mois_du_montant


def dire_enfant_sous_supplement(a: Any, r: bool) -> str:
    qui, ressources = majuscule(a.qui), a.etape("ressources_personne")
    combien = f" ({euros(ressources.resultat)} par mois)" if ressources else ""
    if r:
        return f"{qui} est compté dans le foyer : ses ressources{combien} restent sous le supplément qu'il ouvre."
    return f"{qui} n'est pas compté dans le foyer : ses ressources{combien} atteignent le supplément qu'il ouvrirait."


def dire_forfaitaire(a: Any, r: float) -> str:
    seul = float(a["b"][mois_du_montant(a["b"], a["k"])].rsa_montant)
    return dire_montant_forfaitaire(a, r, seul)


def dire_travail_moyen(a: Any, r: float) -> str:
    """Which incomes, and how much each month."""
    p, b, k = a["p"], a["b"], a["debut"]
    rangs = range(k, k + 3)
    sortes = (
        ("revenus du travail", [positif(salaires(p, i)) for i in rangs]),
        ("indemnités journalières", [indemnites_maladie(p, i) for i in rangs]),
        ("allocations de chômage", [chomage(p, i) for i in rangs]),
    )
    presentes = [nom for nom, montants in sortes if any(montants)]
    nom = " et ".join([", ".join(presentes[:-1]), presentes[-1]] if len(presentes) > 1 else presentes)
    totaux = [sum(montants) for montants in zip(*(m for _, m in sortes), strict=True)]
    texte = f"{a.vos(nom)} comptent pour {euros(r)} par mois en moyenne"
    if len({round(total, 2) for total in totaux}) == 1:
        return f"{texte}."
    par_mois = [f"{euros(total)} en {mois_seul(b, i)}" for total, i in zip(totaux, rangs, strict=True)]
    return f"{texte} : {par_mois[0]}, {par_mois[1]} et {par_mois[2]}."


def dire_autres(a: Any, r: float) -> str:
    chose = "autres ressources (pensions, loyers, placements…)"
    if a.qui == "vous":
        return f"Vos {chose} comptent pour {euros(r)} par mois en moyenne."
    return f"Les {chose} de {a.qui} comptent pour {euros(r)} par mois en moyenne."


def dire_biens(a: Any, r: float) -> str:
    return f"{a.vos('biens qui ne rapportent rien')} comptent comme un revenu de {euros(r)} par mois."


def dire_ressources_personne(a: Any, r: float) -> str:
    return f"{a.vos('ressources')} sont de {euros(r)} par mois en moyenne."


def dire_sans_ressources(a: Any, r: float) -> str:
    qui = a.qui
    return (
        f"{majuscule(qui)} n'{'avez' if qui == 'vous' else 'a'} pas eu de ressources pendant les mois pris en compte."
    )


def _termes(a: Any, r: float) -> list[Terme]:
    return [
        Terme(a.somme("montant_forfaitaire"), "montant forfaitaire", "le montant forfaitaire de votre foyer"),
        Terme(-a["ressources"], "ressources", "vos ressources moyennes", "passent"),
        Terme(-a.somme("prestations_du_mois"), "prestations", "la somme des prestations que vous recevez"),
        Terme(-a.somme("forfait_logement"), "forfait logement", "le forfait logement"),
    ]


def _dire_mois(a: Any, r: float) -> str:
    quand, termes = mois(a["b"], a["k"]), _termes(a, r)
    forfaitaire, *retraits = termes
    comptes = [t for t in retraits if t.montant]
    if r > 0.0:
        if not comptes:
            return f"Pour {quand}, le calcul donne {euros(r)}, le montant forfaitaire : rien n'en est retiré."
        return f"Pour {quand}, le calcul donne {euros(r)} : {operation(termes, r)}."
    return f"Pour {quand}, {depassement(forfaitaire, comptes)}."


def depassement(seuil: Terme, comptes: list[Terme]) -> str:
    """By how much what is received exceeds the sum that is guaranteed."""
    total = -sum(t.montant for t in comptes)
    trop = ecart(total, seuil.montant)
    garanti = f"le {seuil.nom} de votre foyer ({euros(seuil.montant)})"
    seules = [t.nom for t in comptes] == ["ressources"]
    sujet, verbe = ("vos ressources", "ent") if seules else ("ce que vous recevez", "e")
    montant = f" ({euros(total)})" if seules else ""
    texte = f"{sujet}{montant} dépass{verbe} de {euros(trop)} {garanti}"
    if trop <= 0.0:
        texte = f"{sujet}{montant} {'atteignent' if seules else 'atteint'} {garanti}"
    if seules or not comptes:
        return texte
    return (
        f"{texte} : "
        + " + ".join(f"{euros(-t.montant)} ({t.nom})" for t in comptes)
        + (f" = {euros(total)}" if len(comptes) > 1 else "")
    )


dire_mois = Addition(_termes, _dire_mois)


def dire_age(a: Any, r: bool) -> str:
    if r:
        return "La condition d'âge est remplie."
    ans = a["b"][6].rsa_age_minimum
    verbe = "avez" if a.qui == "vous" else "a"
    return (
        f"{majuscule(a.qui)} {verbe} moins de {ans} ans : avant cet âge, il faut avoir ou attendre un enfant,"
        " ou avoir travaillé deux ans dans les trois dernières années."
    )


def dire_rsa(a: Any, r: float) -> str:
    montants = [float(etape.resultat) for etape in a.directes("montant_intermediaire")]
    if r < 0.0:
        minimum = euros(a["b"][6].rsa_minimum_verse)
        return f"Le montant calculé est de {euros(-r)} : en dessous de {minimum}, le RSA n'est pas versé."
    return f"Votre RSA est de {euros(r)} pour ce mois : {moyenne(montants, r)}."


def dire_rsa_nul(a: Any, r: float) -> str:
    if not a.directes("montant_intermediaire"):
        return "Le RSA n'est pas dû pour ce mois."
    return (
        "Le RSA n'est pas dû pour ce mois : pour chacun des trois mois pris en compte, ce que vous recevez"
        " atteint ou dépasse le montant forfaitaire de votre foyer."
    )


def dire_prestations(a: Any, r: float) -> str:
    return (
        f"Les prestations reçues pour {mois(a['b'], a['k'])} (allocations familiales sans majoration pour âge,"
        f" minima sociaux…) comptent pour {euros(r)}."
    )
