"""Forms of the rights desk, for the officer; each refusal says which field and what to write."""

import datetime as dt

from django import forms
from django.utils import timezone

from limpide.registre.demandes import regles
from limpide.registre.demandes.limitation import CAS
from limpide.registre.formulaires_homologation import FormulaireDSFR

PIECES = (
    "Carte nationale d'identité", "Passeport", "Titre de séjour", "Permis de conduire", "Autre preuve, dite en note",
)  # fmt: skip


class _Formulaire(FormulaireDSFR):
    """Dates that are not in the future."""

    def date_passee(self, nom: str) -> dt.date | None:
        jour: dt.date | None = self.cleaned_data.get(nom)
        if jour is not None and jour > timezone.localdate():
            raise forms.ValidationError("Cette date est dans l'avenir.")
        return jour


class FormulaireCourrier(_Formulaire):
    """A request received by letter."""

    caisse = forms.CharField(label="Caf (trois chiffres)", max_length=3)
    numero = forms.CharField(label="Numéro d'allocataire (sept chiffres)", max_length=7)
    demandeur = forms.ChoiceField(
        label="Qui demande",
        choices=[("personne", "La personne elle-même"), ("protecteur", "Son protecteur, chargé d'elle par un juge")],
        help_text="Le pouvoir du protecteur est vérifié dans la mesure enregistrée par la Caf.",
    )
    genre = forms.ChoiceField(
        label="Droit exercé", choices=[(c, g.nom) for c, g in regles.GENRES.items() if not g.autre_voie]
    )
    objet = forms.CharField(label="Ce que demande la personne", max_length=2000, widget=forms.Textarea({"rows": 4}))
    recue_le = forms.DateField(label="Reçue le", widget=forms.DateInput({"type": "date"}))

    def clean_recue_le(self) -> dt.date | None:
        return self.date_passee("recue_le")


class FormulaireIdentite(_Formulaire):
    """The identity check of a letter: which document, when the copy was destroyed."""

    moyen = forms.ChoiceField(label="Pièce vérifiée", choices=[(p, p) for p in PIECES])
    copie_detruite_le = forms.DateField(
        label="Copie détruite le", widget=forms.DateInput({"type": "date"}),
        help_text="La copie ne sert qu'à vérifier : elle est détruite aussitôt et n'entre pas dans le logiciel.",
    )  # fmt: skip

    def clean_copie_detruite_le(self) -> dt.date | None:
        return self.date_passee("copie_detruite_le")


class FormulaireProlongation(_Formulaire):
    """Two months more, and why."""

    motif = forms.CharField(label="Pourquoi il faut plus de temps", max_length=500, widget=forms.Textarea({"rows": 3}))


class FormulaireLimitation(_Formulaire):
    """For which case of article 18; does the person still want their rights paid."""

    cas = forms.ChoiceField(label="Pour quel cas", choices=CAS)
    calcul_consenti = forms.ChoiceField(
        label="La personne consent à ce que ses droits soient calculés et payés pendant ce temps",
        choices=[("oui", "Oui : ses paiements continuent"), ("non", "Non : ses paiements s'arrêtent")],
        help_text="Sans son accord, rien ne se calcule sur un dossier limité (RGPD art. 18.2). Demandez-le lui.",
    )


class FormulaireLevee(_Formulaire):
    """What the person was told before."""

    information = forms.CharField(
        label="Ce qui a été dit à la personne avant la levée", max_length=500, widget=forms.Textarea({"rows": 3})
    )


class FormulaireReponse(_Formulaire):
    """The answer, in writing."""

    issue = forms.ChoiceField(
        label="Réponse",
        choices=[(e, regles.ETATS[e][0]) for e in (regles.ACCORDEE, regles.PARTIELLE, regles.REFUSEE)],
    )
    reponse = forms.CharField(
        label="Ce qui est répondu, et pourquoi", max_length=4000, widget=forms.Textarea({"rows": 6}),
        help_text="La personne lit ce texte. S'il refuse, il dit sa raison et l'article.",
    )  # fmt: skip


class FormulaireOpposition(FormulaireReponse):
    """The answer to an opposition: what it is about decides what the law allows."""

    systeme = forms.ChoiceField(
        label="Traitement visé",
        help_text="La fiche du traitement dit si on peut s'y opposer ; sa raison est écrite en tête de la réponse.",
    )
    field_order = ("systeme", "issue", "reponse")


class FormulaireAvis(_Formulaire):
    """One recipient: warned, or not concerned."""

    issue = forms.ChoiceField(
        label="Ce destinataire", choices=[("avise", "a été avisé"), ("sans_objet", "n'est pas concerné")]
    )
    precision = forms.CharField(
        label="Comment, ou pourquoi non", max_length=240,
        help_text="Par exemple : courrier du 26 novembre ; ou : cette donnée ne lui a jamais été communiquée.",
    )  # fmt: skip
    avis = forms.IntegerField(widget=forms.HiddenInput)
