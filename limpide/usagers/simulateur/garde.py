"""What the PreParE asks of the parents of a young child, and the facts that the answers give."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate
from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.formulaires import JE_NE_SAIS_PAS, NSP, Partie, Reponses, moins_de_trois_ans

NON_DEMANDEE = "non_demandee"


def demander_l_arret(partie: Partie, prefixe: str, nom: str) -> None:
    """Whether this adult stops working, or works less, for a child under three; what follows is asked beside."""
    if not any(moins_de_trois_ans(partie.reponses, enfant) for enfant, _ in partie.enfants):
        return
    choix = NATURES["prepare_choix"]
    vous = nom == "Vous"
    partie.fields[f"{prefixe}_prepare_choix"] = forms.ChoiceField(
        label="Demandez-vous la prestation partagée d'éducation de l'enfant (PreParE) ?"
        if vous
        else "Demande-t-il ou elle la prestation partagée d'éducation de l'enfant (PreParE) ?",
        choices=[
            (NON_DEMANDEE, "Non"),
            *((v, f"Oui, {t}") for v, t in list(zip(choix.valeurs, choix.libelles_valeurs, strict=True))[1:]),
            JE_NE_SAIS_PAS,
        ],
        required=False,
        help_text="Pour le parent qui arrête de travailler, ou travaille moins, pour élever un jeune enfant.",
    )
    partie.fields[f"{prefixe}_prepare_depuis"] = ChampDate(
        label="Si oui, date de l'arrêt ou de la réduction d'activité",
        help_text="Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
        future=False,
        required=False,
    )
    partie.fields[f"{prefixe}_prepare_trimestres"] = _nombre(
        "Si oui, trimestres de travail avant l'enfant",
        "Sur 2 ans pour un premier enfant, 4 ans pour un deuxième, 5 ans ensuite. Laissez vide si vous ne savez pas.",
    )
    partie.fields[f"{prefixe}_prepare_mois_indemnises"] = _nombre(
        "Si oui, mois de congé de maternité ou d'adoption payés après son arrivée",
        "Écrivez 0 s'il n'y en a pas. Laissez vide si vous ne savez pas.",
    )


def _nombre(label: str, aide: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=aide,
        required=False,
        min_value=0,
        max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Écrivez un nombre entier, par exemple 8."},
    )


def faits_de_l_arret(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of an adult; nothing is said where nothing was asked, or where the benefit is not claimed."""
    choix = reponses.get(f"{prefixe}_prepare_choix") or NON_DEMANDEE
    if choix == NON_DEMANDEE:
        return {}
    details = ("prepare_depuis", "prepare_trimestres", "prepare_mois_indemnises")
    return {"prepare_choix": None if choix == NSP else choix} | {
        nom: reponses.get(f"{prefixe}_{nom}") for nom in details
    }


def arret_demande(reponses: Reponses) -> bool:
    """Somebody asks for the PreParE."""
    return any(faits_de_l_arret(prefixe, reponses) for prefixe in ("a0", "a1"))
