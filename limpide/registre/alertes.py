"""Alerts to the data-protection officer: something is late, unusual or broken, and a person must look at it.

`signaler(…)` is called inside a running processing. To get the right, a processing adds to its declaration
`creer={…, "registre.Alerte": alertes.COLONNES_SIGNALEES}`, and nothing else: it cannot read what others raised.
Raising twice under the same `cle` is one alert; put the period in the key when it may come back
(`sceau-en-retard/2026-11-25`). Texts never hold a name, a NIR or an account: internal numbers only.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Q
from django.db.models.functions import Now

from limpide.registre.collecte import registre
from limpide.registre.conservation.durees import JOURNALISATION, Duree
from limpide.registre.conservation.regles import DATE, Retention
from limpide.registre.contexte import HorsRegistre, refuser, traitement_courant
from limpide.registre.modeles import Donnee
from limpide.registre.releve import ECRITURE

GRAVITES: Mapping[str, str] = {"information": "Information", "attention": "À regarder", "haute": "Urgente"}
CLE_MAX, GENRE_MAX, TEXTE_MAX = 120, 40, 600


class Alerte(Donnee):
    """One thing to look at. Written once, treated once with a note; internal numbers only.

    `lignes_*`: which lines of the journal it speaks of (account, file, period), when it speaks of some.
    """

    personne_concernee = None
    dossier_concerne = None
    # A processing of one office or of one person may raise an alert, never read one.
    perimetres: ClassVar[dict[str, str]] = {"organisme": "false", "personne": "false"}
    perimetres_creation: ClassVar[dict[str, str]] = {"organisme": "true", "personne": "true"}
    identifiant_prealloue = True
    conservation = Retention(
        horloge=DATE,
        colonne="creee_le",
        duree=Duree(annees=3),
        source=JOURNALISATION,
        raison="Une alerte est une trace de contrôle interne, gardée comme elles",
    )

    cle = models.CharField("clé", max_length=CLE_MAX, unique=True)
    genre = models.CharField("genre", max_length=GENRE_MAX)
    gravite = models.CharField("gravité", max_length=11, choices=list(GRAVITES.items()), db_default="attention")
    texte = models.CharField("texte", max_length=TEXTE_MAX)
    echeance = models.DateField("échéance", null=True)
    creee_le = models.DateTimeField("levée le", db_default=Now())
    lignes_compte = models.BigIntegerField("numéro de compte", null=True)
    lignes_dossier = models.BigIntegerField("numéro de dossier", null=True)
    lignes_du = models.DateTimeField("accès depuis", null=True)
    lignes_au = models.DateTimeField("accès jusqu'à", null=True)
    traitee_le = models.DateTimeField("traitée le", null=True)
    traitee_par = models.PositiveBigIntegerField("traitée par le compte", null=True)
    note = models.CharField("note", max_length=1000, db_default="")

    class Meta(Donnee.Meta):
        abstract = False
        verbose_name = "alerte"
        verbose_name_plural = "alertes"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-creee_le"], condition=Q(traitee_le=None), name="alerte_ouverte")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(gravite__in=list(GRAVITES)),
                name="alerte_gravite_connue",
                violation_error_message="Une alerte est une information, à regarder ou urgente.",
            ),
            models.CheckConstraint(
                condition=Q(cle__regex=r"\S", genre__regex=r"\S", texte__regex=r"\S"),
                name="alerte_dit_quelque_chose",
                violation_error_message="Une alerte a une clé, un genre et un texte.",
            ),
            models.CheckConstraint(
                condition=Q(traitee_le=None, traitee_par=None, note="")
                | Q(traitee_le__isnull=False, traitee_par__isnull=False, note__regex=r"\S"),
                name="alerte_traitee_avec_une_note",
                violation_error_message="Dites ce que vous avez constaté.",
            ),
        ]

    def __str__(self) -> str:
        return f"alerte {self.pk}"


COLONNES_SIGNALEES = (
    "cle", "genre", "gravite", "texte", "echeance", "lignes_compte", "lignes_dossier", "lignes_du", "lignes_au",
)  # fmt: skip
"""What a processing declares to create, to be able to call `signaler`."""
COLONNES = ("id", *COLONNES_SIGNALEES, "creee_le", "traitee_le", "traitee_par", "note")
_ORDRE = (
    "INSERT INTO registre_alerte (cle, genre, gravite, texte, echeance, lignes_compte, lignes_dossier, lignes_du, "
    "lignes_au) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Acces:
    """The lines of the journal that an alert speaks of: an account's, a file's, over a period."""

    compte: int | None = None
    dossier: int | None = None
    du: dt.datetime | None = None
    au: dt.datetime | None = None


def signaler(
    cle: str,
    genre: str,
    texte: str,
    *,
    gravite: str = "attention",
    echeance: dt.date | None = None,
    acces: Acces | None = None,
) -> bool:
    """Raise an alert, once per `cle`; True if it is new. Raises HorsRegistre where it isn't declared."""
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("signaler() s'appelle dans un traitement")
    if gravite not in GRAVITES:
        raise ValueError(f"gravité « {gravite} » inconnue ; attendu : {', '.join(GRAVITES)}")
    for nom, valeur, longueur in (("cle", cle, CLE_MAX), ("genre", genre, GENRE_MAX), ("texte", texte, TEXTE_MAX)):
        if not valeur.strip() or len(valeur) > longueur:
            raise ValueError(f"alerte, {nom} : de 1 à {longueur} signes, il y en a {len(valeur)}")
    if not registre().colonnes(cours.cle, "creer", Alerte) >= set(COLONNES_SIGNALEES):
        raise refuser(
            f'« {cours.cle} » ne déclare pas lever d\'alerte : ajouter creer={{"registre.Alerte": '
            "alertes.COLONNES_SIGNALEES}",
            objet=Alerte._meta.label,
        )
    vues = acces or Acces()
    valeurs: list[Any] = [cle, genre, gravite, texte, echeance, vues.compte, vues.dossier, vues.du, vues.au]
    with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        curseur.execute(_ORDRE, valeurs)
        nouvelle = bool(curseur.rowcount)
    if nouvelle:
        cours.releve.noter_table(ECRITURE, Alerte._meta.label)
    return nouvelle


def ouvertes() -> int | None:
    """How many alerts wait, for the navigation; None where the page's processing doesn't declare to count them."""
    cours = traitement_courant()
    if cours is None or "traitee_le" not in registre().colonnes(cours.cle, "lire", Alerte):
        return None
    return int(Alerte.objects.filter(traitee_le=None).count())
