"""The address declared to a Caf, and what the Caf published of an allocataire to the RNCPS."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.durees import RATTACHEMENT_RNCPS, Duree
from limpide.registre.conservation.regles import Precision, du_dossier
from limpide.registre.modeles import Donnee

from .composition import Dossier
from .droits import PERIMETRES_DU_DOSSIER


class Adresse(Donnee):
    """Where the allocataire said they live, dated; one at a time. A move closes it and opens another."""

    conservation = du_dossier("L'adresse déclarée, pour écrire à la personne et la publier au Rncps")
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="adresses")
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    lignes = models.CharField("numéro, voie et complément", max_length=160)
    code_postal = models.CharField("code postal", max_length=5)
    commune = models.CharField("commune", max_length=80)
    valide = DateRangeField("période")
    declaree_le = models.DateTimeField("déclarée le", db_default=Now())

    class Meta(Donnee.Meta):
        verbose_name = "adresse déclarée"
        verbose_name_plural = "adresses déclarées"
        constraints = [
            models.CheckConstraint(
                condition=Q(lignes__regex=r"\S", commune__regex=r"\S", code_postal__regex=r"^[0-9]{5}$"),
                name="adresse_complete",
                violation_error_message="Une adresse a une voie, un code postal de cinq chiffres et une commune.",
            ),
            models.CheckConstraint(
                condition=Q(valide__isempty=False, valide__startswith__isnull=False),
                name="adresse_periode_non_vide",
                violation_error_message="Une adresse commence un jour.",
            ),
            ExclusionConstraint(
                name="adresse_une_a_la_fois",
                expressions=[("dossier", RangeOperators.EQUAL), ("valide", RangeOperators.OVERLAPS)],
                violation_error_message="Une adresse est déjà connue à cette date : la nouvelle commence après elle.",
            ),
        ]

    def __str__(self) -> str:
        return f"adresse {self.pk}"


class PublicationRncps(Donnee):
    """One message to the RNCPS about one person of a file: what it said, whether the Cnav acknowledged or refused it.

    `contenu` holds neither number nor name: they are read again when the message leaves.
    """

    conservation = du_dossier(
        "Dit ce que la caisse a publié de la personne, et quand",
        plus_tot=(
            Precision(
                quand="date",
                colonne="rattachement_fini_le",
                duree=RATTACHEMENT_RNCPS,
                raison="Un rattachement publié se garde jusqu'à la fin de la cinquième année civile suivant sa fin "
                "(CSS R114-28)",
            ),
        ),
    )
    personne_concernee = "personne_id"
    perimetres = PERIMETRES_DU_DOSSIER

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="publications_rncps")
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    personne = models.ForeignKey("identite.Personne", models.PROTECT, related_name="publications_rncps")
    immatriculation = models.ForeignKey("identite.Immatriculation", models.PROTECT, related_name="+")
    contenu = models.JSONField("ce qui est publié")
    preparee_le = models.DateTimeField("préparée le", db_default=Now())
    accusee_le = models.DateTimeField("reçue par le Rncps le", null=True)
    refus = models.CharField("raison du refus", max_length=120, blank=True, db_default="")
    rattachement_fini_le = models.DateField("fin du rattachement", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "publication au Rncps"
        verbose_name_plural = "publications au Rncps"
        indexes = [models.Index(fields=["dossier", "-preparee_le"], name="publication_rncps_derniere")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "personne"],
                condition=Q(accusee_le=None, refus=""),
                name="publication_rncps_une_en_route",
                violation_error_message="Une publication sur cette personne est déjà en route.",
            ),
            models.CheckConstraint(
                condition=Q(accusee_le=None) | Q(refus=""),
                name="publication_rncps_recue_ou_refusee",
                violation_error_message="Une publication est reçue ou refusée, pas les deux.",
            ),
        ]

    def __str__(self) -> str:
        return f"publication {self.pk}"


class MotifConsultation(models.TextChoices):
    """Why an agent may ask (CSS R114-25: appreciation of rights, management, control)."""

    DEMANDE = "demande", "Étudier une demande"
    ADRESSE = "adresse", "Vérifier une adresse"
    PRESTATION = "prestation", "Vérifier si une prestation est versée ailleurs"
    DROITS = "droits", "Chercher un droit que la personne ne demande pas"


class ModeConsultation(models.TextChoices):
    """How the directory was asked: one number at once, or lists of numbers later (CSS R114-30, I)."""

    TEMPS_REEL = "temps_reel", "en temps réel"
    DIFFERE = "differe", "en différé"
    COLLECTIF = "collectif", "dans une campagne"


class ConsultationRncps(Donnee):
    """One question of one agent about one person: who, when, why, in which mode; the answer, a month at most.

    The answer is information, not evidence: it changes no right. What differs waits for a person's finding.
    `sans_suite`: why a deferred question will have no answer. `vue_le`: when an agent looked at a deferred one.
    """

    conservation = du_dossier(
        "La trace d'une consultation du Rncps",
        plus_tot=(
            Precision(
                quand="date",
                colonne="demandee_le",
                duree=Duree(annees=1, source="CSS R114-28"),
                raison="Une trace de consultation se garde un an (CSS R114-28)",
            ),
        ),
    )
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consultations_rncps")
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    agent = models.PositiveBigIntegerField("numéro de compte de l'agent")
    motif = models.CharField("motif", max_length=10, choices=MotifConsultation)
    mode = models.CharField("mode", max_length=10, choices=ModeConsultation, db_default=ModeConsultation.TEMPS_REEL)
    campagne = models.ForeignKey(
        "dossiers.CampagneRncps", models.PROTECT, null=True, related_name="consultations", db_constraint=False
    )
    """Without constraint in the database: each goes at its own age."""
    demandee_le = models.DateTimeField("demandée le", db_default=Now())
    repondue_le = models.DateTimeField("répondue le", null=True)
    reponse = models.JSONField("réponse", null=True)
    effacee_le = models.DateTimeField("réponse effacée le", null=True)
    ecarts = ArrayField(models.CharField(max_length=12), verbose_name="à vérifier", db_default=[])
    constat = models.CharField("constat", max_length=240, blank=True, db_default="")
    constat_par = models.PositiveBigIntegerField("constaté par le compte", null=True)
    constat_le = models.DateTimeField("constaté le", null=True)
    sans_suite = models.CharField("pourquoi sans réponse", max_length=80, blank=True, db_default="")
    vue_par = models.PositiveBigIntegerField("vue par le compte", null=True)
    vue_le = models.DateTimeField("vue le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "consultation du Rncps"
        verbose_name_plural = "consultations du Rncps"
        indexes = [
            models.Index(fields=["dossier", "-demandee_le"], name="consultation_rncps_derniere"),
            models.Index(
                fields=["demandee_le"],
                condition=Q(repondue_le=None, sans_suite=""),
                name="consultation_rncps_attend",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(motif__in=MotifConsultation.values),
                name="consultation_rncps_motivee",
                violation_error_message="Dites pourquoi vous consultez le Rncps.",
            ),
            models.CheckConstraint(
                condition=Q(reponse=None) | Q(repondue_le__isnull=False, effacee_le=None),
                name="consultation_rncps_reponse_ou_effacee",
                violation_error_message="Une réponse effacée ne se garde pas.",
            ),
            models.CheckConstraint(
                condition=Q(constat="", constat_par=None, constat_le=None)
                | Q(constat__regex=r"\S", constat_par__isnull=False, constat_le__isnull=False),
                name="consultation_rncps_constat_signe",
                violation_error_message="Écrivez ce que vous avez constaté.",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=ModeConsultation.values),
                name="consultation_rncps_mode_connu",
                violation_error_message="Le Rncps se consulte en temps réel, en différé, ou dans une campagne.",
            ),
            models.CheckConstraint(
                condition=Q(mode="collectif", campagne__isnull=False) | ~Q(mode="collectif") & Q(campagne=None),
                name="consultation_rncps_de_sa_campagne",
                violation_error_message="Une consultation collective a sa campagne, et elle seule.",
            ),
            models.UniqueConstraint(
                fields=["campagne", "dossier"],
                condition=Q(campagne__isnull=False),
                name="consultation_rncps_une_par_campagne",
                violation_error_message="Cette campagne a déjà cette personne.",
            ),
            models.CheckConstraint(
                condition=Q(sans_suite="") | Q(repondue_le=None),
                name="consultation_rncps_repondue_ou_sans_suite",
                violation_error_message="Une question a une réponse, ou n'en aura pas.",
            ),
            models.CheckConstraint(
                condition=Q(vue_par=None, vue_le=None) | Q(vue_par__isnull=False, vue_le__isnull=False),
                name="consultation_rncps_vue_signee",
                violation_error_message="Une réponse vue dit par qui et quand.",
            ),
        ]

    def __str__(self) -> str:
        return f"consultation {self.pk}"
