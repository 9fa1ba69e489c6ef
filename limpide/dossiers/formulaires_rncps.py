"""Forms of a consultation of the RNCPS."""

from collections.abc import Collection
from typing import Any

from django import forms

from limpide.dossiers.campagnes_rncps import valeur_de
from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.models import CritereCampagne, ModeConsultation, MotifCampagne, MotifConsultation
from limpide.droits.calcul import liste_droits
from limpide.identite.erreurs import ErreurSaisie

QUAND = (
    (ModeConsultation.TEMPS_REEL, "Maintenant"),
    (ModeConsultation.DIFFERE, "En différé : la réponse viendra dans la journée"),
)


class FormulaireConsultation(FormulaireDSFR):
    """Why the directory is asked; the trace keeps it. `modes`: those in which the agent may ask."""

    motif = forms.ChoiceField(
        label="Pourquoi consultez-vous le Rncps ?", choices=MotifConsultation.choices, widget=forms.RadioSelect,
        error_messages={"required": "Dites pourquoi vous consultez le Rncps."},
    )  # fmt: skip

    mode = forms.ChoiceField(
        label="Quand ?", required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Vous n'êtes pas habilité à consulter le Rncps de cette façon."},
    )  # fmt: skip

    def __init__(self, *args: Any, modes: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        siens = [(valeur, dit) for valeur, dit in QUAND if valeur in modes]
        self.fields["mode"].choices = siens
        self.fields["mode"].initial = siens[0][0] if siens else None

    def clean_mode(self) -> str:
        return str(self.cleaned_data["mode"] or ModeConsultation.TEMPS_REEL)


class FormulaireRegard(FormulaireDSFR):
    """A deferred answer was looked at."""

    consultation = forms.UUIDField(widget=forms.HiddenInput)


class FormulaireConstat(FormulaireDSFR):
    """What was found out with the person or the body."""

    consultation = forms.UUIDField(widget=forms.HiddenInput)
    constat = forms.CharField(
        label="Ce que vous avez constaté", help_text="Par exemple : la personne a déménagé, adresse corrigée.",
        max_length=240, error_messages={"required": "Écrivez ce que vous avez constaté."},
    )  # fmt: skip


class FormulaireCampagne(FormulaireDSFR):
    """A purpose and a criterion, both from closed lists; only the value of the chosen criterion is read."""

    motif = forms.ChoiceField(
        label="Pourquoi cette campagne ?", choices=MotifCampagne.choices, widget=forms.RadioSelect,
        error_messages={"required": "Dites pourquoi vous décidez cette campagne."},
    )  # fmt: skip
    critere = forms.ChoiceField(
        label="Quels dossiers ?", choices=CritereCampagne.choices, widget=forms.RadioSelect,
        error_messages={"required": "Dites quels dossiers sont concernés."},
    )  # fmt: skip
    mois = forms.CharField(
        label="Nombre de mois sans changement d'adresse", required=False, max_length=3,
        help_text="Si vous choisissez l'adresse. Par exemple : 24.",
    )  # fmt: skip
    droit = forms.ChoiceField(
        label="Prestation ouverte", required=False, help_text="Si vous choisissez la prestation.",
        choices=lambda: [("", "Choisir une prestation"), *((d.code, d.libelle) for d in liste_droits())],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        saisie: dict[str, Any] = super().clean() or self.cleaned_data
        if critere := saisie.get("critere"):
            champ = "mois" if critere == CritereCampagne.ADRESSE_ANCIENNE else "droit"
            try:
                saisie["valeur"] = valeur_de(critere, str(saisie.get(champ) or "").strip())
            except ErreurSaisie as refus:
                self.add_error(champ, refus.champs[champ])
        return saisie
