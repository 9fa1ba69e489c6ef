"""The money of the house: a double-entry ledger in cents, proposed debts, payment orders, transfer files.

Nothing is ever edited: an error is reversed by another entry. Sign: a debit is positive, a credit negative, and the
lines of an entry sum to zero, which the database checks when the transaction commits. The household's account holds
what it is owed and has not been paid, by right and month; so a back payment needs no list of its own.
"""

from django.db import models
from django.db.models import Q

from limpide.dossiers.models.droits import PERIMETRES_DU_DOSSIER
from limpide.registre.conservation.regles import Agregation, Statistique, du_dossier, sans_personne
from limpide.registre.modeles import Donnee

from .decision_humaine import DecisionHumaine
from .modele_recours import Recours

# Accounts. A right adds its own charge account (`charges:<code>`), nothing to declare.
ALLOCATAIRES = "allocataires"
CHARGES = "charges:"
CRDS = "crds"
INDUS_PROPOSES = "indus:proposes"
INDUS_CONFIRMES = "indus:confirmes"
ABANDONS = "abandons"
VIREMENTS = "virements"

PLAN_COMPTABLE = {
    ALLOCATAIRES: "Allocataires : sommes dues et non encore payées",
    CHARGES: "Prestations versées, par droit",
    CRDS: "CRDS précomptée, à reverser",
    INDUS_PROPOSES: "Indus proposés, en attente de réponse",
    INDUS_CONFIRMES: "Indus confirmés, à recouvrer",
    ABANDONS: "Indus abandonnés",
    VIREMENTS: "Virements émis, en cours d'exécution",
}
COMPTES_PAR_DOSSIER = (ALLOCATAIRES, INDUS_PROPOSES, INDUS_CONFIRMES, ABANDONS)


VIREMENTS_EFFACES = """
INSERT INTO paiements_virementefface (fichier_id, organisme_id, nombre, total_centimes)
SELECT fichier_id, organisme_id, count(*), sum(montant_centimes)
  FROM paiements_ordrepaiement WHERE dossier_id = ANY (%(dossiers)s) GROUP BY fichier_id, organisme_id"""


class FichierVirement(Donnee):
    """One pain.001 file of a Caf. Its bytes depend on the data alone: made again, it is the same file."""

    class Etat(models.TextChoices):
        PREPARE = "prepare", "Préparé"
        ECRIT = "ecrit", "Écrit"
        EFFACE = "efface", "Contenu effacé à son terme"

    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+")
    mois = models.DateField("mois d'échéance")
    numero = models.PositiveSmallIntegerField()
    msg_id = models.CharField("identifiant du message", max_length=35, unique=True)
    date_execution = models.DateField()
    nombre = models.PositiveIntegerField("nombre de virements")
    total_centimes = models.BigIntegerField()
    sha256 = models.CharField("empreinte du fichier", max_length=64)
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.PREPARE)
    ecrit_le = models.DateTimeField(null=True)

    conservation = sans_personne(
        "Un fichier remis à la banque : nombre et total ; son contenu s'efface avant lui",
        restent=(
            "organisme_id", "mois", "numero", "msg_id", "date_execution", "nombre", "total_centimes", "sha256",
            "etat", "ecrit_le",
        ),
    )  # fmt: skip
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": "true"}

    class Meta:
        verbose_name = "fichier de virements"
        verbose_name_plural = "fichiers de virements"
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "mois", "numero"],
                name="fichier_virement_unique",
                violation_error_message="Ce fichier de virements a déjà été émis.",
            ),
            models.CheckConstraint(
                condition=Q(nombre__gt=0, total_centimes__gt=0),
                name="fichier_virement_non_vide",
                violation_error_message="Un fichier de virements contient au moins un virement.",
            ),
            models.CheckConstraint(
                condition=Q(etat="prepare", ecrit_le=None) | Q(etat__in=["ecrit", "efface"], ecrit_le__isnull=False),
                name="fichier_virement_ecrit_date",
            ),
        ]

    def __str__(self) -> str:
        return self.msg_id

    @property
    def nom(self) -> str:
        """File name: which Caf, which month, which number; nobody's data."""
        return f"{self.msg_id}.xml"


class OrdrePaiement(Donnee):
    """What one household is paid by one transfer. At most one per household, month and nature."""

    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    dossier = models.ForeignKey(
        "dossiers.Dossier",
        models.PROTECT,
        db_constraint=False,
        related_name="ordres_paiement",
        db_index=False,
    )
    mois = models.DateField("mois d'échéance")
    nature = models.CharField(max_length=20, help_text="« mensuel », puis « complement-2 »… dans le même mois.")
    montant_centimes = models.BigIntegerField()
    coordonnees = models.ForeignKey("identite.CoordonneesBancaires", models.PROTECT, related_name="+", db_index=False)
    fichier = models.ForeignKey(FichierVirement, models.PROTECT, related_name="ordres")

    conservation = du_dossier(
        "Ce qui a été payé, et quand",
        sort="statistique",
        statistique=Statistique(
            "paiements.VirementEfface",
            VIREMENTS_EFFACES,
            ("fichier_id", "organisme_id", "nombre", "total_centimes"),
            ("fichier_id", "organisme_id", "dossier_id", "montant_centimes"),
        ),
    )
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "ordre de paiement"
        verbose_name_plural = "ordres de paiement"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "mois", "nature"],
                name="ordre_paiement_unique",
                violation_error_message="Ce dossier a déjà un paiement de cette nature pour ce mois.",
            ),
            models.CheckConstraint(
                condition=Q(montant_centimes__gt=0),
                name="ordre_paiement_positif",
                violation_error_message="Un paiement est d'au moins un centime.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mois:%Y-%m} {self.nature}"


class VirementEfface(Donnee):
    """Orders of files erased at the end of their retention: how many, how much, of which transfer file. No identity."""

    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+")
    fichier = models.ForeignKey(FichierVirement, models.PROTECT, related_name="effaces")
    nombre = models.PositiveIntegerField()
    total_centimes = models.BigIntegerField()

    conservation = sans_personne(
        "Ce que faisaient ensemble des virements dont les dossiers sont effacés",
        restent=("organisme_id", "fichier_id", "nombre", "total_centimes"),
    )
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}"}

    class Meta:
        verbose_name = "virements effacés"
        verbose_name_plural = "virements effacés"

    def __str__(self) -> str:
        return f"{self.nombre} virements effacés"


class Ecriture(Donnee):
    """One journal entry. `cle` says what it records (liquidation:12, virement:…): nothing is recorded twice."""

    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+")
    cle = models.CharField(max_length=80, unique=True)
    libelle = models.CharField(max_length=200)
    date_comptable = models.DateField()
    liquidation = models.ForeignKey("dossiers.Liquidation", models.PROTECT, null=True, related_name="+")
    fichier = models.ForeignKey(FichierVirement, models.PROTECT, null=True, related_name="+")
    contrepasse = models.OneToOneField("self", models.PROTECT, null=True, related_name="contrepassation")
    creee_le = models.DateTimeField()

    conservation = sans_personne(
        "Une écriture du livre ; ses lignes portent les dossiers",
        restent=(
            "organisme_id", "cle", "libelle", "date_comptable", "liquidation_id", "fichier_id", "contrepasse_id",
            "creee_le",
        ),
    )  # fmt: skip
    personne_concernee = None
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": "true"}

    class Meta:
        verbose_name = "écriture"

    def __str__(self) -> str:
        return self.cle


class LigneEcriture(Donnee):
    """One line of an entry: debit positive, credit negative, never zero."""

    ecriture = models.ForeignKey(Ecriture, models.PROTECT, related_name="lignes", db_index=False, db_constraint=False)
    organisme = models.ForeignKey(
        "identite.Organisme", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    compte = models.CharField(max_length=24)
    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, db_constraint=False, null=True, related_name="+", db_index=False
    )
    droit = models.CharField(max_length=16, null=True)  # noqa: DJ001 -- absent on collective lines, unlike empty
    mois = models.DateField("mois du droit", null=True)
    montant_centimes = models.BigIntegerField()
    anonyme = models.BooleanField(db_default=False)
    """Sum of files erased at the end of their retention: the books stay exact, nobody is named."""

    conservation = du_dossier(
        "Ce que chaque dossier a reçu, dû ou remboursé",
        sort="anonymisation",
        agregation=Agregation(
            par=("ecriture_id", "compte", "droit", "mois"),
            somme="montant_centimes",
            efface=("dossier_id",),
            marque="anonyme",
        ),
        restent=("ecriture_id", "organisme_id", "compte", "dossier_id", "droit", "mois", "montant_centimes", "anonyme"),
    )
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "ligne d'écriture"
        verbose_name_plural = "lignes d'écriture"
        constraints = [
            models.UniqueConstraint(
                fields=["ecriture", "dossier", "compte", "droit", "mois"],
                name="ligne_ecriture_unique",
                nulls_distinct=False,
                violation_error_message="Cette somme est déjà écrite.",
            ),
            models.CheckConstraint(
                condition=~Q(montant_centimes=0),
                name="ligne_ecriture_non_nulle",
                violation_error_message="Une ligne d'écriture porte une somme.",
            ),
            models.CheckConstraint(
                condition=Q(compte__startswith=CHARGES) | Q(compte__in=[c for c in PLAN_COMPTABLE if c != CHARGES]),
                name="ligne_ecriture_compte_connu",
                violation_error_message="Ce compte n'est pas au plan comptable.",
            ),
            models.CheckConstraint(
                condition=~Q(compte__in=COMPTES_PAR_DOSSIER)
                | Q(anonyme=False, dossier__isnull=False, droit__isnull=False, mois__isnull=False)
                | Q(anonyme=True, dossier=None, droit__isnull=False, mois__isnull=False),
                name="ligne_ecriture_imputee",
                violation_error_message="Une somme due par ou à un allocataire nomme le dossier, le droit et le mois.",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "mois", "droit", "compte"], name="ligne_ecriture_dossier")]

    def __str__(self) -> str:
        return f"{self.compte} {self.montant_centimes}"


class Creance(Donnee):
    """An overpayment of one right for one month, proposed to the household. Never withheld by itself.

    Transitions are in `creances.TRANSITIONS`; the database refuses any other, and any change of the amount.
    """

    class Etat(models.TextChoices):
        PROPOSEE = "proposee", "Proposée : réponse attendue"
        CONFIRMEE = "confirmee", "Confirmée par un agent"
        ABANDONNEE = "abandonnee", "Abandonnée"
        REMPLACEE = "remplacee", "Remplacée après un nouveau calcul"

    organisme = models.ForeignKey("identite.Organisme", models.PROTECT, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, db_constraint=False, related_name="creances")
    liquidation = models.ForeignKey("dossiers.Liquidation", models.PROTECT, related_name="+")
    droit = models.CharField(max_length=16)
    mois = models.DateField()
    montant_centimes = models.BigIntegerField()
    etat = models.CharField(max_length=10, choices=Etat, default=Etat.PROPOSEE)
    cause = models.TextField(help_text="Ce qui a changé, en une phrase.")
    proposee_le = models.DateTimeField()
    prescrite_le = models.DateField(help_text="Deux ans après le paiement (CSS L553-1, CASF L262-45, CSS L845-4).")
    reponse = models.TextField(blank=True)
    decidee_par = models.CharField(max_length=64, blank=True)
    decidee_le = models.DateTimeField(null=True)

    conservation = du_dossier("Un indu, jusqu'à ce que plus rien ne soit dû")
    personne_concernee = None
    perimetres = PERIMETRES_DU_DOSSIER

    class Meta:
        verbose_name = "créance"
        constraints = [
            models.UniqueConstraint(
                fields=["liquidation", "dossier", "droit", "mois", "etat"],
                condition=~Q(etat="remplacee"),
                name="creance_unique",
                violation_error_message="Cette liquidation a déjà proposé cet indu.",
            ),
            models.CheckConstraint(
                condition=Q(montant_centimes__gt=0),
                name="creance_positive",
                violation_error_message="Un indu est d'au moins un centime.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["confirmee", "abandonnee"]) | (~Q(decidee_par="") & Q(decidee_le__isnull=False)),
                name="creance_decidee_par_quelqu_un",
                violation_error_message="Un indu est confirmé ou abandonné par une personne, jamais par le traitement.",
            ),
        ]

    def __str__(self) -> str:
        return f"Indu {self.droit} {self.mois:%Y-%m}"


__all__ = [
    "ABANDONS", "ALLOCATAIRES", "CHARGES", "CRDS", "INDUS_CONFIRMES", "INDUS_PROPOSES", "PLAN_COMPTABLE", "VIREMENTS",
    "Creance", "DecisionHumaine", "Ecriture", "FichierVirement", "LigneEcriture", "OrdrePaiement",
    "Recours", "VirementEfface",
]  # fmt: skip
