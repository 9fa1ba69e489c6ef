import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from limpide.identite.chiffrement import Scelle
from limpide.identite.iban import Iban
from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne


class CoordonneesBancaires(Donnee):
    """Where a person is paid, dated. The IBAN is encrypted and bound to its row."""

    conservation = de_la_personne("Sert à payer la personne, et à prouver sur quel compte elle l'a été")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_coordonneesbancaires.personne_id"),
        "personne": "personne_id = {personne}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="coordonnees_bancaires")
    iban_chiffre = models.BinaryField("IBAN (chiffré)")
    empreinte = models.BinaryField("empreinte de l'IBAN")
    iban = Scelle("iban_chiffre", Iban)
    bic = models.CharField("BIC", max_length=11, blank=True)
    titulaire = models.CharField("titulaire du compte", max_length=160)
    valide = DateRangeField("période")

    class Meta(Donnee.Meta):
        verbose_name = "coordonnées bancaires"
        verbose_name_plural = "coordonnées bancaires"
        indexes = [models.Index(fields=["empreinte"], name="coordonnees_empreinte")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valide__isempty=False, valide__startswith__isnull=False),
                name="coordonnees_periode_non_vide",
                violation_error_message="La période des coordonnées bancaires commence et n'est pas vide.",
            ),
            models.CheckConstraint(
                condition=~Q(titulaire=""),
                name="coordonnees_titulaire_present",
                violation_error_message="Le titulaire du compte est nécessaire.",
            ),
            ExclusionConstraint(
                name="un_seul_compte_bancaire_a_la_fois",
                expressions=[("personne", RangeOperators.EQUAL), ("valide", RangeOperators.OVERLAPS)],
                violation_error_message="Cette personne a déjà des coordonnées bancaires sur cette période.",
            ),
        ]

    def __str__(self) -> str:
        return f"coordonnées bancaires {self.pk}"
