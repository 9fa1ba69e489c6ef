"""Form of a declared address."""

from django import forms

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR


class FormulaireAdresse(FormulaireDSFR):
    """Where the allocataire lives, and since when."""

    lignes = forms.CharField(
        label="Numéro, voie et complément", max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez le numéro et la voie."},
    )  # fmt: skip
    code_postal = forms.RegexField(
        label="Code postal", regex=r"^\s*[0-9]{5}\s*$", widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Écrivez le code postal.", "invalid": "Un code postal a cinq chiffres."},
    )  # fmt: skip
    commune = forms.CharField(
        label="Commune", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez la commune."},
    )  # fmt: skip
    depuis = ChampDate(label="Depuis le", future=False)
