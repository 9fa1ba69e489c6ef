"""Columns of numbers between NumPy and PostgreSQL, in binary, without a Python object per value.

Out: `lire_colonnes` (COPY … TO STDOUT). In: `Colonne`, a whole array as one parameter, for
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

_ENTETE_COPIE = 19
_FIN_COPIE = 2
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
    """Rows of a query as a structured array. `colonnes`: name → bigint, integer, smallint or date; none may be null."""
    forme: list[tuple[str, str]] = [("_champs", ">i2")]
    for nom, genre in colonnes.items():
        forme += [(f"_{nom}", ">i4"), (nom, _TYPES[genre][2])]
    with connection.wrap_database_errors, _curseur() as curseur:
        texte = sql.SQL(requete).format(**{nom: sql.Literal(v) for nom, v in parametres.items()})  # type: ignore[arg-type]
        with curseur.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT binary)").format(texte)) as copie:
            brut = b"".join(bytes(morceau) for morceau in copie)
    lu = np.frombuffer(brut[_ENTETE_COPIE:-_FIN_COPIE], dtype=forme)
    natif = np.empty(len(lu), dtype=[(nom, _TYPES[genre][2][1:]) for nom, genre in colonnes.items()])
    for nom in colonnes:
        natif[nom] = lu[nom]
    return natif
