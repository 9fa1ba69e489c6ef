"""Form of a file that the agent must not instruct."""

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.identite.models import QualiteLien


class FormulaireProche(FormulaireDSFR):
    """A file number of one's Caf, and whose it is. Neither a name nor the kinship is asked."""

    numero = forms.RegexField(
        label="Numéro d'allocataire", help_text="Sept chiffres, dans votre Caf.", regex=r"^\s*[0-9]{7}\s*$", strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={
            "required": "Écrivez le numéro d'allocataire.", "invalid": "Un numéro d'allocataire a sept chiffres.",
        },
    )  # fmt: skip
    qualite = forms.ChoiceField(
        label="Ce dossier", choices=QualiteLien.choices, widget=forms.RadioSelect,
        error_messages={"required": "Dites si c'est votre dossier ou celui d'un proche."},
    )  # fmt: skip
