"""Contacts of a person with their Caf: how, why, a short note. And the checks of who is on the telephone.

A note with a word that says a health condition, an origin, an opinion or an insult is kept aside: nobody but its
author and a supervisor reads it until the supervisor accepts it.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from limpide.dossiers.models import Dossier
from limpide.dossiers.models.composition import CELUI_DE_L_ALLOCATAIRE
from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import TexteScelle
from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.modeles import Donnee

from .messages import Motif, apres

LONGUEUR_NOTE = 300
UN_AN = Duree(annees=1, proposee=True)


class CanalContact(models.TextChoices):
    APPEL = "appel", "Appel"
    VISITE = "visite", "Visite"
    COURRIER = "courrier", "Courrier"
    COURRIEL = "courriel", "Courriel"


class Relecture(models.TextChoices):
    """What a supervisor said of the note."""

    SANS = "sans", "rien à relire"
    ATTEND = "attend", "attend une relecture"
    ACCEPTEE = "acceptee", "acceptée après relecture"
    REFUSEE = "refusee", "refusée, et effacée"


class Contact(Donnee):
    """One contact. Never edited, but by the review of its note."""

    conservation = apres("fait_le", "Qui a contacté la Caf, comment et pourquoi : pour ne pas le redemander")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    canal = models.CharField("canal", max_length=8, choices=CanalContact)
    motif = models.CharField("motif", max_length=10, choices=Motif)
    note_chiffree = models.BinaryField("note (chiffrée)", null=True)
    note = Scelle("note_chiffree", TexteScelle)
    auteur = models.CharField("auteur", max_length=64)
    fait_le = models.DateTimeField("fait le")
    relecture = models.CharField("relecture", max_length=8, choices=Relecture, default=Relecture.SANS)
    relecteur = models.CharField("relecteur", max_length=64, blank=True, default="")
    relu_le = models.DateTimeField("relue le", null=True, blank=True)

    class Meta(Donnee.Meta):
        verbose_name = "contact"
        verbose_name_plural = "contacts"
        indexes = [
            models.Index(fields=["dossier", "fait_le"], name="contact_du_dossier"),
            models.Index(fields=["organisme", "relecture", "fait_le"], name="contact_a_relire"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(canal__in=CanalContact.values, motif__in=Motif.values, relecture__in=Relecture.values),
                name="contact_de_canal_et_de_motif_connus",
                violation_error_message="Le canal, le motif ou la relecture n'est pas de ceux que la Caf connaît.",
            ),
            models.CheckConstraint(
                condition=Q(relecture__in=["sans", "attend"], relecteur="", relu_le=None)
                | Q(relecture__in=["acceptee", "refusee"], relu_le__gte=F("fait_le")) & ~Q(relecteur=""),
                name="contact_relu_par_quelqu_un",
                violation_error_message="Une note relue dit par qui et quand.",
            ),
            models.CheckConstraint(
                condition=~Q(relecteur=F("auteur")),
                name="contact_relu_par_un_autre",
                violation_error_message="Une note est relue par une autre personne que celle qui l'a écrite.",
            ),
            models.CheckConstraint(
                condition=Q(relecture="sans")
                | Q(relecture="refusee", note_chiffree=None)
                | Q(relecture__in=["attend", "acceptee"], note_chiffree__isnull=False),
                name="contact_sans_note_refusee",
                violation_error_message="Une note refusée est effacée ; une note à relire existe.",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class EncadrementContacts(Donnee):
    """A named agent may review the notes of their Caf's colleagues, by a decision, until a day."""

    conservation = Retention(
        horloge=DATE, colonne="jusqu_au", duree=UN_AN, raison="Dit qui pouvait accepter ou refuser une note"
    )
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}"}

    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+", db_constraint=False)
    agent = models.PositiveBigIntegerField("numéro de compte de l'agent")
    decision = models.CharField("référence de la décision", max_length=120)
    depuis = models.DateField("depuis le")
    jusqu_au = models.DateField("jusqu'au")
    retire_le = models.DateTimeField("retiré le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "encadrement des contacts"
        verbose_name_plural = "encadrements des contacts"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__regex=r"\S", jusqu_au__gte=F("depuis")),
                name="encadrement_contacts_decide",
                violation_error_message="Un encadrement cite sa décision, et finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"encadrement {self.pk}"


class VerificationAppel(Donnee):
    """One check of who is on the telephone: right or wrong. Neither the answers nor which one was wrong is kept."""

    conservation = apres("faite_le", "Dit qu'un appelant a été reconnu ou non : un abus se voit", UN_AN)
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    auteur = models.CharField("auteur", max_length=64)
    faite_le = models.DateTimeField("faite le")
    reussie = models.BooleanField("réussie")

    class Meta(Donnee.Meta):
        verbose_name = "vérification d'un appel"
        verbose_name_plural = "vérifications d'appels"
        indexes = [models.Index(fields=["dossier", "faite_le"], name="verification_du_dossier")]

    def __str__(self) -> str:
        return f"vérification {self.pk}"
