"""What was asked of the SNGI about a person, and what it answered: fields by name, never a value."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Immatriculation, Personne


class Resultat(models.TextChoices):
    """What the SNGI says of a number and a civil status (ID-11)."""

    ATTENDU = "", "réponse attendue"
    CONCORDANT = "concordant", "identité concordante"
    PROCHE = "proche", "identité proche : une personne compare"
    DIFFERENT = "different", "identité différente"
    INCONNU = "inconnu", "numéro ou personne inconnus"
    PLUSIEURS = "plusieurs", "plusieurs personnes possibles"


class Suite(models.TextChoices):
    """What came of the answer."""

    ATTENDUE = "", "aucune suite encore"
    CERTIFIEE = "certifiee", "NIR certifié"
    LITIGE = "litige", "litige ouvert"
    A_COMPARER = "a_comparer", "à comparer par un agent"
    MEME_PERSONNE = "meme_personne", "un agent a reconnu la même personne"
    AUTRE_PERSONNE = "autre_personne", "un agent a vu une autre personne"
    SANS_OBJET = "sans_objet", "l'identité avait changé entre-temps"


class Certification(Donnee):
    """One question to the SNGI about one number of one person. Its key makes a second sending harmless.

    `ecarts`: names of the fields that differ. `agent`: who asked (none: the batch). `avis_par`: who compared.
    """

    conservation = de_la_personne("Ce qui fonde la certification du numéro, ou le litige")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_certification.personne_id"),
        "personne": "personne_id = {personne}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="certifications")
    immatriculation = models.ForeignKey(Immatriculation, models.PROTECT, related_name="certifications")
    demandee_le = models.DateTimeField("demandée le", db_default=Now())
    agent = models.PositiveBigIntegerField("demandée par le compte", null=True)
    essais = models.PositiveSmallIntegerField("essais", db_default=0)
    panne = models.CharField("dernière panne", max_length=20, blank=True, db_default="")
    repondue_le = models.DateTimeField("répondue le", null=True)
    resultat = models.CharField("réponse", max_length=10, choices=Resultat, blank=True, db_default="")
    ecarts = ArrayField(models.CharField(max_length=20), verbose_name="champs qui diffèrent", db_default=[])
    suite = models.CharField("suite", max_length=14, choices=Suite, blank=True, db_default="")
    avis_par = models.PositiveBigIntegerField("comparée par le compte", null=True)
    avis_le = models.DateTimeField("comparée le", null=True)

    class Meta(Donnee.Meta):
        verbose_name = "demande de certification"
        verbose_name_plural = "demandes de certification"
        indexes = [models.Index(fields=["immatriculation", "-demandee_le"], name="certification_derniere")]
        constraints = [
            models.UniqueConstraint(
                fields=["personne"],
                condition=Q(repondue_le=None),
                name="certification_une_seule_en_cours",
                violation_error_message="Une demande au SNGI est déjà en cours pour cette personne.",
            ),
            models.CheckConstraint(
                condition=Q(repondue_le=None, resultat="", suite="")
                | Q(
                    repondue_le__isnull=False,
                    resultat__in=[r for r in Resultat.values if r],
                    suite__in=[s for s in Suite.values if s],
                ),
                name="certification_repondue_avec_sa_suite",
                violation_error_message="Une réponse du SNGI a toujours une suite.",
            ),
        ]

    def __str__(self) -> str:
        return f"certification {self.pk}"
