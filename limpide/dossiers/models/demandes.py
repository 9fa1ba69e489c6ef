"""Claims and the documents they need (metadata only: the images are another system's)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, du_dossier
from limpide.registre.modeles import Donnee

from .composition import CELUI_DE_L_ALLOCATAIRE, Dossier


class EtatDemande(models.TextChoices):
    """Where a claim stands (transitions: `dossiers.demandes.TRANSITIONS`)."""

    BROUILLON = "brouillon", "brouillon"
    DEPOSEE = "deposee", "déposée"
    ATTENTE_PIECES = "attente_pieces", "en attente de pièces"
    COMPLETE = "complete", "complète"
    DECIDEE = "decidee", "décidée"
    ABANDONNEE = "abandonnee", "abandonnée"


class EtatPiece(models.TextChoices):
    ATTENDUE = "attendue", "attendue"
    RECUE = "recue", "reçue"
    VALIDEE = "validee", "validée"
    REFUSEE = "refusee", "refusée"
    INUTILE = "inutile", "plus attendue"


class Canal(models.TextChoices):
    EN_LIGNE = "en_ligne", "en ligne"
    COURRIER = "courrier", "courrier"
    ACCUEIL = "accueil", "accueil"
    PARTENAIRE = "partenaire", "partenaire"
    BORNE = "borne", "borne"


class Demande(Donnee):
    """A claim for one or several benefits. Its submission date may open the right."""

    conservation = du_dossier(
        "La demande qui a ouvert, ou non, le droit",
        plus_tot=(
            Precision(
                quand="date",
                colonne="creee_le",
                duree=Duree(annees=1, proposee=True),
                filtre=("etat", "brouillon"),
                raison="Un brouillon jamais envoyé n'a pas à durer",
            ),
        ),
    )
    personne_concernee = None
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": CELUI_DE_L_ALLOCATAIRE,
    }

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="demandes")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    numero = models.CharField("numéro de récépissé", max_length=24)
    droits = ArrayField(models.CharField(max_length=16), verbose_name="prestations demandées")
    etat = models.CharField("état", max_length=14, choices=EtatDemande, default=EtatDemande.BROUILLON)
    canal = models.CharField("canal", max_length=10, choices=Canal)
    creee_le = models.DateTimeField("créée le")
    deposee_le = models.DateTimeField("déposée le", null=True, blank=True)
    decidee_le = models.DateTimeField("décidée le", null=True, blank=True)
    auteur = models.CharField("auteur", max_length=64)

    class Meta(Donnee.Meta):
        verbose_name = "demande"
        verbose_name_plural = "demandes"
        indexes = [models.Index(fields=["organisme", "dossier"], name="demande_par_caf")]
        constraints = [
            models.UniqueConstraint(
                fields=["numero"],
                name="demande_numero_unique",
                violation_error_message="Ce numéro de récépissé est déjà pris.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=EtatDemande.values),
                name="demande_etat_connu",
                violation_error_message="L'état de la demande n'est pas de ceux que le registre connaît.",
            ),
            models.CheckConstraint(
                condition=Q(droits__len__gte=1),
                name="demande_pour_une_prestation_au_moins",
                violation_error_message="Une demande porte sur une prestation au moins.",
            ),
            models.CheckConstraint(
                condition=Q(canal__in=Canal.values),
                name="demande_canal_connu",
                violation_error_message="Le canal est en ligne, courrier, accueil, partenaire ou borne.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["brouillon", "abandonnee"]) | Q(deposee_le__isnull=False),
                name="demande_deposee_a_une_date",
                violation_error_message="Une demande déposée porte sa date de dépôt.",
            ),
            models.CheckConstraint(
                condition=Q(etat="decidee", decidee_le__isnull=False) | ~Q(etat="decidee") & Q(decidee_le=None),
                name="demande_decidee_a_une_date",
                violation_error_message="Une demande décidée, et elle seule, porte sa date de décision.",
            ),
            models.CheckConstraint(
                condition=Q(decidee_le=None) | Q(decidee_le__gte=F("deposee_le")),
                name="demande_decidee_apres_depot",
                violation_error_message="Une décision ne peut pas précéder le dépôt de la demande.",
            ),
        ]

    def __str__(self) -> str:
        return f"demande {self.pk}"


class PieceAttendue(Donnee):
    """A supporting document due for a claim: which, about whom, by when, and what became of it."""

    conservation = du_dossier("Quelles pièces ont été demandées, et ce qu'elles sont devenues")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": CELUI_DE_L_ALLOCATAIRE,
    }

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="pieces")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    demande = models.ForeignKey(Demande, models.PROTECT, null=True, blank=True, related_name="pieces")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="pieces")
    genre = models.CharField("document", max_length=40)
    droits = ArrayField(models.CharField(max_length=16), verbose_name="pour les prestations")
    etat = models.CharField("état", max_length=8, choices=EtatPiece, default=EtatPiece.ATTENDUE)
    attendue_pour = models.DateField("attendue pour le")
    recue_le = models.DateTimeField("reçue le", null=True, blank=True)
    traitee_le = models.DateTimeField("examinée le", null=True, blank=True)
    motif_refus = models.CharField("motif du refus", max_length=200, blank=True)
    empreinte = models.BinaryField("empreinte SHA-256 du document", null=True)
    canal = models.CharField("canal", max_length=10, choices=Canal, blank=True)

    class Meta(Donnee.Meta):
        verbose_name = "pièce attendue"
        verbose_name_plural = "pièces attendues"
        indexes = [models.Index(fields=["organisme", "dossier"], name="piece_par_caf")]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat="attendue", recue_le=None, traitee_le=None)
                | Q(etat="recue", recue_le__isnull=False, traitee_le=None)
                | Q(etat__in=["validee", "refusee"], recue_le__isnull=False, traitee_le__gte=F("recue_le"))
                | Q(etat="inutile", traitee_le__isnull=False),
                name="piece_dates_selon_son_etat",
                violation_error_message="Une pièce est attendue, reçue, validée ou refusée, ou plus attendue.",
            ),
            models.CheckConstraint(
                condition=Q(etat="refusee") & ~Q(motif_refus="") | ~Q(etat="refusee") & Q(motif_refus=""),
                name="piece_refusee_avec_motif",
                violation_error_message="Une pièce refusée, et elle seule, porte un motif.",
            ),
            models.UniqueConstraint(
                fields=["demande", "personne", "genre"],
                name="piece_demandee_une_fois",
                violation_error_message="Cette pièce est déjà demandée pour cette personne.",
            ),
        ]

    def __str__(self) -> str:
        return f"pièce {self.pk}"
