"""The record of each passage of a daily task: when, how it ended, how many. Nobody's number."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from limpide.registre.conservation.regles import sans_personne
from limpide.registre.modeles import Donnee

TRAVAUX = "travaux_du_jour"
"""Key of the processing that keeps these records."""
RAISON_MAX = 400


class Passage(Donnee):
    """One try at one task. A process killed leaves it `en_cours`: the next run says `interrompu`, and does it again."""

    class Etat(models.TextChoices):
        EN_COURS = "en_cours", "En cours"
        FAIT = "fait", "Fait"
        ECHOUE = "echoue", "En échec"
        EMPECHE = "empeche", "Non commencé"
        INTERROMPU = "interrompu", "Interrompu"

    tache = models.CharField("travail", max_length=40)
    jour = models.DateField("jour")
    organisme = models.CharField("organisme, si une seule Caf", max_length=3, blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.EN_COURS)
    commence_le = models.DateTimeField("commencé le")
    termine_le = models.DateTimeField("terminé le", null=True)
    comptes = models.JSONField("nombres", default=dict)
    raison = models.CharField("pourquoi il n'est pas fait", max_length=RAISON_MAX, blank=True, default="")

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {}
    conservation = sans_personne(
        "Ce que les travaux du jour ont fait, et quand",
        libre="des nombres, et la raison d'un échec, écrite par le programme sans rien de personne",
        restent=("tache", "jour", "organisme", "etat", "commence_le", "termine_le", "comptes", "raison"),
    )

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "passage d'un travail du jour"
        verbose_name_plural = "passages des travaux du jour"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["tache", "-id"], name="passage_par_tache")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["tache", "jour", "organisme"],
                condition=Q(etat="fait"),
                name="passage_fait_une_fois_par_jour",
                violation_error_message="Ce travail est déjà fait ce jour-là.",
            ),
            models.UniqueConstraint(
                fields=["tache", "organisme"],
                condition=Q(etat="en_cours"),
                name="passage_un_seul_en_cours",
                violation_error_message="Ce travail est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["en_cours", "interrompu"], termine_le=None, raison="")
                | Q(termine_le__isnull=False, termine_le__gte=F("commence_le"))
                & (Q(etat="fait", raison="") | Q(etat__in=["echoue", "empeche"], raison__regex=r"\S")),
                name="passage_fini_ou_explique",
                violation_error_message="Un travail qui n'est pas fait dit pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tache} du {self.jour}"


COLONNES = (
    "id", "tache", "jour", "organisme", "etat", "commence_le", "termine_le", "comptes", "raison",
)  # fmt: skip
COLONNES_FINIES = ("etat", "termine_le", "comptes", "raison")
