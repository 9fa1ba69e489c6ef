"""Files that an agent must not instruct: their own, or somebody's close to them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

from .comptes import Compte
from .organismes import Organisme
from .personnes import Personne


class QualiteLien(models.TextChoices):
    SOI = "soi", "C'est le mien"
    PROCHE = "proche", "C'est celui d'un proche"


class LienAgent(Donnee):
    """An agent says that the file of this person is theirs, or a relative's. Withdrawn, never erased nor rewritten."""

    conservation = de_la_personne("Dit quels agents ne doivent pas ouvrir le dossier, tant qu'un dossier la nomme")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": "personne_id = {personne}"}

    compte = models.ForeignKey(Compte, models.PROTECT, related_name="liens")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="liens_agents")
    qualite = models.CharField("lien", max_length=6, choices=QualiteLien)
    declare_le = models.DateTimeField("déclaré le", db_default=Now())
    retire_le = models.DateTimeField("retiré le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "dossier proche d'un agent"
        verbose_name_plural = "dossiers proches d'un agent"
        constraints = [
            models.CheckConstraint(
                condition=Q(qualite__in=QualiteLien.values),
                name="lien_agent_qualite_connue",
                violation_error_message="Dites si c'est votre dossier ou celui d'un proche.",
            ),
            models.UniqueConstraint(
                fields=["compte", "personne"],
                condition=Q(retire_le=None),
                name="lien_agent_une_fois",
                violation_error_message="Vous avez déjà déclaré ce dossier.",
            ),
            models.UniqueConstraint(
                fields=["compte"],
                condition=Q(retire_le=None, qualite="soi"),
                name="lien_agent_un_seul_soi",
                violation_error_message="Vous avez déjà déclaré un dossier comme le vôtre : retirez-le d'abord.",
            ),
            models.CheckConstraint(
                condition=Q(retire_le=None) | Q(retire_le__gte=F("declare_le")),
                name="lien_agent_retire_apres",
                violation_error_message="Un lien se retire après avoir été déclaré.",
            ),
        ]

    def __str__(self) -> str:
        return f"lien {self.pk}"
