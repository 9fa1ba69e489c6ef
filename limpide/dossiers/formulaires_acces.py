"""Forms of the access of an account: one reason from a closed list, for each act."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.identite.models import MOTIFS_ACCES, GenreEtapeAcces

DE_LA_PERSONNE = ("personne",)
"""Reasons that only the person gives."""


class FormulaireAcces(FormulaireDSFR):
    """The reason of one act. Free text could carry a name: there is none."""

    motif = forms.ChoiceField(
        label="Motif", widget=forms.RadioSelect, error_messages={
            "required": "Choisissez un motif dans la liste.", "invalid_choice": "Choisissez un motif dans la liste.",
        },
    )  # fmt: skip

    def __init__(self, genre: GenreEtapeAcces, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{genre.value}-%s", **kwargs)
        proposes = [(c, mots) for c, mots in MOTIFS_ACCES[genre].items() if c not in DE_LA_PERSONNE]
        self.fields["motif"].choices = proposes  # type: ignore[attr-defined]
