"""Messages between a person and their Caf: one thread per subject. Title and text are encrypted.

They go two years after they were written, before the file.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from limpide.dossiers.models import Document, Dossier
from limpide.dossiers.models.composition import CELUI_DE_L_ALLOCATAIRE
from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import TexteScelle
from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, Retention, du_dossier
from limpide.registre.modeles import Donnee

LONGUEUR_TITRE = 80
LONGUEUR_TEXTE = 2000
DEUX_ANS = Duree(annees=2, proposee=True)


def apres(colonne: str, raison: str, duree: Duree = DEUX_ANS) -> Retention:
    """The clock of this room: two years after the contact unless said, and never longer than the file."""
    return du_dossier(
        raison,
        plus_tot=(
            Precision(
                quand="date", colonne=colonne, duree=duree,
                raison="Un échange sert à répondre ; ce qui compte pour un droit est dans le dossier",
            ),
        ),
    )  # fmt: skip


class Motif(models.TextChoices):
    """Why somebody writes, comes or calls. Closed: a reason never says a health condition nor an opinion."""

    DROITS = "droits", "Mes droits et mes paiements"
    SITUATION = "situation", "Un changement dans ma situation"
    DOCUMENT = "document", "Un document envoyé ou demandé"
    DECISION = "decision", "Une décision que je ne comprends pas"
    DETTE = "dette", "Une somme à rembourser"
    COMPTE = "compte", "Mon Compte et mes coordonnées"
    AUTRE = "autre", "Autre chose"


class EtatConversation(models.TextChoices):
    """Who must do something."""

    ATTEND = "attend", "attend une réponse de la Caf"
    REPONDUE = "repondue", "répondue"
    CLOSE = "close", "terminée"


class Sens(models.TextChoices):
    PERSONNE = "personne", "écrit à la Caf"
    CAF = "caf", "écrit par la Caf"


class Conversation(Donnee):
    """One subject. `reponse_avant`: the day before which the Caf answers, while it is its turn."""

    conservation = apres("dernier_le", "Ce que la personne a demandé à sa Caf, et où cela en est")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    motif = models.CharField("motif", max_length=10, choices=Motif)
    titre_chiffre = models.BinaryField("titre (chiffré)")
    titre = Scelle("titre_chiffre", TexteScelle)
    etat = models.CharField("état", max_length=8, choices=EtatConversation, default=EtatConversation.ATTEND)
    ouverte_le = models.DateTimeField("ouverte le")
    dernier_le = models.DateTimeField("dernier message le")
    reponse_avant = models.DateField("réponse attendue avant le", null=True, blank=True)
    lue_le = models.DateTimeField("lue par la Caf le", null=True, blank=True)
    agent = models.CharField("agent chargé de répondre", max_length=64, blank=True, default="")
    prise_le = models.DateTimeField("prise en charge le", null=True, blank=True)
    close_le = models.DateTimeField("terminée le", null=True, blank=True)

    class Meta(Donnee.Meta):
        verbose_name = "conversation"
        verbose_name_plural = "conversations"
        indexes = [
            models.Index(fields=["organisme", "etat", "reponse_avant"], name="conversation_a_repondre"),
            models.Index(fields=["dossier", "dernier_le"], name="conversation_du_dossier"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(motif__in=Motif.values, etat__in=EtatConversation.values),
                name="conversation_de_motif_et_d_etat_connus",
                violation_error_message="Le motif ou l'état n'est pas de ceux que la Caf connaît.",
            ),
            models.CheckConstraint(
                condition=Q(etat="attend", reponse_avant__isnull=False) | ~Q(etat="attend") & Q(reponse_avant=None),
                name="conversation_attendue_avant_un_jour",
                violation_error_message="Une conversation qui attend la Caf dit avant quel jour elle répond.",
            ),
            models.CheckConstraint(
                condition=Q(etat="close", close_le__gte=F("ouverte_le")) | ~Q(etat="close") & Q(close_le=None),
                name="conversation_terminee_un_jour",
                violation_error_message="Une conversation terminée dit depuis quand.",
            ),
            models.CheckConstraint(
                condition=Q(agent="", prise_le=None) | ~Q(agent="") & Q(prise_le__isnull=False),
                name="conversation_prise_en_charge_un_jour",
                violation_error_message="Une conversation prise en charge dit par qui et depuis quand.",
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class MessageEcrit(Donnee):
    """One message, never edited. `redacteur`: the person who typed it (a protector, for somebody else)."""

    conservation = apres("ecrit_le", "Ce qui a été écrit à la Caf, et ce qu'elle a répondu")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Both go at their own age, in any order: nothing in the database ties them.
    conversation = models.ForeignKey(Conversation, models.PROTECT, db_constraint=False, related_name="messages")
    document = models.ForeignKey(Document, models.PROTECT, db_constraint=False, null=True, related_name="+")
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    sens = models.CharField("sens", max_length=8, choices=Sens)
    texte_chiffre = models.BinaryField("texte (chiffré)")
    texte = Scelle("texte_chiffre", TexteScelle)
    redacteur = models.ForeignKey(Personne, models.PROTECT, null=True, related_name="+")
    auteur = models.CharField("auteur", max_length=64)
    ecrit_le = models.DateTimeField("écrit le")

    class Meta(Donnee.Meta):
        verbose_name = "message écrit"
        verbose_name_plural = "messages écrits"
        indexes = [models.Index(fields=["conversation", "ecrit_le"], name="message_de_la_conversation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sens="personne", redacteur__isnull=False) | Q(sens="caf", redacteur=None, document=None),
                name="message_ecrit_par_quelqu_un",
                violation_error_message="Un message est écrit par la personne, ou par sa Caf.",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
