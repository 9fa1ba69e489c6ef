from collections.abc import MutableMapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee, RequetesDonnee

from .organismes import Organisme
from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne


class GenreCompte(models.TextChoices):
    ALLOCATAIRE = "allocataire", "allocataire"
    AGENT = "agent", "agent de Caf"
    DPD = "dpd", "délégué à la protection des données"


class GestionnaireComptes(BaseUserManager.from_queryset(RequetesDonnee)):
    """Django's lookup by identifier, on the register's queryset."""


class Compte(AbstractBaseUser, Donnee):
    """Who logs in. A citizen's identifier is the blind index of the NIR: the table never holds a number."""

    conservation = de_la_personne(
        "L'accès de l'allocataire cesse avec son dossier ; le compte d'un agent est tenu par son organisme"
    )
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": f"organisme_id = {{organisme}} OR {CONNUE_DE_LA_CAF(colonne='identite_compte.personne_id')}",
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    genre = models.CharField("genre", max_length=11, choices=GenreCompte)
    identifiant = models.CharField("identifiant", max_length=64)
    personne = models.ForeignKey(Personne, models.PROTECT, null=True, blank=True, related_name="comptes")
    organisme = models.ForeignKey(Organisme, models.PROTECT, null=True, blank=True, related_name="comptes")
    nom_affiche = models.CharField("nom affiché", max_length=120, blank=True)
    is_active = models.BooleanField("actif", default=True)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    precedente_connexion = models.DateTimeField("connexion précédente", null=True, blank=True)
    mot_de_passe_a_changer = models.BooleanField("mot de passe à changer", default=False)
    suspendu_le = models.DateTimeField("suspendu le", null=True, blank=True)
    ferme_le = models.DateTimeField("fermé le", null=True, blank=True)
    """The person deleted it, or six years passed: it opens nothing, and only the Caf can give another password."""

    objects = GestionnaireComptes()

    USERNAME_FIELD = "identifiant"
    REQUIRED_FIELDS: list[str] = ["genre"]

    class Meta(Donnee.Meta):
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints = [
            models.UniqueConstraint(
                fields=["identifiant"],
                name="compte_identifiant_unique",
                violation_error_message="Cet identifiant a déjà un compte.",
            ),
            models.UniqueConstraint(
                fields=["personne"],
                name="un_seul_compte_par_personne",
                violation_error_message="Cette personne a déjà un compte.",
            ),
            models.CheckConstraint(
                condition=Q(
                    genre="allocataire",
                    personne__isnull=False,
                    organisme=None,
                    nom_affiche="",
                    identifiant__regex=r"^[0-9a-f]{64}$",
                )
                | Q(
                    genre="agent",
                    personne=None,
                    organisme__isnull=False,
                    identifiant__regex=r"^[a-z][a-z0-9.-]{1,62}$",
                )
                | Q(genre="dpd", personne=None, organisme=None, identifiant__regex=r"^[a-z][a-z0-9.-]{1,62}$"),
                name="compte_coherent_avec_son_genre",
                violation_error_message=(
                    "Un allocataire se connecte par l'empreinte de son NIR et appartient à une personne ; un agent "
                    "appartient à une Caf ; un délégué à la protection des données, à aucune des deux."
                ),
            ),
            models.CheckConstraint(
                condition=Q(suspendu_le=None) | Q(genre="allocataire"),
                name="compte_suspendu_d_allocataire",
                violation_error_message="Seul l'accès d'un allocataire se suspend ainsi.",
            ),
            models.CheckConstraint(
                condition=Q(ferme_le=None) | Q(genre="allocataire", is_active=False),
                name="compte_ferme_n_ouvre_rien",
                violation_error_message="Un compte fermé n'ouvre rien ; seul celui d'un allocataire se ferme ainsi.",
            ),
        ]

    def __str__(self) -> str:
        return f"compte {self.pk}"

    def session_admise(self, session: MutableMapping[str, Any]) -> bool:
        """Whether this session is one that the account has open: the middleware asks for each page."""
        from limpide.identite.connexions import admise

        return admise(self, session)

    @property
    def est_agent(self) -> bool:
        return self.genre == GenreCompte.AGENT

    @property
    def est_allocataire(self) -> bool:
        return self.genre == GenreCompte.ALLOCATAIRE

    @property
    def est_dpd(self) -> bool:
        return self.genre == GenreCompte.DPD
