"""What is kept of the chain: sealed blocks, signed heads, and the months that were purged. Nobody's number."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import sans_personne
from limpide.registre.modeles import Donnee


class BlocScelle(Donnee):
    """Up to a thousand lines of one month, in their sealed order: their numbers, and the hash after each."""

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {}
    conservation = sans_personne(
        "Des empreintes : elles partent avec le mois du journal qu'elles scellent",
        restent=(
            "mois",
            "rang",
            "premiere",
            "nombre",
            "numeros",
            "empreintes",
            "precedente",
            "horizon",
            "reprise",
            "scelle_le",
        ),
    )

    mois = models.CharField("mois", max_length=7)
    rang = models.PositiveIntegerField("rang du bloc dans le mois")
    premiere = models.PositiveBigIntegerField("position de sa première ligne")
    nombre = models.PositiveIntegerField("nombre de lignes")
    numeros = ArrayField(models.BigIntegerField(), verbose_name="numéros des lignes")
    empreintes = models.BinaryField("empreintes")
    precedente = models.BinaryField("empreinte qui précède")
    horizon = models.BigIntegerField("transactions scellées jusqu'à")
    reprise = models.BooleanField("après une restauration", default=False)
    scelle_le = models.DateTimeField("scellé le", db_default=Now())

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "bloc scellé"
        verbose_name_plural = "blocs scellés"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mois", "rang"],
                name="bloc_scelle_une_fois",
                violation_error_message="Ce bloc du journal est déjà scellé.",
            ),
            models.CheckConstraint(
                condition=Q(nombre__gt=0, numeros__len=F("nombre")),
                name="bloc_scelle_compte",
                violation_error_message="Un bloc a autant d'empreintes que de lignes.",
            ),
        ]

    def __str__(self) -> str:
        return f"bloc {self.rang} de {self.mois}"


class TeteJournal(Donnee):
    """A signed head: for every month, how many lines are sealed and the last hash; and the hash of the head before."""

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {}
    conservation = sans_personne(
        "Des nombres et des empreintes, publiables",
        libre="le texte signé",
        restent=("numero", "texte", "signature", "creee_le"),
    )

    numero = models.PositiveBigIntegerField("numéro", unique=True)
    texte = models.TextField("texte signé")
    signature = models.CharField("signature", max_length=128)
    creee_le = models.DateTimeField("signée le", db_default=Now())

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "tête du journal"
        verbose_name_plural = "têtes du journal"

    def __str__(self) -> str:
        return f"tête {self.numero}"
