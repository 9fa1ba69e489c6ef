"""Forms of a consultation of the RNCPS."""

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import ModeConsultation, MotifConsultation


class FormulaireConsultation(FormulaireDSFR):
    """Why the directory is asked; the trace keeps it."""

    motif = forms.ChoiceField(
        label="Pourquoi consultez-vous le Rncps ?", choices=MotifConsultation.choices, widget=forms.RadioSelect,
        error_messages={"required": "Dites pourquoi vous consultez le Rncps."},
    )  # fmt: skip

    mode = forms.ChoiceField(
        label="Quand ?", required=False, initial=ModeConsultation.TEMPS_REEL, widget=forms.RadioSelect,
        choices=[
            (ModeConsultation.TEMPS_REEL, "Maintenant"),
            (ModeConsultation.DIFFERE, "En différé : la réponse viendra dans la journée"),
        ],
    )  # fmt: skip

    def clean_mode(self) -> str:
        return str(self.cleaned_data["mode"] or ModeConsultation.TEMPS_REEL)


class FormulaireRegard(FormulaireDSFR):
    """A deferred answer was looked at."""

    consultation = forms.UUIDField(widget=forms.HiddenInput)


class FormulaireConstat(FormulaireDSFR):
    """What was found out with the person or the body."""

    consultation = forms.UUIDField(widget=forms.HiddenInput)
    constat = forms.CharField(
        label="Ce que vous avez constaté", help_text="Par exemple : la personne a déménagé, adresse corrigée.",
        max_length=240, error_messages={"required": "Écrivez ce que vous avez constaté."},
    )  # fmt: skip
