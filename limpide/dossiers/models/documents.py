"""The content of supporting documents: encrypted, bound to a file or to a person, with who sent it."""

import uuid

from django.db import models
from django.db.models import Q

from limpide.identite.chiffrement import OctetsScelles
from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, du_dossier
from limpide.registre.modeles import Donnee

from .composition import CELUI_DE_L_ALLOCATAIRE, Dossier
from .demandes import Canal, PieceAttendue


class FormeDocument(models.TextChoices):
    JPEG = "jpeg", "image JPEG"
    PDF = "pdf", "PDF"


class LienDocument(models.TextChoices):
    """What a document hangs on: a file, or a person who has none yet."""

    DOSSIER = "dossier", "un dossier"
    PERSONNE = "personne", "une personne"


class Document(Donnee):
    """One document as kept (`documents.contenu`). Never edited: its content goes, its trace stays as long as the file.

    The name of the file isn't kept: people write their own in it. The primary key is a UUID because the ciphertext is
    bound to it. `deposant`: who sent it (a protector, for somebody else); `personne`: whom it is about.
    """

    conservation = du_dossier(
        "Ce qui a été produit pour prouver un fait du dossier",
        plus_tot=(
            Precision(
                quand="date",
                colonne="depose_le",
                duree=Duree(annees=2, proposee=True),
                filtre=("lie_a", "personne"),
                raison="Un document sans dossier ne suit la purge d'aucun : il part à son âge",
            ),
            Precision(
                quand="date",
                colonne="depose_le",
                duree=Duree(annees=2, proposee=True),
                filtre=("genre", "joint_message"),
                raison="Il part avec le message auquel il était joint",
            ),
        ),
    )
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": (
            f"{CELUI_DE_L_ALLOCATAIRE} OR (lie_a = 'personne' AND (personne_id = {{personne}}"
            " OR deposant_id = {personne}))"
        ),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lie_a = models.CharField("lié à", max_length=8, choices=LienDocument)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, db_constraint=False, related_name="documents")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="documents")
    piece = models.ForeignKey(PieceAttendue, models.PROTECT, null=True, related_name="documents")
    genre = models.CharField("document", max_length=40)
    forme = models.CharField("forme", max_length=4, choices=FormeDocument)
    pages = models.SmallIntegerField("nombre de pages")
    taille = models.IntegerField("taille en octets")
    empreinte_recue = models.BinaryField("empreinte SHA-256 du fichier reçu")
    empreinte = models.BinaryField("empreinte SHA-256 du fichier gardé")
    contenu_chiffre = models.BinaryField("contenu", null=True)
    canal = models.CharField("canal", max_length=10, choices=Canal)
    deposant = models.ForeignKey(Personne, models.PROTECT, null=True, related_name="documents_deposes")
    auteur = models.CharField("auteur", max_length=64)
    depose_le = models.DateTimeField("déposé le")
    efface_le = models.DateTimeField("contenu effacé le", null=True)

    octets = OctetsScelles("contenu_chiffre")

    class Meta(Donnee.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        indexes = [models.Index(fields=["organisme", "dossier"], name="document_par_caf")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lie_a="dossier", dossier__isnull=False) | Q(lie_a="personne", dossier=None, piece=None),
                name="document_lie_a_un_dossier_ou_a_une_personne",
                violation_error_message="Un document est lié à un dossier, ou à une personne sans dossier.",
            ),
            models.CheckConstraint(
                condition=Q(forme__in=FormeDocument.values, canal__in=Canal.values, pages__gte=1, taille__gte=1),
                name="document_connu",
                violation_error_message="La forme, le canal ou la taille du document ne sont pas admis.",
            ),
            models.CheckConstraint(
                condition=Q(contenu_chiffre__isnull=False, efface_le=None)
                | Q(contenu_chiffre=None, efface_le__isnull=False),
                name="document_la_ou_efface",
                violation_error_message="Un document effacé ne garde que ses empreintes.",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"
