"""What one opened processing has touched, kept in memory until its journal lines are written."""

import dataclasses
from collections.abc import Iterable

Concerne = tuple[int | None, int | None]  # (person, file): whose data it is

LECTURE, ECRITURE, REFUS = "lecture", "ecriture", "refus"


@dataclasses.dataclass(frozen=True, slots=True)
class Ligne:
    """One future line of the journal."""

    action: str
    personne: int | None
    dossier: int | None
    objet: str


class Releve:
    """Persons whose rows were read or written, tables read without a person, refusals."""

    __slots__ = ("_concernes", "_refus", "_sans_personne")

    def __init__(self) -> None:
        self._concernes: dict[str, dict[Concerne, set[str]]] = {LECTURE: {}, ECRITURE: {}}
        self._sans_personne: dict[str, set[str]] = {LECTURE: set(), ECRITURE: set()}
        self._refus: list[str] = []

    def noter(self, action: str, objet: str, personne: int | None, dossier: int | None) -> None:
        """One row of table `objet`, belonging to `personne` and/or to `dossier`."""
        if personne is None and dossier is None:
            self._sans_personne[action].add(objet)
            return
        self._concernes[action].setdefault((personne, dossier), set()).add(objet)

    def noter_table(self, action: str, objet: str) -> None:
        """A count, an aggregate, or rows that belong to nobody."""
        self._sans_personne[action].add(objet)

    def noter_refus(self, objet: str) -> None:
        if objet not in self._refus:
            self._refus.append(objet)

    @property
    def a_ecrit(self) -> bool:
        """Whether a row was written so far."""
        return bool(self._concernes[ECRITURE] or self._sans_personne[ECRITURE])

    def vider(self) -> None:
        """Forget everything: the lines are in the database."""
        self._concernes = {LECTURE: {}, ECRITURE: {}}
        self._sans_personne = {LECTURE: set(), ECRITURE: set()}
        self._refus = []

    def lignes(self) -> list[Ligne]:
        """One line per person (and per file when there are several), then tables without person, refusals.

        A person met both with and without a file gets one line only, with the file.
        """
        lignes: list[Ligne] = []
        for action, concernes in self._concernes.items():
            lignes += _une_par_personne(action, concernes)
            vus = {objet for objets in concernes.values() for objet in objets}
            restants = sorted(self._sans_personne[action] - vus)
            if restants:
                lignes.append(Ligne(action, None, None, ", ".join(restants)))
        return [*lignes, *(Ligne(REFUS, None, None, objet) for objet in self._refus)]


def _une_par_personne(action: str, concernes: dict[Concerne, set[str]]) -> Iterable[Ligne]:
    avec_dossier = {personne for personne, dossier in concernes if dossier is not None}
    dossiers_nommes = {dossier for personne, dossier in concernes if personne is not None}
    for (personne, dossier), objets in concernes.items():
        if personne is None and dossier in dossiers_nommes:
            continue  # the file's own rows (household facts) go with its persons' lines
        if dossier is None and personne in avec_dossier:
            continue
        tous = set(objets)
        if dossier is not None and personne is not None:
            tous |= concernes.get((personne, None), set()) | concernes.get((None, dossier), set())
        yield Ligne(action, personne, dossier, ", ".join(sorted(tous)))
