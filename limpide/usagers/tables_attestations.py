"""Certificates: what was certified, sealed and encrypted; the code by which anybody who holds it can check."""

import uuid

from django.db import models
from django.db.models import F, Q

from limpide.dossiers.models import Dossier
from limpide.dossiers.models.composition import CELUI_DE_L_ALLOCATAIRE
from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import TexteScelle
from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, du_dossier
from limpide.registre.modeles import Donnee


class GenreAttestation(models.TextChoices):
    PAIEMENTS = "paiements", "attestation de paiements"
    DROITS = "droits", "attestation de droits en cours"
    QUOTIENT = "quotient", "attestation de quotient familial"


class Attestation(Donnee):
    """One certificate, never edited; it can only be withdrawn. The code is found by its blind index.

    `contenu`: all that the paper says, for its holder. `montre`: what a checker needs, nothing more; it is the only one
    of the two that the public page's role may read. The primary key is a UUID because both are bound to it.
    """

    conservation = du_dossier(
        "Ce que la caisse a attesté, le temps que la personne le retrouve",
        plus_tot=(
            Precision(
                quand="date",
                colonne="emise_le",
                duree=Duree(annees=1, proposee=True),
                raison="Le code ne vaut que trois mois : une attestation ancienne se redemande",
            ),
        ),
    )
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    genre = models.CharField("attestation", max_length=9, choices=GenreAttestation)
    code_chiffre = models.BinaryField("code de vérification (chiffré)")
    code = Scelle("code_chiffre", TexteScelle)
    empreinte_code = models.BinaryField("empreinte à clé du code", unique=True)
    contenu_chiffre = models.BinaryField("contenu (chiffré)")
    contenu = Scelle("contenu_chiffre", TexteScelle)
    montre_chiffre = models.BinaryField("ce que montre la vérification (chiffré)")
    montre = Scelle("montre_chiffre", TexteScelle)
    empreinte = models.CharField("empreinte SHA-256 du contenu", max_length=64)
    emise_le = models.DateTimeField("émise le")
    expire_le = models.DateTimeField("code valable jusqu'au")
    retiree_le = models.DateTimeField("code annulé le", null=True)
    auteur = models.CharField("auteur", max_length=64)

    class Meta(Donnee.Meta):
        verbose_name = "attestation"
        verbose_name_plural = "attestations"
        indexes = [models.Index(fields=["dossier", "-emise_le"], name="attestations_d_un_dossier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    empreinte__regex=r"^[0-9a-f]{64}$",
                    genre__in=GenreAttestation.values,
                    expire_le__gt=F("emise_le"),
                ),
                name="attestation_scellee_et_datee",
                violation_error_message="Une attestation porte son empreinte, et son code expire après son émission.",
            ),
        ]

    def __str__(self) -> str:
        return f"attestation {self.pk}"
