"""What a model declares of its own retention, beside its columns: which clock, how long, what becomes of the rows.

Pure values: this file knows neither Django's models nor the database.
"""

import dataclasses
from collections.abc import Mapping

from limpide.registre.conservation.durees import Duree

FIN_DE_RELATION = "fin_de_relation"
FIN_DE_LA_PERSONNE = "fin_de_la_personne"
DATE = "date"
SANS_PERSONNE = "sans_personne"
PROPRE = "propre"

HORLOGES: Mapping[str, str] = {
    FIN_DE_RELATION: "à compter de la fin de la relation avec la caisse",
    FIN_DE_LA_PERSONNE: "avec le dernier dossier qui nomme la personne",
    DATE: "à compter d'une date de la ligne",
    SANS_PERSONNE: "sans limite : aucune donnée de personne",
    PROPRE: "selon un mécanisme qui lui est propre",
}
SORTS: Mapping[str, str] = {
    "suppression": "Effacée",
    "anonymisation": "Gardée sans identité",
    "statistique": "Effacée, comptée dans une statistique sans identité",
    "gardee": "Gardée",
}


class RetentionInvalide(ValueError):
    """A retention is incomplete or contradicts itself; the French message says what to write."""


@dataclasses.dataclass(frozen=True, slots=True)
class Statistique:
    """Counts kept when rows go. `requete`: INSERT … SELECT of the owner's room, with `%(dossiers)s` (bigint[]).

    `vers`: table of the counts; `ecrit`: its columns; `lit`: columns of the erased table that the query reads.
    """

    vers: str
    requete: str
    ecrit: tuple[str, ...]
    lit: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Agregation:
    """Rows that stay without identity: those that agree on `par` become one, whose `somme` is theirs.

    `efface`: columns emptied. `marque`: the boolean column that says so.
    """

    par: tuple[str, ...]
    somme: str
    efface: tuple[str, ...]
    marque: str


@dataclasses.dataclass(frozen=True, slots=True)
class Precision:
    """Some rows or some columns of a table that go earlier than the rest, and why.

    `quand`: « archivage » (when the file leaves the active base) or « date » (`colonne` older than `duree`).
    `natures`: those kinds of facts only. `filtre`: (column, value) that the rows have.
    """

    quand: str
    raison: str
    colonne: str = ""
    duree: Duree = Duree()  # noqa: RUF009 -- frozen
    natures: tuple[str, ...] = ()
    filtre: tuple[str, str] | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long the rows of a table live.

    `racine`: « dossier » or « personne » on the table that is one. `colonne`: the date a `date` clock counts from.
    `plus_tot`: rows that go earlier. `libre`: why a table without persons holds free text or JSON.
    `restent`: every column of a table whose rows stay: one that is added must be thought of, and named.
    """

    horloge: str
    sort: str = "suppression"
    raison: str
    duree: Duree = Duree()  # noqa: RUF009 -- frozen
    source: str = ""
    racine: str = ""
    colonne: str = ""
    plus_tot: tuple[Precision, ...] = ()
    statistique: Statistique | None = None
    agregation: Agregation | None = None
    libre: str = ""
    restent: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.horloge not in HORLOGES:
            raise RetentionInvalide(f"horloge « {self.horloge} » inconnue ; attendu : {', '.join(HORLOGES)}")
        if self.sort not in SORTS:
            raise RetentionInvalide(f"sort « {self.sort} » inconnu ; attendu : {', '.join(SORTS)}")
        if not self.raison.strip():
            raise RetentionInvalide("dire pourquoi ces lignes sont gardées ce temps-là (raison)")
        if self.horloge == DATE and not self.colonne:
            raise RetentionInvalide("une horloge « date » nomme la colonne d'où elle compte")
        if (self.sort == "statistique") != (self.statistique is not None):
            raise RetentionInvalide("le sort « statistique » et la statistique vont ensemble")
        if (self.sort == "anonymisation") != (self.agregation is not None):
            raise RetentionInvalide("le sort « anonymisation » et l'agrégation vont ensemble")

    @property
    def garde(self) -> bool:
        """Rows of this table are never erased by the purge."""
        return self.horloge in (SANS_PERSONNE, PROPRE)

    @property
    def phrase(self) -> str:
        """The rule in words, for the officer's page."""
        if self.horloge in (FIN_DE_RELATION, DATE):
            return f"{self.duree.dite} {HORLOGES[self.horloge]}"
        return HORLOGES[self.horloge]


def du_dossier(raison: str, **autres: object) -> Retention:
    """The rule of nearly every table of a file: six years at most after the end of the relation."""
    from limpide.registre.conservation.durees import APRES_LA_RELATION

    return Retention(
        horloge=FIN_DE_RELATION, duree=APRES_LA_RELATION, source=APRES_LA_RELATION.source, raison=raison, **autres  # type: ignore[arg-type]
    )  # fmt: skip


def de_la_personne(raison: str, **autres: object) -> Retention:
    """A person stays as long as one file names them, then goes with it."""
    return Retention(horloge=FIN_DE_LA_PERSONNE, raison=raison, **autres)  # type: ignore[arg-type]


def sans_personne(raison: str, **autres: object) -> Retention:
    """A table that says nothing of anybody."""
    return Retention(horloge=SANS_PERSONNE, sort="gardee", raison=raison, **autres)  # type: ignore[arg-type]
