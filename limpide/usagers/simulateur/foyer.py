"""Answers of the simulator → the household as the law reads it, with what had to be supposed, said in French."""

from typing import Any

from limpide.dossiers.templatetags.affichage import mois_en_lettres
from limpide.droits.ensemble import completer
from limpide.droits.faits import MOIS_FENETRE, NATURES, Nature
from limpide.droits.situation import Situation
from limpide.usagers.simulateur.conges import faits_des_conges, faits_du_foyer
from limpide.usagers.simulateur.enfance import (
    faits_de_l_adoption,
    faits_de_la_decision,
    presence_de_l_adopte,
    suppositions_de_l_enfance,
)
from limpide.usagers.simulateur.formulaires import NSP, Reponses, moins_de_trois_ans
from limpide.usagers.simulateur.garde import (
    arret_demande,
    faits_d_avant_la_reforme,
    faits_de_garde,
    faits_de_l_arret,
)
from limpide.usagers.simulateur.handicap import faits_du_handicap, suppositions_du_handicap
from limpide.usagers.simulateur.logement import faits_de_l_annee, faits_du_logement, suppositions_du_logement
from limpide.usagers.simulateur.periodes import SUFFIXES_DES_MOIS, age, mois_demandes
from limpide.usagers.simulateur.ressources import ressources_possibles
from limpide.usagers.simulateur.soutien import demande_supposee, faits_du_soutien

OUI = "oui"


def donnees(reponses: Reponses) -> dict[str, Any]:
    """What was answered, as the law's record names it: month, household, persons (the claimant first)."""
    return {
        "mois": reponses["mois"],
        "foyer": _foyer(reponses),
        "personnes": [
            _adulte("a0", "demandeur", reponses),
            *([_adulte("a1", "conjoint", reponses)] if reponses["couple"] == OUI else []),
            *(_enfant(f"e{i}", reponses) for i in range(reponses["nombre_enfants"])),
        ],
    }


def situation(reponses: Reponses) -> Situation:
    """The `Situation` of the month asked. Raises `SituationInvalide` if a value cannot be (forms prevent it)."""
    # Shown beside them, these benefits count in RSA and prime d'activité as if they were received already.
    dites = _dites(reponses)
    loyer_tu = dites["foyer"].get("loyer", 0) is None  # what was said received then stays
    return completer(dites, [*reponses.get("f_ressources", []), *(["aide_logement"] if loyer_tu else [])])


def situation_dite(reponses: Reponses) -> Situation:
    """What was answered and no benefit computed: a curve computes them again at each of its points.

    A rent was told: the housing benefit is computed from it, or unknown, whatever was said received before.
    """
    dites = _dites(reponses)
    if dites["foyer"].get("loyer") is not None:
        dites["foyer"]["aide_logement"] = None
    return Situation.depuis_dict(dites)


def _dites(reponses: Reponses) -> dict[str, Any]:
    dites = donnees(reponses)
    for i, enfant in enumerate(p for p in dites["personnes"] if p["role"] == "enfant"):
        presence = presence_de_l_adopte(f"e{i}", reponses)
        if presence is not None:
            enfant["present"] = presence
    return dites


def _foyer(reponses: Reponses) -> dict[str, Any]:
    foyer: dict[str, Any] = {
        "residence": reponses["residence"],
        "statut_occupation_logement": _choix(reponses["statut_occupation_logement"]),
        "aide_logement": _euros(reponses.get("aide_logement")),
    }
    if "rsa_isolement_recent" in reponses:
        foyer["rsa_isolement_recent"] = _oui_non(reponses["rsa_isolement_recent"])
    if "biactivite" in reponses:
        foyer["biactivite"] = _oui_non(reponses["biactivite"])
    if "prestations_familiales_base_ressources" in reponses:
        foyer["prestations_familiales_base_ressources"] = _euros(reponses["prestations_familiales_base_ressources"])
    if reponses.get("revenus_imposables_bruts") is not None:
        foyer["revenus_imposables_bruts"] = _euros(reponses["revenus_imposables_bruts"])
    for nom in reponses.get("f_ressources", []):
        foyer[nom] = _montants("f", NATURES[nom], reponses)
    foyer |= faits_de_garde("f", reponses) | faits_du_logement(reponses)
    foyer |= faits_d_avant_la_reforme("f", reponses)
    return foyer | faits_du_foyer(reponses)


def _adulte(prefixe: str, role: str, reponses: Reponses) -> dict[str, Any]:
    activite = _choix(reponses[f"{prefixe}_activite"])
    personne: dict[str, Any] = {
        "role": role,
        "date_naissance": reponses[f"{prefixe}_date_naissance"],
        "nationalite": reponses[f"{prefixe}_nationalite"],
        "activite": activite,
        "etudiant": None if activite is None else activite == "etudiant",
    }
    for nom in (
        "protection_internationale",
        "carte_resident",
        "enceinte",
        "rsa_jeune_condition_heures_travail_remplie",
    ):
        if f"{prefixe}_{nom}" in reponses:
            personne[nom] = _oui_non(reponses[f"{prefixe}_{nom}"])
    if personne.get("enceinte"):
        personne["date_debut_grossesse"] = reponses.get(f"{prefixe}_date_debut_grossesse")
        personne["enfants_attendus"] = reponses.get(f"{prefixe}_enfants_attendus") or 0
    if f"{prefixe}_duree_possession_titre_sejour" in reponses:
        personne["duree_possession_titre_sejour"] = reponses[f"{prefixe}_duree_possession_titre_sejour"]
    if reponses.get(f"{prefixe}_date_arret_de_travail"):
        personne["date_arret_de_travail"] = reponses[f"{prefixe}_date_arret_de_travail"]
    if f"{prefixe}_type_conges" in reponses:
        personne["type_conges"] = reponses[f"{prefixe}_type_conges"]
    personne |= faits_des_conges(prefixe, reponses)
    personne |= faits_de_l_arret(prefixe, reponses) | _ressources(prefixe, reponses, enfant=False)
    return personne | faits_du_handicap(prefixe, reponses) | faits_de_l_annee(prefixe, reponses)


def _enfant(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    enfant: dict[str, Any] = {
        "role": "enfant",
        "nationalite": reponses["a0_nationalite"],
        "date_naissance": reponses[f"{prefixe}_date_naissance"],
        "garde_alternee": reponses[f"{prefixe}_garde_alternee"] == OUI,
    }
    for nom in ("cours_preparatoire_anticipe", "inscription_rentree", "allocataire_unique"):
        if f"{prefixe}_{nom}" in reponses:
            enfant[nom] = _oui_non(reponses[f"{prefixe}_{nom}"])
    enfant |= faits_du_soutien(prefixe, reponses) | faits_de_garde(prefixe, reponses)
    enfant |= faits_de_la_decision(prefixe, reponses) | faits_des_conges(prefixe, reponses)
    enfant |= faits_de_l_adoption(prefixe, reponses)
    enfant |= faits_d_avant_la_reforme(prefixe, reponses)
    if f"{prefixe}_charge_logement" in reponses:
        enfant["charge_logement"] = _choix(reponses[f"{prefixe}_charge_logement"])
    if f"{prefixe}_activite" in reponses:
        enfant["activite"] = _choix(reponses[f"{prefixe}_activite"])
        enfant["etudiant"] = None if enfant["activite"] is None else enfant["activite"] == "etudiant"
        enfant |= _ressources(prefixe, reponses, enfant=True)
    return enfant


def _ressources(prefixe: str, reponses: Reponses, *, enfant: bool) -> dict[str, Any]:
    """Ticked incomes with their amounts; a box left empty says zero, for the boxes that were shown."""
    cochees = {*reponses.get(f"{prefixe}_ressources", []), *reponses.get(f"{prefixe}_ressources_rares", [])}
    recues: dict[str, Any] = {
        n.nom: _montants(prefixe, n, reponses) if n.nom in cochees else 0 for n in ressources_possibles(enfant=enfant)
    }
    recues["apprenti"] = "remuneration_apprenti" in cochees
    recues["stagiaire"] = "indemnites_stage" in cochees
    return recues


def _montants(prefixe: str, nature: Nature, reponses: Reponses) -> Any:
    """Cents typed → euros of the window: the months asked, stretched over the months around them."""
    if nature.periodicite != "mois":
        return _euros(reponses.get(f"{prefixe}_{nature.nom}"))
    saisis = [_euros(reponses.get(f"{prefixe}_{nature.nom}_{suffixe}")) for suffixe in SUFFIXES_DES_MOIS]
    premier = mois_demandes(reponses["mois"])[0][0]
    return [saisis[min(max(i - premier, 0), len(saisis) - 1)] for i in range(MOIS_FENETRE)]


def _euros(centimes: int | None) -> float | None:
    return None if centimes is None else centimes / 100


def _oui_non(reponse: str) -> bool | None:
    return None if reponse == NSP else reponse == OUI


def _choix(reponse: str) -> str | None:
    return None if reponse == NSP else reponse


def suppositions(reponses: Reponses) -> list[str]:
    """What the visitor was not asked and the computation takes for granted."""
    mois = mois_demandes(reponses["mois"])
    avant, apres = mois_en_lettres(mois[0][1]), mois_en_lettres(mois[-1][1])
    texte = [
        f"Vos ressources d'avant {avant} et d'après {apres} sont supposées égales à celles du mois le plus proche.",
        "C'est supposé être une première demande : le mois choisi ouvre le trimestre de droits.",
        "Les personnes sont supposées toutes présentes au foyer depuis au moins six mois.",
    ]
    grands = [
        i for i in range(reponses["nombre_enfants"]) if age(reponses[f"e{i}_date_naissance"], reponses["mois"]) >= 6
    ]
    if reponses["nombre_enfants"] and "cf" not in reponses.get("f_ressources", []):
        texte.append(
            "Le complément familial calculé ici est supposé déjà reçu : il compte dans le RSA et la prime d'activité."
        )
    petits = [i for i in range(reponses["nombre_enfants"]) if moins_de_trois_ans(reponses, f"e{i}")]
    if petits and "paje_base" not in reponses.get("f_ressources", []):
        texte.append(
            "L'allocation de base de la Paje calculée ici est supposée déjà reçue : elle compte dans le RSA et la prime"
            " d'activité, et le complément familial ne s'y ajoute pas."
        )
    if arret_demande(reponses) and "paje_prepare" not in reponses.get("f_ressources", []):
        texte.append(
            "La prestation partagée d'éducation de l'enfant calculée ici est supposée déjà reçue : elle compte dans le"
            " RSA et la prime d'activité, et le complément familial ne s'y ajoute pas."
        )
    if reponses["nombre_enfants"] and reponses["couple"] != OUI and "asf" not in reponses.get("f_ressources", []):
        texte.append(
            "L'allocation de soutien familial calculée ici est supposée déjà reçue : elle compte dans le RSA et la"
            " prime d'activité, dans la limite prévue."
        )
    if any(demande_supposee(f"e{i}", reponses) for i in range(reponses["nombre_enfants"])):
        texte.append("L'allocation de soutien familial est supposée demandée le mois d'avant.")
    if reponses["nombre_enfants"] and reponses["couple"] == OUI:
        texte.append("Les enfants sont supposés être ceux de l'un de vous deux, et non recueillis.")
    if reponses["nombre_enfants"]:
        texte.append("Les enfants sont supposés avoir votre nationalité.")
    if grands:
        texte.append("Les enfants en âge d'aller à l'école sont supposés y aller régulièrement.")
    texte += suppositions_du_handicap(reponses) + suppositions_de_l_enfance(reponses)
    return texte + suppositions_du_logement(reponses)
