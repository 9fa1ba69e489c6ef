"""What a person was before their civil status changed: sealed, read by the officer with a reason, and by the person."""

import uuid

from django.db import models

from limpide.identite.chiffrement import Scelle
from limpide.identite.confidentiel import Confidentiel
from limpide.registre.conservation.regles import de_la_personne
from limpide.registre.modeles import Donnee

from .personnes import CONNUE_DE_LA_CAF, LECTURE_DES_AFFILIATIONS, Personne


class Memoire(Confidentiel):
    """JSON of a former civil status. Shown as nothing."""

    __slots__ = ()

    def masque(self) -> str:
        return "état civil scellé"


class AncienEtatCivil(Donnee):
    """One former civil status: why it changed, on which document, what it was, all sealed in one column.

    An agent writes it and no processing of theirs may read it, not even that it exists. PostgreSQL seals the former NIR
    with it (see the migration's trigger).
    """

    conservation = de_la_personne("Relie à la personne ce qui a été connu d'elle avant le changement")
    personne_concernee = "personne_id"
    perimetres = {
        "organisme": CONNUE_DE_LA_CAF(colonne="identite_ancienetatcivil.personne_id"),
        "personne": "personne_id = {personne}",
    }
    lectures_perimetre = {"organisme": LECTURE_DES_AFFILIATIONS["organisme"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="anciens_etats_civils")
    contenu_chiffre = models.BinaryField("ancien état civil (scellé)")
    contenu = Scelle("contenu_chiffre", Memoire)
    scelle_le = models.DateTimeField("scellé le")

    class Meta(Donnee.Meta):
        verbose_name = "ancien état civil"
        verbose_name_plural = "anciens états civils"
        indexes = [models.Index(fields=["personne", "scelle_le"], name="ancien_etat_civil_de")]

    def __str__(self) -> str:
        return f"ancien état civil {self.pk}"
