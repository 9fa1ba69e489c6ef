"""What an agent records of an identity: one small form per act."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR
from limpide.identite.litiges import CAUSES_DE_LITIGE
from limpide.identite.models import CauseEtat, GenreEtape

ZONE = {"rows": 3, "autocomplete": "off"}
TROP_LONGUE = {"max_length": "C'est trop long : 300 caractères au plus."}


def _phrase(libelle: str) -> str:
    return libelle[0].upper() + libelle[1:]


class FormulaireLitige(FormulaireDSFR):
    """Why an identity is put in dispute."""

    prefix = "litige"
    cause = forms.ChoiceField(
        label="Pourquoi cette identité est-elle en litige ?",
        choices=[(c.value, _phrase(c.label)) for c in CAUSES_DE_LITIGE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une cause."},
    )
    note = forms.CharField(
        label="Ce qui a été constaté", help_text="Une phrase, sans numéro. La personne peut demander à la lire.",
        max_length=300, widget=forms.Textarea(attrs=ZONE),
        error_messages={"required": "Écrivez en une phrase ce qui a été constaté."} | TROP_LONGUE,
    )  # fmt: skip

    def clean_cause(self) -> CauseEtat:
        return CauseEtat(self.cleaned_data["cause"])


class FormulaireIssue(FormulaireDSFR):
    """How a dispute ends."""

    prefix = "issue"
    issue = forms.ChoiceField(
        label="Comment le litige se règle-t-il ?",
        choices=[
            ("confirme", "Le numéro en usage est bien celui de cette personne"),
            ("errone", "Le numéro n'est pas le sien : il est retiré, et reste trouvable"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une issue."},
    )
    note = forms.CharField(
        label="Ce qui a été constaté", help_text="Une phrase, sans numéro. La personne peut demander à la lire.",
        max_length=300, widget=forms.Textarea(attrs=ZONE),
        error_messages={"required": "Écrivez en une phrase ce qui a été constaté."} | TROP_LONGUE,
    )  # fmt: skip


class FormulaireComparaison(FormulaireDSFR):
    """What the agent says of a near match."""

    prefix = "comparaison"
    avis = forms.ChoiceField(
        label="Après comparaison avec ses papiers, est-ce la même personne ?",
        choices=[("meme", "Oui : le NIR se certifie"), ("autre", "Non : un litige s'ouvre")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )


class FormulaireEtape(FormulaireDSFR):
    """The next step of the clock of a waiting number."""

    prefix = "etape"
    genre = forms.ChoiceField(
        label="Étape à noter", choices=(), widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une étape."},
    )  # fmt: skip
    le = ChampDate(label="Faite le", help_text="Format : JJ/MM/AAAA.")

    def __init__(self, *args: Any, suites: Iterable[GenreEtape], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"le": timezone.localdate()})
        super().__init__(*args, **kwargs)
        champ = self.fields["genre"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [(g.value, _phrase(g.label)) for g in suites]

    def clean_genre(self) -> GenreEtape:
        return GenreEtape(self.cleaned_data["genre"])

    def clean_le(self) -> Any:
        if self.cleaned_data["le"] > timezone.localdate():
            raise forms.ValidationError("Une étape se note quand elle est faite : pas de date à venir.")
        return self.cleaned_data["le"]
