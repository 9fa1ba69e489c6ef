"""The whole month, PostgreSQL to PostgreSQL, against a bare COPY of the same rows.

Run as a program of its own (`python -m bench.mois`), in a data folder of its own, so that settings, server
and memory are those of a Caf's machine and nothing of the user's is touched. Prints one line of JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from typing import Any

from psycopg import sql

MOIS = dt.date(2026, 11, 1)
TABLES_LUES = ("dossiers_rattachement", "dossiers_fait")
TABLES_ECRITES = (
    "dossiers_lignedroit",
    "dossiers_decision",
    "paiements_ecriture",
    "paiements_ligneecriture",
    "registre_journal",
)
COPIE = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT (FORMAT binary)")


def mesurer(foyers: int, graine: int) -> dict[str, Any]:
    """Build a world, liquidate its month, then copy the rows that were read and written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limpide.socle.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from limpide.dossiers.liquidation import liquider_mois
    from limpide.monde.chargement import charger
    from limpide.socle import base_de_donnees

    sys.stdout, vraie = sys.stderr, sys.stdout
    with base_de_donnees.en_service():
        call_command("preparer")
        debut = time.perf_counter()
        charger(foyers, graine, MOIS)
        chargement = time.perf_counter() - debut
        liquider_mois(MOIS, executer=False)  # compiles the law and warms the database, keeps nothing
        bilan = liquider_mois(MOIS)
        copies = [_copier() for _ in range(3)]
    sys.stdout = vraie
    return {
        "foyers": bilan.foyers,
        "lignes": bilan.lignes,
        "chargement_s": chargement,
        "liquidation_s": bilan.secondes,
        "copie_s": sorted(c["secondes"] for c in copies)[1],
        "lues": copies[0]["lues"],
        "ecrites": copies[0]["ecrites"],
    }


def _copier() -> dict[str, Any]:
    """The bare COPY: out, the rows the month reads; in, all the rows it wrote, into empty tables of the same form.

    Same columns and same indexes, written to the same disk; no foreign key, trigger or row policy.
    """
    from django.db import connections

    connexion = connections["proprietaire"]
    connexion.ensure_connection()
    ecrites = 0
    with connexion.connection.cursor() as curseur:
        curseur.execute("SET row_security = off")
        contenus = {}
        for table in TABLES_ECRITES:
            curseur.execute(f"DROP TABLE IF EXISTS copie_{table}")
            curseur.execute(f"CREATE TABLE copie_{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING INDEXES)")
            contenus[table] = _sortir(curseur, table)
        debut = time.perf_counter()
        lues = sum(len(_sortir(curseur, table)) > 0 for table in TABLES_LUES)
        lecture = time.perf_counter() - debut
        lues = sum(curseur.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES_LUES)  # noqa: S608 -- our own table names
        debut = time.perf_counter()
        for table, octets in contenus.items():
            with curseur.copy(f"COPY copie_{table} FROM STDIN (FORMAT binary)") as copie:
                copie.write(octets)
        ecriture = time.perf_counter() - debut
        for table in TABLES_ECRITES:
            ecrites += curseur.execute(f"SELECT count(*) FROM copie_{table}").fetchone()[0]  # noqa: S608 -- our own table names
            curseur.execute(f"DROP TABLE copie_{table}")
    return {"secondes": lecture + ecriture, "lues": lues, "ecrites": ecrites}


def _sortir(curseur: Any, table: str) -> bytes:
    with curseur.copy(f"COPY (SELECT * FROM {table}) TO STDOUT (FORMAT binary)") as copie:  # noqa: S608 -- our own table names
        return b"".join(copie)


if __name__ == "__main__":
    print(json.dumps(mesurer(int(sys.argv[1]), int(sys.argv[2]))))
