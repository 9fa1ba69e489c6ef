"""An agent's answer to a request for the detail of a calculation."""

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR

SIGNES_MIN = 80


class FormulaireReponse(FormulaireDSFR):
    """Free text: the replay could not write it."""

    texte = forms.CharField(
        label="Votre réponse",
        help_text="La part du calcul, les données lues et leurs sources, les paramètres appliqués, les opérations : "
        "les quatre sont dus (CRPA R311-3-1-2).",
        widget=forms.Textarea(attrs={"rows": 12}),
        min_length=SIGNES_MIN,
    )
