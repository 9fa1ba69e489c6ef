"""What the allocation de soutien familial asks of a parent alone, and the facts that the answers give."""

import datetime as dt
from typing import Any

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    NSP,
    OUI_NON,
    CaseNsp,
    Choix,
    Partie,
    Reponses,
    Section,
)

APRES_DEMANDE = {"pension_impayee", "pension_partielle", "sans_titre"}
"""Situations in which the right begins after the claim."""
AVEC_PENSION = {"pension_partielle", "pension_faible"}
DEPUIS = {
    "decede": "Date de son décès",
    "filiation_non_etablie": "Date de la reconnaissance par l'autre parent, ou de la naissance",
    "hors_d_etat": "Depuis quand ne participe-t-il plus ?",
    "pension_impayee": "Depuis quand la pension n'est-elle plus payée ?",
    "pension_partielle": "Depuis quand la pension n'est-elle plus payée en entier ?",
    "pension_faible": "Date du premier paiement de cette pension",
    "sans_titre": "Depuis quand ne participe-t-il plus ?",
}
LIENS = [
    ("parent", "Oui"),
    ("recueilli", "Non, je l'ai recueilli et un seul de ses parents lui manque"),
    ("deux_parents", "Non, je l'ai recueilli et ses deux parents lui manquent"),
    JE_NE_SAIS_PAS,
]


def demander_le_soutien(partie: Partie, prefixe: str, nom: str) -> None:
    """Add the questions that follow from what the other parent does."""
    soutien = partie.reponses.get(f"{prefixe}_soutien_autre_parent")
    if soutien not in DEPUIS:
        return
    champs: dict[str, Any] = {
        "lien": Choix("Êtes-vous son père ou sa mère ?", LIENS),
        "soutien_depuis": _jour(DEPUIS[soutien], "Laissez vide si vous ne savez pas."),
    }
    if soutien in APRES_DEMANDE:
        champs["asf_date_demande"] = _jour(
            "Date de votre demande d'allocation de soutien familial",
            "Laissez vide si vous ne l'avez pas encore demandée.",
        )
    if soutien == "sans_titre":
        champs["pension_en_cours_de_fixation"] = Choix(
            "Avez-vous demandé au juge de fixer une pension ?", [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True
        )
    if soutien in AVEC_PENSION:
        champs["pension"] = ChampEuros(
            label="Pension reçue chaque mois pour cet enfant",
            help_text="Ne la comptez pas une seconde fois dans vos ressources.",
            required=False,
        )
        champs["pension_nsp"] = CaseNsp("pension de cet enfant")
    partie.fields |= {f"{prefixe}_{champ}": question for champ, question in champs.items()}
    titre = f"{nom} : son autre parent"
    partie.sections.append(Section(titre, tuple(f"{prefixe}_{champ}" for champ in champs)))


def demander_l_allocataire(partie: Partie, prefixe: str, nom: str) -> None:
    """Which parent receives for a child in shared residence."""
    partie.fields[f"{prefixe}_allocataire_unique"] = Choix(
        "Êtes-vous le parent désigné pour recevoir ses prestations ?",
        [*OUI_NON, JE_NE_SAIS_PAS],
        en_ligne=True,
        help_text="Certaines prestations ne se partagent pas : un seul des deux parents les reçoit.",
    )
    partie.sections.append(Section(f"{nom} : résidence alternée", (f"{prefixe}_allocataire_unique",)))


def _jour(label: str, aide: str) -> ChampDate:
    return ChampDate(label=label, help_text=f"Format attendu : JJ/MM/AAAA. {aide}", future=False, required=False)


def faits_du_soutien(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of a child; in a couple, nothing is asked and nothing is said."""
    soutien = reponses.get(f"{prefixe}_soutien_autre_parent")
    if soutien is None:
        return {}
    faits: dict[str, Any] = {"soutien_autre_parent": None if soutien == NSP else soutien}
    if soutien not in DEPUIS:
        return faits
    lien = reponses[f"{prefixe}_lien"]
    faits["enfant_recueilli"] = None if lien == NSP else lien != "parent"
    faits["deux_parents_absents"] = None if lien == NSP else lien == "deux_parents"
    faits["soutien_depuis"] = reponses.get(f"{prefixe}_soutien_depuis")
    if soutien in APRES_DEMANDE:
        faits["asf_date_demande"] = reponses.get(f"{prefixe}_asf_date_demande") or _veille(reponses["mois"])
    if soutien == "sans_titre":
        reponse = reponses[f"{prefixe}_pension_en_cours_de_fixation"]
        faits["pension_en_cours_de_fixation"] = None if reponse == NSP else reponse == "oui"
    if soutien in AVEC_PENSION:
        centimes = reponses.get(f"{prefixe}_pension")
        faits["pensions_alimentaires_percues"] = None if centimes is None else centimes / 100
    return faits


def demande_supposee(prefixe: str, reponses: Reponses) -> bool:
    """The right begins after the claim, and no claim was told."""
    soutien = reponses.get(f"{prefixe}_soutien_autre_parent")
    return soutien in APRES_DEMANDE and not reponses.get(f"{prefixe}_asf_date_demande")


def _veille(mois: str) -> dt.date:
    """Last day of the month before: the claim that makes the month simulated the first one due."""
    return dt.date.fromisoformat(f"{mois}-01") - dt.timedelta(days=1)
