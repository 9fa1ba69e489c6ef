"""Forms of « Mes coordonnées »: an address, a number, the code received there. One page, one form for each act."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR


class FormulaireCourriel(FormulaireDSFR):
    valeur = forms.CharField(
        label="Adresse électronique",
        help_text="Une adresse qui n'est qu'à vous. Exemple : prenom.nom@exemple.fr",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Écrivez votre adresse électronique.",
            "max_length": "Une adresse électronique a 254 caractères au plus.",
        },
    )


class FormulaireMobile(FormulaireDSFR):
    valeur = forms.CharField(
        label="Téléphone mobile",
        help_text="Un mobile qui n'est qu'à vous. Exemple : 06 12 34 56 78 ; à l'étranger : +32 470 12 34 56",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": "Écrivez votre numéro de mobile.", "max_length": "Ce numéro est trop long."},
    )


class FormulaireCodeRecu(FormulaireDSFR):
    """The six digits of the message, for the point that waits for them."""

    code = forms.CharField(
        label="Code reçu",
        help_text="Six chiffres, valables un quart d'heure.",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Écrivez le code reçu.", "max_length": "Le code a six chiffres."},
    )

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        if not (code.isascii() and code.isdigit() and len(code) == 6):
            raise forms.ValidationError("Le code a six chiffres.")
        return code


FORMULAIRES: dict[str, Any] = {"courriel": FormulaireCourriel, "mobile": FormulaireMobile}
