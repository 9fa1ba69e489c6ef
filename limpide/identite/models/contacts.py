"""Where a person may be reached: e-mail address and mobile number, confirmed by a code, and the messages sent there."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.identite.chiffrement import Scelle
from limpide.identite.joignable import Courriel, Joignable, Mobile
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, de_la_personne
from limpide.registre.modeles import Donnee

from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne


class GenreContact(models.TextChoices):
    COURRIEL = "courriel", "adresse électronique"
    MOBILE = "mobile", "téléphone mobile"


FORMES: dict[str, type[Joignable]] = {GenreContact.COURRIEL: Courriel, GenreContact.MOBILE: Mobile}


class SelonLeGenre(Scelle[Joignable]):
    """A sealed value whose form is that of the row's kind."""

    def __get__(self, ligne: models.Model | None, proprietaire: type | None = None) -> Any:
        lue = super().__get__(ligne, proprietaire)
        return lue if ligne is None or lue is None else FORMES[ligne.genre](lue.en_clair())  # type: ignore[attr-defined]


class PointDeContact(Donnee):
    """One address or number of one person. Given, then confirmed by its code; replaced or removed, it closes.

    The value is encrypted and found by its blind index. The code is kept as a keyed digest, until used or stale.
    """

    conservation = de_la_personne("Sert à joindre la personne, tant qu'un dossier la nomme")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_pointdecontact.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="points_de_contact")
    genre = models.CharField("genre", max_length=8, choices=GenreContact)
    valeur_chiffre = models.BinaryField("adresse ou numéro (chiffré)")
    empreinte = models.BinaryField("empreinte de l'adresse ou du numéro")
    valeur = SelonLeGenre("valeur_chiffre", Mobile)
    donne_le = models.DateTimeField("donné le", db_default=Now())
    confirme_le = models.DateTimeField("confirmé le", null=True)
    revu_le = models.DateTimeField("dit toujours bon le", null=True)
    a_verifier_le = models.DateTimeField("à revoir par la personne depuis", null=True)
    """Nothing says any more that messages are received there. No agent reads it: the person is asked."""
    rejete_le = models.DateTimeField("message revenu le", null=True)
    rejet = models.CharField("raison du rejet", max_length=120, blank=True, db_default="")
    retire_le = models.DateTimeField("remplacé ou retiré le", null=True)
    code = models.BinaryField("empreinte du code envoyé", null=True)
    code_jusqu_au = models.DateTimeField("code valable jusqu'au", null=True)
    code_essais = models.PositiveSmallIntegerField("codes faux", db_default=0)

    class Meta(Donnee.Meta):
        verbose_name = "point de contact"
        verbose_name_plural = "points de contact"
        constraints = [
            models.UniqueConstraint(
                fields=["empreinte"],
                condition=Q(confirme_le__isnull=False, retire_le=None),
                name="contact_a_un_seul_compte",
                violation_error_message="Cette adresse ou ce numéro sert déjà à un autre compte : chacun a les siens.",
            ),
            models.UniqueConstraint(
                fields=["personne", "genre"],
                condition=Q(confirme_le__isnull=False, retire_le=None),
                name="contact_un_confirme_par_genre",
                violation_error_message="Un compte a une adresse électronique et un mobile au plus.",
            ),
            models.UniqueConstraint(
                fields=["personne", "genre"],
                condition=Q(confirme_le=None, retire_le=None),
                name="contact_un_a_confirmer_par_genre",
                violation_error_message="Une autre adresse, ou un autre numéro, attend déjà son code.",
            ),
            models.CheckConstraint(
                condition=Q(genre__in=GenreContact.values)
                & (Q(code=None, code_jusqu_au=None) | Q(code__isnull=False, code_jusqu_au__isnull=False))
                & (Q(rejete_le=None, rejet="") | Q(rejete_le__isnull=False) & ~Q(rejet="")),
                name="contact_coherent",
                violation_error_message="Un code a sa date de fin ; un rejet a sa raison.",
            ),
        ]

    def __str__(self) -> str:
        return f"point de contact {self.pk}"


class ObjetMessage(models.TextChoices):
    CODE = "code", "code de confirmation"
    REMPLACE = "remplace", "coordonnée remplacée"
    A_REVOIR = "a_revoir", "coordonnée à confirmer chaque année"
    AGI_POUR = "agi_pour", "acte fait par le protecteur au nom de la personne"
    AGI_PAR = "agi_par", "acte fait au nom de la personne protégée"
    ACCES_POUR = "acc_pour", "accès d'un protecteur ouvert ou fermé"
    ACCES_PAR = "acc_par", "accès à un dossier protégé ouvert ou fermé"
    SILENCE = "silence", "coordonnée à revoir"
    LETTRE = "lettre", "lettre d'information"
    FIN = "fin", "compte fermé"
    REPONSE = "reponse", "réponse de la Caf à lire"
    TRIMESTRE = "trim_rap", "déclaration trimestrielle à faire"
    SUSPENSION = "trim_sus", "versement suspendu faute de déclaration"
    VERIFIE = "verifie", "point vérifié par la Caf, réponse à lire"
    QUESTION = "question", "question de la Caf à lire"
    DECISION = "decision", "décision de la Caf à lire"
    RENDEZ_VOUS = "rdv", "rendez-vous pris, déplacé ou annulé"
    RDV_CAF = "rdv_caf", "rendez-vous annulé par la Caf"
    RAPPEL = "rappel", "rendez-vous proche"


class MessageContact(Donnee):
    """One message to a point of contact: what kind, when it left, whether it came back. Never its text."""

    conservation = de_la_personne(
        "Dit ce qui a été envoyé et ce qui est revenu",
        plus_tot=(
            Precision(
                "date",
                "Un envoi ne sert qu'à comprendre un rejet",
                colonne="prepare_le",
                duree=Duree(annees=1, proposee=True),
            ),
        ),
    )
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_messagecontact.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(PointDeContact, models.PROTECT, related_name="messages")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    objet = models.CharField("objet", max_length=8, choices=ObjetMessage)
    categorie = models.CharField("catégorie", max_length=8)
    prepare_le = models.DateTimeField("préparé le", db_default=Now())
    parti_le = models.DateTimeField("parti le", null=True)
    echec = models.CharField("pourquoi il n'est pas arrivé", max_length=120, blank=True, db_default="")

    class Meta(Donnee.Meta):
        verbose_name = "message envoyé"
        verbose_name_plural = "messages envoyés"
        indexes = [models.Index(fields=["personne", "prepare_le"], name="message_contact_recents")]
        constraints = [
            models.CheckConstraint(
                condition=Q(objet__in=ObjetMessage.values, categorie__in=["dossier", "mission"]),
                name="message_contact_objet_permis",
                violation_error_message="Un message touche au dossier, ou à une mission d'intérêt public.",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
