"""Forms of the appeals: record one, then each step with its date."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR

from .models import Recours

CHIFFRES_DU_NUMERO = 7
MOTIFS_D_ARCHIVE = {
    "demande": "La personne demande à voir ses données",
    "retour": "La personne revient vers sa caisse",
    "recours": "Un recours porte sur ce dossier",
    "controle": "Un contrôle porte sur ce dossier",
    "justice": "La justice le demande",
}
"""Why an archived file may be opened: a closed list, without free text."""


class FormulaireArchives(FormulaireDSFR):
    """Which file of the archive, and why: the reason is written in the journal."""

    numero = forms.CharField(
        label="Numéro d'allocataire", help_text="Sept chiffres.", max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Écrivez le numéro d'allocataire."},
    )  # fmt: skip
    motif = forms.ChoiceField(
        label="Pourquoi ouvrez-vous cette archive ?",
        help_text="La personne pourra lire ce motif dans son compte.",
        choices=list(MOTIFS_D_ARCHIVE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un motif."},
    )

    def clean_numero(self) -> str:
        numero = "".join(self.cleaned_data["numero"].split())
        if not (numero.isdigit() and len(numero) == CHIFFRES_DU_NUMERO):
            raise forms.ValidationError("Le numéro d'allocataire a sept chiffres.")
        return numero


class FormulaireRecours(FormulaireDSFR):
    """What is contested, before whom, since when. `objets`: (code, label) of what this file allows to contest."""

    objet = forms.ChoiceField(
        label="Ce que l'allocataire conteste",
        error_messages={"required": "Choisissez la décision ou l'indu contesté."},
    )
    voie = forms.ChoiceField(
        label="Devant qui",
        help_text="Le recours préalable d'abord, puis le juge : la décision indique les voies ouvertes.",
        choices=Recours.Voie.choices,
        error_messages={"required": "Choisissez devant qui le recours est déposé."},
    )
    le = ChampDate(label="Déposé le", future=False)

    def __init__(self, *args: Any, objets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objet"].choices = [("", "Choisir"), *objets]  # type: ignore[attr-defined]


ETAPES = {
    "decide": "La décision est rendue",
    "conteste": "La décision est contestée devant un autre juge",
    "definitif": "La décision est définitive : plus aucun recours ordinaire n'est possible",
    "clos": "Tout est fait : clore le recours",
}


class FormulaireEtape(FormulaireDSFR):
    """The next step of one appeal, with its date; the outcome when a decision is given."""

    etape = forms.ChoiceField(
        label="Que s'est-il passé ?", widget=forms.RadioSelect, error_messages={"required": "Choisissez une étape."}
    )
    le = ChampDate(label="Date", future=False)
    issue = forms.ChoiceField(
        label="Issue", help_text="Nécessaire quand la décision est rendue.", required=False,
        choices=[("", "Choisir"), *Recours.Issue.choices],
    )  # fmt: skip
    signataire = forms.CharField(
        label="Qui a décidé (prénom et nom)", required=False, max_length=120,
        help_text="Nécessaire, avec les deux réponses suivantes, quand la commission ou le président du conseil "
        "départemental répond à un recours contre une décision calculée : une personne décide, jamais le calcul.",
    )  # fmt: skip
    qualite = forms.CharField(label="En quelle qualité", required=False, max_length=120)
    motifs = forms.CharField(label="Motifs", required=False, widget=forms.Textarea(attrs={"rows": 5}))
    voie = forms.ChoiceField(
        label="Devant qui", help_text="Nécessaire quand la décision est contestée devant un autre juge.",
        required=False, choices=[("", "Choisir"), *Recours.Voie.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, etapes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["etape"].choices = [(e, ETAPES[e]) for e in etapes]  # type: ignore[attr-defined]
        if "decide" not in etapes:
            for champ in ("issue", "signataire", "qualite", "motifs"):
                del self.fields[champ]
        if "conteste" not in etapes:
            del self.fields["voie"]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("etape") == "decide" and not donnees.get("issue") and "issue" not in self.errors:
            self.add_error("issue", "Choisissez l'issue de la décision.")
        if donnees.get("etape") == "conteste" and not donnees.get("voie") and "voie" not in self.errors:
            self.add_error("voie", "Choisissez devant qui la décision est contestée.")
        return donnees
