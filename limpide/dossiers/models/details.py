"""What a household asks about a calculated decision: the detail of its own case, within a month."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import du_dossier
from limpide.registre.modeles import Donnee

from .droits import PERIMETRES_DU_DOSSIER, Decision


class DemandeDetail(Donnee):
    """A request for the detail of one's own case (CRPA L311-3-1, R311-3-1-2), with its clock of one month.

    `reponse`: what was communicated, kept as it was given. None past `echeance` is the implicit refusal.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="demandes_detail", db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    deposee_le = models.DateTimeField(db_default=Now())
    echeance = models.DateField("dernier jour pour répondre")
    repondue_le = models.DateTimeField(null=True)
    reponse = models.JSONField(null=True)
    agent = models.PositiveBigIntegerField(
        "numéro de compte de l'agent qui a répondu", null=True, help_text="Vide : réponse produite par le rejeu."
    )

    conservation = du_dossier("La réponse donnée sur le détail d'un calcul")
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "demande de détail d'un calcul"
        verbose_name_plural = "demandes de détail d'un calcul"
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                name="detail_une_demande_par_decision",
                violation_error_message="Le détail de cette décision est déjà demandé.",
            ),
            models.CheckConstraint(
                condition=Q(repondue_le=None, reponse=None, agent=None)
                | Q(repondue_le__isnull=False, reponse__isnull=False),
                name="detail_repondu_avec_sa_reponse",
                violation_error_message="Une demande répondue garde sa réponse et sa date.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisme", "echeance"], condition=Q(repondue_le=None), name="detail_sans_reponse"),
        ]

    def __str__(self) -> str:
        return f"Détail de la décision {self.decision_id}"
