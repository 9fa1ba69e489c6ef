"""The life of an identity: its dated states, the steps of a waiting number's clock, two persons found to be one.

The three tables only grow: PostgreSQL refuses edits, forbidden transitions and steps taken before their time.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Immatriculation, Personne, StatutIdentite


class CauseEtat(models.TextChoices):
    """Why an identity came to a state."""

    CREATION = "creation", "première saisie"
    REPRISE = "reprise", "reprise de l'ancien système"
    NUMERO = "numero", "numéro délivré ou saisi"
    CORRECTION = "correction", "numéro corrigé"
    DESACTIVATION = "desactivation", "numéro d'attente désactivé"
    CERTIFICATION = "certification", "réponse du SNGI"
    DEUX_NUMEROS = "deux_numeros", "deux numéros pour une personne"
    NUMERO_PARTAGE = "numero_partage", "un numéro pour deux personnes"
    DESACCORD = "desaccord", "désaccord avec le SNGI"
    USURPATION = "usurpation", "usurpation d'identité signalée"
    LITIGE_REGLE = "litige_regle", "litige réglé"
    DECES = "deces", "décès signalé"
    REUNION = "reunion", "doublon réuni"


class EtatIdentite(Donnee):
    """One state of one identity, from a day; the last one is the person's (`Personne.statut_identite`)."""

    conservation = de_la_personne("L'histoire de l'identité sert à tous les dossiers de la personne")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_etatidentite.personne_id"),
        "personne": "personne_id = {personne}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    personne = models.ForeignKey(Personne, models.PROTECT, related_name="etats")
    etat = models.CharField("état", max_length=16, choices=StatutIdentite)
    cause = models.CharField("cause", max_length=14, choices=CauseEtat)
    depuis = models.DateField("depuis le")
    connu_le = models.DateTimeField("enregistré le", db_default=Now())
    agent = models.PositiveBigIntegerField("enregistré par le compte", null=True)
    note = models.CharField("ce qui a été constaté", max_length=300, blank=True, db_default="")

    class Meta(Donnee.Meta):
        verbose_name = "état d'une identité"
        verbose_name_plural = "états des identités"
        indexes = [models.Index(fields=["personne", "-id"], name="etat_identite_dernier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat__in=StatutIdentite.values),
                name="etat_identite_connu",
                violation_error_message="L'état de l'identité n'est pas de ceux que le registre connaît.",
            ),
            models.CheckConstraint(
                condition=Q(cause__in=CauseEtat.values),
                name="etat_identite_cause_connue",
                violation_error_message="La cause n'est pas de celles que le registre connaît.",
            ),
        ]

    def __str__(self) -> str:
        return f"état {self.pk}"


class GenreEtape(models.TextChoices):
    """Steps of CSS R114-7 (order and delays: `identite.delais`)."""

    INFORMATION = "information", "informée de la pièce à fournir"
    PIECE_RECUE = "piece_recue", "acte d'état civil reçu"
    PIECE_DOUTEUSE = "piece_douteuse", "pièce insuffisante ou douteuse"
    MISE_EN_DEMEURE = "mise_en_demeure", "mise en demeure"
    SUSPENSION = "suspension", "versement suspendu provisoirement"
    SUSPENSION_DEFINITIVE = "suspension_def", "suspension définitive"
    IMPOSSIBILITE = "impossibilite", "impossibilité définitive de fournir la pièce"
    IMPOSSIBILITE_TEMPORAIRE = "impossibilite_t", "impossibilité temporaire de fournir la pièce"
    SANS_DECISION = "sans_decision", "délai de décision passé"


class EtapeNia(Donnee):
    """One step of the clock of a waiting number. `echeance`: the last day that the step leaves, if it leaves one."""

    conservation = de_la_personne("Les délais d'un numéro d'attente, que la personne peut contester")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_etapenia.personne_id"),
        "personne": "personne_id = {personne}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    immatriculation = models.ForeignKey(Immatriculation, models.PROTECT, related_name="etapes")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="etapes_nia")
    genre = models.CharField("étape", max_length=15, choices=GenreEtape)
    le = models.DateField("le")
    echeance = models.DateField("échéance", null=True)
    connue_le = models.DateTimeField("enregistrée le", db_default=Now())
    agent = models.PositiveBigIntegerField("enregistrée par le compte", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "étape d'un numéro d'attente"
        verbose_name_plural = "étapes d'un numéro d'attente"
        indexes = [models.Index(fields=["immatriculation", "-id"], name="etape_nia_derniere")]
        constraints = [
            models.CheckConstraint(
                condition=Q(genre__in=GenreEtape.values),
                name="etape_nia_connue",
                violation_error_message="Cette étape n'est pas de celles que prévoit l'article R114-7.",
            ),
            models.CheckConstraint(
                condition=Q(echeance=None) | Q(echeance__gt=F("le")),
                name="etape_nia_echeance_apres",
                violation_error_message="L'échéance d'une étape vient après elle.",
            ),
        ]

    def __str__(self) -> str:
        return f"étape {self.pk}"


class Reunion(Donnee):
    """Two persons found to be one: `doublon` now leads to `gardee`, which bears its numbers."""

    conservation = de_la_personne("Dit où sont passés les numéros d'un doublon")
    personne_concernee = "gardee_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_reunion.gardee_id"),
        "personne": "gardee_id = {personne}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    doublon = models.OneToOneField(Personne, models.PROTECT, related_name="reunie_dans")
    gardee = models.ForeignKey(Personne, models.PROTECT, related_name="doublons")
    faite_le = models.DateTimeField("faite le", db_default=Now())
    agent = models.PositiveBigIntegerField("faite par le compte", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "réunion de deux identités"
        verbose_name_plural = "réunions d'identités"
        constraints = [
            models.CheckConstraint(
                condition=~Q(doublon=F("gardee")),
                name="reunion_de_deux_personnes",
                violation_error_message="Une personne ne se réunit pas à elle-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"réunion {self.pk}"
