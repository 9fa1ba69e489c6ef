"""Forms of the back office: search, reason, date of view, correction of a fact."""

import datetime as dt
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers.formulaires import ChampDate, ChampEuros, FormulaireDSFR
from limpide.dossiers.models import Fait, SourceFait
from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.natures import bornes
from limpide.dossiers.periodes import jour
from limpide.dossiers.templatetags.affichage import mois_en_lettres
from limpide.dossiers.views.acces import MOTIFS
from limpide.droits.faits import NATURES_PAR_CODE
from limpide.identite.nir import Numero, NumeroInvalide, lire_numero

OUI_NON = [("1", "Oui"), ("0", "Non")]
ANNEES_MONTREES = 3
SANS_AGENT = (SourceFait.REPRISE, SourceFait.CONSTAT)
"""What an agent records never comes from there: a takeover, or what the day's work found by itself."""


class FormulaireRecherche(FormulaireDSFR):
    """One of three ways is enough; a birth date narrows a name."""

    numero = forms.CharField(
        label="Numéro d'allocataire", help_text="Sept chiffres.", required=False, max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    nir = forms.CharField(
        label="Numéro de sécurité sociale", help_text="13 ou 15 caractères, avec ou sans espaces.", required=False,
        max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    nom = forms.CharField(
        label="Début du nom", help_text="Nom de naissance ou d'usage, deux lettres au moins.", required=False,
        max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    naissance = ChampDate(
        label="Date de naissance", help_text="Facultative, avec le nom. Format : JJ/MM/AAAA.", required=False
    )

    def clean_numero(self) -> str:
        numero = "".join(self.cleaned_data["numero"].split())
        if numero and not (numero.isdigit() and len(numero) == 7):
            raise forms.ValidationError("Le numéro d'allocataire a sept chiffres.")
        return numero

    def clean_nir(self) -> Numero | None:
        saisie = self.cleaned_data["nir"]
        if not saisie:
            return None
        try:
            return lire_numero(saisie).numero
        except NumeroInvalide as souci:
            raise forms.ValidationError(str(souci)) from None

    def clean_nom(self) -> str:
        nom: str = self.cleaned_data["nom"].strip()
        if nom and len(nom) < 2:
            raise forms.ValidationError("Écrivez au moins deux lettres du nom.")
        return nom

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if not self.errors and not any(donnees.get(c) for c in ("numero", "nir", "nom")):
            raise forms.ValidationError("Remplissez un numéro d'allocataire, un numéro de sécurité sociale ou un nom.")
        return donnees


class FormulaireMotif(FormulaireDSFR):
    motif = forms.ChoiceField(
        label="Pourquoi ouvrez-vous ce dossier ?",
        help_text="L'allocataire pourra lire ce motif dans son compte.",
        choices=list(MOTIFS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un motif."},
    )


class FormulaireRevue(FormulaireDSFR):
    """What the agent says of a calculated decision, after having read the calculation."""

    avis = forms.ChoiceField(
        label="Après lecture du calcul, que dites-vous de cette décision ?",
        choices=[
            ("confirmee", "Je la confirme : les informations et le calcul sont justes"),
            ("a_corriger", "Elle est à corriger : une information du dossier est fausse ou manque"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    note = forms.CharField(
        label="Note",
        help_text="Nécessaire si la décision est à corriger : dites quoi, en une phrase. Ni diagnostic ni nom. "
        "L'allocataire peut demander à la lire.",
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"max_length": "La note est trop longue : 500 caractères au plus."},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("avis") == "a_corriger" and not donnees.get("note") and "note" not in self.errors:
            self.add_error("note", "Écrivez en une phrase ce qui est à corriger.")
        return donnees


class FormulaireVue(FormulaireDSFR):
    """At which date the file is looked at, and as it was known when."""

    au = ChampDate(label="Situation au", help_text="Ce qui était vrai ce jour-là.", required=False)
    connu = ChampDate(label="Telle que connue le", help_text="Ce que la Caf savait ce jour-là.", required=False)


class FormulaireCorrection(FormulaireDSFR):
    """A better value for one fact, over its period or another, with its source."""

    def __init__(self, *args: Any, fait: Fait, **kwargs: Any) -> None:
        self.fait, self.nature = fait, NATURES_PAR_CODE[fait.nature]
        kwargs.setdefault("initial", self._initiales())
        super().__init__(*args, **kwargs)
        self.fields["valeur"] = self._champ_valeur()
        self.fields |= self._champs_periode()
        self.fields["source"] = forms.ChoiceField(
            label="D'où vient cette information ?",
            choices=[(s.value, s.label[0].upper() + s.label[1:]) for s in SourceFait if s not in SANS_AGENT],
        )
        self.order_fields(["valeur", "debut", "fin", "source"])

    @property
    def mensuelle(self) -> bool:
        return self.nature.periodicite == "mois"

    def _initiales(self) -> dict[str, Any]:
        fin = self.fait.valide.upper
        dernier = None if fin is None else fin - dt.timedelta(days=1)
        initiales: dict[str, Any] = {"valeur": self.fait.valeur, "debut": self.fait.valide.lower, "fin": dernier}
        if self.mensuelle:
            initiales |= {"debut": f"{self.fait.valide.lower:%Y-%m}", "fin": f"{dernier:%Y-%m}" if dernier else ""}
        if self.nature.type == "date":
            initiales["valeur"] = dt.date(1970, 1, 1) + dt.timedelta(days=self.fait.valeur)
        return initiales

    def _champ_valeur(self) -> forms.Field:
        nature = self.nature
        label = f"{nature.libelle} : nouvelle valeur"
        if nature.type == "euros":
            return ChampEuros(label=label, help_text="En euros, par exemple 1 250,50.", negatif=nature.signe)
        if nature.type == "date":
            return ChampDate(label=label)
        if nature.type in {"booleen", "enumeration"}:
            libelles = nature.libelles_valeurs or nature.valeurs
            choix = OUI_NON if nature.type == "booleen" else [(str(i), x) for i, x in enumerate(libelles)]
            return forms.TypedChoiceField(label=label, choices=choix, coerce=int)
        minimum, maximum = bornes(nature)
        return forms.IntegerField(
            label=label, min_value=minimum, max_value=maximum, widget=forms.TextInput(attrs={"inputmode": "numeric"})
        )

    def _champs_periode(self) -> dict[str, forms.Field]:
        if not self.mensuelle:
            return {
                "debut": ChampDate(label="À partir du"),
                "fin": ChampDate(
                    label="Jusqu'au (inclus)", help_text="Laissez vide si c'est toujours vrai.", required=False
                ),
            }
        dernier = decaler(premier_jour(dt.date.today()), 1)  # noqa: DTZ011 - a calendar month, not an instant
        mois = [decaler(dernier, -i) for i in range(12 * ANNEES_MONTREES)]
        choix = [(f"{m:%Y-%m}", mois_en_lettres(m)) for m in mois]
        return {
            "debut": forms.ChoiceField(label="Du mois de", choices=choix),
            "fin": forms.ChoiceField(
                label="Au mois de (inclus)", choices=[("", "sans fin connue"), *choix], required=False
            ),
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if self.errors:
            return donnees
        debut, fin = donnees["debut"], donnees.get("fin") or None
        if self.mensuelle:
            debut, fin = premier_jour(debut), decaler(premier_jour(fin), 1) if fin else None
        elif fin is not None:
            fin += dt.timedelta(days=1)
        if fin is not None and fin <= debut:
            self.add_error("fin", "La fin doit venir après le début.")
            return donnees
        donnees["valide"] = DateRange(debut, fin)
        if self.nature.type == "date":
            donnees["valeur"] = jour(donnees["valeur"])
        if donnees["valeur"] == self.fait.valeur and donnees["valide"] == self.fait.valide:
            self.add_error("valeur", "Rien ne change : c'est déjà la valeur connue sur cette période.")
        return donnees
