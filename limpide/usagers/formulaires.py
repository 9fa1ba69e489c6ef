"""Forms of login and passwords."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.identite.mots_de_passe import normaliser

NIR_INCOMPLET = "Le numéro a 15 caractères : 13 et sa clé à 2 chiffres. Vérifiez votre saisie."


class ChampMotDePasse(forms.CharField):
    """The same characters give the same password on every keyboard."""

    def to_python(self, value: Any) -> str:
        return normaliser(super().to_python(value) or "")


def champ_mot_de_passe(label: str, *, autocomplete: str, **kwargs: Any) -> forms.CharField:
    """A password as it was typed, spaces included."""
    return ChampMotDePasse(
        label=label,
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": "Écrivez un mot de passe.",
            "max_length": "Le mot de passe a 256 caractères au plus ; vous en avez écrit %(show_value)d.",
        },
        **kwargs,
    )


class FormulaireConnexion(FormulaireDSFR):
    """NIR and password. The number's form is checked, never its existence."""

    numero = forms.CharField(
        label="Numéro de sécurité sociale",
        help_text="15 caractères, avec ou sans espaces. Il figure sur votre carte Vitale.",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "spellcheck": "false"}),
        error_messages={"required": "Écrivez votre numéro de sécurité sociale."},
    )
    mot_de_passe = champ_mot_de_passe("Mot de passe", autocomplete="current-password")

    def clean_numero(self) -> str:
        numero = "".join(self.cleaned_data["numero"].upper().split())
        if len(numero) != 15 or not numero.isalnum():
            raise forms.ValidationError(NIR_INCOMPLET)
        return numero


class FormulaireConnexionAgent(FormulaireDSFR):
    identifiant = forms.CharField(
        label="Identifiant",
        max_length=63,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Écrivez votre identifiant."},
    )
    mot_de_passe = champ_mot_de_passe("Mot de passe", autocomplete="current-password")


class FormulaireCode(FormulaireDSFR):
    code = forms.CharField(
        label="Code à six chiffres",
        help_text="Affiché par votre application d'authentification ; il change toutes les 30 secondes.",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Écrivez le code affiché par l'application."},
    )

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        if not (code.isdigit() and len(code) == 6):
            raise forms.ValidationError("Le code a six chiffres.")
        return code


class FormulaireMotDePasse(FormulaireDSFR):
    """Change of password: the current one, then the new one twice."""

    ancien = champ_mot_de_passe("Mot de passe actuel", autocomplete="current-password")
    nouveau = champ_mot_de_passe(
        "Nouveau mot de passe",
        autocomplete="new-password",
        help_text="12 caractères au moins. Une phrase de plusieurs mots est facile à retenir et difficile à deviner.",
    )
    confirmation = champ_mot_de_passe("Nouveau mot de passe, une seconde fois", autocomplete="new-password")

    def __init__(self, *args: Any, compte: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compte = compte

    def clean_ancien(self) -> str:
        ancien: str = self.cleaned_data["ancien"]
        if not self.compte.check_password(ancien):
            raise forms.ValidationError("Ce n'est pas votre mot de passe actuel.")
        return ancien

    def clean_nouveau(self) -> str:
        nouveau: str = self.cleaned_data["nouveau"]
        validate_password(nouveau, None)
        if nouveau == self.cleaned_data.get("ancien"):
            raise forms.ValidationError("Choisissez un mot de passe différent de l'actuel.")
        return nouveau

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("nouveau") and donnees.get("confirmation") and donnees["nouveau"] != donnees["confirmation"]:
            self.add_error("confirmation", "Les deux saisies diffèrent.")
        return donnees
