"""Appointments: slots that agents open, and those that a person took. Two years after, they go, before the file.

What may not happen twice at the same time is refused by PostgreSQL: an agent in two places, a slot taken by two
persons, a person in two places, two appointments to come for one motive.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from limpide.dossiers.models import Dossier
from limpide.dossiers.models.composition import CELUI_DE_L_ALLOCATAIRE
from limpide.identite.chiffrement import Scelle
from limpide.identite.joignable import Telephone
from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.modeles import Donnee

from .messages import DEUX_ANS, Motif, apres

LONGUEUR_LIEU = 120


class Moment(Func):
    """From a time to another, the second excluded: one appointment may start when the other ends."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Mode(models.TextChoices):
    SUR_PLACE = "place", "à la Caf"
    TELEPHONE = "telephone", "par téléphone"


class EtatCreneau(models.TextChoices):
    LIBRE = "libre", "libre"
    PRIS = "pris", "pris"
    RETIRE = "retire", "retiré"


class EtatRendezVous(models.TextChoices):
    """What became of it. « venu » and « absent » are said by an agent, afterwards."""

    PRIS = "pris", "à venir"
    DEPLACE = "deplace", "déplacé"
    ANNULE = "annule", "annulé par la personne"
    ANNULE_CAF = "ann_caf", "annulé par la Caf"
    VENU = "venu", "venu"
    ABSENT = "absent", "absent"


class RaisonAnnulation(models.TextChoices):
    """Why the Caf cancels. Closed: the person reads it, and a free text could say anything of anybody."""

    AGENT = "agent", "l'agent ne peut pas être là"
    LIEU = "lieu", "le lieu sera fermé"
    REPONDU = "repondu", "votre Caf vous a déjà répondu"
    CAF = "caf", "votre dossier est passé à une autre Caf"


class Creneau(Donnee):
    """A time when an agent receives, or calls. `motif` empty: any."""

    conservation = Retention(
        horloge=DATE, colonne="fin", duree=DEUX_ANS, raison="Dit quand un agent recevait ; part avec les rendez-vous"
    )
    personne_concernee = None
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": "EXISTS (SELECT 1 FROM dossiers_dossier d WHERE d.allocataire_id = {personne}"
        " AND d.organisme_id = relation_creneau.organisme_id)",
    }
    lectures_perimetre = {"personne": {"dossiers.Dossier": ("allocataire_id", "organisme_id")}}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    agent = models.CharField("agent", max_length=64)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    mode = models.CharField("comment", max_length=9, choices=Mode)
    lieu = models.CharField("lieu", max_length=LONGUEUR_LIEU, blank=True, default="")
    motif = models.CharField("réservé au motif", max_length=10, choices=Motif, blank=True, default="")
    etat = models.CharField("état", max_length=6, choices=EtatCreneau, default=EtatCreneau.LIBRE)

    class Meta(Donnee.Meta):
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        indexes = [models.Index(fields=["organisme", "debut"], name="creneau_du_jour")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=Mode.values, etat__in=EtatCreneau.values, motif__in=["", *Motif.values])
                & ~Q(agent="")
                & Q(fin__gt=F("debut")),
                name="creneau_complet",
                violation_error_message="Un créneau dit qui reçoit, comment, et finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(mode="place", lieu__regex=r"\S") | Q(mode="telephone", lieu=""),
                name="creneau_avec_son_lieu",
                violation_error_message="À la Caf, un créneau dit où ; par téléphone, il n'a pas de lieu.",
            ),
            ExclusionConstraint(
                name="un_agent_a_un_seul_creneau_a_la_fois",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    (Moment("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(etat="retire"),
                violation_error_message="Vous avez déjà un créneau à ce moment-là.",
            ),
        ]

    def __str__(self) -> str:
        return f"créneau {self.pk}"


class RendezVous(Donnee):
    """A slot that a person took. Time and place are its own: they stay readable once the slot is gone.

    `redacteur`: the person who took it (a protector, for somebody else). `telephone`: where to call, until it is over.
    """

    conservation = apres("fin", "Ce qui a été convenu avec la Caf, et ce qu'il en est advenu")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    creneau = models.ForeignKey(Creneau, models.PROTECT, db_constraint=False, related_name="+")
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    motif = models.CharField("motif", max_length=10, choices=Motif)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    mode = models.CharField("comment", max_length=9, choices=Mode)
    lieu = models.CharField("lieu", max_length=LONGUEUR_LIEU, blank=True, default="")
    telephone_chiffre = models.BinaryField("numéro où appeler (chiffré)", null=True)
    telephone = Scelle("telephone_chiffre", Telephone)
    etat = models.CharField("état", max_length=8, choices=EtatRendezVous, default=EtatRendezVous.PRIS)
    pris_le = models.DateTimeField("pris le")
    auteur = models.CharField("auteur", max_length=64)
    redacteur = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    rappel_le = models.DateTimeField("rappelé le", null=True)
    change_le = models.DateTimeField("changé le", null=True)
    agent = models.CharField("agent qui l'a annulé, ou qui dit qui est venu", max_length=64, blank=True, db_default="")
    raison = models.CharField(
        "pourquoi la Caf l'annule", max_length=7, choices=RaisonAnnulation, blank=True, db_default=""
    )

    class Meta(Donnee.Meta):
        verbose_name = "rendez-vous"
        verbose_name_plural = "rendez-vous"
        indexes = [
            models.Index(fields=["dossier", "debut"], name="rendez_vous_du_dossier"),
            models.Index(fields=["debut"], condition=Q(etat="pris"), name="rendez_vous_a_rappeler"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=Mode.values, etat__in=EtatRendezVous.values, motif__in=Motif.values)
                & Q(fin__gt=F("debut"), pris_le__lt=F("debut")),
                name="rendez_vous_complet",
                violation_error_message="Un rendez-vous se prend avant son heure, pour un motif de la liste.",
            ),
            models.CheckConstraint(
                condition=Q(etat="pris", change_le=None) | ~Q(etat="pris") & Q(change_le__isnull=False),
                name="rendez_vous_change_un_jour",
                violation_error_message="Un rendez-vous déplacé, annulé ou passé dit depuis quand.",
            ),
            models.CheckConstraint(
                condition=Q(etat="ann_caf", raison__in=RaisonAnnulation.values) | ~Q(etat="ann_caf") & Q(raison=""),
                name="rendez_vous_annule_avec_sa_raison",
                violation_error_message="Quand la Caf annule un rendez-vous, elle dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["ann_caf", "venu", "absent"]) & ~Q(agent="")
                | Q(etat__in=["pris", "deplace", "annule"], agent=""),
                name="rendez_vous_suivi_par_un_agent",
                violation_error_message="Seul un agent annule pour la Caf ou dit qui est venu.",
            ),
            models.CheckConstraint(
                condition=Q(etat="pris") | Q(telephone_chiffre=None),
                name="rendez_vous_sans_numero_ensuite",
                violation_error_message="Le numéro où appeler s'efface une fois le rendez-vous passé.",
            ),
            models.UniqueConstraint(
                fields=["creneau"],
                condition=Q(etat__in=["pris", "venu", "absent"]),
                name="un_creneau_pris_une_fois",
                violation_error_message="Ce créneau vient d'être pris. Choisissez-en un autre.",
            ),
            ExclusionConstraint(
                # From the moment it is taken to its hour, its motive is occupied: a past one hinders nothing.
                name="un_rendez_vous_a_venir_par_motif",
                expressions=[
                    ("dossier", RangeOperators.EQUAL),
                    ("motif", RangeOperators.EQUAL),
                    (Moment("pris_le", "debut"), RangeOperators.OVERLAPS),
                ],
                condition=Q(etat="pris"),
                violation_error_message="Vous avez déjà un rendez-vous à venir pour ce motif : déplacez-le.",
            ),
            ExclusionConstraint(
                name="un_rendez_vous_a_la_fois",
                expressions=[
                    ("dossier", RangeOperators.EQUAL),
                    (Moment("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=Q(etat="pris"),
                violation_error_message="Vous avez déjà un rendez-vous à ce moment-là. Choisissez une autre heure.",
            ),
        ]

    def __str__(self) -> str:
        return f"rendez-vous {self.pk}"
