"""The address declared to a Caf, and what the Caf published of an allocataire to the RNCPS."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import du_dossier
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
    """One message to the RNCPS about one allocataire: what it said, and whether the Cnav acknowledged or refused it.

    `contenu` holds neither number nor name: they are read again when the message leaves.
    """

    conservation = du_dossier("Dit ce que la caisse a publié de la personne, et quand")
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="publications_rncps")
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    immatriculation = models.ForeignKey("identite.Immatriculation", models.PROTECT, related_name="+")
    contenu = models.JSONField("ce qui est publié")
    preparee_le = models.DateTimeField("préparée le", db_default=Now())
    accusee_le = models.DateTimeField("reçue par le Rncps le", null=True)
    refus = models.CharField("raison du refus", max_length=120, blank=True, db_default="")

    class Meta(Donnee.Meta):
        verbose_name = "publication au Rncps"
        verbose_name_plural = "publications au Rncps"
        indexes = [models.Index(fields=["dossier", "-preparee_le"], name="publication_rncps_derniere")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(accusee_le=None, refus=""),
                name="publication_rncps_une_en_route",
                violation_error_message="Une publication de ce dossier est déjà en route.",
            ),
            models.CheckConstraint(
                condition=Q(accusee_le=None) | Q(refus=""),
                name="publication_rncps_recue_ou_refusee",
                violation_error_message="Une publication est reçue ou refusée, pas les deux.",
            ),
        ]

    def __str__(self) -> str:
        return f"publication {self.pk}"
