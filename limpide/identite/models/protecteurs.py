"""Protectors online: who asks to act for somebody, and the accesses that people of the Caf open and close."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from limpide.identite.chiffrement import Scelle
from limpide.identite.iban import Iban
from limpide.identite.nir import Numero
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import Precision, de_la_personne, du_dossier
from limpide.registre.modeles import Donnee

from .organismes import Organisme
from .personnes import Personne
from .protection import MesureProtection


class EtatDemandeProtecteur(models.TextChoices):
    DEPOSEE = "deposee", "à examiner"
    ADMISE = "admise", "identité vérifiée, compte à ouvrir"
    ACCEPTEE = "acceptee", "acceptée"
    REFUSEE = "refusee", "refusée"


class DemandeProtecteur(Donnee):
    """A natural person asks to act online for somebody they protect: by a public form, or from their own account.

    By the form: who they say they are, the password that they chose, kept as its digest; nothing was looked up. Whom
    they protect: a number of file, or who that person is when there is no file yet (`protege_…`). Once answered, the
    numbers and the digest are erased.
    """

    conservation = de_la_personne(
        "Dit qui a demandé d'agir pour une personne, et ce qui a été répondu",
        plus_tot=(
            Precision(
                "date", "Une demande sert jusqu'à sa réponse, puis un temps pour la retrouver",
                colonne="deposee_le", duree=Duree(annees=1, proposee=True),
            ),
        ),
    )  # fmt: skip
    personne_concernee = "protecteur_id"
    perimetres = {"organisme": "organisme_id = {organisme}", "personne": "protecteur_id = {soi}"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    numero = models.CharField("numéro d'allocataire de la personne à protéger", max_length=7, blank=True)
    protege_nom_naissance = models.CharField(
        "nom de naissance de la personne à protéger", max_length=120, blank=True, db_default=""
    )
    protege_prenoms = models.CharField("prénoms de la personne à protéger", max_length=160, blank=True, db_default="")
    protege_date_naissance = models.DateField("date de naissance de la personne à protéger", null=True)
    protege_nir_chiffre = models.BinaryField("numéro de la personne à protéger (chiffré)", null=True)
    protege_nir = Scelle("protege_nir_chiffre", Numero)
    protege_piece = models.CharField(
        "pièce qui montre qui est la personne à protéger", max_length=60, blank=True, db_default=""
    )
    protecteur = models.ForeignKey(Personne, models.PROTECT, null=True, related_name="+")
    nom_naissance = models.CharField("nom de naissance", max_length=120, blank=True, db_default="")
    prenoms = models.CharField("prénoms", max_length=160, blank=True, db_default="")
    date_naissance = models.DateField("date de naissance", null=True)
    nir_chiffre = models.BinaryField("numéro (chiffré)", null=True)
    nir = Scelle("nir_chiffre", Numero)
    secret = models.CharField("empreinte du mot de passe choisi", max_length=128, blank=True, db_default="")
    deposee_le = models.DateTimeField("déposée le", db_default=Now())
    etat = models.CharField(
        "état", max_length=8, choices=EtatDemandeProtecteur, db_default=EtatDemandeProtecteur.DEPOSEE
    )
    identite = models.CharField("pièce vérifiée", max_length=60, blank=True, db_default="")
    motif = models.CharField("motif du refus", max_length=12, blank=True, db_default="")
    repondue_le = models.DateTimeField("répondue le", null=True)
    repondue_par = models.CharField("répondue par", max_length=64, blank=True, db_default="")

    class Meta(Donnee.Meta):
        verbose_name = "demande d'un protecteur"
        verbose_name_plural = "demandes de protecteurs"
        indexes = [models.Index(fields=["organisme", "etat"], name="demande_protecteur_a_examiner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat__in=EtatDemandeProtecteur.values)
                & (
                    Q(numero__regex=r"^[0-9]{1,7}$", protege_date_naissance=None)
                    | Q(
                        numero="", protege_nom_naissance__regex=r"\S", protege_prenoms__regex=r"\S",
                        protege_date_naissance__isnull=False,
                    )
                ),
                name="demande_protecteur_connue",
                violation_error_message="Le numéro d'allocataire a sept chiffres au plus ; sans lui, dites qui est "
                "la personne à protéger.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["deposee", "admise"], repondue_le=None)
                | Q(
                    etat__in=["acceptee", "refusee"], repondue_le__isnull=False, nir_chiffre=None, secret="",
                    protege_nir_chiffre=None,
                ),
                name="demande_protecteur_reponse_sans_secret",
                violation_error_message="Une demande répondue ne garde ni numéro ni mot de passe.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"demande de protecteur {self.pk}"


class EtatAccesProtecteur(models.TextChoices):
    A_JUSTIFIER = "a_justifier", "en attente de la décision du juge"
    OUVERT = "ouvert", "ouvert"
    FERME = "ferme", "fermé"


class AccesProtecteur(Donnee):
    """One protector, one protected person, one file. Opens nothing until somebody of the Caf tied it to a measure.

    What it lets do is nowhere here: the measure's powers say it, as long as the measure is in force.
    `dossier_id` is a number and not a foreign key: files belong to the room above. The row goes with that file.
    """

    conservation = du_dossier("Dit qui a pu agir dans ce dossier au nom de la personne")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": "personne_id = {personne} OR protecteur_id = {soi}",
    }

    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    dossier_id = models.BigIntegerField("dossier")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne protégée")
    protecteur = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="protecteur")
    protecteur_nom = models.CharField("nom du protecteur", max_length=300)
    mesure = models.ForeignKey(MesureProtection, models.PROTECT, null=True, related_name="acces")
    etat = models.CharField("état", max_length=11, choices=EtatAccesProtecteur)
    cree_le = models.DateTimeField("créé le", db_default=Now())
    ouvert_le = models.DateTimeField("ouvert le", null=True)
    ouvert_par = models.CharField("ouvert par", max_length=64, blank=True, db_default="")
    ferme_le = models.DateTimeField("fermé le", null=True)
    ferme_par = models.CharField("fermé par", max_length=64, blank=True, db_default="")

    class Meta(Donnee.Meta):
        verbose_name = "accès d'un protecteur"
        verbose_name_plural = "accès de protecteurs"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_id", "protecteur"],
                condition=~Q(etat="ferme"),
                name="un_acces_par_protecteur_et_dossier",
                violation_error_message="Ce protecteur a déjà un accès à ce dossier.",
            ),
            models.CheckConstraint(
                condition=~Q(personne=F("protecteur")),
                name="acces_protecteur_deux_personnes",
                violation_error_message="On ne se protège pas soi-même : la personne a son propre accès.",
            ),
            models.CheckConstraint(
                condition=Q(etat="a_justifier", mesure=None, ouvert_le=None, ferme_le=None)
                | Q(etat="ouvert", mesure__isnull=False, ouvert_le__isnull=False, ferme_le=None)
                | Q(etat="ferme", ferme_le__isnull=False),
                name="acces_protecteur_avec_sa_mesure",
                violation_error_message="Un accès ouvert a sa mesure, et qui l'a ouvert.",
            ),
        ]

    def __str__(self) -> str:
        return f"accès de protecteur {self.pk}"


class EtatRib(models.TextChoices):
    DEPOSE = "depose", "à vérifier"
    ACCEPTE = "accepte", "accepté"
    REFUSE = "refuse", "refusé"


class RibPropose(Donnee):
    """The account on which a protector asks that the person be paid. Pays nobody before a second agent accepts it.

    Once answered the number is erased: an accepted one is in the person's bank details.
    """

    conservation = du_dossier("Dit quel compte un protecteur a proposé, et ce que la caisse a répondu")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": "organisme_id = {organisme}",
        "personne": "personne_id = {personne} OR protecteur_id = {soi}",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    acces = models.ForeignKey(AccesProtecteur, models.PROTECT, related_name="ribs")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    dossier_id = models.BigIntegerField("dossier")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="personne protégée")
    protecteur = models.ForeignKey(Personne, models.PROTECT, related_name="+", verbose_name="protecteur")
    iban_chiffre = models.BinaryField("IBAN (chiffré)", null=True)
    iban = Scelle("iban_chiffre", Iban)
    titulaire = models.CharField("titulaire du compte", max_length=160)
    depose_le = models.DateTimeField("déposé le", db_default=Now())
    etat = models.CharField("état", max_length=7, choices=EtatRib, db_default=EtatRib.DEPOSE)
    motif = models.CharField("motif du refus", max_length=12, blank=True, db_default="")
    repondu_le = models.DateTimeField("répondu le", null=True)
    repondu_par = models.CharField("répondu par", max_length=64, blank=True, db_default="")

    class Meta(Donnee.Meta):
        verbose_name = "compte bancaire proposé par un protecteur"
        verbose_name_plural = "comptes bancaires proposés par des protecteurs"
        constraints = [
            models.UniqueConstraint(
                fields=["acces"],
                condition=Q(etat="depose"),
                name="rib_propose_un_a_la_fois",
                violation_error_message="Un Rib attend déjà la réponse de la Caf.",
            ),
            models.CheckConstraint(
                condition=Q(etat="depose", repondu_le=None, iban_chiffre__isnull=False)
                | Q(etat__in=["accepte", "refuse"], repondu_le__isnull=False, iban_chiffre=None),
                name="rib_propose_reponse_sans_numero",
                violation_error_message="Un Rib répondu ne garde pas le numéro du compte.",
            ),
        ]

    def __str__(self) -> str:
        return f"compte proposé {self.pk}"
