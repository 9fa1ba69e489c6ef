"""What was declared online, exactly as it was: sealed at the submission, never edited."""

import uuid

from django.db import models
from django.db.models import Q

from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import TexteScelle
from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.regles import du_dossier
from limpide.registre.modeles import Donnee

from .composition import CELUI_DE_L_ALLOCATAIRE, Dossier
from .demandes import Demande


class GenreScelle(models.TextChoices):
    """What was declared."""

    DEMANDE = "demande", "demande de prestation"
    TRIMESTRE = "trimestre", "déclaration trimestrielle"
    CHANGEMENT = "changement", "changement de situation"
    ERREUR = "erreur", "erreur signalée"


class DeclarationScellee(Donnee):
    """One declaration: questions and answers, texts shown, ticks, moment. `empreinte`: SHA-256 of the JSON.

    The PDF is drawn from it, always the same. The primary key is a UUID because the ciphertext is bound to it.
    """

    conservation = du_dossier("La preuve de ce que la personne a déclaré, et de ce qu'on lui a dit")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    genre = models.CharField("genre", max_length=12, choices=GenreScelle)
    numero = models.CharField("numéro de récépissé", max_length=24)
    demande = models.OneToOneField(Demande, models.PROTECT, related_name="scellee", null=True, blank=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+")
    contenu_chiffre = models.BinaryField("contenu déclaré (chiffré)")
    contenu = Scelle("contenu_chiffre", TexteScelle)
    empreinte = models.CharField("empreinte SHA-256 du contenu", max_length=64)
    version_texte = models.PositiveSmallIntegerField("version de la déclaration sur l'honneur")
    empreinte_texte = models.CharField("empreinte du texte montré", max_length=64)
    scellee_le = models.DateTimeField("scellée le")
    auteur = models.CharField("auteur", max_length=64)

    class Meta(Donnee.Meta):
        # The table keeps its first name: a ciphertext is bound to the name of its table.
        db_table = "dossiers_demandescellee"
        verbose_name = "déclaration scellée"
        verbose_name_plural = "déclarations scellées"
        indexes = [models.Index(fields=["dossier", "genre"], name="declaration_du_dossier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(empreinte__regex=r"^[0-9a-f]{64}$", empreinte_texte__regex=r"^[0-9a-f]{64}$"),
                name="demande_scellee_par_son_empreinte",
                violation_error_message="Un contenu scellé porte son empreinte et celle du texte montré.",
            ),
            models.CheckConstraint(
                condition=Q(genre__in=GenreScelle.values),
                name="declaration_de_genre_connu",
                violation_error_message="Le genre de la déclaration n'est pas de ceux que le registre connaît.",
            ),
            models.CheckConstraint(
                condition=Q(genre="demande", demande__isnull=False) | ~Q(genre="demande") & Q(demande=None),
                name="declaration_d_une_demande",
                violation_error_message="La déclaration d'une demande, et elle seule, porte cette demande.",
            ),
            models.UniqueConstraint(
                fields=["numero"],
                name="declaration_numero_unique",
                violation_error_message="Ce numéro de récépissé est déjà pris.",
            ),
        ]

    def __str__(self) -> str:
        return f"déclaration scellée {self.pk}"
