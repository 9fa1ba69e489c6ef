"""Forms of the kiosks: those of the site, without anything that a browser would offer to remember."""

from typing import Any

from django import forms

from limpide.dossiers.documents import contenu, services
from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.formulaires_documents import TAILLE, ChampFichiers
from limpide.registre.formulaires_homologation import FormulaireDSFR as FormulaireDuRegistre
from limpide.usagers import attestations
from limpide.usagers.borne.lisible import pourquoi_illisible
from limpide.usagers.formulaires import FormulaireConnexion
from limpide.usagers.formulaires_facteur import FormulaireCodeOuSecours


class SansMemoire:
    """Every field of the form tells the browser to remember nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():  # type: ignore[attr-defined]
            champ.widget.attrs["autocomplete"] = "off"


class FormulaireConnexionBorne(SansMemoire, FormulaireConnexion):
    """Number and password, at a terminal that everybody uses."""


class FormulaireCodeBorne(SansMemoire, FormulaireCodeOuSecours):
    """The code, at a terminal that everybody uses."""


class FormulaireInstallation(SansMemoire, FormulaireDSFR):
    code = forms.CharField(
        label="Code d'installation",
        help_text="16 signes, en quatre groupes, affichés par la commande qui a posé la borne.",
        max_length=40,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={"required": "Écrivez le code d'installation."},
    )

    def clean_code(self) -> str:
        code = attestations.lire_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError("Le code a 16 chiffres ou lettres. Vérifiez votre saisie.")
        return code


class ChampNumerise(ChampFichiers):
    """One scanned document; refused at once when it can't be read."""

    def clean(self, data: Any, initial: Any = None) -> list[services.FichierRecu]:
        recus = super().clean(data, initial)
        if len(recus) != 1:
            raise forms.ValidationError("Choisissez l'image du document, une à la fois.")
        if pourquoi := pourquoi_illisible(recus[0]):
            raise forms.ValidationError(pourquoi)
        return recus


class FormulaireDepotBorne(FormulaireDuRegistre):
    fichier = ChampNumerise(
        label="Image du document",
        help_text=f"Photo (JPEG, PNG) ou PDF, en entier et lisible. {TAILLE}.",
        required=False,  # the field says itself what is missing
        widget=forms.ClearableFileInput(attrs={"accept": contenu.ACCEPTES}),
    )
