"""Forms of appointments: an agent opens slots, a person takes one, the Caf cancels."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR

from . import fuseaux
from .agenda import Plage
from .formulaires import FormulaireACle
from .models import Creneau, Mode, Motif, RaisonAnnulation
from .models.rendez_vous import LONGUEUR_LIEU

_HEURE = re.compile(r"([01]?\d|2[0-3])[:h]([0-5]\d)?")
DUREES = (15, 20, 30, 45, 60)
JOURS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi")
OUVRES = 5
EXEMPLE = "Écrivez une heure, par exemple 9:30 ou 14 h."


class ChampHeure(forms.CharField):
    """An hour as people write it: « 9:30 », « 9 h 30 », « 14h »."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": EXEMPLE})
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> dt.time:
        lue = _HEURE.fullmatch(re.sub(r"\s", "", str(super().clean(value))).lower())
        if lue is None:
            raise forms.ValidationError(EXEMPLE)
        return dt.time(int(lue.group(1)), int(lue.group(2) or 0))


class FormulaireCreneaux(FormulaireACle):
    """Slots in a row, on some days of the week, from a date to another."""

    du = ChampDate(label="Du")
    au = ChampDate(label="Au", help_text="Le même jour pour une seule journée.")
    jours = forms.TypedMultipleChoiceField(
        label="Ces jours-là", choices=list(enumerate(JOURS)), coerce=int, initial=list(range(OUVRES)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez un jour au moins.", "invalid_choice": "Cochez des jours de la liste."},
    )  # fmt: skip
    de = ChampHeure(label="De", help_text="À l'heure de votre Caf, par exemple 9:30.")
    a = ChampHeure(label="À", help_text="Le dernier créneau finit au plus tard à cette heure-là.")
    minutes = forms.TypedChoiceField(
        label="Durée de chacun", choices=[(n, f"{n} minutes") for n in DUREES], coerce=int, initial=30,
        error_messages={"required": "Choisissez une durée.", "invalid_choice": "Choisissez une durée de la liste."},
    )  # fmt: skip
    mode = forms.ChoiceField(
        label="Comment", choices=[(m.value, capfirst(m.label)) for m in Mode], widget=forms.RadioSelect,
        error_messages={
            "required": "Dites si c'est à la Caf ou par téléphone.", "invalid_choice": "Choisissez dans la liste.",
        },
    )  # fmt: skip
    lieu = forms.CharField(
        label="Où, si c'est à la Caf",
        help_text="L'adresse et le bureau, que la personne lit. Rien pour un rendez-vous par téléphone.",
        max_length=LONGUEUR_LIEU,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": f"Écrivez {LONGUEUR_LIEU} caractères au plus."},
    )
    motif = forms.ChoiceField(
        label="Réservés à un motif", choices=[("", "Tous les motifs"), *Motif.choices], required=False,
        error_messages={"invalid_choice": "Choisissez un motif de la liste."},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        lieu = donnees.get("lieu", "").strip()
        if donnees.get("mode") == Mode.SUR_PLACE and not lieu and "lieu" not in self.errors:
            self.add_error("lieu", "Dites où la personne doit venir.")
        if donnees.get("mode") == Mode.TELEPHONE and lieu:
            self.add_error("lieu", "Un rendez-vous par téléphone n'a pas de lieu : laissez vide.")
        if {"du", "au"} <= donnees.keys() and donnees["au"] < donnees["du"]:
            self.add_error("au", "La fin vient après le début.")
        if {"de", "a"} <= donnees.keys() and donnees["a"] <= donnees["de"]:
            self.add_error("a", "L'heure de fin vient après celle du début.")
        return donnees

    @property
    def plage(self) -> Plage:
        saisie = self.cleaned_data
        return Plage(
            saisie["du"], saisie["au"], frozenset(saisie["jours"]), saisie["de"], saisie["a"], saisie["minutes"],
            saisie["mode"], saisie["lieu"], saisie["motif"],
        )  # fmt: skip


class FormulaireJour(FormulaireDSFR):
    """The day to show."""

    jour = ChampDate(label="Voir un autre jour")


class FormulaireAnnulation(FormulaireDSFR):
    """Why the Caf cancels."""

    raison = forms.ChoiceField(
        label="Pourquoi la Caf annule", choices=[(r.value, capfirst(r.label)) for r in RaisonAnnulation],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une raison de la liste : la personne la lira.",
            "invalid_choice": "Choisissez une raison de la liste.",
        },
    )  # fmt: skip


class FormulaireMotif(FormulaireDSFR):
    """Why, before the slots are shown: some are kept for one motive."""

    motif = forms.ChoiceField(
        label="Pourquoi voulez-vous un rendez-vous ?", choices=Motif.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un motif de la liste.", "invalid_choice": "Choisissez dans la liste."},
    )  # fmt: skip


class FormulaireChoix(FormulaireACle):
    """One of the free slots. One that is no more offered is refused by the verb, which says so."""

    creneau = forms.UUIDField(
        label="Quand ?", widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un créneau.", "invalid": "Choisissez un créneau de la liste."},
    )  # fmt: skip
    telephone = forms.CharField(
        label="À quel numéro vous appeler ?",
        help_text="Seulement pour un rendez-vous par téléphone. Ce numéro est effacé ensuite.",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"max_length": "Ce numéro est trop long."},
    )
    field_order = ("creneau", "telephone", "cle")

    def __init__(self, *args: Any, libres: list[Creneau], departement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["creneau"].widget.choices = [(c.pk, dire(c, departement)) for c in libres]  # type: ignore[attr-defined]
        if not self.is_bound and not any(c.mode == Mode.TELEPHONE for c in libres):
            del self.fields["telephone"]


def dire(creneau: Creneau, departement: str) -> SafeString:
    """« Mardi 1 décembre 2026 à 9 h 30 », under it how long and where."""
    minutes = int((creneau.fin - creneau.debut).total_seconds() // 60)
    ou = f"à la Caf : {creneau.lieu}" if creneau.mode == Mode.SUR_PLACE else "par téléphone"
    quand = capfirst(fuseaux.moment(creneau.debut, departement))
    return format_html('{}<span class="fr-hint-text">{} minutes, {}</span>', quand, minutes, ou)
