"""Forbidding the erasure of one file, by its internal number."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from limpide.registre.conservation.modeles import Gel

MOTIFS_DU_DELEGUE = (Gel.Motif.JUSTICE, Gel.Motif.CONTROLE)
"""What the officer may freeze for; a request on data, a debt or an appeal freeze by themselves."""


class FormulaireGel(forms.Form):
    """Which file, why, under which reference."""

    dossier = forms.IntegerField(
        label="Numéro interne du dossier",
        help_text="Celui du journal des accès, jamais un NIR.",
        min_value=1,
        max_value=2**63 - 1,
        error_messages={"required": "Écrivez le numéro interne du dossier."},
    )
    motif = forms.ChoiceField(
        label="Pourquoi",
        choices=[("", "Choisir"), *((m.value, m.label) for m in MOTIFS_DU_DELEGUE)],
        error_messages={"required": "Choisissez pourquoi le dossier est gardé."},
    )
    reference = forms.CharField(
        label="Référence",
        help_text="Le numéro de la demande ou de l'affaire, sans nom. Par exemple : réquisition 2026/114.",
        max_length=80,
        validators=[
            RegexValidator(r"\d", "Écrivez une référence qui porte un numéro, pour retrouver la demande."),
        ],
        error_messages={"required": "Écrivez la référence de la demande."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, champ in self.fields.items():
            champ.widget.attrs["class"] = "fr-select" if isinstance(champ, forms.ChoiceField) else "fr-input"
            decrit = [f"aide-{nom}"] if champ.help_text else []
            if self.is_bound and nom in self.errors:
                champ.widget.attrs["aria-invalid"] = "true"
                decrit.append(f"erreur-{nom}")
            if decrit:
                champ.widget.attrs["aria-describedby"] = " ".join(decrit)
