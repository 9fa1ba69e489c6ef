"""The officer's search in the journal."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from limpide.registre.collecte import registre
from limpide.registre.models import LigneJournal

JOURS_PAR_DEFAUT = 30
JOURS_MAX = 366


class RechercheJournal(forms.Form):
    """Filters; the period is always bounded, so that the search stays on a few monthly partitions."""

    personne = forms.IntegerField(
        label="Numéro interne de la personne",
        help_text="Jamais un NIR : le numéro affiché sur son dossier.",
        required=False,
        min_value=1,
        max_value=2**63 - 1,
    )
    dossier = forms.IntegerField(label="Numéro interne du dossier", required=False, min_value=1, max_value=2**63 - 1)
    traitement = forms.ChoiceField(label="Traitement", required=False)
    action = forms.ChoiceField(label="Action", required=False, choices=[("", "Toutes"), *LigneJournal.ACTIONS.items()])
    du = forms.DateField(label="Du", widget=forms.DateInput(attrs={"type": "date"}))
    au = forms.DateField(label="Au", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, donnees: Any) -> None:
        aujourd_hui = timezone.localdate()
        remplies = donnees.copy()
        remplies.setdefault("au", aujourd_hui.isoformat())
        remplies.setdefault("du", (aujourd_hui - dt.timedelta(days=JOURS_PAR_DEFAUT - 1)).isoformat())
        super().__init__(remplies)
        cles = sorted((t.intitule, cle) for cle, t in registre().traitements.items())
        self.fields["traitement"].choices = [  # type: ignore[attr-defined]
            ("", "Tous"),
            *((cle, intitule) for intitule, cle in cles),
        ]
        for nom, champ in self.fields.items():
            genre = "fr-select" if isinstance(champ, forms.ChoiceField) else "fr-input"
            champ.widget.attrs["class"] = genre
            if nom in self.errors:
                champ.widget.attrs |= {"aria-describedby": f"erreur-{nom}", "aria-invalid": "true"}

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        du, au = donnees.get("du"), donnees.get("au")
        if du and au and du > au:
            self.add_error("au", "La fin de la période précède son début.")
        elif du and au and (au - du).days >= JOURS_MAX:
            self.add_error("du", "La période ne peut pas dépasser un an.")
        return donnees

    def filtrer(self, lignes: Any) -> Any:
        """The lines that match; the form must be valid."""
        donnees = self.cleaned_data
        debut = timezone.make_aware(dt.datetime.combine(donnees["du"], dt.time.min))
        fin = timezone.make_aware(dt.datetime.combine(donnees["au"] + dt.timedelta(days=1), dt.time.min))
        lignes = lignes.filter(quand__gte=debut, quand__lt=fin)
        for champ, colonne in (
            ("personne", "personne_id"),
            ("dossier", "dossier_id"),
            ("traitement", "traitement"),
            ("action", "action"),
        ):
            if donnees[champ]:
                lignes = lignes.filter(**{colonne: donnees[champ]})
        return lignes
