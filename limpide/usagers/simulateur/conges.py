"""Leaves to be with an ill child or to help somebody close, and the loss of a child: asked of who ticked the box only.

A day of leave is typed as a number, halves allowed, and told to the law in half-days. Every question on a loss may be
left without an answer.
"""

from decimal import Decimal
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.droits.faits_enfants import DECES_ENFANT, LIBELLES_DECES_ENFANT
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    NSP,
    OUI_NON,
    Choix,
    Partie,
    Reponses,
    Section,
)

JOURS_DU_MOIS, JOURS_DEJA_PAYES = 31, 999
AIDANT = {
    "ajpa_demi_journees": "Jours de congé de proche aidant pris ce mois-ci",
    "ajpa_demi_journees_versees": "Jours déjà payés pour la personne que vous aidez",
    "ajpa_demi_journees_carriere": "Jours déjà payés depuis le début de votre carrière",
}
PERTES = [("", "Je préfère ne pas répondre"), *zip(DECES_ENFANT[1:], LIBELLES_DECES_ENFANT[1:], strict=True)]


def dite(reponses: Reponses, situation: str) -> bool:
    """The box of this situation was ticked at the first step."""
    return situation in reponses.get("situations", [])


def demander_les_conges(partie: Partie) -> None:
    """Days of the month by parent, agreement and days paid by child; days of a carer."""
    reponses = partie.reponses
    if dite(reponses, "presence") and partie.enfants:
        for prefixe, nom in partie.adultes:
            jours = champ_jours("Jours de congé de présence parentale pris ce mois-ci", JOURS_DU_MOIS)
            _ajouter(partie, f"{nom} : congé", {f"{prefixe}_ajpp_demi_journees": jours})
        for prefixe, nom in partie.enfants:
            _ajouter(partie, f"{nom} : votre présence", _presence(prefixe))
        frais = ChampEuros(
            label="Dépenses de ce mois dues à l'état de santé de l'enfant",
            help_text="Non remboursées. Laissez vide s'il n'y en a pas.",
            required=False,
        )
        _ajouter(partie, "Dépenses", {"ajpp_frais": frais})
    if dite(reponses, "aidant"):
        champs = {
            f"a0_{nom}": champ_jours(label, JOURS_DU_MOIS if nom == "ajpa_demi_journees" else JOURS_DEJA_PAYES)
            for nom, label in AIDANT.items()
        }
        _ajouter(partie, "Vous : aide à un proche", champs)


def _presence(prefixe: str) -> dict[str, forms.Field]:
    return {
        f"{prefixe}_ajpp_accord_medical": Choix(
            "Le contrôle médical a-t-il donné son accord pour cet enfant ?",
            [*OUI_NON, JE_NE_SAIS_PAS],
            en_ligne=True,
            help_text="Répondez « non » si le congé n'est pas pris pour cet enfant.",
        ),
        f"{prefixe}_ajpp_demi_journees_versees": champ_jours(
            "Si oui, jours déjà payés pour cet enfant", JOURS_DEJA_PAYES
        ),
    }


def demander_la_perte(partie: Partie) -> None:
    """What was lost and when; the choice of the capital décès."""
    champs: dict[str, forms.Field] = {
        "deces_enfant": forms.ChoiceField(label="Vous avez perdu", choices=PERTES, required=False),
        "date_deces_enfant": ChampDate(
            label="À quelle date ?", help_text="Format attendu : JJ/MM/AAAA.", future=False, required=False
        ),
        "a0_capital_deces": Choix(
            "Le capital décès de l'Assurance maladie a-t-il été choisi ?",
            [*OUI_NON, JE_NE_SAIS_PAS],
            en_ligne=True,
            required=False,
            help_text="Il n'existe que pour un enfant de plus de seize ans. Laissez sans réponse autrement.",
        ),
    }
    _ajouter(partie, "La perte que vous avez signalée", champs)


def _ajouter(partie: Partie, titre: str, champs: dict[str, Any]) -> None:
    partie.fields |= champs
    partie.sections.append(Section(titre, tuple(champs)))


def champ_jours(label: str, maximum: int, aide: str = "") -> forms.DecimalField:
    """A number of days, halves allowed."""
    return forms.DecimalField(
        label=label,
        help_text=f"{aide} Une demi-journée s'écrit 0,5. Laissez vide si vous ne savez pas.".strip(),
        required=False,
        localize=True,
        min_value=0,
        max_value=maximum,
        step_size=Decimal("0.5"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": "Écrivez un nombre de jours, par exemple 4 ou 4,5.",
            "step_size": "Comptez par demi-journées : 4 ou 4,5 par exemple.",
            "max_value": f"Ce nombre ne peut pas dépasser {maximum}.",
        },
    )


def faits_des_conges(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of a person, those that were asked: half-days, agreement, capital décès."""
    faits: dict[str, Any] = {}
    for nom in ("ajpp_demi_journees", "ajpp_demi_journees_versees", *AIDANT):
        if f"{prefixe}_{nom}" in reponses:
            jours = reponses[f"{prefixe}_{nom}"]
            faits[nom] = None if jours is None else int(2 * jours)
    for nom in ("ajpp_accord_medical", "capital_deces"):
        reponse = reponses.get(f"{prefixe}_{nom}")
        if reponse:
            faits[nom] = None if reponse == NSP else reponse == "oui"
    return faits


def faits_du_foyer(reponses: Reponses) -> dict[str, Any]:
    """The loss, if it was told; what an illness costs in the month."""
    faits: dict[str, Any] = {}
    if reponses.get("deces_enfant"):
        faits["deces_enfant"] = reponses["deces_enfant"]
        faits["date_deces_enfant"] = reponses.get("date_deces_enfant")
    if "ajpp_frais" in reponses:
        faits["ajpp_frais"] = (reponses["ajpp_frais"] or 0) / 100
    return faits


def revenus_utiles(reponses: Reponses) -> bool:
    """The yearly income decides of an amount: expenses of an illness, or a loss."""
    return bool(reponses.get("ajpp_frais") or reponses.get("deces_enfant"))
