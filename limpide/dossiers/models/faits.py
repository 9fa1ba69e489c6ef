"""Dated facts: one table for all of them, whose kinds are the law's catalogue (`droits.situation.NATURES`)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from limpide.droits.faits import NATURES
from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.regles import Precision, du_dossier, sans_personne
from limpide.registre.modeles import Donnee

from .composition import CELUI_DE_L_ALLOCATAIRE, Dossier, SourceFait


class NatureFait(Donnee):
    """Copy of the law's catalogue in the database, for the checks of facts. Synchronised after each migration."""

    conservation = sans_personne(
        "Catalogue des faits que la loi lit",
        restent=("code", "nom", "sujet", "type", "periodicite", "libelle", "minimum", "maximum", "sensible", "retiree"),
    )
    personne_concernee = None
    perimetres = {"organisme": "true", "personne": "true"}

    code = models.SmallIntegerField("code", primary_key=True)
    nom = models.CharField("nom", max_length=80, unique=True)
    sujet = models.CharField("sujet", max_length=8)
    type = models.CharField("type", max_length=11)
    periodicite = models.CharField("périodicité", max_length=5)
    libelle = models.CharField("libellé", max_length=160)
    minimum = models.BigIntegerField("valeur la plus petite")
    maximum = models.BigIntegerField("valeur la plus grande")
    sensible = models.CharField("sensibilité", max_length=6, blank=True, default="")
    retiree = models.BooleanField("n'est plus au catalogue", default=False)

    class Meta(Donnee.Meta):
        verbose_name = "nature de fait"
        verbose_name_plural = "natures de fait"

    def __str__(self) -> str:
        return self.libelle


class Fait(Donnee):
    """One fact: its kind, its value, when it holds, when we knew it, from whom.

    The value is an integer: cents, 0 or 1, rank in the enumeration, number, days since 1970. Never edited: a trigger
    refuses anything but closing `connu`.
    """

    conservation = du_dossier(
        "Ce que le calcul des droits a lu, pour pouvoir l'expliquer",
        plus_tot=(
            Precision(
                quand="archivage",
                natures=tuple(n.nom for n in NATURES.values() if n.sensible == "sante"),
                raison="Une donnée de santé ne sert plus dès qu'aucun mois ne peut être recalculé",
            ),
        ),
    )
    personne_concernee = "personne_id"
    colonne_nature = "nature"
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": CELUI_DE_L_ALLOCATAIRE,
    }

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="faits")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, null=True, blank=True, related_name="faits")
    nature = models.SmallIntegerField("nature")
    valeur = models.BigIntegerField("valeur")
    valide = DateRangeField("période")
    connu = DateTimeRangeField("connu")
    source = models.CharField("source", max_length=11, choices=SourceFait)
    auteur = models.CharField("auteur", max_length=64)
    piece = models.ForeignKey("dossiers.PieceAttendue", models.PROTECT, null=True, blank=True, related_name="faits")

    class Meta(Donnee.Meta):
        verbose_name = "fait"
        verbose_name_plural = "faits"
        indexes = [models.Index(fields=["organisme", "dossier"], name="fait_par_caf")]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=SourceFait.values),
                name="fait_source_connue",
                violation_error_message="La source de l'information n'est pas de celles que le registre connaît.",
            ),
            models.CheckConstraint(
                condition=Q(valide__isempty=False, valide__startswith__isnull=False, connu__isempty=False,
                            connu__startswith__isnull=False),
                name="fait_periodes_non_vides",
                violation_error_message="La période commence à une date et ne peut pas être vide.",
            ),
            ExclusionConstraint(
                name="un_seul_fait_a_la_fois",
                expressions=[
                    ("dossier", RangeOperators.EQUAL),
                    (Coalesce("personne", Value(0, output_field=models.BigIntegerField())), RangeOperators.EQUAL),
                    ("nature", RangeOperators.EQUAL),
                    ("valide", RangeOperators.OVERLAPS),
                    ("connu", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Un fait de même nature est déjà connu sur cette période.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"fait {self.pk}"

    @classmethod
    def codes_natures(cls) -> dict[str, int]:
        """Name → code of the kinds a processing may name in its declaration."""
        return {nom: nature.code for nom, nature in NATURES.items()}
