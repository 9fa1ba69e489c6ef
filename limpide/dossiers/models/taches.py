"""What an agent has to look at in a file, that no rule decides: who waits, for what, until when."""

from django.db import models
from django.db.models import F, Q

from limpide.identite.models import Organisme, Personne
from limpide.registre.conservation.regles import du_dossier
from limpide.registre.modeles import Donnee

from .composition import CELUI_DE_L_ALLOCATAIRE, Dossier

LONGUEUR = 1000


class GenreTache(models.TextChoices):
    """Why an agent must look."""

    ERREUR = "erreur", "erreur signalée"
    CHANGEMENT = "changement", "changement à vérifier"
    RESSOURCES = "ressources", "ressources contradictoires"
    RESIDENCE = "residence", "résidence à vérifier"
    RAPPEL = "rappel", "personne à prévenir"


class EtatTache(models.TextChoices):
    OUVERTE = "ouverte", "à traiter"
    FAITE = "faite", "traitée"
    SANS_SUITE = "sans_suite", "sans suite"


class TacheAgent(Donnee):
    """One thing to look at. The answer is written to the person, who reads it; `cle` makes it unique in its file."""

    conservation = du_dossier("Ce qu'un agent a vérifié, et la réponse donnée à la personne")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": CELUI_DE_L_ALLOCATAIRE}

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_constraint=False, related_name="taches")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", null=True, blank=True)
    genre = models.CharField("genre", max_length=12, choices=GenreTache)
    cle = models.CharField("clé", max_length=80)
    objet = models.CharField("objet", max_length=120)
    detail = models.CharField("détail", max_length=LONGUEUR)
    creee_le = models.DateTimeField("créée le")
    echeance = models.DateField("réponse attendue le")
    auteur = models.CharField("auteur", max_length=64)
    etat = models.CharField("état", max_length=10, choices=EtatTache, default=EtatTache.OUVERTE)
    traitee_le = models.DateTimeField("traitée le", null=True, blank=True)
    agent = models.CharField("agent", max_length=64, blank=True)
    reponse = models.CharField("réponse à la personne", max_length=LONGUEUR, blank=True)
    reponse_personne = models.CharField("ce que répond la personne", max_length=LONGUEUR, blank=True)
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)

    class Meta(Donnee.Meta):
        verbose_name = "tâche d'un agent"
        verbose_name_plural = "tâches des agents"
        indexes = [models.Index(fields=["organisme", "etat", "echeance"], name="tache_a_traiter")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "genre", "cle"],
                name="tache_ouverte_une_fois",
                violation_error_message="Cette tâche est déjà ouverte dans ce dossier.",
            ),
            models.CheckConstraint(
                condition=Q(genre__in=GenreTache.values, etat__in=EtatTache.values),
                name="tache_de_genre_et_d_etat_connus",
                violation_error_message="Le genre ou l'état de la tâche n'est pas de ceux que le registre connaît.",
            ),
            models.CheckConstraint(
                condition=Q(etat="ouverte", traitee_le=None, reponse="")
                | ~Q(etat="ouverte") & Q(traitee_le__gte=F("creee_le")) & ~Q(reponse="") & ~Q(agent=""),
                name="tache_traitee_avec_une_reponse",
                violation_error_message="Une tâche traitée dit quand, par qui, et ce qui est répondu.",
            ),
        ]

    def __str__(self) -> str:
        return f"tâche {self.pk}"
