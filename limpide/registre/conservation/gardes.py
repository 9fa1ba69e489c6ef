"""Append-only triggers and the declared purge: each guard of a table that it empties lets it pass, and nobody else.

Rooms write their triggers without thinking of it; the installation adds the same condition to all of them.
"""

from collections.abc import Iterable
from typing import Any

CONDITION = "WHEN (NOT registre_effacement_permis())"
# Row triggers before DELETE: bits ROW 1, BEFORE 2, DELETE 8 of pg_trigger.tgtype.
_GARDES = """
SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgqual IS NOT NULL
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = to_regnamespace('public') AND NOT t.tgisinternal AND c.relname = ANY (%s)
   AND t.tgtype & 11 = 11
 ORDER BY c.relname, t.tgname"""


def tables_gardees() -> list[str]:
    """Tables whose rows a declared erasure deletes or changes."""
    from limpide.registre.collecte import modele_de, registre
    from limpide.registre.conservation.permission import CYCLE, PURGE

    traitements = registre().traitements
    libelles: set[str] = set()
    for cle in (PURGE, CYCLE):
        if cle in traitements:
            libelles |= {*traitements[cle].supprimer, *traitements[cle].modifier}
    return sorted(modele_de(libelle, PURGE)._meta.db_table for libelle in libelles)


def fermees(curseur: Any, tables: Iterable[str] | None = None) -> list[tuple[str, str, str]]:
    """(table, trigger, its definition) of the guards that would also stop the declared purge."""
    curseur.execute(_GARDES, [list(tables_gardees() if tables is None else tables)])
    return [(table, nom, texte) for table, nom, texte, conditionnee in curseur.fetchall() if not conditionnee]


def ouvrir(curseur: Any) -> int:
    """Give each of them the condition; returns how many were changed."""
    a_changer = fermees(curseur)
    for _table, _nom, texte in a_changer:
        definition = texte.replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER", 1)
        curseur.execute(definition.replace("EXECUTE FUNCTION", f"{CONDITION} EXECUTE FUNCTION", 1))
    return len(a_changer)
