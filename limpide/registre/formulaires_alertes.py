"""The officer's filter of alerts, and the note that closes one."""

from typing import Any

from django import forms

from limpide.registre.alertes import GRAVITES, Alerte

ETATS = {"ouvertes": "À traiter", "traitees": "Traitées", "toutes": "Toutes"}


class FiltreAlertes(forms.Form):
    """Which alerts; without anything said, those that wait."""

    etat = forms.ChoiceField(label="État", choices=list(ETATS.items()))
    gravite = forms.ChoiceField(label="Gravité", required=False, choices=[("", "Toutes"), *GRAVITES.items()])
    genre = forms.ChoiceField(label="Genre", required=False)

    def __init__(self, donnees: Any, genres: list[str]) -> None:
        remplies = donnees.copy()
        remplies.setdefault("etat", "ouvertes")
        super().__init__(remplies)
        self.fields["genre"].choices = [("", "Tous"), *((g, g.capitalize()) for g in genres)]  # type: ignore[attr-defined]
        for nom, champ in self.fields.items():
            champ.widget.attrs["class"] = "fr-select"
            if nom in self.errors:
                champ.widget.attrs |= {"aria-describedby": f"erreur-{nom}", "aria-invalid": "true"}

    def filtrer(self, lignes: Any) -> Any:
        """The alerts that match; the form must be valid."""
        donnees = self.cleaned_data
        if donnees["etat"] != "toutes":
            lignes = lignes.filter(traitee_le__isnull=donnees["etat"] == "ouvertes")
        for champ in ("gravite", "genre"):
            if donnees[champ]:
                lignes = lignes.filter(**{champ: donnees[champ]})
        return lignes


class FormulaireNote(forms.Form):
    """What the officer found."""

    note = forms.CharField(
        label="Ce que vous avez constaté",
        help_text="Une phrase suffit. Ni nom, ni numéro de sécurité sociale.",
        max_length=Alerte._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 4, "class": "fr-input"}),
        error_messages={"required": "Dites ce que vous avez constaté, même si c'est une fausse alerte."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decrit = ["aide-note"]
        if self.is_bound and "note" in self.errors:
            self.fields["note"].widget.attrs["aria-invalid"] = "true"
            decrit.append("erreur-note")
        self.fields["note"].widget.attrs["aria-describedby"] = " ".join(decrit)
