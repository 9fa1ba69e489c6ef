"""What a household is entitled to: liquidations, entitlement lines, decisions. Append-only, in cents.

A liquidation is one Caf's work for one month: started with the date of knowledge it reads the facts at, finished in
one transaction. A line says what one right is worth for one household and one month; when new facts change it, a
line of the next `rang` is added and the former stays. A line also exists for a right refused, with its reason.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.conservation.regles import Statistique, du_dossier, sans_personne
from limpide.registre.modeles import Donnee

from .composition import CELUI_DE_L_ALLOCATAIRE

PERIMETRES_DU_DOSSIER = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}
"""Rows of a file: seen by its Caf, and by its allocataire."""


class Liquidation(Donnee):
    """One run of the law for a Caf and a month; `connu_au` fixes what is known, so a resumed run is the same run."""

    class Genre(models.TextChoices):
        MENSUELLE = "mensuelle", "Liquidation mensuelle de la caisse"
        CORRECTION = "correction", "Correction d'un dossier par un agent"

    class Etat(models.TextChoices):
        EN_COURS = "en_cours", "En cours"
        TERMINEE = "terminee", "Terminée"

    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+")
    mois = models.DateField("mois liquidé", help_text="Premier jour du mois.")
    numero = models.PositiveSmallIntegerField("numéro d'ordre dans le mois")
    genre = models.CharField(max_length=12, choices=Genre, default=Genre.MENSUELLE)
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.EN_COURS)
    connu_au = models.DateTimeField("date de connaissance des faits")
    empreinte_regles = models.CharField("empreinte des règles et des barèmes", max_length=64)
    nombre_dossiers = models.PositiveIntegerField(default=0)
    nombre_lignes = models.PositiveIntegerField(default=0)
    terminee_le = models.DateTimeField(null=True)

    conservation = sans_personne(
        "Le travail d'une Caf pour un mois, sans personne",
        restent=(
            "organisme_id", "mois", "numero", "genre", "etat", "connu_au", "empreinte_regles", "nombre_dossiers",
            "nombre_lignes", "terminee_le",
        ),
    )  # fmt: skip
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": "true"}

    class Meta:
        verbose_name = "liquidation"
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "mois", "numero"],
                name="liquidation_unique",
                violation_error_message="Cette liquidation existe déjà pour cette caisse et ce mois.",
            ),
            models.UniqueConstraint(
                fields=["organisme", "mois"],
                condition=Q(etat="en_cours", genre="mensuelle"),
                name="liquidation_une_seule_en_cours",
                violation_error_message="Une liquidation de cette caisse est déjà en cours pour ce mois.",
            ),
            models.CheckConstraint(
                condition=Q(mois__day=1),
                name="liquidation_mois_entier",
                violation_error_message="Le mois liquidé se note par son premier jour.",
            ),
            models.CheckConstraint(
                condition=Q(etat="en_cours", terminee_le=None) | Q(etat="terminee", terminee_le__isnull=False),
                name="liquidation_terminee_datee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisme_id} {self.mois:%Y-%m} n° {self.numero}"


DROITS_EFFACES = """
INSERT INTO dossiers_droitefface (liquidation_id, organisme_id, droit, mois, lignes, foyers, brut_centimes,
                                  crds_centimes)
SELECT l.liquidation_id, l.organisme_id, l.droit, l.mois, count(*),
       count(*) FILTER (WHERE l.montant_centimes > 0 AND s.rang IS NULL),
       sum(l.montant_centimes - coalesce(p.montant_centimes, 0)), sum(l.crds_centimes - coalesce(p.crds_centimes, 0))
  FROM dossiers_lignedroit l
  LEFT JOIN dossiers_lignedroit p
    ON (p.dossier_id, p.mois, p.droit, p.rang) = (l.dossier_id, l.mois, l.droit, l.rang - 1)
  LEFT JOIN dossiers_lignedroit s
    ON (s.dossier_id, s.mois, s.droit, s.rang) = (l.dossier_id, l.mois, l.droit, l.rang + 1)
 WHERE l.dossier_id = ANY (%(dossiers)s)
 GROUP BY l.liquidation_id, l.organisme_id, l.droit, l.mois"""


class DroitEfface(Donnee):
    """Rights of files erased at the end of their retention: by Caf, right, month and liquidation. No identity.

    `foyers`: households to whom the right was open; amounts: what this liquidation changed, so that they add up.
    """

    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+")
    liquidation = models.ForeignKey(Liquidation, models.PROTECT, related_name="effaces")
    droit = models.CharField(max_length=16)
    mois = models.DateField()
    lignes = models.PositiveIntegerField()
    foyers = models.PositiveIntegerField()
    brut_centimes = models.BigIntegerField()
    crds_centimes = models.BigIntegerField()

    conservation = sans_personne(
        "Ce que faisaient ensemble des droits dont les dossiers sont effacés",
        restent=(
            "organisme_id", "liquidation_id", "droit", "mois", "lignes", "foyers", "brut_centimes", "crds_centimes",
        ),
    )  # fmt: skip
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}"}

    class Meta:
        verbose_name = "droits effacés"
        verbose_name_plural = "droits effacés"

    def __str__(self) -> str:
        return f"{self.lignes} lignes effacées, {self.droit} {self.mois:%Y-%m}"


class LigneDroit(Donnee):
    """One right of one household for one month. `montant_centimes` is gross; `crds_centimes` is withheld from it."""

    liquidation = models.ForeignKey(Liquidation, models.PROTECT, related_name="lignes", db_index=False)
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, db_constraint=False, related_name="lignes_droit", db_index=False
    )
    mois = models.DateField()
    droit = models.CharField(max_length=16)
    rang = models.PositiveSmallIntegerField(help_text="1 pour le premier calcul, puis un de plus à chaque changement.")
    montant_centimes = models.BigIntegerField()
    crds_centimes = models.BigIntegerField(default=0)
    motif = models.CharField(max_length=20)
    fait_manquant = models.SmallIntegerField(null=True, help_text="Code de la nature du fait qui manque.")

    conservation = du_dossier(
        "Les droits calculés, mois par mois",
        sort="statistique",
        statistique=Statistique(
            "dossiers.DroitEfface",
            DROITS_EFFACES,
            ("liquidation_id", "organisme_id", "droit", "mois", "lignes", "foyers", "brut_centimes", "crds_centimes"),
            (
                "liquidation_id",
                "organisme_id",
                "dossier_id",
                "droit",
                "mois",
                "rang",
                "montant_centimes",
                "crds_centimes",
            ),
        ),
    )
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "ligne de droit"
        verbose_name_plural = "lignes de droit"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "mois", "droit", "rang"],
                name="ligne_droit_unique",
                violation_error_message="Ce droit est déjà liquidé à ce rang pour ce mois.",
            ),
            models.CheckConstraint(
                condition=Q(montant_centimes__gte=0, crds_centimes__gte=0)
                & Q(crds_centimes__lte=models.F("montant_centimes")),
                name="ligne_droit_montants",
                violation_error_message="Un droit n'est pas négatif et la CRDS ne le dépasse pas.",
            ),
        ]
        indexes = [
            models.Index(fields=["liquidation", "dossier"], name="ligne_droit_liquidation"),
        ]

    def __str__(self) -> str:
        return f"{self.droit} {self.mois:%Y-%m} rang {self.rang}"

    @property
    def net_centimes(self) -> int:
        """What reaches the household, before any withholding of a debt."""
        return self.montant_centimes - self.crds_centimes


class TexteDecision(Donnee):
    """A text that decisions must carry (mention of the algorithm, remedies), kept as it was when they were taken."""

    cle = models.CharField(max_length=80, primary_key=True)
    texte = models.TextField()

    conservation = sans_personne(
        "Texte commun à toutes les décisions", libre="texte de loi, le même pour tous", restent=("cle", "texte")
    )
    personne_concernee = None
    perimetres = {"organisme": "true", "personne": "true"}

    class Meta:
        verbose_name = "texte de décision"
        constraints = [
            models.CheckConstraint(
                condition=Q(cle__regex=r"^(mention|recours|finalite):"),
                name="texte_decision_genre",
                violation_error_message="Un texte de décision est une mention, une finalité ou une voie de recours.",
            ),
            models.CheckConstraint(
                condition=Q(texte__regex=r"\S.{40,}\S"),
                name="texte_decision_redige",
                violation_error_message="Un texte de décision ne peut pas être vide.",
            ),
        ]

    def __str__(self) -> str:
        return self.cle


class VersionRegles(Donnee):
    """One version of the law that was run: its fingerprint, since when, and the kinds of facts each right may read."""

    empreinte = models.CharField("empreinte des règles et des barèmes", max_length=64, primary_key=True)
    en_service_le = models.DateTimeField("première utilisation", db_default=Now())
    natures = models.JSONField("faits que lisent les règles", help_text="Par droit : noms des natures du catalogue.")

    conservation = sans_personne(
        "Une version de la loi",
        libre="noms des faits que lit chaque droit",
        restent=("empreinte", "en_service_le", "natures"),
    )
    personne_concernee = None
    perimetres = {"organisme": "true", "personne": "true"}

    class Meta:
        verbose_name = "version des règles"
        verbose_name_plural = "versions des règles"
        constraints = [
            models.CheckConstraint(
                condition=Q(empreinte__regex=r"^[0-9a-f]{64}$"),
                name="version_regles_empreinte",
                violation_error_message="L'empreinte des règles est un SHA-256 : 64 chiffres hexadécimaux.",
            ),
            models.CheckConstraint(
                condition=~Q(natures={}),
                name="version_regles_dit_ce_qu_elle_lit",
                violation_error_message="Une version des règles dit quels faits chaque droit lit.",
            ),
        ]

    def __str__(self) -> str:
        return self.empreinte[:12]


class Automatisation(models.TextChoices):
    """How far a decision is automated. `aucune` is a human decision: a type and a table of its own."""

    AUCUNE = "aucune", "Prise par une personne"
    ASSISTEE = "assistee", "Calculée par traitement, à vérifier par une personne"
    EXCLUSIVE = "exclusive", "Prise par traitement seul"


class Decision(Donnee):
    """One calculated decision sent to a household: which months and rights change, why, and how to contest it.

    Article L311-3-1 of the CRPA (law of 7 October 2016) and article 22 of the RGPD are constraints here: without the
    level, the purpose, the version of the rules, the mention and the remedies no decision can be recorded, hence no
    letter; none taken by the machine alone may rest on health data, which migration 0016 reads in the facts themselves.
    """

    Automatisation = Automatisation

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, db_constraint=False, related_name="decisions")
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    liquidation = models.ForeignKey(Liquidation, models.PROTECT, related_name="decisions")
    prise_le = models.DateTimeField()
    automatisation = models.CharField(max_length=9, choices=Automatisation)
    donnees_sensibles = models.BooleanField(help_text="Le calcul lit une donnée de santé.")
    effets = models.JSONField(help_text="Pour chaque mois et droit changé : avant, après (centimes nets), motif.")
    cause = models.TextField(blank=True)
    finalite = models.ForeignKey(TexteDecision, models.PROTECT, related_name="+", db_index=False)
    regles = models.ForeignKey(VersionRegles, models.PROTECT, related_name="+", db_index=False)
    mention = models.ForeignKey(TexteDecision, models.PROTECT, related_name="+", db_index=False)
    recours = models.ForeignKey(TexteDecision, models.PROTECT, related_name="+", db_index=False)

    conservation = du_dossier("Les décisions, qui peuvent être contestées")
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "décision"
        constraints = [
            models.UniqueConstraint(
                fields=["liquidation", "dossier"],
                name="decision_unique",
                violation_error_message="Cette liquidation a déjà donné une décision pour ce dossier.",
            ),
            # decision_avec_mention, …_recours, …_finalite, …_regles_de_sa_liquidation: in migrations 0011 and 0016
            # (Django can't say them of a foreign key)
            models.CheckConstraint(
                condition=Q(automatisation__in=["assistee", "exclusive"]),
                name="decision_calculee",
                violation_error_message="Une décision calculée est assistée ou exclusive ; ce qu'une personne décide "
                "est une décision humaine.",
            ),
            models.CheckConstraint(
                condition=~Q(automatisation="exclusive", donnees_sensibles=True),
                name="decision_sensible_revue",
                violation_error_message="Une décision qui lit une donnée sensible est revue par une personne.",
            ),
        ]
        indexes = [
            # What waits for an agent; an ordinary decision costs this index nothing.
            models.Index(
                fields=["organisme", "prise_le"], condition=Q(automatisation="assistee"), name="decision_a_verifier"
            ),
        ]

    def __str__(self) -> str:
        return f"Décision {self.pk}"


class RevueDecision(Donnee):
    """A person looked at a calculated decision: who, when, and what they say of it. One a decision, never edited.

    Migration 0014 refuses it for a decision that was not calculated with a person, or for another file than its own.
    """

    class Avis(models.TextChoices):
        CONFIRMEE = "confirmee", "Confirmée"
        A_CORRIGER = "a_corriger", "À corriger"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="revues", db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    agent = models.PositiveBigIntegerField(
        "numéro de compte de l'agent", help_text="Sans clé étrangère : la revue reste quand le compte est supprimé."
    )
    faite_le = models.DateTimeField()
    avis = models.CharField(max_length=10, choices=Avis)
    note = models.CharField(max_length=500, blank=True)

    conservation = du_dossier("La preuve qu'une personne a vérifié la décision")
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "revue d'une décision"
        verbose_name_plural = "revues de décisions"
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                name="revue_une_seule_par_decision",
                violation_error_message="Cette décision est déjà vérifiée.",
            ),
            models.CheckConstraint(
                condition=Q(avis__in=["confirmee", "a_corriger"]),
                name="revue_avis_connu",
                violation_error_message="Une revue confirme la décision, ou dit qu'elle est à corriger.",
            ),
            models.CheckConstraint(
                condition=~Q(avis="a_corriger") | Q(note__regex=r"\S"),
                name="revue_a_corriger_dit_quoi",
                violation_error_message="Écrivez en une phrase ce qui est à corriger.",
            ),
        ]

    def __str__(self) -> str:
        return f"Revue de la décision {self.decision_id}"
