"""What is claimed together, and the ticks that send a claim; none is ticked beforehand."""

from collections.abc import Collection
from typing import Any

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.usagers.demande.aides import Aide


class ChampAussi(forms.MultipleChoiceField):
    """Other rights claimed with the same answers."""

    def __init__(self, offertes: Collection[Aide]) -> None:
        super().__init__(
            label="Demander aussi, avec les mêmes réponses",
            help_text="Rien à cocher si vous ne demandez rien d'autre.",
            choices=[(aide.droit, aide.nom) for aide in offertes],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )


class FormulaireChoix(FormulaireDSFR):
    """The first step of a claim that asks no resources: what is claimed, on what the Caf knows."""

    def __init__(self, *args: Any, offertes: Collection[Aide], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choix"] = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)
        if offertes:
            self.fields["aussi"] = ChampAussi(offertes)

    def clean(self) -> dict[str, Any]:
        return {"aussi": [], **(super().clean() or self.cleaned_data)}


class FormulaireEnvoi(FormulaireDSFR):
    """The declaration on honour, and one tick more for each other adult of the household (MC-087)."""

    def __init__(self, *args: Any, autres: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.autres = autres
        self.fields["honneur"] = forms.BooleanField(
            label="Je déclare sur l'honneur que ce que j'ai écrit est exact",
            error_messages={"required": "Cochez cette case pour envoyer votre demande."},
        )
        for prefixe, qui in autres:
            self.fields[f"accord_{prefixe}"] = forms.BooleanField(
                label=f"{qui} est d'accord pour que je donne ces informations à la Caf",
                error_messages={"required": "L'accord de cette personne est nécessaire avant de donner ses données."},
            )

    def accords(self) -> list[str]:
        """The agreements ticked, in words."""
        return [str(self.fields[f"accord_{prefixe}"].label) for prefixe, _ in self.autres]
