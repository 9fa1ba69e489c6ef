"""Collective consultations of the RNCPS: what each asked, of how many. No person is named here."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.modeles import Donnee

from .rncps_habilitations import TRACE

PLAFOND = 500
"""A campaign asks about that many persons at most: larger, it is cut by its criterion, and decided again."""


class MotifCampagne(models.TextChoices):
    """Purposes of a campaign (CSS R114-25, 2°): reasons of a single consultation, save those of a claim under study."""

    ADRESSE = "adresse", "Vérifier des adresses"
    PRESTATION = "prestation", "Vérifier si une prestation est versée ailleurs"
    DROITS = "droits", "Chercher des droits que les personnes ne demandent pas"


class CritereCampagne(models.TextChoices):
    """How the persons are found: never a list of names."""

    ADRESSE_ANCIENNE = "adresse_ancienne", "L'adresse n'a pas changé depuis un nombre de mois"
    PRESTATION = "prestation", "Une prestation est ouverte le dernier mois calculé"


class CampagneRncps(Donnee):
    """A collective consultation, decided by one agent: why, by which criterion, how many persons.

    Each person has their own `ConsultationRncps`, as if asked alone.
    """

    conservation = Retention(
        horloge=DATE, colonne="decidee_le", duree=TRACE, source=TRACE.source,
        raison="La campagne se garde aussi longtemps que les traces de ses consultations",
    )  # fmt: skip
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    agent = models.PositiveBigIntegerField("numéro de compte de l'agent")
    motif = models.CharField("finalité", max_length=10, choices=MotifCampagne)
    critere = models.CharField("critère", max_length=16, choices=CritereCampagne)
    valeur = models.CharField("valeur du critère", max_length=16)
    taille = models.PositiveSmallIntegerField("nombre de personnes")
    decidee_le = models.DateTimeField("décidée le", db_default=Now())

    class Meta(Donnee.Meta):
        verbose_name = "campagne de consultation du Rncps"
        verbose_name_plural = "campagnes de consultation du Rncps"
        constraints = [
            models.CheckConstraint(
                condition=Q(motif__in=MotifCampagne.values, critere__in=CritereCampagne.values),
                name="campagne_rncps_motivee",
                violation_error_message="Une campagne a une finalité et un critère connus.",
            ),
            models.CheckConstraint(
                condition=Q(taille__gte=1, taille__lte=PLAFOND),
                name="campagne_rncps_plafonnee",
                violation_error_message=f"Une campagne porte sur une personne au moins, {PLAFOND} au plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"campagne {self.pk}"
