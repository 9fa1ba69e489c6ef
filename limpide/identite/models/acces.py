"""Access of citizens to Mon Compte: each connection, and what was decided of the account since it exists."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, de_la_personne
from limpide.registre.modeles import Donnee

from .comptes import Compte
from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne

JOURNAL_DES_CONNEXIONS = Duree(
    annees=1, source="CNIL, délibération n° 2021-122 du 14 octobre 2021 : de six mois à un an"
)


class FinConnexion(models.TextChoices):
    SORTIE = "sortie", "vous êtes sorti"
    AUTRE_SESSION = "autre_session", "fermée depuis une autre connexion"
    SIGNALEE = "signalee", "fermée après « ce n'était pas moi »"
    MOT_DE_PASSE = "mot_de_passe", "fermée par un changement de mot de passe"
    COMPTE_FERME = "compte_ferme", "fermée avec le compte"
    JETON_REJOUE = "jeton_rejoue", "fermée : un jeton de l'application avait été copié"


class MoyenConnexion(models.TextChoices):
    MOT_DE_PASSE = "mot_de_passe", "numéro et mot de passe"
    FRANCECONNECT = "franceconnect", "FranceConnect"


class CanalConnexion(models.TextChoices):
    SITE = "site", "site"
    MOBILE = "mobile", "application mobile"


class Connexion(Donnee):
    """One successful login of a citizen, and the session that it opened.

    `appareil`: what the browser said it was, in plain words. `origine`: keyed digest of the network address, to say
    that two connections come from the same place; the address itself is never kept.
    """

    conservation = de_la_personne(
        "Montrer à la personne qui s'est connecté à son compte",
        plus_tot=(
            Precision(
                quand="date",
                colonne="ouverte_le",
                duree=JOURNAL_DES_CONNEXIONS,
                raison=f"Un journal de connexions se garde un an ({JOURNAL_DES_CONNEXIONS.source})",
            ),
        ),
    )
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_connexion.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    compte = models.ForeignKey(Compte, models.PROTECT, related_name="connexions", verbose_name="compte")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    ouverte_le = models.DateTimeField("ouverte le", db_default=Now())
    vue_le = models.DateTimeField("dernière page demandée le", db_default=Now())
    fermee_le = models.DateTimeField("fermée le", null=True)
    fin = models.CharField("pourquoi fermée", max_length=13, choices=FinConnexion, blank=True, db_default="")
    moyen = models.CharField(
        "moyen", max_length=13, choices=MoyenConnexion, default=MoyenConnexion.MOT_DE_PASSE, db_default="mot_de_passe"
    )
    canal = models.CharField(
        "canal", max_length=6, choices=CanalConnexion, default=CanalConnexion.SITE, db_default="site"
    )
    appareil = models.CharField("appareil", max_length=60)
    origine = models.CharField("empreinte de l'adresse réseau", max_length=64)

    class Meta(Donnee.Meta):
        verbose_name = "connexion"
        verbose_name_plural = "connexions"
        indexes = [models.Index(fields=["compte", "-ouverte_le"], name="connexions_d_un_compte")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fermee_le=None, fin="") | Q(fermee_le__gte=F("ouverte_le"), fin__in=FinConnexion.values),
                name="connexion_fermee_avec_sa_raison",
                violation_error_message="Une connexion se ferme après s'être ouverte, et dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(origine__regex=r"^[0-9a-f]{64}$", appareil__regex=r"\S"),
                name="connexion_origine_en_empreinte",
                violation_error_message="Une connexion garde une empreinte, jamais une adresse réseau.",
            ),
            models.CheckConstraint(
                condition=Q(moyen__in=MoyenConnexion.values),
                name="connexion_moyen_connu",
                violation_error_message="Une connexion se fait par un mot de passe ou par FranceConnect.",
            ),
            models.CheckConstraint(
                condition=Q(canal__in=CanalConnexion.values),
                name="connexion_canal_connu",
                violation_error_message="Une connexion vient du site ou de l'application mobile.",
            ),
        ]

    def __str__(self) -> str:
        return f"connexion {self.pk}"


class GenreEtapeAcces(models.TextChoices):
    SIGNALEMENT = "signalement", "« Ce n'était pas moi »"
    CHANGEMENT = "changement", "changement de mot de passe exigé par la Caf"
    CHANGE = "change", "mot de passe changé"
    SUSPENSION = "suspension", "accès suspendu"
    LEVEE = "levee", "suspension levée"
    FACTEUR = "facteur", "second facteur activé"
    RETRAIT = "retrait", "second facteur retiré"
    PREUVES = "preuves", "preuves produites pour une plainte"
    LIAISON = "liaison", "FranceConnect associé"
    FERMETURE = "fermeture", "FranceConnect fermé"
    REOUVERTURE = "reouverture", "FranceConnect rouvert"
    CLOTURE = "cloture", "compte fermé"
    REMISE = "remise", "premier mot de passe donné par la Caf"


MOTIFS_ACCES = {
    GenreEtapeAcces.SIGNALEMENT: {"inconnue": "Une connexion que la personne ne reconnaît pas"},
    GenreEtapeAcces.CHANGEMENT: {
        "demande": "La personne craint qu'on connaisse son mot de passe",
        "connexions": "Des connexions inhabituelles sur ce compte",
        "faille": "Un risque de sécurité qui touche plusieurs comptes",
    },
    GenreEtapeAcces.CHANGE: {"exige": "Le changement était exigé"},
    GenreEtapeAcces.SUSPENSION: {
        "usurpation": "Quelqu'un d'autre semble se servir de l'accès",
        "partage": "L'identifiant et le mot de passe ont été donnés à quelqu'un d'autre",
        "automate": "Un programme se sert de l'accès à la place de la personne",
        "illicite": "L'accès a servi à des fins illicites ou contraires aux conditions d'utilisation",
    },
    GenreEtapeAcces.LEVEE: {
        "verifiee": "La vérification est faite : l'accès est sûr",
        "erreur": "La suspension était une erreur",
        "contestation": "La contestation de la personne est accueillie",
    },
    GenreEtapeAcces.FACTEUR: {
        "active": "La personne l'a ajouté",
        "cle": "La personne a ajouté une clé d'accès",
    },
    GenreEtapeAcces.RETRAIT: {
        "personne": "La personne l'a retiré",
        "cles": "La personne a retiré ses clés d'accès, elle garde le code de son application",
        "perdu": "Application et codes de secours perdus, identité vérifiée à l'accueil",
    },
    GenreEtapeAcces.PREUVES: {"plainte": "La caisse dépose ou appuie une plainte"},
    GenreEtapeAcces.LIAISON: {"identite": "L'identité donnée par FranceConnect est celle du compte"},
    GenreEtapeAcces.FERMETURE: {
        "personne": "La personne ne veut pas de cette voie",
        "signalee": "La personne ne reconnaît pas une connexion",
    },
    GenreEtapeAcces.REOUVERTURE: {"personne": "La personne l'a demandé, avec son mot de passe"},
    GenreEtapeAcces.CLOTURE: {
        "personne": "La personne a supprimé son compte",
        "terme": "Six ans ont passé depuis la fin de la relation avec la Caf",
    },
    GenreEtapeAcces.REMISE: {
        "ouverture": "La personne n'avait pas de compte",
        "retour": "La personne avait fermé le sien, ou six ans avaient passé",
        "perdu": "La personne a perdu son mot de passe, identité vérifiée",
    },
}
"""Reasons of each step, a closed list: free text could carry a name. What is said to the person, and to the agent."""


def _motifs_permis() -> Q:
    permis = Q(pk__in=[])
    for genre, motifs in MOTIFS_ACCES.items():
        permis |= Q(genre=genre.value, motif__in=list(motifs))
    return permis


class EtapeAcces(Donnee):
    """One dated step of the access of an account: reported, password to change, suspended, lifted. Append-only."""

    conservation = de_la_personne("Ce qui a été décidé de l'accès se prouve et se conteste tant qu'il existe")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_etapeacces.personne_id"),
        "personne": "personne_id = {soi}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    compte = models.ForeignKey(Compte, models.PROTECT, related_name="etapes_acces", verbose_name="compte")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne")
    genre = models.CharField("étape", max_length=11, choices=GenreEtapeAcces)
    motif = models.CharField("motif", max_length=12)
    auteur = models.CharField("par", max_length=64)
    le = models.DateTimeField("le", db_default=Now())
    empreinte = models.CharField("empreinte des preuves", max_length=64, blank=True, db_default="")

    class Meta(Donnee.Meta):
        verbose_name = "étape de l'accès"
        verbose_name_plural = "étapes de l'accès"
        constraints = [
            models.CheckConstraint(
                condition=_motifs_permis(),
                name="etape_acces_motif_permis",
                violation_error_message="Choisissez un motif dans la liste.",
            ),
            models.CheckConstraint(
                condition=Q(auteur__regex=r"\S"),
                name="etape_acces_a_un_auteur",
                violation_error_message="Une étape dit qui l'a décidée.",
            ),
            models.CheckConstraint(
                condition=Q(genre="preuves", empreinte__regex=r"^[0-9a-f]{64}$")
                | (~Q(genre="preuves") & Q(empreinte="")),
                name="etape_acces_preuves_scellees",
                violation_error_message="Des preuves ont une empreinte, et elles seules.",
            ),
        ]

    def __str__(self) -> str:
        return f"étape de l'accès {self.pk}"

    @property
    def raison(self) -> str:
        """The reason in words."""
        return MOTIFS_ACCES[GenreEtapeAcces(self.genre)][self.motif]
