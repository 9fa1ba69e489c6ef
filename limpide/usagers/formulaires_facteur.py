"""Forms of the second factor: a code of the application or a recovery code; the password before any change."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.usagers.formulaires import FormulaireCode, champ_mot_de_passe


class FormulaireCodeOuSecours(FormulaireDSFR):
    """Six digits, or a recovery code as it was shown."""

    code = forms.CharField(
        label="Code",
        help_text="Six chiffres affichés par votre application, ou un de vos codes de secours.",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={"required": "Écrivez le code.", "max_length": "Ce code est trop long."},
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class FormulairePremierCode(FormulaireCode):
    """The first code of an application that has just been given the secret."""


class FormulaireConfirmation(FormulaireDSFR):
    """The password, asked again: whoever found a session open changes nothing of what protects it."""

    mot_de_passe = champ_mot_de_passe("Votre mot de passe", autocomplete="current-password")

    def __init__(self, *args: Any, compte: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compte = compte

    def clean_mot_de_passe(self) -> str:
        saisi: str = self.cleaned_data["mot_de_passe"]
        if not self.compte.check_password(saisi):
            raise forms.ValidationError("Ce n'est pas votre mot de passe actuel.")
        return saisi


class FormulaireCle(FormulaireDSFR):
    """What a browser answers when asked for a passkey: JSON, written by the page's script."""

    reponse = forms.CharField(
        label="Clé d'accès",
        max_length=16_000,
        widget=forms.HiddenInput,
        error_messages={"required": "Votre navigateur n'a donné aucune clé d'accès.", "max_length": "Clé trop longue."},
    )
