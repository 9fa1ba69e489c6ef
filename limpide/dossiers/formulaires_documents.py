"""Sending a document, and answering it: the files come out cleaned, or each field says why not."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from limpide.dossiers.demandes import DECISION_MDPH
from limpide.dossiers.documents import contenu, services
from limpide.dossiers.documents.contenu import DocumentRefuse
from limpide.dossiers.documents.decision_mdph import DecisionMdph
from limpide.dossiers.formulaires import ChampDate
from limpide.registre.formulaires_homologation import FormulaireDSFR


class PlusieursFichiers(forms.ClearableFileInput):
    """A file input that may hold several files."""

    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    """Several files at once; its value is the list of those received, cleaned."""

    def clean(self, data: Any, initial: Any = None) -> list[services.FichierRecu]:  # type: ignore[override]
        envoyes: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(envoyes) > services.PAR_PIECE:
            raise forms.ValidationError(f"Envoyez {services.PAR_PIECE} fichiers au plus à la fois.")
        return [_recevoir(fichier, rang, len(envoyes)) for rang, fichier in enumerate(envoyes, 1)]


def _recevoir(fichier: UploadedFile, rang: int, nombre: int) -> services.FichierRecu:
    lequel = f"Fichier {rang} : " if nombre > 1 else ""
    if (fichier.size or 0) > contenu.OCTETS_MAX:
        raise forms.ValidationError(lequel + contenu.TROP_LOURD)
    try:
        return services.recevoir(fichier.read())
    except DocumentRefuse as refus:
        raise forms.ValidationError(lequel + str(refus)) from None


TAILLE = f"{contenu.OCTETS_MAX // (1024 * 1024)} Mo au plus par fichier"


class FormulaireEnvoi(FormulaireDSFR):
    """A photo taken now, or files chosen on the device; one of the two at least."""

    photo = ChampFichiers(
        label="Prendre une photo",
        help_text=f"Avec l'appareil photo de votre téléphone, bien à plat et en entier. {TAILLE}.",
        required=False,
        widget=PlusieursFichiers(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    fichiers = ChampFichiers(
        label="Ou choisir des fichiers",
        help_text=f"Photos (JPEG, PNG) ou PDF. {TAILLE}.",
        required=False,
        widget=PlusieursFichiers(attrs={"accept": contenu.ACCEPTES, "multiple": True}),
    )

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.recus:
            self.add_error("fichiers", "Choisissez un fichier, ou prenez une photo.")
        return donnees

    @property
    def recus(self) -> list[services.FichierRecu]:
        """Every file that was accepted, the photos first."""
        return [*self.cleaned_data.get("photo", []), *self.cleaned_data.get("fichiers", [])]


class FormulaireExamen(FormulaireDSFR):
    """Does the document prove what it should? A refusal says why, in words that the person reads."""

    avis = forms.ChoiceField(
        label="Ce document convient-il ?",
        choices=[("", "Choisissez"), ("accepte", "Oui : l'accepter"), ("refuse", "Non : le refuser")],
        error_messages={"required": "Dites si le document convient."},
    )
    motif = forms.CharField(
        label="S'il ne convient pas, pourquoi",
        help_text="La personne lit cette phrase. Par exemple : « La photo est floue, les dates ne se lisent pas ».",
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("avis") == "refuse" and not donnees.get("motif", "").strip():
            self.add_error("motif", "Dites à la personne pourquoi son document ne convient pas.")
        return donnees


class FormulaireDecisionMdph(FormulaireExamen):
    """The same, with what the decision of the MDPH says: an agent writes it, the person never states it."""

    taux = forms.ChoiceField(
        label="Taux d'incapacité reconnu par la décision",
        choices=[("", "Choisissez"), ("80", "80 % ou plus"), ("50", "De 50 à 79 %"), ("0", "Moins de 50 %, ou refus")],
        required=False,
    )
    restriction = forms.ChoiceField(
        label="De 50 à 79 % : restriction substantielle et durable d'accès à l'emploi",
        choices=[("", "Choisissez"), ("oui", "Reconnue"), ("non", "Non reconnue")],
        required=False,
    )
    debut = ChampDate(
        label="Accordée ou refusée à partir du",
        help_text="Le premier jour du mois qui suit la demande à la MDPH. Format attendu : JJ/MM/AAAA.",
        future=True,
        required=False,
    )
    fin = ChampDate(
        label="Jusqu'au", help_text="Laissez vide si elle est accordée sans limitation de durée.", future=True,
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if donnees.get("avis") != "accepte":
            return donnees
        if not donnees.get("taux"):
            self.add_error("taux", "Écrivez le taux que la décision reconnaît.")
        if donnees.get("taux") == "50" and not donnees.get("restriction"):
            self.add_error("restriction", "Entre 50 et 79 %, dites si la restriction est reconnue.")
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut is None and "debut" not in self.errors:
            self.add_error("debut", "Écrivez le premier jour que la décision accorde ou refuse.")
        if debut is not None and fin is not None and fin < debut:
            self.add_error("fin", "La fin ne peut pas précéder le début.")
        return donnees

    @property
    def lue(self) -> DecisionMdph:
        """What was read; the form must be valid and the document accepted."""
        dit = self.cleaned_data
        return DecisionMdph(int(dit["taux"]), dit["debut"], dit["fin"], restriction=dit["restriction"] == "oui")


def formulaire_pour(genre: str) -> type[FormulaireExamen]:
    """The form that answers this kind of document."""
    return FormulaireDecisionMdph if genre == DECISION_MDPH else FormulaireExamen
