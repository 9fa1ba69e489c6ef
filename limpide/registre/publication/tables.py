"""What is kept of each version of the register: the declarations as they were installed, and when. Nobody's data."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import sans_personne
from limpide.registre.modeles import Donnee


class VersionRegistre(Donnee):
    """The register as one installation found it different from the one before. `changees`: declarations that differ."""

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {}
    conservation = sans_personne(
        "Les déclarations, publiées : chaque ligne du journal renvoie à la version qui la permettait",
        libre="les déclarations elles-mêmes",
        restent=("numero", "empreinte", "contenu", "changees", "installee_le"),
    )

    numero = models.PositiveIntegerField("numéro", unique=True)
    empreinte = models.CharField("empreinte", max_length=16)
    contenu = models.JSONField("déclarations")
    changees = models.PositiveIntegerField("déclarations changées")
    installee_le = models.DateTimeField("en vigueur depuis le", db_default=Now())

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "version du registre"
        verbose_name_plural = "versions du registre"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(numero__gt=0),
                name="version_registre_numerotee",
                violation_error_message="Les versions du registre se comptent à partir de 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.numero}"
