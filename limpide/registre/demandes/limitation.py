"""Limitation (RGPD art. 18): a file whose use is contested is kept, and only declared processings still reach it.

PostgreSQL holds it: the row policies of every other processing leave limited files out (`conservation.politiques`).
"""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from limpide.registre.conservation.gels import degeler, geler
from limpide.registre.conservation.modeles import CELUI_DU_LECTEUR, Gel
from limpide.registre.conservation.regles import du_dossier
from limpide.registre.contexte import HorsRegistre, traitement_courant
from limpide.registre.modeles import Donnee

CAS = (
    ("exactitude", "L'exactitude d'une donnée est contestée, le temps de la vérifier (art. 18.1.a)"),
    ("illicite", "Le traitement est illicite, la personne préfère la limitation à l'effacement (art. 18.1.b)"),
    ("justice", "La personne en a besoin pour défendre ses droits en justice (art. 18.1.c)"),
    ("opposition", "La personne s'oppose, le temps de peser ses raisons (art. 18.1.d)"),
)
COLONNES = (
    "id", "dossier_id", "organisme", "demande_numero", "cas", "calcul_consenti", "posee_le", "posee_par", "levee_le",
    "levee_par", "information",
)  # fmt: skip
COLONNES_LEVEE = ("levee_le", "levee_par", "information")


class Limitation(Donnee):
    """One file under limitation, until it is lifted; the person is told before (art. 18.3)."""

    dossier_id = models.BigIntegerField("dossier")
    organisme = models.CharField("organisme", max_length=3)
    demande_numero = models.BigIntegerField("demande")
    cas = models.CharField("pourquoi", max_length=10, choices=CAS)
    calcul_consenti = models.BooleanField("la personne consent au calcul et au paiement de ses droits")
    posee_le = models.DateTimeField("posée le")
    posee_par = models.CharField("posée par", max_length=64)
    levee_le = models.DateTimeField("levée le", null=True)
    levee_par = models.CharField("levée par", max_length=64, blank=True)
    information = models.CharField("dit à la personne avant la levée", max_length=500, blank=True)

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {"organisme": "organisme = {organisme}", "personne": CELUI_DU_LECTEUR}
    conservation = du_dossier("Dit quand les données du dossier n'ont pas servi, et pourquoi")

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "limitation"
        verbose_name_plural = "limitations"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["dossier_id"],
                condition=Q(levee_le=None),
                name="limitation_une_a_la_fois",
                violation_error_message="Ce dossier est déjà limité.",
            ),
            models.CheckConstraint(
                condition=Q(cas__in=[code for code, _ in CAS]),
                name="limitation_cas_de_la_loi",
                violation_error_message="Dites pour lequel des quatre cas de l'article 18.",
            ),
            models.CheckConstraint(
                condition=Q(levee_le=None, levee_par="", information="")
                | Q(levee_le__gte=F("posee_le"), information__regex=r"\S") & ~Q(levee_par=""),
                name="limitation_levee_annoncee",
                violation_error_message="La personne est informée avant la levée : écrivez ce qui lui est dit.",
            ),
        ]

    def __str__(self) -> str:
        return f"limitation {self.pk}"


class LimitationRefusee(ValueError):
    """Nothing to limit, or nothing to lift; the French message says which."""


def _qui() -> str:
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("une limitation se pose et se lève dans un traitement")
    acteur = cours.acteur
    return f"compte {acteur.identifiant}" if acteur.identifiant is not None else acteur.genre


def en_cours(dossier: int | None) -> Limitation | None:
    """The limitation of this file, if it is under one."""
    posee: Limitation | None = Limitation.objects.filter(dossier_id=dossier, levee_le=None).first()
    return posee


@transaction.atomic
def limiter(*, dossier: int | None, organisme: str, demande: int, cas: str, calcul_consenti: bool) -> Limitation:
    """Put a file under limitation; it can't be erased meanwhile either."""
    if dossier is None:
        raise LimitationRefusee("Cette demande ne porte sur aucun dossier.")
    if en_cours(dossier) is not None:
        raise LimitationRefusee("Ce dossier est déjà limité.")
    posee: Limitation = Limitation.objects.create(
        dossier_id=dossier, organisme=organisme, demande_numero=demande, cas=cas, calcul_consenti=calcul_consenti,
        posee_le=timezone.now(), posee_par=_qui(), levee_par="", information="",
    )  # fmt: skip
    geler(organisme=organisme, motif=Gel.Motif.DEMANDE_DE_DROITS, reference=f"limitation:{posee.pk}", dossier=dossier)
    return posee


@transaction.atomic
def lever(posee: Limitation, information: str) -> None:
    """Lift it, once the person was told."""
    if not information.strip():
        raise LimitationRefusee("La personne est informée avant la levée : écrivez ce qui lui est dit (art. 18.3).")
    posee.levee_le, posee.levee_par, posee.information = timezone.now(), _qui(), information.strip()[:500]
    posee.save(update_fields=list(COLONNES_LEVEE))
    degeler(motif=Gel.Motif.DEMANDE_DE_DROITS, reference=f"limitation:{posee.pk}")
