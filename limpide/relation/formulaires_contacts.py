"""Forms of contacts: the three fields of one, and what a caller says."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR

from .formulaires import FormulaireACle
from .models import CanalContact, Motif
from .models.contacts import LONGUEUR_NOTE


class FormulaireContact(FormulaireACle):
    """Three fields. `a_relire` appears once the note is flagged, never before."""

    canal = forms.ChoiceField(
        label="Comment",
        choices=CanalContact.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un canal de la liste.", "invalid_choice": "Choisissez dans la liste."},
    )
    motif = forms.ChoiceField(
        label="Pourquoi",
        choices=[("", "Choisir un motif"), *Motif.choices],
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={"required": "Choisissez un motif de la liste.", "invalid_choice": "Choisissez dans la liste."},
    )
    note = forms.CharField(
        label="Note (facultatif)",
        help_text=f"Des faits utiles à la suite, {LONGUEUR_NOTE} caractères au plus. La personne lira cette note.",
        required=False,
        max_length=LONGUEUR_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"max_length": f"Écrivez {LONGUEUR_NOTE} caractères au plus."},
    )
    field_order = ("canal", "motif", "note", "cle")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted without a word
        self.a_relire = False
        """Whether the page proposes the review."""


class FormulaireAppel(FormulaireDSFR):
    """What the caller says, never what is known. The same questions for every file."""

    numero = forms.CharField(
        label="Numéro d'allocataire",
        help_text="Sept chiffres.",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Demandez le numéro d'allocataire."},
    )
    nom = forms.CharField(
        label="Quel est votre nom ?",
        help_text="De naissance ou d'usage.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Demandez le nom."},
    )
    prenom = forms.CharField(
        label="Quel est votre premier prénom ?",
        help_text="Celui de l'état civil.",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Demandez le prénom."},
    )
    naissance = ChampDate(
        label="Quelle est votre date de naissance ?",
        help_text="Format : JJ/MM/AAAA.",
        error_messages={"required": "Demandez la date de naissance."},
    )
    code_postal = forms.RegexField(
        r"^[0-9]{5}$",
        label="Quel est le code postal de votre logement ?",
        help_text="Cinq chiffres.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Demandez le code postal.", "invalid": "Un code postal a cinq chiffres."},
    )
    enfant = ChampDate(
        label="Quelle est la date de naissance d'un de vos enfants ?",
        help_text="Laissez vide si la personne dit n'avoir aucun enfant à charge. Format : JJ/MM/AAAA.",
        required=False,
    )

    def clean_numero(self) -> str:
        numero = "".join(self.cleaned_data["numero"].split())
        if not (numero.isdigit() and len(numero) == 7):
            raise forms.ValidationError("Le numéro d'allocataire a sept chiffres.")
        return numero
