"""Who is subscribed, what was sent to whom, who agreed to say that it arrived.

Opening data of a person stand in a table of their own, that neither a writer nor an agent with a file may read.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import Confidentiel
from limpide.identite.models import Personne
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, de_la_personne
from limpide.registre.modeles import Donnee

from .lettres import Infolettre, Portee

_UN_AN = Duree(annees=1, proposee=True)
GARDE_DES_OUVERTURES = Duree(mois=6, proposee=True)


class Jeton(Confidentiel):
    """What opens the page to unsubscribe without login: drawn at random, it tells of nobody."""

    __slots__ = ()

    def masque(self) -> str:
        return "•••"


class Abonnement(Donnee):
    """One person on one list, on the ground of a public-interest mission. Left, it closes; taken again, it is another.

    The token of its link is encrypted, and found by its blind index.
    """

    FONDEMENT = "mission d'intérêt public"

    class Origine(models.TextChoices):
        OUVERTURE = "ouverture", "à l'ouverture de Mon Compte"
        MON_COMPTE = "mon_compte", "dans Mon Compte"

    class Sortie(models.TextChoices):
        EN_COURS = "", "abonné"
        UN_CLIC = "un_clic", "en un clic, depuis la messagerie"
        LIEN = "lien", "par le lien d'une lettre"
        MON_COMPTE = "mon_compte", "dans Mon Compte"
        REUNION = "reunion", "avec un compte en double"

    conservation = de_la_personne("Dit qui reçoit quelles lettres, et qui n'en veut plus")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {personne}"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="abonnements")
    portee = models.CharField("liste", max_length=9, choices=Portee)
    fondement = models.CharField("fondement", max_length=40, db_default=FONDEMENT)
    origine = models.CharField("abonné", max_length=10, choices=Origine)
    abonne_le = models.DateTimeField("abonné le", db_default=Now())
    desabonne_le = models.DateTimeField("désabonné le", null=True)
    sortie = models.CharField("désabonné", max_length=10, choices=Sortie, blank=True, db_default="")
    jeton_chiffre = models.BinaryField("jeton du lien (chiffré)")
    jeton_empreinte = models.BinaryField("empreinte du jeton")
    jeton = Scelle("jeton_chiffre", Jeton)

    class Meta(Donnee.Meta):
        verbose_name = "abonnement aux lettres d'information"
        verbose_name_plural = "abonnements aux lettres d'information"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "portee"],
                condition=Q(desabonne_le=None),
                name="abonnement_un_par_liste",
                violation_error_message="Cette personne reçoit déjà ces lettres.",
            ),
            models.UniqueConstraint(
                fields=["jeton_empreinte"],
                name="abonnement_un_par_jeton",
                violation_error_message="Ce lien sert déjà à un autre abonnement.",
            ),
            models.CheckConstraint(
                condition=Q(portee__in=Portee.values, fondement="mission d'intérêt public")
                & (Q(desabonne_le=None, sortie="") | Q(desabonne_le__isnull=False) & ~Q(sortie="")),
                name="abonnement_fonde_et_date",
                violation_error_message="Un abonnement dit sa liste et son fondement ; une sortie, sa date et sa voie.",
            ),
        ]

    def __str__(self) -> str:
        return f"abonnement {self.pk}"


class AccordReception(Donnee):
    """A person agreed that their letters say that they arrived. Withdrawn, it stays as the proof of what was agreed."""

    conservation = de_la_personne("La preuve d'un accord vit autant que l'abonnement (RGPD art. 7.1)")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {personne}"}

    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    donne_le = models.DateTimeField("donné le", db_default=Now())
    retire_le = models.DateTimeField("retiré le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "accord à l'indicateur de réception"
        verbose_name_plural = "accords à l'indicateur de réception"
        constraints = [
            models.UniqueConstraint(
                fields=["personne"],
                condition=Q(retire_le=None),
                name="accord_reception_un_seul",
                violation_error_message="Cette personne a déjà accepté.",
            ),
        ]

    def __str__(self) -> str:
        return f"accord {self.pk}"


class EnvoiInfolettre(Donnee):
    """One letter to one person: waits, is taken, then is known to have left or not. Never taken twice.

    Its key is that of the `MessageContact` that leaves: a report of non-delivery finds it. `incertain`: the machine
    stopped between the two; whether it left is not known, so it isn't sent again.
    """

    class Etat(models.TextChoices):
        ATTEND = "attend", "attend"
        PRIS = "pris", "en cours"
        PARTI = "parti", "parti"
        REVENU = "revenu", "refusé"
        ECARTE = "ecarte", "écarté"
        INCERTAIN = "incertain", "interrompu"

    conservation = de_la_personne(
        "Dit quelle lettre est partie, pour n'en envoyer aucune deux fois",
        plus_tot=(
            Precision("date", "Un envoi ne sert qu'à comprendre un rejet", colonne="prepare_le", duree=_UN_AN),
        ),
    )  # fmt: skip
    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {personne}"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    infolettre = models.ForeignKey(Infolettre, models.PROTECT, related_name="envois")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    etat = models.CharField("état", max_length=9, choices=Etat, db_default=Etat.ATTEND)
    prepare_le = models.DateTimeField("préparé le", db_default=Now())
    pris_le = models.DateTimeField("pris le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "envoi d'une lettre d'information"
        verbose_name_plural = "envois de lettres d'information"
        indexes = [
            models.Index(fields=["infolettre", "etat"], name="envoi_infolettre_a_faire"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["infolettre", "personne"],
                name="envoi_infolettre_un_par_personne",
                violation_error_message="Cette personne reçoit cette lettre une fois.",
            ),
            models.CheckConstraint(
                condition=Q(etat="attend", pris_le=None)
                | Q(etat="ecarte")
                | ~Q(etat="attend") & Q(pris_le__isnull=False),
                name="envoi_infolettre_pris_avant_de_partir",
                violation_error_message="Un envoi est pris avant de partir.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"envoi {self.pk}"


class ReceptionInfolettre(Donnee):
    """The indicator of one letter to one person who agreed: its token, the day it was asked for. Six months, no more.

    No agent's processing declares it, whatever the file: the database refuses it to all of them (MC-063).
    """

    conservation = de_la_personne(
        "Sert à tenir la liste à jour",
        plus_tot=(
            Precision(
                "date", "La liste se tient sur les dernières lettres", colonne="suivi_le", duree=GARDE_DES_OUVERTURES
            ),
        ),
    )  # fmt: skip
    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {personne}"}

    infolettre = models.ForeignKey(Infolettre, models.PROTECT, related_name="receptions")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    jeton_empreinte = models.BinaryField("empreinte du jeton de l'image")
    suivi_le = models.DateTimeField("lettre partie le", db_default=Now())
    ouverte_le = models.DateField("image demandée le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "réception d'une lettre d'information"
        verbose_name_plural = "réceptions de lettres d'information"
        constraints = [
            models.UniqueConstraint(
                fields=["jeton_empreinte"],
                name="reception_infolettre_un_jeton",
                violation_error_message="Cette image est déjà celle d'une autre lettre.",
            ),
        ]

    def __str__(self) -> str:
        return f"réception {self.pk}"
