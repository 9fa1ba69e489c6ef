"""Who may ask the RNCPS, in which mode, until when: agents named one by one by their Caf. No other person is named."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.modeles import Donnee

from .rncps import ModeConsultation

TRACE = Duree(annees=1, source="CSS R114-28")


class HabilitationRncps(Donnee):
    """A named agent may ask in one mode, by a decision of their Caf, until a day (CSS R114-29, R114-33).

    The database refuses a question whose agent has none (migration 0026).
    """

    conservation = Retention(
        horloge=DATE, colonne="jusqu_au", duree=TRACE, source=TRACE.source,
        raison="Dit qui pouvait consulter, aussi longtemps que les traces des consultations",
    )  # fmt: skip
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}"}

    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    agent = models.PositiveBigIntegerField("numéro de compte de l'agent")
    mode = models.CharField("mode de consultation", max_length=10, choices=ModeConsultation)
    decision = models.CharField("référence de la décision", max_length=120)
    depuis = models.DateField("depuis le")
    jusqu_au = models.DateField("jusqu'au")
    accordee_le = models.DateTimeField("enregistrée le", db_default=Now())
    retiree_le = models.DateTimeField("retirée le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "habilitation à consulter le Rncps"
        verbose_name_plural = "habilitations à consulter le Rncps"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__regex=r"\S"),
                name="habilitation_rncps_decidee",
                violation_error_message="Donnez la référence de la décision d'habilitation.",
            ),
            models.CheckConstraint(
                condition=Q(jusqu_au__gte=F("depuis")),
                name="habilitation_rncps_finit_apres",
                violation_error_message="Une habilitation finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=ModeConsultation.values),
                name="habilitation_rncps_mode_connu",
                violation_error_message="On habilite à un mode : en temps réel, en différé, ou dans une campagne.",
            ),
        ]
        indexes = [models.Index(fields=["agent", "jusqu_au"], name="habilitation_rncps_de_l_agent")]

    def __str__(self) -> str:
        return f"habilitation {self.pk}"
