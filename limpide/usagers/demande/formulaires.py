"""The ticks that send a claim; none is ticked beforehand."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR


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
