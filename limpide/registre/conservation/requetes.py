"""SQL of the engine, inside the processing that is open: sets of rows, never one at a time.

Texts are built from the models' own names and from constants of the code; values are parameters.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

Parametres = Mapping[str, Any] | Sequence[Any]


def interroger(requete: str, parametres: Parametres = ()) -> list[tuple[Any, ...]]:
    """All rows of one query."""
    with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        curseur.execute(requete, parametres)
        return list(curseur.fetchall())


def executer(requete: str, parametres: Parametres = ()) -> int:
    """Run one statement; returns how many rows it touched."""
    with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        curseur.execute(requete, parametres)
        return int(curseur.rowcount)


def nom(identifiant: str) -> str:
    """A table or column name, quoted."""
    return str(connections[DEFAULT_DB_ALIAS].ops.quote_name(identifiant))
