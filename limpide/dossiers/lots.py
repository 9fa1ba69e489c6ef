"""Columns of numbers between NumPy and PostgreSQL, in binary, without a Python object per value.

Out: `lire_colonnes`, one array per column. In: `Colonne`, a whole array as one parameter, for
`INSERT … SELECT … FROM unnest(…)`: COPY FROM is refused by PostgreSQL on tables with row security, and the policies
must hold for batches as for everyone. This is the only file of the room that speaks SQL text; queries are constants.
"""

import struct
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg
from django.db import connection
from psycopg import sql
from psycopg.adapt import Dumper
from psycopg.pq import Format

from limpide.registre.contexte import HorsRegistre, traitement_courant

_ENTETE_TABLEAU = 20
JOUR_ZERO = np.datetime64("2000-01-01")
"""PostgreSQL counts days from here."""

_TYPES: dict[str, tuple[int, int, str]] = {
    # name: oid of the element, oid of the array, big-endian layout
    "bigint": (20, 1016, ">i8"),
    "integer": (23, 1007, ">i4"),
    "smallint": (21, 1005, ">i2"),
    "date": (1082, 1182, ">i4"),
}


class Colonne:
    """An array to send as one `bigint[]`, `integer[]`, `smallint[]` or `date[]` parameter (dates: days since 2000)."""

    genre = "bigint"

    def __init__(self, valeurs: npt.ArrayLike) -> None:
        self.valeurs = np.asarray(valeurs)

    def octets(self) -> bytes:
        """PostgreSQL's binary form of a one-dimension array without null."""
        element, _, forme = _TYPES[self.genre]
        nombre = len(self.valeurs)
        if not nombre:
            return struct.pack(">iii", 0, 0, element)
        corps = np.empty(nombre, dtype=[("longueur", ">i4"), ("valeur", forme)])
        corps["longueur"] = np.dtype(forme).itemsize
        corps["valeur"] = self.valeurs
        return struct.pack(">iiiii", 1, 0, element, nombre, 1) + corps.tobytes()


def _genre(nom: str) -> tuple[type[Colonne], type[Dumper]]:
    colonne = type(f"Colonne_{nom}", (Colonne,), {"genre": nom})

    class Ecrivain(Dumper):
        format = Format.BINARY
        oid = _TYPES[nom][1]

        def dump(self, obj: Colonne) -> bytes:
            return obj.octets()

    return colonne, Ecrivain


_GENRES = {nom: _genre(nom) for nom in _TYPES}
Bigint, Integer, Smallint, Jours = (_GENRES[nom][0] for nom in _TYPES)


def _curseur() -> psycopg.Cursor[Any]:
    if traitement_courant() is None:
        raise HorsRegistre("requête hors de tout traitement : ouvrir « with traitement(…) » autour")
    curseur: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    for colonne, ecrivain in _GENRES.values():
        curseur.adapters.register_dumper(colonne, ecrivain)
    return curseur


def executer(requete: str, parametres: dict[str, Any]) -> int:
    """Run one set-based statement (a constant of the caller) inside the current processing; returns the row count."""
    with connection.wrap_database_errors, _curseur() as curseur:
        return curseur.execute(requete, parametres).rowcount  # type: ignore[arg-type]


def interroger(requete: str, parametres: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of one query (a constant of the caller) inside the current processing."""
    with connection.wrap_database_errors, _curseur() as curseur:
        return curseur.execute(requete, parametres).fetchall()  # type: ignore[arg-type]


def lire_colonnes(requete: str, parametres: dict[str, Any], colonnes: dict[str, str]) -> npt.NDArray[Any]:
    """Rows of a query as a structured array. `colonnes`: name → bigint, integer, smallint or date; none may be null.

    Each column comes back as one binary array: a single row crosses the wire, where COPY would give a message a row.
    """
    noms = [f"c{rang}" for rang in range(len(colonnes))]
    with connection.wrap_database_errors, _curseur() as curseur:
        valeurs = {nom: sql.Literal(v) for nom, v in parametres.items()}
        texte = sql.SQL("SELECT {} FROM ({}) AS q({})").format(
            sql.SQL(", ").join(sql.SQL("array_agg({})").format(sql.Identifier(n)) for n in noms),
            sql.SQL(requete).format(**valeurs),  # type: ignore[arg-type]
            sql.SQL(", ").join(sql.Identifier(n) for n in noms),
        )
        resultat = curseur.execute(texte, binary=True).pgresult
        assert resultat is not None
        bruts = [resultat.get_value(0, rang) for rang in range(len(colonnes))]
    lues = {nom: _lire_tableau(brut, _TYPES[genre]) for (nom, genre), brut in zip(colonnes.items(), bruts, strict=True)}
    natif = np.empty(
        len(next(iter(lues.values()))),
        dtype=[(nom, _TYPES[genre][2][1:]) for nom, genre in colonnes.items()],
    )
    for nom, lue in lues.items():
        natif[nom] = lue
    return natif


def _lire_tableau(brut: bytes | None, genre: tuple[int, int, str]) -> npt.NDArray[Any]:
    """Values of a one-dimension binary array without null (None: no row)."""
    element, _, forme = genre
    if brut is None:
        return np.empty(0, dtype=forme)
    dimensions, _, oid = struct.unpack_from(">iii", brut)
    if (dimensions, oid) != (1, element):
        raise TypeError(f"Colonne de type {oid} là où {element} est annoncé.")
    corps = np.frombuffer(brut, dtype=[("longueur", ">i4"), ("valeur", forme)], offset=_ENTETE_TABLEAU)
    if (corps["longueur"] < 0).any():
        raise TypeError("Une colonne lue en lot contient une valeur absente.")
    lue: npt.NDArray[Any] = corps["valeur"]
    return lue
