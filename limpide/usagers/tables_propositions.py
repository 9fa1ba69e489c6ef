"""What a household no longer wants to be offered."""

from django.db import models
from django.db.models import Q

from limpide.dossiers.models.composition import CELUI_DE_L_ALLOCATAIRE
from limpide.registre.conservation.regles import du_dossier
from limpide.registre.modeles import Donnee


class PropositionDeclinee(Donnee):
    """A right that is not to be offered to this household any more. Erased when the person changes their mind.

    No Caf reads it: its scope is the person's own.
    """

    conservation = du_dossier("Le choix de ne plus se voir proposer un droit")
    personne_concernee = None
    perimetres = {"organisme": "false", "personne": CELUI_DE_L_ALLOCATAIRE}

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+")
    droit = models.CharField("prestation", max_length=16)
    declinee_le = models.DateTimeField("déclinée le")

    class Meta(Donnee.Meta):
        verbose_name = "proposition déclinée"
        verbose_name_plural = "propositions déclinées"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "droit"],
                name="proposition_declinee_une_fois",
                violation_error_message="Ce droit n'est déjà plus proposé.",
            ),
            models.CheckConstraint(
                condition=Q(droit__regex=r"^[a-z][a-z_]*$"),
                name="proposition_declinee_nomme_un_droit",
                violation_error_message="Une proposition déclinée nomme un droit par son code.",
            ),
        ]

    def __str__(self) -> str:
        return f"proposition déclinée {self.pk}"
