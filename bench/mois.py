"""The whole month, PostgreSQL to PostgreSQL, against a bare COPY of the same rows.

Run as a program of its own (`python -m bench.mois`), in a data folder of its own, so that settings, server
and memory are those of a Caf's machine and nothing of the user's is touched. Prints one line of JSON.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
import time
from typing import Any

from psycopg import sql

MOIS = dt.date(2026, 11, 1)
TABLES_LUES = ("dossiers_rattachement", "dossiers_fait")
LIGNES = "dossiers_lignedroit"
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
    """The bare COPY: out, the rows the month reads; back into an empty table, the lines it wrote."""
    from django.db import connections

    connexion = connections["proprietaire"]
    connexion.ensure_connection()
    with connexion.connection.cursor() as curseur:
        curseur.execute("SET row_security = off")
        curseur.execute(sql.SQL("CREATE TEMPORARY TABLE copie (LIKE {})").format(sql.Identifier(LIGNES)))
        tampon = io.BytesIO()
        debut = time.perf_counter()
        lues = 0
        for table in TABLES_LUES:
            with curseur.copy(COPIE.format(sql.Identifier(table))) as copie:
                for _ in copie:
                    lues += 1
        lecture = time.perf_counter() - debut
        with curseur.copy(COPIE.format(sql.Identifier(LIGNES))) as copie:
            for bloc in copie:
                tampon.write(bloc)
        debut = time.perf_counter()
        with curseur.copy("COPY copie FROM STDIN (FORMAT binary)") as copie:
            copie.write(tampon.getvalue())
        ecrites = curseur.execute("SELECT count(*) FROM copie").fetchone()[0]
        ecriture = time.perf_counter() - debut
        curseur.execute("DROP TABLE copie")
    return {"secondes": lecture + ecriture, "lues": lues, "ecrites": ecrites}


if __name__ == "__main__":
    print(json.dumps(mesurer(int(sys.argv[1]), int(sys.argv[2]))))
