"""What housing benefits ask of a hostel resident or of a home buyer, and the facts that the answers give."""

import datetime as dt
from typing import Any

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.droits.bareme import lire_mois, parametres
from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    NSP,
    OUI_NON,
    CaseNsp,
    Choix,
    Reponses,
    age_de,
)
from limpide.usagers.simulateur.ressources import OUTRE_MER

OUI = "oui"
EN_FOYER, ACCEDANT = "locataire_foyer", "primo_accedant"
CHAMBRES = [("chambre", "Une chambre"), ("studio", "Un studio ou un appartement")]
INAPTITUDE = ("Êtes-vous reconnu inapte au travail ?", "Est-il ou elle reconnu inapte au travail ?")
HANDICAP = ("Êtes-vous en situation de handicap ?", "Est-il ou elle en situation de handicap ?")


def oui_non(reponse: str) -> bool | None:
    """Yes, no, or nobody knows."""
    return None if reponse == NSP else reponse == OUI


def _ou_nsp(question: str, aide: str = "") -> Choix:
    return Choix(question, [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True, help_text=aide)


def _parmi(question: str, fait: str) -> Choix:
    nature = NATURES[fait]
    valeurs = [(v, t[0].upper() + t[1:]) for v, t in zip(nature.valeurs, nature.libelles_valeurs, strict=True)]
    return Choix(question, [*valeurs, JE_NE_SAIS_PAS])


def apl_possible(reponses: Reponses) -> bool:
    """Overseas, the APL of hostels began in 2023, and there is none for a loan."""
    if reponses.get("residence") not in OUTRE_MER:
        return True
    en_foyer = reponses.get("statut_occupation_logement") == EN_FOYER
    return en_foyer and parametres()["foyer_apl_outremer"].en(lire_mois(reponses["mois"])).valeur == 1


def questions_du_foyer(reponses: Reponses, adultes: list[tuple[str, str]]) -> dict[str, Any]:
    """Fields asked of a hostel resident, after the place."""
    champs: dict[str, Any] = {
        "loyer": ChampEuros(
            label="Loyer et charges compris dans votre redevance, par mois",
            help_text="Le gestionnaire l'écrit sur l'attestation de résidence en foyer. Ni repas ni services.",
            required=False,
        ),
        "loyer_nsp": CaseNsp("redevance"),
    }
    if apl_possible(reponses):
        champs["logement_conventionne"] = _ou_nsp(
            "Le foyer est-il conventionné ?", "L'attestation du gestionnaire le dit : il ouvre alors droit à l'APL."
        )
        if reponses.get("residence") not in OUTRE_MER:
            champs["type_foyer"] = _parmi("De quel foyer s'agit-il ?", "type_foyer")
            champs["foyer_existant"] = _ou_nsp(
                "Résidence sociale ou foyer de jeunes travailleurs : existait-il avant sa convention, sans travaux ?",
                "Le gestionnaire le sait : un autre barème s'applique alors.",
            )
    if reponses.get("a0_activite") == "etudiant":
        champs["forme_logement"] = Choix("Vous occupez…", CHAMBRES, en_ligne=True)
        champs["logement_crous"] = Choix("Le logement est-il géré par le Crous ?", OUI_NON, en_ligne=True)
        champs["etat_logement_foyer"] = _ou_nsp("Si c'est une chambre du Crous, a-t-elle été rénovée ?")
    bornes = parametres()["foyer_ages"].en(lire_mois(reponses["mois"])).valeur
    for rang, (prefixe, _nom) in enumerate(adultes):
        age = age_de(reponses, prefixe, reponses["mois"])
        if age < bornes[0]:  # type: ignore[index]
            champs[f"{prefixe}_handicap"] = _ou_nsp(HANDICAP[rang], "Reconnu par la MDPH, par exemple.")
        if bornes[2] <= age < bornes[0]:  # type: ignore[index]
            champs[f"{prefixe}_inapte_travail"] = _ou_nsp(INAPTITUDE[rang])
    return champs


def questions_du_pret(reponses: Reponses) -> dict[str, Any]:
    """Fields asked of a home buyer, after the place."""
    champs: dict[str, Any] = {
        "loyer": ChampEuros(
            label="Mensualité du prêt du logement",
            help_text="Assurance comprise ; la redevance si c'est une location-accession.",
            required=False,
        ),
        "loyer_nsp": CaseNsp("mensualité"),
        "aide_logement_date_pret": ChampDate(
            label="Date de signature du prêt",
            help_text="Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
            future=False,
            required=False,
        ),
        "etat_logement": _parmi("Qu'a payé ce prêt ?", "etat_logement"),
        "date_entree_logement": ChampDate(
            label="Si le logement était neuf, date d'entrée dans les lieux",
            help_text="Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
            future=False,
            required=False,
        ),
    }
    if apl_possible(reponses):
        champs["aide_logement_est_pret_conventionne"] = _ou_nsp(
            "Est-ce un prêt conventionné, ou un prêt d'accession sociale (PAS) ?", "L'offre de prêt le dit."
        )
    else:
        champs["pret_decision_etat"] = _ou_nsp(
            "L'État a-t-il aidé cet achat par une décision d'avant 2019 ?",
            "Logement évolutif social ou très social, avec une décision du préfet.",
        )
    return champs


def faits_du_secteur(reponses: Reponses) -> dict[str, Any]:
    """Facts of the household from these fields, those that were asked; tenants are told by `logement`."""
    faits: dict[str, Any] = {}
    for nom in ("type_foyer", "etat_logement"):
        if nom in reponses:
            faits[nom] = None if reponses[nom] == NSP else reponses[nom]
    for nom in ("foyer_existant", "aide_logement_est_pret_conventionne", "pret_decision_etat"):
        if nom in reponses:
            faits[nom] = oui_non(reponses[nom])
    for nom in ("aide_logement_date_pret", "date_entree_logement"):
        jour: dt.date | None = reponses.get(nom)
        if jour:
            faits[nom] = jour
    if "logement_crous" in reponses:
        renovee = oui_non(reponses["etat_logement_foyer"])
        faits["logement_crous"] = reponses["logement_crous"] == OUI
        faits["etat_logement_foyer"] = (
            None if renovee is None else "logement_rehabilite" if renovee else "logement_non_rehabilite"
        )
    return faits


def faits_de_l_occupant(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of an adult who lives in a hostel, those that were asked."""
    return {
        nom: oui_non(reponses[f"{prefixe}_{nom}"])
        for nom in ("handicap", "inapte_travail")
        if f"{prefixe}_{nom}" in reponses
    }
