"""The file and who is in it, as two dated axes: when it holds (`valide`), when we knew it (`connu`)."""

from functools import partial

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from limpide.identite.models import Organisme, Personne, Qualite
from limpide.registre.conservation.regles import du_dossier
from limpide.registre.modeles import Donnee

CELUI_DE_L_ALLOCATAIRE = "dossier_id = ANY ((SELECT dossiers_du_lecteur())::bigint[])"
"""Rows of the reader's own files; the function (migration 0002) is evaluated once per query."""


class SourceFait(models.TextChoices):
    """Where a piece of knowledge comes from."""

    DECLARATION = "declaration", "déclaration de l'allocataire"
    AGENT = "agent", "saisie d'un agent"
    PARTENAIRE = "partenaire", "partenaire"
    JUGEMENT = "jugement", "décision de justice"
    REPRISE = "reprise", "reprise d'un ancien système"
    CONSTAT = "constat", "constat de la Caf"


class Dossier(Donnee):
    """The file of one allocataire in one Caf.

    `ouvert_le` None: prepared for a protected person, closed until the first claim opens it (`avant_la_demande`).
    """

    conservation = du_dossier("Le dossier lui-même", racine="dossier")
    personne_concernee = "allocataire_id"
    dossier_concerne = "id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": "allocataire_id = {personne}"}

    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="dossiers")
    numero = models.CharField("numéro d'allocataire", max_length=7)
    allocataire = models.ForeignKey(Personne, models.PROTECT, related_name="dossiers")
    ouvert_le = models.DateField("ouvert le", null=True, blank=True)
    clos_le = models.DateField("clos le", null=True, blank=True)
    motif_cloture = models.CharField("motif de clôture", max_length=160, blank=True)

    class Meta(Donnee.Meta):
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "numero"],
                name="dossier_numero_unique_par_caf",
                violation_error_message="Ce numéro d'allocataire est déjà pris dans cette Caf.",
            ),
            models.UniqueConstraint(
                fields=["organisme", "allocataire"],
                condition=Q(clos_le=None),
                name="un_seul_dossier_ouvert_par_allocataire",
                violation_error_message="Cette personne a déjà un dossier ouvert dans cette Caf.",
            ),
            models.UniqueConstraint(
                fields=["organisme", "allocataire"],
                condition=Q(ouvert_le=None),
                name="un_seul_dossier_prepare_par_personne",
                violation_error_message="Un dossier attend déjà la première demande de cette personne.",
            ),
            models.UniqueConstraint(
                fields=["id", "organisme"],
                name="dossier_et_son_organisme",
                violation_error_message="Ce dossier existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(numero__regex=r"^[0-9]{7}$"),
                name="dossier_numero_sur_sept_chiffres",
                violation_error_message="Le numéro d'allocataire a sept chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(clos_le=None, motif_cloture="") | Q(clos_le__gte=F("ouvert_le")) & ~Q(motif_cloture=""),
                name="dossier_clos_apres_ouverture_avec_motif",
                violation_error_message="Un dossier se clôt après son ouverture, avec un motif.",
            ),
            models.CheckConstraint(
                condition=Q(ouvert_le__isnull=False) | Q(clos_le__isnull=False),
                name="dossier_ouvert_ou_prepare",
                violation_error_message="Un dossier qui n'a jamais été ouvert reste clos.",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier {self.pk}"


_numeros = partial(Func, function="int8range", output_field=BigIntegerRangeField())


class Rattachement(Donnee):
    """A person in a household, with a role, over a period. Shared custody of a child is dated here.

    Never edited: a change closes `connu` and inserts (`services`), a trigger refuses anything else.
    """

    conservation = du_dossier("Qui composait le foyer, mois par mois")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": CELUI_DE_L_ALLOCATAIRE,
    }

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="rattachements")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="rattachements")
    role = models.CharField("rôle", max_length=9, choices=Qualite)
    garde_alternee = models.BooleanField("en résidence alternée", default=False)
    naissance = models.DateField("date de naissance connue", null=True, editable=False)
    """Copied from the civil status by the database at insertion: ages are computed as known then."""
    valide = DateRangeField("période")
    connu = DateTimeRangeField("connu")
    source = models.CharField("source", max_length=11, choices=SourceFait)
    auteur = models.CharField("auteur", max_length=64)

    class Meta(Donnee.Meta):
        verbose_name = "rattachement"
        verbose_name_plural = "rattachements"
        indexes = [models.Index(fields=["organisme", "dossier"], name="rattachement_par_caf")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Qualite.values),
                name="rattachement_role_connu",
                violation_error_message="Le rôle est demandeur, conjoint ou enfant.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=SourceFait.values),
                name="rattachement_source_connue",
                violation_error_message="La source de l'information n'est pas de celles que le registre connaît.",
            ),
            models.CheckConstraint(
                condition=Q(garde_alternee=False) | Q(role="enfant"),
                name="rattachement_garde_alternee_pour_un_enfant",
                violation_error_message="Seul un enfant peut être en résidence alternée.",
            ),
            models.CheckConstraint(
                condition=Q(valide__isempty=False, valide__startswith__isnull=False, connu__isempty=False,
                            connu__startswith__isnull=False),
                name="rattachement_periodes_non_vides",
                violation_error_message="La période commence à une date et ne peut pas être vide.",
            ),
            ExclusionConstraint(
                name="un_seul_demandeur_a_la_fois",
                expressions=[("dossier", RangeOperators.EQUAL), ("valide", RangeOperators.OVERLAPS),
                             ("connu", RangeOperators.OVERLAPS)],
                condition=Q(role="demandeur"),
                violation_error_message="Ce foyer a déjà un demandeur sur cette période.",
            ),
            ExclusionConstraint(
                name="un_seul_conjoint_a_la_fois",
                expressions=[("dossier", RangeOperators.EQUAL), ("valide", RangeOperators.OVERLAPS),
                             ("connu", RangeOperators.OVERLAPS)],
                condition=Q(role="conjoint"),
                violation_error_message="Ce foyer a déjà un conjoint sur cette période.",
            ),
            ExclusionConstraint(
                # A shared child occupies only its file's number, anyone else the whole line of numbers: two rows
                # meet unless both are shared custody, in two different files.
                name="une_personne_dans_un_seul_foyer",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    (
                        Case(
                            When(garde_alternee=True, then=_numeros("dossier", "dossier", Value("[]"))),
                            default=_numeros(Value(0), Value(None)),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("valide", RangeOperators.OVERLAPS),
                    ("connu", RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Cette personne est déjà dans un foyer sur cette période. Un enfant n'est dans deux foyers que "
                    "si chacun le déclare en résidence alternée."
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"rattachement {self.pk}"
