"""From a file or a person to every row that speaks of it: the links, and the order in which tables are emptied.

A link is a foreign key (even without a database constraint) or a number named `dossier_id` or `personne_id`; a table
without one is reached through a table that has one. New models are found by themselves.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from limpide.registre.conservation.regles import FIN_DE_LA_PERSONNE, FIN_DE_RELATION, Retention
from limpide.registre.conservation.techniques import retention_de

DOSSIER, PERSONNE = "dossier", "personne"
HORLOGE_DE = {DOSSIER: FIN_DE_RELATION, PERSONNE: FIN_DE_LA_PERSONNE}


@dataclass(frozen=True)
class Lien:
    """How the rows of a table name what is erased: a column, and the table in between when it isn't direct."""

    colonne: str
    par: Any = None


def modeles() -> tuple[Any, ...]:
    """Every table that a model describes, many-to-many ones included; proxies share their table."""
    return tuple(
        modele
        for modele in apps.get_models(include_auto_created=True)
        if modele._meta.managed and not modele._meta.proxy
    )


def racine(genre: str) -> Any:
    """The model whose rows are the files, or the persons."""
    return next(m for m in modeles() if (r := retention_de(m)) is not None and r.racine == genre)


def _cles(modele: Any) -> Iterable[Any]:
    return (champ for champ in modele._meta.concrete_fields if champ.remote_field is not None)


def liens_directs(modele: Any, genre: str) -> tuple[str, ...]:
    """Columns of this table that hold the number of a file (or of a person)."""
    origine = racine(genre)
    if modele is origine:
        return (str(modele._meta.pk.column),)
    noms = [c.column for c in _cles(modele) if c.remote_field.model._meta.concrete_model is origine]
    noms += [
        c.column for c in modele._meta.concrete_fields if c.remote_field is None and c.attname == f"{genre}_id"
    ]  # fmt: skip
    return tuple(noms)


def retenus(genre: str) -> tuple[Any, ...]:
    """Tables whose rows go with the file (or with the person)."""
    return tuple(m for m in modeles() if (r := retention_de(m)) is not None and r.horloge == HORLOGE_DE[genre])


def liens(modele: Any, genre: str) -> tuple[Lien, ...]:
    """Direct links, else those through a table that goes at the same time."""
    directs = liens_directs(modele, genre)
    if directs:
        return tuple(Lien(colonne) for colonne in directs)
    avec = set(retenus(genre))
    return tuple(
        Lien(c.column, c.remote_field.model._meta.concrete_model)
        for c in _cles(modele)
        if c.remote_field.model._meta.concrete_model in avec - {modele}
    )


def colonnes_lues(modele: Any, genre: str) -> set[str]:
    """Attributes that finding the rows reads: the links, and the keys they go through."""
    noms = {lien.colonne for lien in liens(modele, genre)}
    return {c.attname for c in modele._meta.concrete_fields if c.column in noms} | {modele._meta.pk.attname}


@functools.cache
def ordre(genre: str) -> tuple[Any, ...]:
    """The tables to empty, children first: no foreign key is ever left pointing at nothing."""
    restants = list(retenus(genre))
    rangees: list[Any] = []
    while restants:
        libres = [m for m in restants if not _enfants(m, restants)]
        if not libres:
            boucle = ", ".join(sorted(m._meta.label for m in restants))
            raise CycleDeCles(f"ces tables se nomment en boucle, aucune ne peut être vidée d'abord : {boucle}")
        rangees += libres
        restants = [m for m in restants if m not in libres]
    return tuple(rangees)


class CycleDeCles(ValueError):
    """Tables that name each other in a circle."""


def _enfants(modele: Any, parmi: Iterable[Any]) -> list[Any]:
    """Tables that name this one (itself aside: one statement empties it whole)."""
    return [m for m in parmi if m is not modele and any(
        c.remote_field.model._meta.concrete_model is modele for c in _cles(m))]  # fmt: skip


def references_vers(effaces: Iterable[Any]) -> list[tuple[Any, Any]]:
    """(model, field) of every foreign key towards tables whose rows are erased."""
    cibles = set(effaces)
    return [(m, c) for m in modeles() for c in _cles(m) if c.remote_field.model._meta.concrete_model in cibles]


def retention(modele: Any) -> Retention:
    """The declared retention; a check at start says that there is one."""
    declaree = retention_de(modele)
    if declaree is None:
        raise LookupError(f"{modele._meta.label} : aucune durée de conservation")
    return declaree
