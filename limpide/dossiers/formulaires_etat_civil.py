"""Form of a civil status that changes, filled with the present one."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR
from limpide.identite.etat_civil import LIBELLES, LONGUEURS, CauseChangement, Changement
from limpide.identite.models import Personne, Sexe

SEXES = [("", "Non renseigné"), *Sexe.choices]


def _texte(label: str, longueur: int, *, requis: str = "", aide: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=aide, max_length=longueur, required=bool(requis),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": requis, "max_length": f"{longueur} caractères au plus."},
    )  # fmt: skip


class FormulaireEtatCivil(FormulaireDSFR):
    """What the document says. The new number is optional: it may come later."""

    cause = forms.ChoiceField(
        label="Pourquoi l'état civil change-t-il ?",
        help_text="Cette raison est scellée avec l'ancien état civil : vous ne pourrez plus la relire.",
        choices=[(c.value, LIBELLES[c]) for c in CauseChangement], widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison."},
    )  # fmt: skip
    acte = _texte("Acte ou jugement vu", LONGUEURS["acte"], requis="Dites quel acte ou quel jugement vous avez vu.")
    le = ChampDate(label="Date de l'acte ou du jugement", future=False)
    nom_naissance = _texte("Nom de naissance", LONGUEURS["nom_naissance"], requis="Écrivez le nom de naissance.")
    nom_usage = _texte("Nom d'usage (facultatif)", LONGUEURS["nom_usage"])
    prenoms = _texte("Prénoms", LONGUEURS["prenoms"], requis="Écrivez un prénom au moins.")
    sexe = forms.ChoiceField(label="Sexe à l'état civil", choices=SEXES, required=False)
    numero = _texte(
        "Nouveau numéro de sécurité sociale (facultatif)", 30,
        aide="Seulement s'il a changé. Il sera à certifier auprès du SNGI.",
    )  # fmt: skip

    def __init__(self, *args: Any, personne: Personne, **kwargs: Any) -> None:
        initial = {c: getattr(personne, c) for c in ("nom_naissance", "nom_usage", "prenoms", "sexe")}
        super().__init__(*args, initial=initial, **kwargs)

    def changement(self) -> Changement:
        """What was typed and is valid."""
        return Changement(**{**self.cleaned_data, "cause": CauseChangement(self.cleaned_data["cause"])})


RAISONS = {
    "personne": "Réponse à une demande de la personne",
    "justice": "Demande d'un juge ou d'une autorité",
    "rapprochement": "Rattacher à la personne un document sous son ancien état civil",
}


class FormulaireOuverture(FormulaireDSFR):
    """Why the officer opens a sealed status: from a closed list, written in the journal."""

    raison = forms.ChoiceField(
        label="Pourquoi ouvrir cet ancien état civil ?", choices=list(RAISONS.items()), widget=forms.RadioSelect,
        help_text="La personne lira cette raison.", error_messages={"required": "Choisissez une raison."},
    )  # fmt: skip
