"""Form base of every screen: DSFR markup, errors said beside their field, values always kept.

django-dsfr's own base form warns about a coming change and leaves some errors unlinked to their field; this one is
forty lines, renders with `dossiers/champs/*.html`, and speaks plain French.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone

EUROS_MAX = Decimal(10_000_000)
_ESPACES = re.compile(r"[\s\u00a0\u202f]")
_MONTANT = re.compile(r"-?\d+([.,]\d{1,2})?")


class ChampLie(forms.BoundField):
    """A field with its label, hint and error, each with the id that links it for screen readers."""

    @property
    def template_name(self) -> str:
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "dossiers/champs/case.html"
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "dossiers/champs/choix.html"
        return "dossiers/champs/entree.html"

    @property
    def id_aide(self) -> str:
        return f"{self.auto_id}-aide"

    @property
    def id_erreur(self) -> str:
        return f"{self.auto_id}-erreur"

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        en_erreur = self.form.is_bound and bool(self.errors)
        decrit = [i for i, vrai in ((self.id_aide, self.help_text), (self.id_erreur, en_erreur)) if vrai]
        groupe = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        if decrit and not groupe:
            attrs["aria-describedby"] = " ".join(decrit)
        if en_erreur and not groupe:
            attrs["aria-invalid"] = "true"
        if "class" not in widget.attrs:
            if isinstance(widget, forms.Select) and not groupe:
                attrs["class"] = "fr-select"
            elif not groupe and not isinstance(widget, forms.CheckboxInput):
                attrs["class"] = "fr-input"
        attrs.pop("required", None)  # the server says what is missing, in French, beside the field
        return attrs


class FormulaireDSFR(forms.Form):
    """Base of the forms: `erreurs` lists them for the summary on top of the page."""

    bound_field_class = ChampLie
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def erreurs(self) -> list[tuple[str, str, str]]:
        """(id of the field, label, message) for each error, in the order of the page."""
        trouvees = [("", "", str(e)) for e in self.non_field_errors()]
        for nom in self.fields:
            trouvees += [
                (self[nom].id_for_label or self[nom].auto_id, self[nom].label, str(e)) for e in self[nom].errors
            ]
        return trouvees


class ChampEuros(forms.Field):
    """An amount as people write it: « 1 234,5 », « 1234.50 », « 1 234 € ». Gives integer cents."""

    def __init__(self, *, negatif: bool = False, **kwargs: Any) -> None:
        self.negatif = negatif
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        kwargs.setdefault("error_messages", {"required": "Écrivez un montant, ou 0 s'il n'y en a pas."})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, int):
            return value
        texte = _ESPACES.sub("", str(value)).removesuffix("€")
        if not _MONTANT.fullmatch(texte):
            raise forms.ValidationError("Écrivez un montant en euros, par exemple 1 250 ou 1 250,50.")
        try:
            montant = Decimal(texte.replace(",", "."))
        except InvalidOperation as souci:
            raise forms.ValidationError("Écrivez un montant en euros, par exemple 1 250,50.") from souci
        if montant < 0 and not self.negatif:
            raise forms.ValidationError("Le montant ne peut pas être négatif.")
        if abs(montant) > EUROS_MAX:
            raise forms.ValidationError("Ce montant est trop grand : vérifiez le nombre de chiffres.")
        return int(montant * 100)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return f"{value / 100:.2f}".replace(".", ",")
        return value


class ChampDate(forms.DateField):
    """A date written JJ/MM/AAAA; kept as typed when it is wrong (a native date input would empty it)."""

    def __init__(self, *, future: bool = True, **kwargs: Any) -> None:
        self.future = future
        kwargs.setdefault("help_text", "Format attendu : JJ/MM/AAAA, par exemple 24/03/1990.")
        super().__init__(
            input_formats=["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %m %Y"],
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off", "inputmode": "text"}),
            **kwargs,
        )
        self.error_messages["required"] = "Écrivez une date."
        self.error_messages["invalid"] = "Cette date n'existe pas ou n'est pas lisible. Écrivez-la ainsi : 24/03/1990."

    def to_python(self, value: Any) -> dt.date | None:
        date = super().to_python(value)
        if date is not None and date.year < 1880:
            raise forms.ValidationError("Vérifiez l'année : elle a quatre chiffres, par exemple 1990.")
        if date is not None and not self.future and date > timezone.localdate():
            raise forms.ValidationError("Cette date est dans le futur.")
        return date
