"""Forms of certificates: what is certified, over which months; and the code that is checked."""

import datetime as dt
from typing import Any

from django import forms

from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.dossiers.mois import ecrire, en_lettres, premier_jour
from limpide.usagers import attestations
from limpide.usagers.models import GenreAttestation


class FormulaireAttestation(FormulaireDSFR):
    """The kind; the months count for payments only."""

    def __init__(self, *args: Any, jour: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mois = [(ecrire(m), en_lettres(m)) for m in attestations.mois_proposes(jour)]
        self.fields["genre"] = forms.ChoiceField(
            label="Que doit dire l'attestation ?",
            choices=[
                (GenreAttestation.PAIEMENTS, "Les virements que j'ai reçus, sur un ou plusieurs mois"),
                (GenreAttestation.DROITS, "Mes droits en cours, au dernier mois calculé"),
                (GenreAttestation.QUOTIENT, "Mon quotient familial, au dernier mois calculé"),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": "Choisissez ce que dit l'attestation."},
        )
        for nom, libelle in (("debut", "Premier mois"), ("fin", "Dernier mois")):
            self.fields[nom] = forms.ChoiceField(
                label=libelle,
                help_text="Pour une attestation de paiements : douze mois au plus.",
                choices=mois,
                initial=mois[0][0],
                required=False,
                error_messages={"invalid_choice": "Choisissez un mois de la liste."},
            )
        self.defaut = mois[0][0]

    def voulue(self) -> attestations.Demandee:
        """What is asked, once the form is valid."""
        saisie = self.cleaned_data
        return attestations.Demandee(
            saisie["genre"], premier_jour(saisie["debut"] or self.defaut), premier_jour(saisie["fin"] or self.defaut)
        )


class FormulaireVerification(FormulaireDSFR):
    code = forms.CharField(
        label="Code de vérification",
        help_text="16 signes, en quatre groupes, écrits au bas de l'attestation. Exemple : 7KQ2-M4XT-09HB-CWRE",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={"required": "Écrivez le code de l'attestation."},
    )

    def clean_code(self) -> str:
        code = attestations.lire_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError("Le code a 16 chiffres ou lettres. Vérifiez votre saisie.")
        return code
