"""The quarter of rights whose resources a household has to declare: asked once, reminded, declared once."""

from django.db import models
from django.db.models import F, Q

from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.regles import du_dossier
from limpide.registre.modeles import Donnee

from .composition import CELUI_DE_L_ALLOCATAIRE, Dossier
from .scellees import DeclarationScellee


class Trimestre(Donnee):
    """`mois`: the month of the examination, first of the three months of rights. Its declaration is sealed apart."""

    conservation = du_dossier("Les trimestres demandés, rappelés et déclarés")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="trimestres")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    mois = models.DateField("premier mois de droits")
    echeance = models.DateField("à déclarer jusqu'au")
    rappele_le = models.DateField("premier rappel le", null=True, blank=True)
    rappele_encore_le = models.DateField("second rappel le", null=True, blank=True)
    suspendu_le = models.DateField("suspendu le", null=True, blank=True)
    declare_le = models.DateTimeField("déclaré le", null=True, blank=True)
    scellee = models.OneToOneField(
        DeclarationScellee, models.PROTECT, related_name="trimestre", null=True, blank=True
    )  # fmt: skip

    class Meta(Donnee.Meta):
        verbose_name = "trimestre à déclarer"
        verbose_name_plural = "trimestres à déclarer"
        indexes = [models.Index(fields=["organisme", "declare_le", "echeance"], name="trimestre_a_declarer")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "mois"],
                name="trimestre_demande_une_fois",
                violation_error_message="Ce trimestre est déjà demandé à ce dossier.",
            ),
            models.CheckConstraint(
                condition=Q(mois__day=1, echeance__gte=F("mois")),
                name="trimestre_commence_un_premier",
                violation_error_message="Un trimestre commence le premier d'un mois, et se déclare après.",
            ),
            models.CheckConstraint(
                condition=Q(declare_le=None, scellee=None) | Q(declare_le__isnull=False, scellee__isnull=False),
                name="trimestre_declare_et_scelle",
                violation_error_message="Un trimestre déclaré porte sa déclaration scellée.",
            ),
            models.CheckConstraint(
                condition=(Q(rappele_encore_le=None) | Q(rappele_le__lt=F("rappele_encore_le")))
                & (
                    Q(suspendu_le=None)
                    | Q(suspendu_le__gt=F("echeance"), rappele_le__isnull=False, rappele_le__lt=F("suspendu_le"))
                ),
                name="trimestre_rappele_puis_suspendu",
                violation_error_message="Un trimestre n'est suspendu qu'après un rappel et après son échéance.",
            ),
        ]

    def __str__(self) -> str:
        return f"trimestre {self.pk}"
