"""Recording a decision of accreditation, and withdrawing it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from limpide.registre.homologations import HomologationSignee
from limpide.registre.models import Homologation

OCTETS_MAX = 5 * 1024 * 1024
PREMIERS_OCTETS = b"%PDF-"


class FormulaireDSFR(forms.Form):
    """DSFR classes, and the error of each field named to screen readers. `choix`: choices known only now, by field.

    `rang`: end of the ids of hints and errors, for a form shown several times on a page.
    """

    def __init__(
        self, *args: Any, choix: Mapping[str, list[tuple[str, str]]] | None = None, rang: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for nom, possibles in (choix or {}).items():
            self.fields[nom].choices = possibles  # type: ignore[attr-defined]
        for nom, champ in self.fields.items():
            genre = "fr-select" if isinstance(champ, forms.ChoiceField) else "fr-input"
            champ.widget.attrs["class"] = "fr-upload" if isinstance(champ, forms.FileField) else genre
            decrit = [f"aide-{nom}{rang}"] if champ.help_text else []
            if self.is_bound and nom in self.errors:
                champ.widget.attrs["aria-invalid"] = "true"
                decrit.append(f"erreur-{nom}{rang}")
            if decrit:
                champ.widget.attrs["aria-describedby"] = " ".join(decrit)


class FormulaireHomologation(FormulaireDSFR):
    """What the authority decided, with the decision itself."""

    genre = forms.ChoiceField(label="Genre", choices=Homologation.Genre.choices)
    autorite = forms.CharField(
        label="Autorité d'homologation", help_text="Nom, prénom et qualité de qui signe la décision.", max_length=200
    )
    decidee_le = forms.DateField(label="Décidée le", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    du = forms.DateField(label="Valable du", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    au = forms.DateField(label="Au (compris)", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    perimetre = forms.CharField(label="Périmètre", widget=forms.Textarea(attrs={"rows": 4}))
    risques = forms.CharField(
        label="Risques acceptés",
        help_text="Ce qui reste, et pourquoi c'est accepté.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    document = forms.FileField(
        label="La décision signée", help_text="Un fichier PDF de 5 Mo au plus. Il sera publié tel quel.", max_length=120
    )

    def clean_document(self) -> Any:
        fichier = self.cleaned_data["document"]
        if fichier.size > OCTETS_MAX:
            raise forms.ValidationError("Ce fichier dépasse 5 Mo : donnez un PDF plus léger.")
        debut = fichier.read(len(PREMIERS_OCTETS))
        fichier.seek(0)
        if debut != PREMIERS_OCTETS:
            raise forms.ValidationError("Ce fichier n'est pas un PDF : donnez la décision signée, en PDF.")
        return fichier

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        du, au = donnees.get("du"), donnees.get("au")
        if du and au and au < du:
            self.add_error("au", "La fin précède le début.")
        return donnees

    def signee(self, cle: str) -> HomologationSignee:
        """The decision to record; the form must be valid."""
        d = self.cleaned_data
        return HomologationSignee(
            teleservice=cle, genre=d["genre"], perimetre=d["perimetre"], autorite=d["autorite"],
            decidee_le=d["decidee_le"], du=d["du"], au=d["au"], risques=d["risques"], document=d["document"].read(),
            document_nom=f"homologation-{cle}-{d['du']:%Y-%m-%d}.pdf",
        )  # fmt: skip


class FormulaireRetrait(FormulaireDSFR):
    """Why a decision no longer holds."""

    motif = forms.CharField(label="Pourquoi la retirer ?", max_length=300)
