"""Letters and their versions, who may write them, the sums of their openings. Nobody is named here."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from limpide.courriers.expedition import CATEGORIES
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, Retention, sans_personne
from limpide.registre.modeles import Donnee

DESABONNEMENT = "{desabonnement}"
"""Where the link to unsubscribe stands in what is written: the database refuses a text without it (MC-061)."""
SEUIL = 10
"""Under that many persons counted, nothing of the openings is shown: a small number tells of somebody."""
_UN_AN = Duree(annees=1, proposee=True)


class Portee(models.TextChoices):
    NATIONALE = "nationale", "nationale"
    LOCALE = "locale", "de la Caf"


class HabilitationInfolettre(Donnee):
    """A named agent may write and validate letters, national or of their Caf, by a decision, until a day."""

    conservation = Retention(
        horloge=DATE, colonne="jusqu_au", duree=_UN_AN, raison="Dit qui pouvait écrire une lettre ou la valider"
    )
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}"}

    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+", db_constraint=False)
    agent = models.PositiveBigIntegerField("numéro de compte de l'agent")
    portee = models.CharField("portée", max_length=9, choices=Portee)
    decision = models.CharField("référence de la décision", max_length=120)
    depuis = models.DateField("depuis le")
    jusqu_au = models.DateField("jusqu'au")
    retiree_le = models.DateTimeField("retirée le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "habilitation à écrire des lettres d'information"
        verbose_name_plural = "habilitations à écrire des lettres d'information"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__regex=r"\S", portee__in=Portee.values, jusqu_au__gte=F("depuis")),
                name="habilitation_infolettre_decidee",
                violation_error_message="Une habilitation cite sa décision, sa portée, et finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"habilitation {self.pk}"


class Infolettre(Donnee):
    """One letter: where it goes, where it stands, and once sent, how many it reached. Its text is in its versions."""

    class Etat(models.TextChoices):
        BROUILLON = "brouillon", "brouillon"
        PROPOSEE = "proposee", "attend une validation"
        VALIDEE = "validee", "validée, à envoyer"
        ENVOYEE = "envoyee", "envoyée"

    conservation = sans_personne(
        "Ce qui a été publié, et par quels comptes d'agents",
        restent=(
            "portee", "organisme_id", "categorie", "etat", "creee_le", "proposee_par", "proposee_le",
            "version_proposee", "validee_par", "validee_le", "version_validee", "preparee_le", "envoyee_le", "partis",
            "revenus", "ecartes", "incertains", "suivis",
        ),
    )  # fmt: skip
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme} OR organisme_id IS NULL"}

    portee = models.CharField("portée", max_length=9, choices=Portee)
    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, null=True, related_name="+")
    categorie = models.CharField("catégorie", max_length=8, choices=CATEGORIES)
    etat = models.CharField("état", max_length=9, choices=Etat, db_default=Etat.BROUILLON)
    creee_le = models.DateTimeField("créée le", db_default=Now())
    proposee_par = models.PositiveBigIntegerField("proposée par le compte", null=True)
    proposee_le = models.DateTimeField("proposée le", null=True)
    version_proposee = models.PositiveSmallIntegerField("version proposée", null=True)
    validee_par = models.PositiveBigIntegerField("validée par le compte", null=True)
    validee_le = models.DateTimeField("validée le", null=True)
    version_validee = models.PositiveSmallIntegerField("version validée", null=True)
    preparee_le = models.DateTimeField("liste des envois arrêtée le", null=True)
    envoyee_le = models.DateTimeField("envoyée le", null=True)
    partis = models.PositiveIntegerField("messages partis", db_default=0)
    revenus = models.PositiveIntegerField("messages refusés", db_default=0)
    ecartes = models.PositiveIntegerField("désabonnés ou injoignables entre-temps", db_default=0)
    incertains = models.PositiveIntegerField("envois interrompus, jamais refaits", db_default=0)
    suivis = models.PositiveIntegerField("envois avec indicateur accepté", db_default=0)

    class Meta(Donnee.Meta):
        verbose_name = "lettre d'information"
        verbose_name_plural = "lettres d'information"
        constraints = [
            models.CheckConstraint(
                condition=Q(portee="nationale", organisme=None) | Q(portee="locale", organisme__isnull=False),
                name="infolettre_nationale_ou_d_une_caf",
                violation_error_message="Une lettre est nationale, ou celle d'une Caf.",
            ),
            models.CheckConstraint(
                condition=Q(categorie__in=list(CATEGORIES)),
                name="infolettre_categorie_permise",
                violation_error_message="Une lettre touche à une mission d'intérêt public ou au dossier : ni "
                "publicité, ni changement de règles.",
            ),
            models.CheckConstraint(
                condition=Q(validee_par=None, version_validee=None, etat__in=("brouillon", "proposee"))
                | Q(validee_par__isnull=False, version_validee__isnull=False, validee_le__isnull=False)
                & ~Q(validee_par=F("proposee_par")),
                name="infolettre_validee_par_une_autre_personne",
                violation_error_message="Une lettre est validée par une autre personne que celle qui la propose.",
            ),
        ]

    def __str__(self) -> str:
        return f"lettre d'information {self.pk}"


class VersionInfolettre(Donnee):
    """What a letter said, as it was written at a moment. Append-only: a correction is one more (MC-068)."""

    conservation = sans_personne(
        "Ce qui a été publié, et ce qui l'était avant une correction",
        restent=("infolettre_id", "numero", "sujet", "contenu", "auteur", "ecrite_le", "raison"),
        libre="Un texte publié, le même pour tous ; la page d'écriture dit de n'y nommer personne",
    )
    personne_concernee = None
    perimetres = {
        "organisme": "EXISTS (SELECT 1 FROM infolettres_infolettre i WHERE i.id = infolettre_id"
        " AND (i.organisme_id = {organisme} OR i.organisme_id IS NULL))"
    }
    lectures_perimetre = {"organisme": {"infolettres.Infolettre": ("id", "organisme_id")}}

    infolettre = models.ForeignKey(Infolettre, models.PROTECT, related_name="versions")
    numero = models.PositiveSmallIntegerField("numéro")
    sujet = models.CharField("sujet", max_length=100)
    contenu = models.TextField("texte")
    auteur = models.PositiveBigIntegerField("écrite par le compte")
    ecrite_le = models.DateTimeField("écrite le", db_default=Now())
    raison = models.CharField("ce qui est corrigé", max_length=200, blank=True, db_default="")

    class Meta(Donnee.Meta):
        verbose_name = "version d'une lettre d'information"
        verbose_name_plural = "versions des lettres d'information"
        constraints = [
            models.UniqueConstraint(
                fields=["infolettre", "numero"],
                name="version_infolettre_une_par_numero",
                violation_error_message="Quelqu'un vient d'enregistrer une autre version : relisez-la d'abord.",
            ),
            models.CheckConstraint(
                condition=Q(contenu__contains=DESABONNEMENT),
                name="version_infolettre_porte_son_desabonnement",
                violation_error_message=f"Une lettre porte son lien de désabonnement : laissez {DESABONNEMENT} dans le "
                "texte.",
            ),
            models.CheckConstraint(
                condition=Q(sujet__regex=r"\S"),
                name="version_infolettre_a_un_sujet",
                violation_error_message="Une lettre a un sujet.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.numero}"


class OuverturesDuJour(Donnee):
    """How many letters were opened for the first time on a day: a sum. Under the threshold, no agent reads it."""

    conservation = sans_personne(
        "Des sommes par jour, sans rien qui désigne quelqu'un", restent=("infolettre_id", "jour", "ouvertures")
    )
    personne_concernee = None
    perimetres = {
        "organisme": "EXISTS (SELECT 1 FROM infolettres_infolettre i WHERE i.id = infolettre_id"
        " AND i.suivis >= 10 AND (i.organisme_id = {organisme} OR i.organisme_id IS NULL))"
    }
    lectures_perimetre = {"organisme": {"infolettres.Infolettre": ("id", "organisme_id", "suivis")}}

    infolettre = models.ForeignKey(Infolettre, models.PROTECT, related_name="ouvertures")
    jour = models.DateField("jour")
    ouvertures = models.PositiveIntegerField("premières ouvertures")

    class Meta(Donnee.Meta):
        verbose_name = "ouvertures d'un jour"
        verbose_name_plural = "ouvertures par jour"
        constraints = [
            models.UniqueConstraint(
                fields=["infolettre", "jour"],
                name="ouvertures_une_ligne_par_jour",
                violation_error_message="Ce jour est déjà compté pour cette lettre.",
            ),
        ]

    def __str__(self) -> str:
        return f"ouvertures {self.jour}"
