"""Forms of protectors: a « compte tuteur » asked from outside, one more file asked from one's own account."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR
from limpide.dossiers.formulaires_documents import FormulaireEnvoi
from limpide.identite.nir import NumeroInvalide, lire_numero
from limpide.usagers.formulaires import champ_mot_de_passe

PERSONNE, ORGANISME = "personne", "organisme"
MAJORITE = 18
SIREN = "C'est un numéro d'organisme (SIREN ou SIRET). Ce compte est réservé, pour le moment, aux personnes physiques."
_ESPACES = re.compile(r"\s")


class FormulaireDemande(FormulaireDSFR):
    """Which file: a Caf, and the number that stands on the letters of the person to protect."""

    organisme = forms.ChoiceField(
        label="Caf de la personne que vous protégez", error_messages={"required": "Choisissez une Caf."}
    )
    numero = forms.CharField(
        label="Son numéro d'allocataire",
        help_text="Jusqu'à 7 chiffres, sur les courriers de la Caf.", max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Écrivez son numéro d'allocataire."},
    )  # fmt: skip

    def __init__(self, *args: Any, caisses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisme"].choices = [("", "Choisir"), *caisses]  # type: ignore[attr-defined]

    def clean_numero(self) -> str:
        numero = _ESPACES.sub("", self.cleaned_data["numero"])
        if not (numero.isascii() and numero.isdecimal() and len(numero) <= 7):
            raise forms.ValidationError("Un numéro d'allocataire a sept chiffres au plus, sans lettre.")
        return numero.zfill(7)


class FormulaireCompteTuteur(FormulaireDemande):
    """Who asks, for which file, with which password."""

    nom_naissance = forms.CharField(
        label="Votre nom de naissance", max_length=120, error_messages={"required": "Écrivez votre nom de naissance."}
    )
    prenoms = forms.CharField(
        label="Vos prénoms", max_length=160, error_messages={"required": "Écrivez vos prénoms."}
    )  # fmt: skip
    date_naissance = ChampDate(label="Votre date de naissance", future=False)
    nir = forms.CharField(
        label="Votre numéro de sécurité sociale",
        help_text="Le vôtre, pas celui de la personne que vous protégez. 15 caractères, avec ou sans espaces.",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "spellcheck": "false"}),
        error_messages={"required": "Écrivez votre numéro de sécurité sociale."},
    )
    mot_de_passe = champ_mot_de_passe(
        "Le mot de passe que vous choisissez", autocomplete="new-password",
        help_text="12 caractères au moins. Une phrase de plusieurs mots est facile à retenir et difficile à deviner.",
    )  # fmt: skip
    confirmation = champ_mot_de_passe("Ce mot de passe, une seconde fois", autocomplete="new-password")

    field_order = (
        "nom_naissance", "prenoms", "date_naissance", "nir", "organisme", "numero", "mot_de_passe", "confirmation",
    )  # fmt: skip

    def clean_date_naissance(self) -> dt.date:
        naissance: dt.date = self.cleaned_data["date_naissance"]
        jour = timezone.localdate()
        if jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day)) < MAJORITE:
            raise forms.ValidationError("Un protecteur est majeur.")
        return naissance

    def clean_nir(self) -> str:
        nir = _ESPACES.sub("", self.cleaned_data["nir"].upper())
        if nir.isdecimal() and len(nir) in (9, 14):
            raise forms.ValidationError(SIREN)
        try:
            lire_numero(nir)
        except NumeroInvalide as refus:
            raise forms.ValidationError(str(refus)) from refus
        return nir

    def clean_mot_de_passe(self) -> str:
        choisi: str = self.cleaned_data["mot_de_passe"]
        validate_password(choisi, None)
        return choisi

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("mot_de_passe") and donnees.get("confirmation", "") != donnees["mot_de_passe"]:
            self.add_error("confirmation", "Les deux saisies diffèrent.")
        return donnees


class FormulaireDecision(FormulaireEnvoi):
    """The judgement, as photos or as a PDF."""


class FormulaireRib(FormulaireEnvoi):
    """The account where the protected person is paid, and what proves it."""

    iban = forms.CharField(
        label="IBAN du compte", max_length=42, help_text="27 caractères pour la France, avec ou sans espaces.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Écrivez l'IBAN du compte."},
    )  # fmt: skip
    titulaire = forms.CharField(
        label="Titulaire, comme sur le Rib", max_length=160, help_text="La personne protégée, pas vous.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez le nom du titulaire, comme sur le Rib."},
    )  # fmt: skip

    field_order = ("iban", "titulaire", "photo", "fichiers")
