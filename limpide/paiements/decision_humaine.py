"""What a person decides on an administrative appeal against a calculated decision: who, in what capacity, why.

A table of its own, with other contents than a calculated decision: an author and reasons, no mention of an algorithm.
The Conseil constitutionnel (2018-765 DC) lets an algorithm decide alone only if an appeal is not decided by it alone.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.dossiers.models import Automatisation
from limpide.dossiers.models.droits import PERIMETRES_DU_DOSSIER
from limpide.registre.conservation.regles import du_dossier
from limpide.registre.modeles import Donnee


class DecisionHumaine(Donnee):
    """One human decision, never edited. Migration 0011 asks for it before such an appeal is decided."""

    automatisation = Automatisation.AUCUNE

    recours = models.OneToOneField("paiements.Recours", models.PROTECT, related_name="decision_humaine")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    service = models.CharField("autorité ou service qui décide", max_length=160)
    signataire = models.CharField("prénom et nom de qui décide", max_length=120)
    qualite = models.CharField("qualité de qui décide", max_length=120)
    motifs = models.TextField("motifs")
    enregistree_le = models.DateTimeField("enregistrée le", db_default=Now())
    enregistree_par = models.PositiveBigIntegerField("numéro de compte de l'agent")

    conservation = du_dossier("La réponse d'une personne à un recours")
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "décision humaine"
        verbose_name_plural = "décisions humaines"
        constraints = [
            models.CheckConstraint(
                condition=Q(service__regex=r"\S", signataire__regex=r"\S", qualite__regex=r"\S"),
                name="decision_humaine_signee",
                violation_error_message="Une décision humaine dit qui l'a prise, sa qualité et son service.",
            ),
            models.CheckConstraint(
                condition=Q(motifs__regex=r"\S.{18,}\S"),
                name="decision_humaine_motivee",
                violation_error_message="Écrivez les motifs : la personne doit comprendre pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"décision humaine {self.pk}"
