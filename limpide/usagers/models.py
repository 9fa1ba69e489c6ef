"""Failed logins, choices about tracers, visits, which say nobody's name; answers to the terms of Mon Compte.

Of failed logins, only keyed digests of identifier and address, for one day.
"""

from django.db import models
from django.db.models import F, Q

from limpide.identite.models import Compte, Personne
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, Precision, Retention, de_la_personne, sans_personne
from limpide.registre.modeles import Donnee

DEUX_ANS = Duree(jours=730, proposee=True)


class EchecConnexion(Donnee):
    """One failed login attempt. `compte` and `adresse` are keyed digests: they can be compared, not read back."""

    conservation = Retention(
        horloge=DATE,
        colonne="quand",
        duree=Duree(jours=1, proposee=True),
        raison="Le verrou ne compte que les dernières heures",
    )
    personne_concernee = None
    perimetres = {"organisme": "false", "personne": "false"}

    compte = models.CharField("empreinte de l'identifiant", max_length=64)
    adresse = models.CharField("empreinte de l'adresse réseau", max_length=64)
    quand = models.DateTimeField("quand")

    class Meta(Donnee.Meta):
        verbose_name = "échec de connexion"
        verbose_name_plural = "échecs de connexion"
        indexes = [
            models.Index(fields=["compte", "quand"], name="echec_par_compte"),
            models.Index(fields=["adresse", "quand"], name="echec_par_adresse"),
        ]

    def __str__(self) -> str:
        return f"échec {self.pk}"


class ChoixTraceurs(Donnee):
    """The proof that a choice was made: the day, the version of the policy, the purposes accepted. Nobody's name."""

    conservation = sans_personne(
        "La preuve des choix, sans rien qui désigne quelqu'un", restent=("jour", "version", "acceptees")
    )
    personne_concernee = None
    perimetres = {"organisme": "false", "personne": "false"}

    jour = models.DateField("jour du choix")
    version = models.CharField("version de la politique", max_length=16)
    acceptees = models.CharField("finalités acceptées", max_length=200, blank=True)

    class Meta(Donnee.Meta):
        verbose_name = "choix sur les traceurs"
        verbose_name_plural = "choix sur les traceurs"
        constraints = [
            models.CheckConstraint(
                condition=Q(version__regex=r"^[0-9a-f]{16}$"),
                name="choix_traceurs_version",
                violation_error_message="La version de la politique est son empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return f"choix {self.pk}"


class VisitesDuJour(Donnee):
    """How many consenting visits a part of the site received in a day: a sum, never a visit."""

    conservation = sans_personne(
        "Des sommes par jour, sans rien qui désigne quelqu'un", restent=("jour", "espace", "visites")
    )
    personne_concernee = None
    perimetres = {"organisme": "true", "personne": "true"}

    jour = models.DateField("jour")
    espace = models.CharField("partie du site", max_length=40)
    visites = models.PositiveIntegerField("visites")

    class Meta(Donnee.Meta):
        verbose_name = "visites d'un jour"
        verbose_name_plural = "visites par jour"
        constraints = [
            models.UniqueConstraint(
                fields=["jour", "espace"],
                name="visites_une_ligne_par_jour",
                violation_error_message="Ce jour est déjà compté pour cette partie du site.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.espace} {self.jour}"


class ReponseConditions(Donnee):
    """What an account answered to one version of the terms. Append-only: the last line is the present answer."""

    class Reponse(models.TextChoices):
        ACCEPTEES = "acceptees", "acceptées"
        REFUSEES = "refusees", "refusées"

    class Canal(models.TextChoices):
        SITE = "site", "site"
        MOBILE = "mobile", "application mobile"
        BORNE = "borne", "espace multiservices"

    conservation = de_la_personne("La preuve de ce que la personne a accepté vit autant que son accès")
    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {soi}"}

    compte = models.ForeignKey(Compte, models.PROTECT, related_name="reponses_conditions", verbose_name="compte")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    version = models.PositiveSmallIntegerField("version des conditions")
    empreinte = models.CharField("empreinte du texte", max_length=64)
    reponse = models.CharField("réponse", max_length=9, choices=Reponse)
    canal = models.CharField("canal", max_length=6, choices=Canal)
    quand = models.DateTimeField("quand")

    class Meta(Donnee.Meta):
        verbose_name = "réponse aux conditions d'utilisation"
        verbose_name_plural = "réponses aux conditions d'utilisation"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    empreinte__regex=r"^[0-9a-f]{64}$",
                    reponse__in=("acceptees", "refusees"),
                    canal__in=("site", "mobile", "borne"),
                ),
                name="reponse_conditions_coherente",
                violation_error_message="Une réponse nomme le texte par son empreinte, ce qui est répondu et le canal.",
            ),
        ]

    def __str__(self) -> str:
        return f"réponse {self.pk}"


class PaysDuMois(Donnee):
    """How many days of a month a person logged in from a country. Neither address, nor place, nor hour."""

    conservation = de_la_personne(
        "Le pays des connexions ne vit jamais plus que l'accès",
        plus_tot=(
            Precision(
                quand="date",
                colonne="mois",
                duree=DEUX_ANS,
                raison="La condition de résidence se vérifie sur une année civile, le temps de répondre compris",
            ),
        ),
    )
    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {soi}"}

    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    mois = models.DateField("mois")
    pays = models.CharField("pays (ISO 3166)", max_length=2)
    jours = models.PositiveSmallIntegerField("jours de connexion")

    class Meta(Donnee.Meta):
        verbose_name = "pays des connexions d'un mois"
        verbose_name_plural = "pays des connexions par mois"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "mois", "pays"],
                name="pays_du_mois_une_ligne",
                violation_error_message="Ce pays est déjà compté pour ce mois.",
            ),
            models.CheckConstraint(
                condition=Q(pays__regex=r"^[A-Z]{2}$", jours__gte=1, jours__lte=31, mois__day=1),
                name="pays_du_mois_grossier",
                violation_error_message="Un pays de deux lettres, le premier jour d'un mois, de 1 à 31 jours.",
            ),
        ]

    def __str__(self) -> str:
        return f"pays {self.pk}"


class AbsenceDeclaree(Donnee):
    """Dates on which a person says that they are away from France: logins of those days ask nothing."""

    conservation = de_la_personne(
        "Une absence déclarée ne vit jamais plus que l'accès",
        plus_tot=(
            Precision(
                quand="date",
                colonne="au",
                duree=DEUX_ANS,
                raison="Autant que les pays des connexions, qu'elle explique",
            ),
        ),
    )
    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {soi}"}

    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    du = models.DateField("du")
    au = models.DateField("au")
    declaree_le = models.DateTimeField("déclarée le")

    class Meta(Donnee.Meta):
        verbose_name = "absence déclarée"
        verbose_name_plural = "absences déclarées"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "du", "au"],
                name="absence_declaree_une_fois",
                violation_error_message="Cette absence est déjà déclarée.",
            ),
            models.CheckConstraint(
                condition=Q(au__gte=F("du")),
                name="absence_dans_l_ordre",
                violation_error_message="Le retour vient après le départ.",
            ),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"


from .tables_attestations import Attestation, GenreAttestation  # noqa: E402, F401 -- tables too
from .tables_borne import Borne  # noqa: E402, F401 -- a table too
from .tables_brouillons import (  # noqa: E402
    BrouillonChangement,  # noqa: F401
    BrouillonDemande,  # noqa: F401
    BrouillonTrimestre,  # noqa: F401
)
from .tables_propositions import PropositionDeclinee  # noqa: E402, F401
