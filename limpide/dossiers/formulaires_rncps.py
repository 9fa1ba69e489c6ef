"""Forms of a consultation of the RNCPS."""

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import MotifConsultation


class FormulaireConsultation(FormulaireDSFR):
    """Why the directory is asked; the trace keeps it."""

    motif = forms.ChoiceField(
        label="Pourquoi consultez-vous le Rncps ?", choices=MotifConsultation.choices, widget=forms.RadioSelect,
        error_messages={"required": "Dites pourquoi vous consultez le Rncps."},
    )  # fmt: skip


class FormulaireConstat(FormulaireDSFR):
    """What was found out with the person or the body."""

    consultation = forms.UUIDField(widget=forms.HiddenInput)
    constat = forms.CharField(
        label="Ce que vous avez constaté", help_text="Par exemple : la personne a déménagé, adresse corrigée.",
        max_length=240, error_messages={"required": "Écrivez ce que vous avez constaté."},
    )  # fmt: skip
