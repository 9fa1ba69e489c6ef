"""Drafts of Mon Compte: what is being filled, as it was typed. Encrypted; gone at the sending, or at their age."""

import uuid

from django.db import models
from django.http import QueryDict

from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import TexteScelle
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.modeles import Donnee


def _soixante_jours(raison: str) -> Retention:
    return Retention(horloge=DATE, colonne="modifie_le", duree=Duree(jours=60, proposee=True), raison=raison)


class Brouillon(Donnee):
    """A kind of draft."""

    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {personne}"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne_id = models.BigIntegerField("personne")
    contenu_chiffre = models.BinaryField("réponses (chiffrées)")
    contenu = Scelle("contenu_chiffre", TexteScelle)
    modifie_le = models.DateTimeField("modifié le")

    class Meta(Donnee.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def reponses(self) -> QueryDict:
        """What was typed, field by field, to show again or to send."""
        return QueryDict(self.contenu.en_clair(), mutable=True)


class BrouillonDemande(Brouillon):
    """A claim, for one right."""

    conservation = _soixante_jours("Le temps de réunir ce qui manque ; une demande jamais envoyée n'a pas à durer")

    droit = models.CharField("droit demandé", max_length=20, db_default="rsa")
    etape = models.PositiveSmallIntegerField("étape")
    cree_le = models.DateTimeField("commencé le")

    class Meta(Brouillon.Meta):
        verbose_name = "brouillon de demande"
        verbose_name_plural = "brouillons de demandes"
        constraints = [
            models.UniqueConstraint(
                fields=["personne_id", "droit"],
                name="un_brouillon_par_personne_et_droit",
                violation_error_message="Une demande est déjà commencée : reprenez-la.",
            ),
        ]


class BrouillonChangement(Brouillon):
    """A change of situation, of one kind."""

    conservation = _soixante_jours("Le temps de réunir ce qui manque ; une déclaration jamais envoyée n'a pas à durer")

    genre = models.CharField("changement", max_length=16)
    cree_le = models.DateTimeField("commencé le")

    class Meta(Brouillon.Meta):
        verbose_name = "brouillon de changement"
        verbose_name_plural = "brouillons de changements"
        constraints = [
            models.UniqueConstraint(
                fields=["personne_id", "genre"],
                name="un_brouillon_par_changement",
                violation_error_message="Ce changement est déjà commencé : reprenez-le.",
            ),
        ]


class BrouillonTrimestre(Brouillon):
    """A quarter; the next one takes the place of a former one."""

    conservation = _soixante_jours("Le temps de réunir les montants ; une déclaration jamais envoyée n'a pas à durer")

    personne_id = models.BigIntegerField("personne", unique=True)
    mois = models.DateField("premier mois de droits")

    class Meta(Brouillon.Meta):
        verbose_name = "brouillon de trimestre"
        verbose_name_plural = "brouillons de trimestres"


BROUILLONS: tuple[type[Brouillon], ...] = (BrouillonDemande, BrouillonChangement, BrouillonTrimestre)
