"""Who was given a person's data, and what was corrected of them: told by the rooms, followed until each was warned.

RGPD art. 19: whoever received the data is told of a rectification, an erasure or a limitation, and the person is told
whom. A room says what it knows in its module `destinataires`: `DESTINATAIRES` (to whom), `CORRECTIONS` (what was
corrected since a day) and `RECEPTIONS` (when its exchange carried it there). All are read inside the rights desk, whose
declaration they complete with what they read.
"""

import datetime as dt
import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q

from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.demandes.modeles import CINQ_ANS, DEMANDEUR, DemandeDroit
from limpide.registre.modeles import Donnee

Lectures = Mapping[str, tuple[str, ...]]
GENRES_A_PROPAGER = ("rectification", "effacement", "limitation")
JOURS_POUR_AVISER = 8
"""After that, the officer is warned; ours: article 19 gives no delay, "sans retard" is all that article 5.1.d says."""


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Somebody outside the Caf who holds data of this person because we gave them."""

    cle: str
    nom: str
    donnees: str


@dataclass(frozen=True, slots=True)
class Source:
    """What one room knows, and the columns that it reads for it. `de`: the recipient that a reception is about."""

    salle: str
    lit: Lectures
    lire: Callable[..., Any]
    de: str = ""


def _des_salles(attribut: str) -> tuple[Source, ...]:
    trouvees: list[Source] = []
    for application in apps.get_app_configs():
        module = f"{application.name}.destinataires"
        if application.name.startswith("limpide.") and importlib.util.find_spec(module) is not None:
            trouvees += getattr(importlib.import_module(module), attribut, ())
    return tuple(trouvees)


def lectures() -> dict[str, tuple[str, ...]]:
    """Columns that the rooms read, for the declaration of the rights desk."""
    lues: dict[str, tuple[str, ...]] = {}
    for source in (*_des_salles("DESTINATAIRES"), *_des_salles("CORRECTIONS"), *_des_salles("RECEPTIONS")):
        for table, colonnes in source.lit.items():
            lues[table] = tuple(dict.fromkeys((*lues.get(table, ()), *colonnes)))
    return lues


def destinataires(personne: int, dossier: int | None) -> list[Destinataire]:
    """To whom data of this person were given, each once."""
    tous = [d for source in _des_salles("DESTINATAIRES") for d in source.lire(personne, dossier)]
    return list({d.cle: d for d in tous}.values())


def corrections(personne: int, dossier: int | None, depuis: dt.datetime) -> list[str]:
    """What was corrected since that moment, in French, without any value."""
    return [phrase for source in _des_salles("CORRECTIONS") for phrase in source.lire(personne, dossier, depuis)]


def reception(cle: str, personne: int, dossier: int | None, depuis: dt.datetime) -> dt.datetime | None:
    """When this recipient received, by its exchange, what changed since that moment; None if it didn't, or has none."""
    recues = [source.lire(personne, dossier, depuis) for source in _des_salles("RECEPTIONS") if source.de == cle]
    return min((r for r in recues if r is not None), default=None)


class AvisDestinataire(Donnee):
    """One recipient to warn because of one request: warned (when, how), or not concerned (why). Settled once."""

    class Issue(models.TextChoices):
        A_AVISER = "a_aviser", "à aviser"
        AVISE = "avise", "avisé"
        SANS_OBJET = "sans_objet", "non concerné"

    demande = models.ForeignKey(DemandeDroit, models.PROTECT, db_constraint=False, related_name="avis")
    personne_id = models.BigIntegerField("personne")
    destinataire = models.CharField("destinataire", max_length=40)
    nom = models.CharField("nom du destinataire", max_length=160)
    donnees = models.CharField("données communiquées", max_length=240)
    issue = models.CharField("où en est l'avis", max_length=10, choices=Issue, default=Issue.A_AVISER)
    precision = models.CharField("comment, ou pourquoi non", max_length=240, blank=True, default="")
    cree_le = models.DateTimeField("créé le")
    regle_le = models.DateTimeField("réglé le", null=True)
    regle_par = models.CharField("réglé par", max_length=64, blank=True, default="")

    personne_concernee = "personne_id"
    perimetres: ClassVar[dict[str, str]] = {"personne": DEMANDEUR}
    conservation = Retention(
        horloge=DATE, colonne="cree_le", duree=CINQ_ANS.duree, source=CINQ_ANS.source, raison=CINQ_ANS.raison
    )

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "avis à un destinataire"
        verbose_name_plural = "avis aux destinataires"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["demande", "destinataire"],
                name="avis_destinataire_une_fois",
                violation_error_message="Ce destinataire est déjà à aviser de cette demande.",
            ),
            models.CheckConstraint(
                condition=Q(issue="a_aviser", regle_le=None, precision="")
                | Q(issue__in=["avise", "sans_objet"], regle_le__isnull=False, precision__regex=r"\S"),
                name="avis_destinataire_regle_et_explique",
                violation_error_message="Dites comment le destinataire a été avisé, ou pourquoi il n'est pas concerné.",
            ),
        ]

    def __str__(self) -> str:
        return f"avis {self.pk}"


COLONNES_AVIS = (
    "id", "demande_id", "personne_id", "destinataire", "nom", "donnees", "issue", "precision", "cree_le", "regle_le",
    "regle_par",
)  # fmt: skip
COLONNES_REGLEES = ("issue", "precision", "regle_le", "regle_par")
