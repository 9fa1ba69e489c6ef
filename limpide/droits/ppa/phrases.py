"""What the explanation says of each step of the prime d'activité, with its figures."""

from typing import Any

from limpide.droits.bases.mots import (
    Addition,
    Terme,
    dire_montant_forfaitaire,
    ecart,
    euros,
    majuscule,
    mois,
    moyenne,
    nombre,
    operation,
    pour_cent,
)
from limpide.droits.bases.trimestre import mois_du_montant


def dire_forfaitaire(a: Any, r: float) -> str:
    return dire_montant_forfaitaire(a, r, float(a["b"][mois_du_montant(a["b"], a["k"])].ppa_montant))


def dire_bonification(a: Any, r: float) -> str:
    b = a["b"][a["k"]]
    debut, fin = b.ppa_bonification_debut, b.ppa_bonification_fin
    return (
        f"Pour {euros(a['travail'])} de revenus du travail en {mois(a['b'], a['k'])}, la bonification est de"
        f" {euros(r)} : elle commence à {nombre(debut)} heures de SMIC ({euros(debut * b.smic_horaire)}) et est entière"
        f" à {nombre(fin)} heures ({euros(fin * b.smic_horaire)})."
    )


def dire_sans_bonification(a: Any, r: float) -> str:
    b = a["b"][a["k"]]
    seuil = b.ppa_bonification_debut * b.smic_horaire
    gain = euros(a["travail"])
    return f"{gain} de revenus du travail n'ouvrent pas de bonification : il en faut plus de {euros(seuil)}."


def dire_age(a: Any, r: bool) -> str:
    if r:
        return "La condition d'âge est remplie."
    verbe = "avez" if a.qui == "vous" else "a"
    return f"Il faut avoir {a['b'][6].ppa_age_minimum} ans : {a.qui} ne les {verbe} pas encore."


def dire_fraction(a: Any, r: float) -> str:
    taux = pour_cent(a["b"][a["k"]].ppa_fraction_revenus)
    return f"La part ajoutée des revenus du travail est de {euros(r)} : {taux} de {euros(a['travail'])}."


def _ressources(a: Any) -> float:
    noms = ("revenus_travail", "autres_revenus", "prestations_du_mois", "forfait_logement")
    return float(sum(a.somme(nom) for nom in noms))


def _termes(a: Any, r: float) -> list[Terme]:
    forfaitaire, ressources = a.somme("montant_forfaitaire"), _ressources(a)
    taux = pour_cent(a["b"][a["k"]].ppa_fraction_revenus)
    plancher = a.etape("forfait_logement") is not None and ressources < forfaitaire
    nom = "ressources, comptées au moins pour le montant forfaitaire" if plancher else "ressources"
    return [
        Terme(forfaitaire, "montant forfaitaire", "le montant forfaitaire de votre foyer"),
        Terme(a.somme("fraction_travail"), f"{taux} des revenus du travail", "la part ajoutée des revenus du travail"),
        Terme(a.somme("bonification"), "bonification", "la bonification"),
        Terme(-(forfaitaire if plancher else ressources), nom, "le total retiré pour vos ressources"),
    ]


def _dire_mois(a: Any, r: float) -> str:
    quand = mois(a["b"], a["k"])
    if r > 0.0:
        return f"Pour {quand}, le calcul donne {euros(r)} : {operation(_termes(a, r), r)}."
    if a.etape("fraction_travail") is None:
        return f"Pour {quand}, aucun revenu du travail : ce mois ne donne pas de prime."
    *ajouts, ressources = _termes(a, r)
    ouvert = sum(t.montant for t in ajouts)
    detail = " + ".join(f"{euros(t.montant)} ({t.nom})" for t in ajouts if t.montant)
    trop = ecart(-ressources.montant, ouvert)
    verbe = f"dépassent de {euros(trop)}" if trop > 0.0 else "atteignent"
    return (
        f"Pour {quand}, vos ressources ({euros(-ressources.montant)}) {verbe} ce qui ouvre la prime :"
        f" {detail} = {euros(ouvert)}."
    )


dire_mois = Addition(_termes, _dire_mois)


def dire_apprenant(a: Any, r: bool) -> str:
    b = a["b"][a["debut"]]
    plafond = euros(b.pf_plafond_remuneration * b.smic_horaire * b.pf_heures_plafond)
    verbe = "dépassent" if r else "ne dépassent pas"
    return f"{a.vos('revenus du travail')} {verbe} chaque mois le plafond exigé des étudiants et apprentis ({plafond})."


def dire_ppa(a: Any, r: float) -> str:
    if r < 0.0:
        minimum = euros(a["b"][6].ppa_minimum_verse)
        return f"Le montant calculé est de {euros(-r)} : en dessous de {minimum}, la prime n'est pas versée."
    montants = [float(etape.resultat) for etape in a.directes("prime_du_mois")]
    return f"Votre prime d'activité est de {euros(r)}, avant CRDS : {moyenne(montants, r)}."


def dire_ppa_nulle(a: Any, r: float) -> str:
    if not a.directes("prime_du_mois"):
        return "La prime d'activité n'est pas due pour ce mois."
    return "La prime d'activité n'est pas due pour ce mois : aucun des trois mois pris en compte n'ouvre de prime."


def dire_travail(a: Any, r: float) -> str:
    if r == 0.0:
        return f"{majuscule(a.qui)} n'{'avez' if a.qui == 'vous' else 'a'} pas de revenu du travail en {_quand(a)}."
    return f"{a.vos('revenus du travail')} sont de {euros(r)} en {_quand(a)}."


def dire_autres(a: Any, r: float) -> str:
    if r == 0.0:
        return f"{majuscule(a.qui)} n'{'avez' if a.qui == 'vous' else 'a'} pas d'autre revenu en {_quand(a)}."
    return (
        f"{a.vos('autres revenus')} (chômage, pensions, placements de l'avant-dernière année…) sont de"
        f" {euros(r)} en {_quand(a)}."
    )


def dire_aah(a: Any, r: float) -> str:
    heures = nombre(a["b"][a["k"]].ppa_heures_aah)
    sujet = "Vous gagnez" if a.qui == "vous" else f"{majuscule(a.qui)} gagne"
    return (
        f"{sujet} au moins {heures} heures de SMIC : {euros(r)} d'allocation aux adultes handicapés (AAH)"
        " comptent comme un revenu du travail."
    )


def _quand(a: Any) -> str:
    return mois(a["b"], a["k"])
