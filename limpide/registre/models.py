"""The journal's table, as Django sees it. Its partitions, triggers and clock are in the migration."""

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now

from limpide.registre.alertes import Alerte
from limpide.registre.chaine.tables import BlocScelle, TeteJournal
from limpide.registre.conservation.modeles import Archivage, Effacement, Examen, Gel, RapportPurge
from limpide.registre.conservation.regles import PROPRE, Retention
from limpide.registre.demandes.destinataires import AvisDestinataire
from limpide.registre.demandes.limitation import Limitation
from limpide.registre.demandes.modeles import DemandeDroit, EtapeDemande, ReponseAcces
from limpide.registre.modeles import Donnee
from limpide.registre.publication.tables import VersionRegistre
from limpide.registre.releve import ECRITURE, LECTURE, REFUS
from limpide.registre.tables_homologation import Homologation
from limpide.registre.travaux.table import Passage


class LigneJournal(Donnee):
    """Who touched whose data, under which processing, why, when. Never a name, never a NIR."""

    personne_concernee = "personne_id"
    perimetres: ClassVar[dict[str, str]] = {
        "personne": "personne_id = {personne}",
        "organisme": "organisme = {organisme}",
    }

    conservation = Retention(
        horloge=PROPRE,
        raison="Des numéros internes, sans nom : le journal s'efface par mois entiers, à son propre âge, et ne se "
        "modifie jamais ligne à ligne",
    )

    ACTIONS: ClassVar[dict[str, str]] = {LECTURE: "Lecture", ECRITURE: "Écriture", REFUS: "Refus"}

    quand = models.DateTimeField("date et heure", db_default=Now(), editable=False)
    acteur_genre = models.TextField("genre d'acteur")
    acteur_id = models.BigIntegerField("numéro de compte", null=True)
    service = models.TextField("service")
    traitement = models.TextField("traitement")
    declaration = models.CharField("empreinte de la déclaration", max_length=16)
    motif = models.TextField("motif")
    organisme = models.TextField("organisme", null=True)  # noqa: DJ001 — no office is not an empty one
    personne_id = models.BigIntegerField("personne", null=True)
    dossier_id = models.BigIntegerField("dossier", null=True)
    objet = models.TextField("données touchées")
    action = models.CharField("action", max_length=8, choices=list(ACTIONS.items()))
    transaction = models.BigIntegerField("numéro de transaction", db_default=0, editable=False)

    class Meta(Donnee.Meta):
        abstract = False
        db_table = "registre_journal"
        ordering: ClassVar[list[str]] = ["-quand", "-id"]
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"

    def __str__(self) -> str:
        return f"{self.action} {self.traitement} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("le journal s'écrit par limpide.registre.journal, jamais par save()")


__all__ = [
    "Alerte", "Archivage", "AvisDestinataire", "BlocScelle", "DemandeDroit", "Effacement", "EtapeDemande", "Examen",
    "Gel", "Homologation", "LigneJournal", "Limitation", "Passage", "RapportPurge", "ReponseAcces", "TeteJournal",
    "VersionRegistre",
]  # fmt: skip
