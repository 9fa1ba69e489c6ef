"""Tables of the retention engine: freezes, files out of the active base, reports of purge and what they erased."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from limpide.registre.conservation.regles import du_dossier, sans_personne
from limpide.registre.modeles import Donnee

CELUI_DU_LECTEUR = "dossier_id = ANY ((SELECT dossiers_du_lecteur())::bigint[])"
"""Rows about the reader's own files; the function belongs to the room of the files."""


class Gel(Donnee):
    """Something that forbids to erase a file, or a person, until it is lifted. Never edited: set once, lifted once."""

    class Motif(models.TextChoices):
        RECOURS = "recours", "Un recours est en cours"
        DETTE = "dette", "Une somme est due"
        DEMANDE_DE_DROITS = "demande_de_droits", "Une demande sur les données est en cours"
        CONTROLE = "controle", "Un contrôle est en cours"
        JUSTICE = "justice", "La justice a demandé de garder le dossier"

    dossier_id = models.BigIntegerField("dossier", null=True)
    personne_id = models.BigIntegerField("personne", null=True)
    organisme = models.CharField("organisme", max_length=3)
    motif = models.CharField("motif", max_length=20, choices=Motif)
    reference = models.CharField("référence", max_length=80, help_text="Un numéro interne, jamais un nom.")
    pose_le = models.DateTimeField("posé le")
    pose_par = models.CharField("posé par", max_length=64)
    leve_le = models.DateTimeField("levé le", null=True)
    leve_par = models.CharField("levé par", max_length=64, blank=True)

    personne_concernee = "personne_id"
    perimetres: ClassVar[dict[str, str]] = {
        "organisme": "organisme = {organisme}",
        "personne": f"personne_id = {{personne}} OR {CELUI_DU_LECTEUR}",
    }
    conservation = du_dossier("Un gel est la preuve de ce qui a retenu l'effacement : il part avec le dossier")

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "gel"
        verbose_name_plural = "gels"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dossier_id"], name="gel_par_dossier"),
            models.Index(fields=["personne_id"], name="gel_par_personne"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(dossier_id__isnull=False) | Q(personne_id__isnull=False),
                name="gel_de_quelque_chose",
                violation_error_message="Un gel porte sur un dossier ou sur une personne.",
            ),
            models.CheckConstraint(
                condition=Q(leve_le=None, leve_par="") | Q(leve_le__gte=F("pose_le")) & ~Q(leve_par=""),
                name="gel_leve_par_quelqu_un",
                violation_error_message="Un gel est levé après avoir été posé, et l'on sait par qui.",
            ),
            models.UniqueConstraint(
                fields=["dossier_id", "personne_id", "motif", "reference"],
                condition=Q(leve_le=None),
                name="gel_une_fois",
                nulls_distinct=False,
                violation_error_message="Ce gel est déjà posé.",
            ),
        ]

    def __str__(self) -> str:
        return f"gel {self.pk}"


class Archivage(Donnee):
    """A file that left the active base: since when, when it may be erased, what its person was told.

    Transitions are in `cycle.TRANSITIONS`; no row means active (or erased, which the reports say).
    """

    class Etat(models.TextChoices):
        ARCHIVE = "archive", "En archive intermédiaire"
        PREVENU = "prevenu", "Personne prévenue, effacement à venir"

    class Canal(models.TextChoices):
        MON_COMPTE = "mon_compte", "Message dans Mon Compte"
        COURRIER = "courrier", "Lettre à envoyer"

    dossier_id = models.BigIntegerField("dossier", unique=True)
    organisme = models.CharField("organisme", max_length=3)
    etat = models.CharField("état", max_length=8, choices=Etat, default=Etat.ARCHIVE)
    fin_de_relation = models.DateField("fin de la relation")
    efface_apres = models.DateField("effaçable à partir du")
    archive_le = models.DateTimeField("archivé le")
    prevenu_le = models.DateTimeField("personne prévenue le", null=True)
    grace_jusqu_au = models.DateField("rien n'est effacé avant le", null=True)
    canal = models.CharField("canal de l'avis", max_length=10, choices=Canal, blank=True)
    avis = models.TextField("texte de l'avis", blank=True)

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {"organisme": "organisme = {organisme}", "personne": CELUI_DU_LECTEUR}
    conservation = du_dossier("L'état d'archive part avec le dossier qu'il concerne")

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "archivage"
        verbose_name_plural = "archivages"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisme", "etat", "efface_apres"], name="archivage_a_suivre")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(etat="archive", prevenu_le=None, grace_jusqu_au=None, canal="", avis="")
                | Q(etat="prevenu", prevenu_le__isnull=False, grace_jusqu_au__isnull=False)
                & ~Q(canal="")
                & ~Q(avis=""),
                name="archivage_avis_selon_son_etat",
                violation_error_message="Une personne est prévenue par un canal, avec un texte et un délai de grâce.",
            ),
            models.CheckConstraint(
                condition=Q(efface_apres__gt=F("fin_de_relation")),
                name="archivage_efface_apres_la_relation",
                violation_error_message="Un dossier s'efface après la fin de la relation.",
            ),
        ]

    def __str__(self) -> str:
        return f"archivage du dossier {self.dossier_id}"


class Examen(Donnee):
    """One look at every file: how many at each step, what holds the others. Counts only, for the officer's page."""

    fait_le = models.DateTimeField("fait le")
    contenu = models.JSONField("nombres")

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {}
    conservation = sans_personne(
        "L'état des durées à une date", libre="des nombres de dossiers, par étape", restent=("fait_le", "contenu")
    )

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "examen des durées"
        verbose_name_plural = "examens des durées"

    def __str__(self) -> str:
        return f"examen {self.pk}"


class RapportPurge(Donnee):
    """One purge: when, under which rules, how many rows of each table; signed when it ends. Counts only."""

    class Etat(models.TextChoices):
        EN_COURS = "en_cours", "En cours"
        TERMINE = "termine", "Terminé"

    etat = models.CharField("état", max_length=8, choices=Etat, default=Etat.EN_COURS)
    commence_le = models.DateTimeField("commencé le")
    termine_le = models.DateTimeField("terminé le", null=True)
    regles = models.CharField("version des règles", max_length=16)
    contenu = models.TextField("contenu signé", blank=True)
    signature = models.CharField("signature", max_length=128, blank=True)
    cle_publique = models.CharField("clé publique", max_length=64, blank=True)

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {}
    conservation = sans_personne(
        "La preuve de ce qui a été effacé",
        libre="le contenu signé ne porte que des nombres et des noms de tables",
        restent=("etat", "commence_le", "termine_le", "regles", "contenu", "signature", "cle_publique"),
    )

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "rapport de purge"
        verbose_name_plural = "rapports de purge"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["etat"],
                condition=Q(etat="en_cours"),
                name="rapport_purge_un_seul_en_cours",
                violation_error_message="Une purge est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=Q(etat="en_cours", termine_le=None, contenu="", signature="")
                | Q(etat="termine", termine_le__isnull=False) & ~Q(contenu="") & ~Q(signature=""),
                name="rapport_purge_signe_a_la_fin",
                violation_error_message="Un rapport de purge terminé est signé.",
            ),
        ]

    def __str__(self) -> str:
        return f"rapport de purge {self.pk}"


class Effacement(Donnee):
    """Tombstone: how many rows of one table went, when, by which clock, under which rule. Nobody's number."""

    rapport = models.ForeignKey(RapportPurge, models.PROTECT, null=True, related_name="effacements")
    organisme = models.CharField("organisme", max_length=3)
    horloge = models.CharField("horloge", max_length=20)
    modele = models.CharField("table", max_length=60)
    sort = models.CharField("sort", max_length=16)
    nombre = models.PositiveIntegerField("nombre de lignes")
    regle = models.CharField("version de la règle", max_length=16)
    efface_le = models.DateTimeField("effacé le")

    personne_concernee = None
    perimetres: ClassVar[dict[str, str]] = {"organisme": "organisme = {organisme}"}
    conservation = sans_personne(
        "La trace d'un effacement ne dit rien de personne",
        restent=("rapport_id", "organisme", "horloge", "modele", "sort", "nombre", "regle", "efface_le"),
    )

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "effacement"
        verbose_name_plural = "effacements"

    def __str__(self) -> str:
        return f"{self.nombre} {self.modele}"
