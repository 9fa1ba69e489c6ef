"""Appeals of a household, from their lodging to the final decision."""

from django.db import models
from django.db.models import F, Q

from limpide.dossiers.models.droits import PERIMETRES_DU_DOSSIER
from limpide.registre.conservation.regles import du_dossier
from limpide.registre.modeles import Donnee


class Recours(Donnee):
    """An appeal of the household against a decision or a debt, from its lodging to the final decision.

    Transitions are in `recours.TRANSITIONS`; the database refuses any other, and any change of what was recorded.
    """

    class Voie(models.TextChoices):
        AMIABLE = "amiable", "Commission de recours amiable"
        DEPARTEMENT = "departement", "Président du conseil départemental"
        JUDICIAIRE = "judiciaire", "Tribunal judiciaire (pôle social)"
        ADMINISTRATIF = "administratif", "Tribunal administratif"
        APPEL = "appel", "Cour d'appel"
        CASSATION = "cassation", "Cour de cassation ou Conseil d'État"

    class Etat(models.TextChoices):
        DEPOSE = "depose", "En attente de décision"
        DECIDE = "decide", "Décision rendue, encore contestable"
        CONTESTE = "conteste", "Décision contestée devant un autre juge"
        DEFINITIF = "definitif", "Décision définitive"
        CLOS = "clos", "Clos"

    class Issue(models.TextChoices):
        ACCORDE = "accorde", "Le recours est accepté"
        PARTIEL = "partiel", "Le recours est accepté en partie"
        REJETE = "rejete", "Le recours est rejeté"
        IRRECEVABLE = "irrecevable", "Le recours ne peut pas être examiné"
        DESISTEMENT = "desistement", "L'allocataire a retiré son recours"

    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, db_constraint=False, related_name="recours")
    droit = models.CharField("prestation", max_length=16)
    voie = models.CharField("voie de recours", max_length=14, choices=Voie)
    decision = models.ForeignKey("dossiers.Decision", models.PROTECT, null=True, related_name="+")
    creance = models.ForeignKey("paiements.Creance", models.PROTECT, null=True, related_name="recours")
    precedent = models.OneToOneField("self", models.PROTECT, null=True, related_name="suite")
    depose_le = models.DateField("déposé le")
    etat = models.CharField("état", max_length=9, choices=Etat, default=Etat.DEPOSE)
    issue = models.CharField("issue", max_length=11, choices=Issue, blank=True)
    decide_le = models.DateField("décision rendue le", null=True)
    definitif_le = models.DateField("définitive le", null=True)
    clos_le = models.DateField("clos le", null=True)
    enregistre_le = models.DateTimeField("enregistré le")
    enregistre_par = models.PositiveBigIntegerField("numéro de compte de l'agent")

    conservation = du_dossier("Un recours, jusqu'à sa décision définitive et après")
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "recours"
        verbose_name_plural = "recours"
        indexes = [models.Index(fields=["organisme", "dossier"], name="recours_par_caf")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False) | Q(creance__isnull=False),
                name="recours_contre_quelque_chose",
                violation_error_message="Un recours conteste une décision ou un indu du dossier.",
            ),
            models.CheckConstraint(
                condition=Q(etat="depose", issue="", decide_le=None, definitif_le=None, clos_le=None)
                | Q(etat__in=["decide", "conteste"], decide_le__isnull=False, definitif_le=None, clos_le=None)
                & ~Q(issue="")
                | Q(etat="definitif", decide_le__isnull=False, definitif_le__isnull=False, clos_le=None) & ~Q(issue="")
                | Q(etat="clos", decide_le__isnull=False, definitif_le__isnull=False, clos_le__isnull=False)
                & ~Q(issue=""),
                name="recours_dates_selon_son_etat",
                violation_error_message="Un recours est déposé, décidé, définitif puis clos, avec ses dates.",
            ),
            models.CheckConstraint(
                condition=(Q(decide_le=None) | Q(decide_le__gte=F("depose_le")))
                & (Q(definitif_le=None) | Q(definitif_le__gte=F("decide_le")))
                & (Q(clos_le=None) | Q(clos_le__gte=F("definitif_le"))),
                name="recours_dates_dans_l_ordre",
                violation_error_message="Les dates d'un recours se suivent : dépôt, décision, décision définitive.",
            ),
        ]

    def __str__(self) -> str:
        return f"recours {self.pk}"
