"""The end of a relation (RET-01): the latest of the last right, the last debt, the last litigation, any other tie.

Each room says, for a list of files, what ties or tied the household to its Caf; nothing here knows what a right is.
`conservation.py` of a room holds `FOURNISSEURS`, and `FICHIERS` for what it keeps outside the database.
"""

import datetime as dt
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from limpide.registre.conservation.durees import APRES_LA_RELATION, CONTENTIEUX_POSSIBLE, EN_BASE_ACTIVE, Duree

JAMAIS_ALLOCATAIRE = "jamais_allocataire"
GENRES: Mapping[str, str] = {
    "relation": "Dossier ouvert ou rouvert",
    "droit": "Droit versé",
    "demande": "Demande en cours",
    "dette": "Somme due",
    "recours": "Recours en cours",
    "deces": "Succession à régler",
    "gel": "Effacement gelé",
}
"""What may tie a household to its Caf, in the words of the officer's page."""


@dataclass(frozen=True)
class Element:
    """One tie: until when, None when it still holds. `agent` and `allocataire`: the same thing, told to each."""

    genre: str
    agent: str
    allocataire: str
    jusqu_au: dt.date | None = None

    @property
    def tient(self) -> bool:
        return self.jusqu_au is None


@dataclass(frozen=True)
class Fournisseur:
    """What a room knows of the ties of files. `lit`: columns of its tables, per model, that `lire` reads.

    `lire(files)` gives (file, tie) pairs; a tie of genre `JAMAIS_ALLOCATAIRE` says that no right was ever opened.
    """

    nom: str
    lit: Mapping[str, tuple[str, ...]]
    lire: Callable[[Sequence[int]], Iterable[tuple[int, Element]]]


@dataclass(frozen=True)
class Contact:
    """How a room can reach the person of a file: the channel per file, from the columns that it reads."""

    lit: Mapping[str, tuple[str, ...]]
    lire: Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Fichiers:
    """A folder of the data folder: what it holds, how long, who empties it. `effacer(vraiment)` gives a count."""

    dossier: str
    raison: str
    duree: Duree | None = None
    lit: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    modifie: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    effacer: Callable[[bool], int] | None = None


@dataclass(frozen=True)
class Relation:
    """All the ties of one file, and what follows from them."""

    dossier: int
    elements: tuple[Element, ...]
    jamais_allocataire: bool = False

    @property
    def tenants(self) -> tuple[Element, ...]:
        """What still holds, and forbids any erasure."""
        return tuple(e for e in self.elements if e.tient)

    @property
    def fin(self) -> dt.date | None:
        """The end of the relation; None while something holds (or when nothing is known)."""
        if self.tenants or not self.elements:
            return None
        return max(e.jusqu_au for e in self.elements if e.jusqu_au)

    @property
    def dernier(self) -> Element | None:
        """The tie that ended last: the one that decides of the date."""
        fin = self.fin
        return next((e for e in self.elements if fin is not None and e.jusqu_au == fin), None)

    @property
    def duree(self) -> Duree:
        return CONTENTIEUX_POSSIBLE if self.jamais_allocataire else APRES_LA_RELATION

    @property
    def archivable_le(self) -> dt.date | None:
        return None if self.fin is None else EN_BASE_ACTIVE.apres(self.fin)

    @property
    def effacable_le(self) -> dt.date | None:
        """RET-02, RET-04: the day from which nothing may remain."""
        return None if self.fin is None else self.duree.apres(self.fin)


def _des_salles(attribut: str) -> Iterable[Any]:
    for application in apps.get_app_configs():
        module = f"{application.name}.conservation"
        if application.name == "limpide.registre":
            module += ".retenue"
        if application.name.startswith("limpide.") and importlib.util.find_spec(module) is not None:
            yield from getattr(importlib.import_module(module), attribut, ())


def fournisseurs() -> tuple[Fournisseur, ...]:
    """What every room knows of ties."""
    return tuple(_des_salles("FOURNISSEURS"))


def fichiers() -> tuple[Fichiers, ...]:
    """What every room keeps outside the database."""
    return tuple(_des_salles("FICHIERS"))


def contacts(dossiers: Sequence[int]) -> dict[int, str]:
    """How each file's person can be told: the channel that a room knows, a letter otherwise."""
    connus: dict[int, str] = {}
    for contact in _des_salles("CONTACTS"):
        connus |= contact.lire(dossiers)
    return connus


def lectures_des_contacts() -> dict[str, tuple[str, ...]]:
    """Columns that finding a channel reads."""
    return unir(*(contact.lit for contact in _des_salles("CONTACTS")))


def lectures(autres: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, tuple[str, ...]]:
    """Columns that computing ends of relation reads, with those of the caller: for its declaration."""
    return unir(autres or {}, *(f.lit for f in fournisseurs()))


def unir(*lus: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Columns per model of several readings, each once."""
    ensemble: dict[str, list[str]] = {}
    for lecture in lus:
        for modele, colonnes in lecture.items():
            deja = ensemble.setdefault(modele, [])
            deja += [c for c in colonnes if c not in deja]
    return {modele: tuple(colonnes) for modele, colonnes in ensemble.items()}


def relations(dossiers: Sequence[int]) -> dict[int, Relation]:
    """The relation of each file, inside a processing that declares `lectures()`."""
    elements: dict[int, list[Element]] = {dossier: [] for dossier in dossiers}
    for fournisseur in fournisseurs():
        for dossier, element in fournisseur.lire(dossiers):
            elements[dossier].append(element)
    return {
        dossier: Relation(
            dossier,
            tuple(e for e in trouves if e.genre != JAMAIS_ALLOCATAIRE),
            jamais_allocataire=any(e.genre == JAMAIS_ALLOCATAIRE for e in trouves),
        )
        for dossier, trouves in elements.items()
    }
