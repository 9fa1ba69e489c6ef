"""The accreditations of online services (RGS): who decided, for how long, on which risks, with the decision itself."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import sans_personne
from limpide.registre.modeles import Donnee


class Homologation(Donnee):
    """One decision of accreditation of one online service. Only its withdrawal may be added to it.

    The migration checks that `document_empreinte` is the SHA-256 of `document`.
    """

    class Genre(models.TextChoices):
        COMPLETE = "complete", "Homologation"
        PROVISOIRE = "provisoire", "Homologation provisoire"

    conservation = sans_personne(
        "Décisions publiées, tant que le service existe",
        libre="décision de l'autorité",
        restent=(
            "teleservice",
            "empreinte",
            "genre",
            "perimetre",
            "autorite",
            "decidee_le",
            "validite",
            "risques",
            "document",
            "document_nom",
            "document_empreinte",
            "fictive",
            "enregistree_le",
            "enregistree_par",
            "retiree_le",
            "motif_retrait",
        ),
    )
    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {"organisme": "true", "personne": "true"}

    teleservice = models.CharField("téléservice", max_length=40)
    empreinte = models.CharField("empreinte de ce qui a été homologué", max_length=16)
    genre = models.CharField(max_length=10, choices=Genre)
    perimetre = models.TextField("périmètre")
    autorite = models.CharField("autorité d'homologation", max_length=200)
    decidee_le = models.DateField("décidée le")
    validite = DateRangeField("validité")
    risques = models.TextField("risques acceptés")
    document = models.BinaryField("décision")
    document_nom = models.CharField("nom du fichier", max_length=120)
    document_empreinte = models.CharField("empreinte du fichier", max_length=64)
    fictive = models.BooleanField("de démonstration, sans valeur", default=False)
    enregistree_le = models.DateTimeField("enregistrée le", db_default=Now())
    enregistree_par = models.PositiveBigIntegerField("numéro de compte", null=True)
    retiree_le = models.DateField("retirée le", null=True)
    motif_retrait = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "homologation"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(genre__in=["complete", "provisoire"]),
                name="homologation_genre_connu",
                violation_error_message="Une homologation est complète ou provisoire.",
            ),
            models.CheckConstraint(
                condition=Q(validite__isempty=False, validite__startswith__isnull=False)
                & Q(validite__endswith__isnull=False),
                name="homologation_datee",
                violation_error_message="Une homologation a un début et une fin : la fin suit le début.",
            ),
            models.CheckConstraint(
                condition=Q(autorite__regex=r"\S", perimetre__regex=r"\S", risques__regex=r"\S"),
                name="homologation_complete",
                violation_error_message="Dites l'autorité, le périmètre et les risques acceptés.",
            ),
            models.CheckConstraint(
                condition=Q(retiree_le=None, motif_retrait="")
                | Q(retiree_le__isnull=False, motif_retrait__regex=r"\S"),
                name="homologation_retiree_avec_son_motif",
                violation_error_message="Dites pourquoi l'homologation est retirée.",
            ),
            ExclusionConstraint(
                name="homologation_une_a_la_fois",
                expressions=[("teleservice", RangeOperators.EQUAL), ("validite", RangeOperators.OVERLAPS)],
                condition=Q(retiree_le=None),
                violation_error_message="Ce service a déjà une homologation sur cette période : retirez-la d'abord.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"homologation {self.pk} de {self.teleservice}"
