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
from limpide.identite.protecteurs import Declarant, Protege
from limpide.usagers.formulaires import champ_mot_de_passe

PERSONNE, ORGANISME = "personne", "organisme"
SANS_NUMERO = "sans_numero"
"""In an address and a form: the person to protect has no number of file yet."""
DE_QUI_DEMANDE = ("nom_naissance", "prenoms", "date_naissance", "nir")
DU_PROTEGE = tuple(f"protege_{champ}" for champ in DE_QUI_DEMANDE)
MAJORITE = 18
SIREN = "C'est un numéro d'organisme (SIREN ou SIRET). Ce compte est réservé, pour le moment, aux personnes physiques."
_ESPACES = re.compile(r"\s")


def _nir(valeur: str) -> str:
    """A number with a right key, without spaces."""
    nir = _ESPACES.sub("", valeur.upper())
    if nir.isdecimal() and len(nir) in (9, 14):
        raise forms.ValidationError(SIREN)
    try:
        lire_numero(nir)
    except NumeroInvalide as refus:
        raise forms.ValidationError(str(refus)) from refus
    return nir


def _majeur(naissance: dt.date, sinon: str) -> dt.date:
    jour = timezone.localdate()
    if jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day)) < MAJORITE:
        raise forms.ValidationError(sinon)
    return naissance


def _champ_nir(label: str, aide: str, manque: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=aide, max_length=30, error_messages={"required": manque},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "spellcheck": "false"}),
    )  # fmt: skip


def _champ_nom(label: str, longueur: int, manque: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longueur, error_messages={"required": manque},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class _Demande(FormulaireDSFR):
    """Which Caf. Those that follow say whom to protect, by `cible`, as the verbs take it."""

    organisme = forms.ChoiceField(
        label="Caf de la personne que vous protégez", error_messages={"required": "Choisissez une Caf."}
    )

    def __init__(self, *args: Any, caisses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisme"].choices = [("", "Choisir"), *caisses]  # type: ignore[attr-defined]


class FormulaireDemande(_Demande):
    """Which file: the number that stands on the letters of the person to protect."""

    numero = forms.CharField(
        label="Son numéro d'allocataire",
        help_text="Jusqu'à 7 chiffres, sur les courriers de la Caf.", max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Écrivez son numéro d'allocataire."},
    )  # fmt: skip

    def clean_numero(self) -> str:
        numero = _ESPACES.sub("", self.cleaned_data["numero"])
        if not (numero.isascii() and numero.isdecimal() and len(numero) <= 7):
            raise forms.ValidationError("Un numéro d'allocataire a sept chiffres au plus, sans lettre.")
        return numero.zfill(7)

    def cible(self) -> str:
        return str(self.cleaned_data["numero"])


class FormulaireDemandeSansNumero(_Demande):
    """Who the person to protect is, when no file carries their name yet."""

    protege_nom_naissance = _champ_nom("Son nom de naissance", 120, "Écrivez son nom de naissance.")
    protege_prenoms = _champ_nom("Ses prénoms", 160, "Écrivez ses prénoms.")
    protege_date_naissance = ChampDate(label="Sa date de naissance", future=False)
    protege_nir = _champ_nir(
        "Son numéro de sécurité sociale", "Celui de la personne que vous protégez, sur sa carte Vitale. 15 caractères.",
        "Écrivez son numéro de sécurité sociale.",
    )  # fmt: skip

    field_order = ("organisme", *DU_PROTEGE)

    def clean_protege_date_naissance(self) -> dt.date:
        return _majeur(self.cleaned_data["protege_date_naissance"], "Ces mesures protègent des personnes majeures.")

    def clean_protege_nir(self) -> str:
        return _nir(self.cleaned_data["protege_nir"])

    def cible(self) -> Protege:
        return Protege(**{champ.removeprefix("protege_"): self.cleaned_data[champ] for champ in DU_PROTEGE})


class _QuiDemande(FormulaireDSFR):
    """Who asks, with which password."""

    nom_naissance = _champ_nom("Votre nom de naissance", 120, "Écrivez votre nom de naissance.")
    prenoms = _champ_nom("Vos prénoms", 160, "Écrivez vos prénoms.")
    date_naissance = ChampDate(label="Votre date de naissance", future=False)
    nir = _champ_nir(
        "Votre numéro de sécurité sociale",
        "Le vôtre, pas celui de la personne que vous protégez. 15 caractères, avec ou sans espaces.",
        "Écrivez votre numéro de sécurité sociale.",
    )  # fmt: skip
    mot_de_passe = champ_mot_de_passe(
        "Le mot de passe que vous choisissez", autocomplete="new-password",
        help_text="12 caractères au moins. Une phrase de plusieurs mots est facile à retenir et difficile à deviner.",
    )  # fmt: skip
    confirmation = champ_mot_de_passe("Ce mot de passe, une seconde fois", autocomplete="new-password")

    def clean_date_naissance(self) -> dt.date:
        return _majeur(self.cleaned_data["date_naissance"], "Un protecteur est majeur.")

    def clean_nir(self) -> str:
        return _nir(self.cleaned_data["nir"])

    def clean_mot_de_passe(self) -> str:
        choisi: str = self.cleaned_data["mot_de_passe"]
        validate_password(choisi, None)
        return choisi

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("mot_de_passe") and donnees.get("confirmation", "") != donnees["mot_de_passe"]:
            self.add_error("confirmation", "Les deux saisies diffèrent.")
        return donnees

    def declarant(self) -> Declarant:
        return Declarant(**{champ: self.cleaned_data[champ] for champ in (*DE_QUI_DEMANDE, "mot_de_passe")})


class FormulaireCompteTuteur(_QuiDemande, FormulaireDemande):
    """Who asks, for which file, with which password."""

    field_order = (*DE_QUI_DEMANDE, "organisme", "numero", "mot_de_passe", "confirmation")


class FormulaireCompteTuteurSansNumero(_QuiDemande, FormulaireDemandeSansNumero):
    """Who asks, for whom, with which password."""

    field_order = (*DE_QUI_DEMANDE, "organisme", *DU_PROTEGE, "mot_de_passe", "confirmation")


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
