"""The table of the changes of situation being declared."""

import uuid

from django.db import models

from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import TexteScelle
from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.modeles import Donnee


class BrouillonChangement(Donnee):
    """A change being filled, as it was typed. One a person and kind; encrypted; gone at the submission."""

    conservation = Retention(
        horloge=DATE,
        colonne="modifie_le",
        duree=Duree(jours=60, proposee=True),
        raison="Le temps de réunir ce qui manque ; une déclaration jamais envoyée n'a pas à durer",
    )
    personne_concernee = "personne_id"
    perimetres = {"organisme": "false", "personne": "personne_id = {personne}"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne_id = models.BigIntegerField("personne")
    genre = models.CharField("changement", max_length=16)
    contenu_chiffre = models.BinaryField("réponses (chiffrées)")
    contenu = Scelle("contenu_chiffre", TexteScelle)
    cree_le = models.DateTimeField("commencé le")
    modifie_le = models.DateTimeField("modifié le")

    class Meta(Donnee.Meta):
        verbose_name = "brouillon de changement"
        verbose_name_plural = "brouillons de changements"
        constraints = [
            models.UniqueConstraint(
                fields=["personne_id", "genre"],
                name="un_brouillon_par_changement",
                violation_error_message="Ce changement est déjà commencé : reprenez-le.",
            ),
        ]

    def __str__(self) -> str:
        return f"brouillon de changement {self.pk}"
