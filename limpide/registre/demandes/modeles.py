"""Tables of the rights desk: requests, their steps, the answer to an access."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.demandes.regles import ETATS, GENRES, OUVERTES, RETIREE
from limpide.registre.modeles import Donnee

DEMANDEUR = "personne_id = {personne}"
CINQ_ANS = Retention(
    horloge=DATE,
    colonne="recue_le",
    duree=Duree(annees=5, proposee=True),
    source="D'après le code civil, art. 2224 (prescription de droit commun)",
    raison="Preuve de la demande et de sa réponse",
)


class DemandeDroit(Donnee):
    """One request of one person about their data. Moves as `regles.TRANSITIONS` says, step by step (`EtapeDemande`).

    A copy of an identity document never enters: whoever checks it says which it was, and when the copy was destroyed.
    """

    class Canal(models.TextChoices):
        EN_LIGNE = "en_ligne", "En ligne, depuis Mon Compte"
        COURRIER = "courrier", "Par courrier signé"

    personne_id = models.BigIntegerField("personne")
    dossier_id = models.BigIntegerField("dossier", null=True)
    organisme = models.CharField("organisme", max_length=3)
    genre = models.CharField("droit exercé", max_length=13, choices=[(c, g.nom) for c, g in GENRES.items()])
    canal = models.CharField("canal", max_length=8, choices=Canal)
    represente_par = models.CharField("demandée pour elle par", max_length=240, blank=True, default="")
    objet = models.TextField("ce que demande la personne", max_length=2000)
    etat = models.CharField("état", max_length=12, choices=[(c, mots[0]) for c, mots in ETATS.items()])
    recue_le = models.DateField("reçue le")
    echeance = models.DateField("dernier jour pour répondre")
    identite = models.CharField("comment l'identité a été vérifiée", max_length=120, blank=True)
    identite_le = models.DateField("identité vérifiée le", null=True)
    copie_detruite_le = models.DateField("copie de la pièce d'identité détruite le", null=True)
    motif_prolongation = models.CharField("pourquoi plus de temps", max_length=500, blank=True)
    reponse = models.TextField("réponse", blank=True, max_length=4000)
    close_le = models.DateField("close le", null=True)

    personne_concernee = "personne_id"
    perimetres: ClassVar[dict[str, str]] = {"organisme": "organisme = {organisme}", "personne": DEMANDEUR}
    conservation = CINQ_ANS

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "demande sur ses données"
        verbose_name_plural = "demandes sur leurs données"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["echeance"], condition=Q(etat__in=OUVERTES), name="demande_droit_ouverte"),
            models.Index(fields=["personne_id"], name="demande_droit_personne"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(genre__in=list(GENRES), etat__in=list(ETATS)),
                name="demande_droit_connue",
                violation_error_message="Ce droit ou cet état n'existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(objet__regex=r"\S"),
                name="demande_droit_dit_quoi",
                violation_error_message="Dites ce que vous demandez.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=OUVERTES, close_le=None) | (~Q(etat__in=OUVERTES) & Q(close_le__isnull=False)),
                name="demande_droit_close_datee",
                violation_error_message="Une demande close porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=[*OUVERTES, RETIREE]) | Q(reponse__regex=r"\S"),
                name="demande_droit_repondue_par_ecrit",
                violation_error_message="Écrivez la réponse, avec sa raison.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["en_cours", "prolongee", "accordee", "partielle"])
                | Q(identite_le__isnull=False, identite__regex=r"\S"),
                name="demande_droit_identite_verifiee",
                violation_error_message="L'identité se vérifie avant de répondre.",
            ),
            models.CheckConstraint(
                condition=~Q(canal="courrier", etat__in=["accordee", "partielle"]) | Q(copie_detruite_le__isnull=False),
                name="demande_droit_copie_detruite",
                violation_error_message="La copie de la pièce d'identité se détruit avant de répondre.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="prolongee") | Q(motif_prolongation__regex=r"\S"),
                name="demande_droit_prolongation_motivee",
                violation_error_message="Dites pourquoi il faut plus de temps.",
            ),
            models.CheckConstraint(
                condition=Q(echeance__gt=F("recue_le")),
                name="demande_droit_echeance_apres_reception",
                violation_error_message="L'échéance suit la réception.",
            ),
        ]

    def __str__(self) -> str:
        return f"demande {self.pk}"

    @property
    def numero(self) -> str:
        """What the person quotes: « DR-2026-12 »."""
        return f"DR-{self.recue_le:%Y}-{self.pk}"

    @property
    def ouverte(self) -> bool:
        return self.etat in OUVERTES


class EtapeDemande(Donnee):
    """One move of one request: from, to, when, by whom. Never edited; a trigger checks it against the table."""

    demande = models.ForeignKey(DemandeDroit, models.PROTECT, db_constraint=False, related_name="etapes")
    personne_id = models.BigIntegerField("personne")
    de = models.CharField("de", max_length=12, blank=True)
    vers = models.CharField("vers", max_length=12)
    faite_le = models.DateTimeField("faite le")
    par = models.CharField("par", max_length=64)
    note = models.CharField("note", max_length=500, blank=True)

    personne_concernee = "personne_id"
    perimetres: ClassVar[dict[str, str]] = {"personne": DEMANDEUR}
    conservation = Retention(
        horloge=DATE, colonne="faite_le", duree=CINQ_ANS.duree, source=CINQ_ANS.source, raison=CINQ_ANS.raison
    )

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "étape d'une demande"
        verbose_name_plural = "étapes de demandes"

    def __str__(self) -> str:
        return f"étape {self.pk}"


class ReponseAcces(Donnee):
    """What was given to a person who asked for their data: sealed by its hash, its copy erased after its time."""

    demande = models.OneToOneField(DemandeDroit, models.PROTECT, db_constraint=False, related_name="reponse_acces")
    personne_id = models.BigIntegerField("personne")
    contenu = models.JSONField("contenu remis", null=True)
    empreinte = models.CharField("empreinte SHA-256 du contenu", max_length=64)
    produite_le = models.DateTimeField("produite le")
    disponible_jusqu_au = models.DateField("à télécharger jusqu'au")
    remise_le = models.DateTimeField("téléchargée la première fois le", null=True)
    effacee_le = models.DateTimeField("copie effacée le", null=True)

    personne_concernee = "personne_id"
    perimetres: ClassVar[dict[str, str]] = {"personne": DEMANDEUR}
    conservation = Retention(
        horloge=DATE,
        colonne="produite_le",
        duree=CINQ_ANS.duree,
        source=CINQ_ANS.source,
        raison="Preuve de ce qui a été remis ; la copie elle-même s'efface au terme de sa mise à disposition",
    )

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "réponse à une demande d'accès"
        verbose_name_plural = "réponses à des demandes d'accès"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(contenu__isnull=False, effacee_le=None) | Q(contenu=None, effacee_le__isnull=False),
                name="reponse_acces_la_ou_effacee",
                violation_error_message="Une réponse effacée ne garde que son empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return f"réponse {self.pk}"
