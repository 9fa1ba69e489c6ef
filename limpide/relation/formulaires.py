"""Forms of messages, on both sides."""

import uuid
from typing import Any

from django import forms

from limpide.dossiers.documents import contenu
from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.formulaires_documents import TAILLE, ChampFichiers

from .models import Motif
from .models.messages import LONGUEUR_TEXTE, LONGUEUR_TITRE

TROP_LONG = "Écrivez {} caractères au plus."


class ChampTexte(forms.CharField):
    """A text of bounded length, whose end is counted by the server: what is typed is always kept."""

    def __init__(self, label: str, manque: str, **kwargs: Any) -> None:
        longueur = kwargs.pop("max_length", LONGUEUR_TEXTE)
        erreurs = {"required": manque, "max_length": TROP_LONG.format(longueur)}
        zone = forms.Textarea(attrs={"rows": 6, "autocomplete": "off"})
        super().__init__(label=label, max_length=longueur, widget=zone, error_messages=erreurs, **kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted without a word


class FormulaireACle(FormulaireDSFR):
    """A form that brings the key of what it creates, so that sending it twice writes once."""

    cle = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"cle": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class FormulaireSuite(FormulaireACle):
    """What the person adds to a thread, with a document or not."""

    texte = ChampTexte(
        "Votre message",
        "Écrivez votre message.",
        help_text=f"{LONGUEUR_TEXTE} caractères au plus. N'écrivez rien sur votre santé, vos opinions ou votre "
        "religion : votre Caf n'en a pas besoin ici.",
    )
    fichier = ChampFichiers(
        label="Joindre un document (facultatif)",
        help_text=f"Une photo (JPEG, PNG) ou un PDF. {TAILLE}.",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": contenu.ACCEPTES, "class": "fr-upload"}),
    )

    @property
    def recu(self) -> Any:
        """The file that was accepted, or None."""
        return next(iter(self.cleaned_data.get("fichier") or []), None)


class FormulaireMessage(FormulaireSuite):
    """A new subject."""

    motif = forms.ChoiceField(
        label="Pourquoi écrivez-vous ?",
        choices=Motif.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un motif de la liste.", "invalid_choice": "Choisissez dans la liste."},
    )
    titre = forms.CharField(
        label="De quoi s'agit-il, en quelques mots",
        help_text=f"Par exemple : « Mon loyer a changé ». {LONGUEUR_TITRE} caractères au plus.",
        max_length=LONGUEUR_TITRE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Écrivez en quelques mots de quoi il s'agit.",
            "max_length": TROP_LONG.format(LONGUEUR_TITRE),
        },
    )
    field_order = ("motif", "titre", "texte", "fichier", "cle")


class FormulaireReponse(FormulaireACle):
    """The Caf's answer."""

    texte = ChampTexte(
        "Réponse à la personne",
        "Écrivez votre réponse.",
        help_text="Elle la lit dans Mon Compte : des mots simples, ce qui est fait, ce qui reste à faire, par qui.",
    )
    terminer = forms.BooleanField(
        label="La conversation est terminée : la personne n'a rien à répondre",
        required=False,
    )
