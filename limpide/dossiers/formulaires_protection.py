"""Forms of protection measures: the judgement as it is read, and its end."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR
from limpide.identite.mesures import GENRES
from limpide.identite.models.protection import PROTECTEURS

POUVOIRS = (
    ("courrier", "Recevoir le courrier de la Caf"),
    ("paiements", "Percevoir les prestations, sur un compte au nom de la personne"),
    ("donnees", "Exercer les droits de la personne sur ses données"),
    ("consultation", "Consulter le dossier de la personne dans Mon Compte"),
    ("declarations", "Faire les déclarations et les demandes de la personne"),
)
CHOISIR = {"required": "Choisissez une réponse."}


class FormulaireMesure(FormulaireDSFR):
    """What the judgement says. Neither its medical reason nor a copy of it is asked."""

    membre = forms.ChoiceField(label="Personne protégée", error_messages=CHOISIR)
    genre = forms.ChoiceField(
        label="Mesure", choices=[("", "Choisir"), *((c, g.nom.capitalize()) for c, g in GENRES.items())],
        error_messages={"required": "Choisissez la mesure que dit le jugement."},
    )  # fmt: skip
    protecteur_genre = forms.ChoiceField(
        label="Le protecteur est", choices=PROTECTEURS, widget=forms.RadioSelect, error_messages=CHOISIR
    )
    protecteur_nom = forms.CharField(
        label="Nom du protecteur", max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez le nom du protecteur."},
    )  # fmt: skip
    tribunal = forms.CharField(
        label="Tribunal", help_text="Par exemple : tribunal judiciaire de Lille.", max_length=120,
        error_messages={"required": "Écrivez quel tribunal a décidé."},
    )  # fmt: skip
    jugement_le = ChampDate(label="Jugement du", future=False)
    debut = ChampDate(label="Premier jour de la mesure")
    fin = ChampDate(label="Dernier jour de la mesure", required=False)
    pouvoirs = forms.MultipleChoiceField(
        label="Ce que le jugement confie au protecteur", choices=POUVOIRS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    adresse_courrier = forms.CharField(
        label="Adresse du protecteur", help_text="S'il reçoit le courrier.", max_length=240, required=False
    )

    def __init__(self, *args: Any, membres: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membre"].choices = membres  # type: ignore[attr-defined]


class FormulaireFinDeMesure(FormulaireDSFR):
    """The last day of a measure that ends before its term."""

    dernier_jour = ChampDate(label="Dernier jour de la mesure")
