"""The whole month, PostgreSQL to PostgreSQL, against a bare COPY of the same rows.

Run as a program of its own (`python -m bench.mois`), in a data folder of its own, so that settings, server and memory
are those of a Caf's machine and nothing of the user's is touched. Prints one line of JSON.

The months measured are ordinary ones: the month before has been liquidated. The bare COPY reads the rows the month
reads, and writes the rows it wrote (rights, decisions, ledger, journal) into empty tables with the same columns and
indexes; it has neither foreign keys, triggers nor row policies.

Each month is followed by its COPY, so that what else the machine does weighs on both; of the months, the one whose
ratio is the middle one is told. Processor time (ours and the server's) is given beside the clock's: it hardly depends
on the neighbours.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from psycopg import sql

MOIS_DE_MISE_EN_ROUTE = dt.date(2026, 8, 1)
MOIS_MESURES = (dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1))
TABLES_LUES = ("dossiers_rattachement", "dossiers_fait")
TABLES_ECRITES = (
    "dossiers_lignedroit",
    "dossiers_decision",
    "paiements_ecriture",
    "paiements_ligneecriture",
    "registre_journal",
)

SORTIR = sql.SQL("COPY (SELECT * FROM {} WHERE id > {}) TO STDOUT (FORMAT binary)")
ENTRER = sql.SQL("COPY {} FROM STDIN (FORMAT binary)")
CREER = sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING INDEXES)")
SUPPRIMER = sql.SQL("DROP TABLE {}")
COMPTER = sql.SQL("SELECT count(*) FROM {} WHERE id > {}")
DERNIER = sql.SQL("SELECT coalesce(max(id), 0) FROM {}")


def mesurer(foyers: int, graine: int) -> dict[str, Any]:
    """Build a world, liquidate its months, each followed by a copy of the rows that it read and wrote."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limpide.socle.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from limpide.dossiers.liquidation import liquider_mois
    from limpide.monde.chargement import charger
    from limpide.socle import base_de_donnees

    with base_de_donnees.en_service():
        call_command("preparer")
        charger(foyers, graine, MOIS_MESURES[-1])
        liquider_mois(MOIS_DE_MISE_EN_ROUTE)  # opens the files' past, compiles the law, warms the database
        mesures = sorted((_mesurer_un_mois(mois) for mois in MOIS_MESURES), key=rapport)
    return {"foyers": foyers, "rapports": [rapport(mesure) for mesure in mesures], **mesures[len(mesures) // 2]}


def rapport(mesure: dict[str, Any]) -> float:
    """Rate of the month over that of the bare COPY."""
    return float(mesure["copie_s"] / mesure["liquidation_s"])


def _mesurer_un_mois(mois: dt.date) -> dict[str, Any]:
    from limpide.dossiers.liquidation import liquider_mois

    with _curseur() as curseur:
        avant = {table: _un(curseur, DERNIER.format(sql.Identifier(table))) for table in TABLES_ECRITES}
    liquidation_s, liquidation_cpu_s = _chronometrer("default", lambda: liquider_mois(mois))
    return {"liquidation_s": liquidation_s, "liquidation_cpu_s": liquidation_cpu_s, **_copier(avant)}


def _chronometrer(alias: str, travail: Callable[[], Any]) -> tuple[float, float | None]:
    """Seconds by the clock, and of processor: ours and that of the connection's server process (None if elsewhere)."""
    from django.db import connections

    connexion = connections[alias]
    connexion.ensure_connection()
    processus = Path(f"/proc/{connexion.connection.info.backend_pid}/schedstat")
    ici = connexion.settings_dict["HOST"].startswith("/") and processus.exists()

    def processeur() -> float:
        return time.process_time() + (int(processus.read_text().split()[0]) / 1e9 if ici else 0)

    debut, debut_cpu = time.perf_counter(), processeur()
    travail()
    return time.perf_counter() - debut, processeur() - debut_cpu if ici else None


def _curseur() -> Any:
    from django.db import connections

    connexion = connections["proprietaire"]
    connexion.ensure_connection()
    curseur = connexion.connection.cursor()
    curseur.execute("SET row_security = off")
    return curseur


def _un(curseur: Any, requete: sql.Composed) -> int:
    return int(curseur.execute(requete).fetchone()[0])


def _copier(avant: dict[str, int]) -> dict[str, Any]:
    """The bare COPY: out, the rows the month reads; in, those it wrote."""
    with _curseur() as curseur:
        contenus = {table: _sortir(curseur, table, dernier) for table, dernier in avant.items()}
        copies = {table: sql.Identifier(f"copie_{table}") for table in avant}
        for table, copie in copies.items():
            curseur.execute(CREER.format(copie, sql.Identifier(table)))

        def copier() -> None:
            for table in TABLES_LUES:
                _sortir(curseur, table, 0)
            for table, octets in contenus.items():
                with curseur.copy(ENTRER.format(copies[table])) as flux:
                    flux.write(octets)

        secondes, processeur = _chronometrer("proprietaire", copier)
        for copie in copies.values():
            curseur.execute(SUPPRIMER.format(copie))
        return {
            "copie_s": secondes,
            "copie_cpu_s": processeur,
            "lues": sum(_un(curseur, COMPTER.format(sql.Identifier(t), 0)) for t in TABLES_LUES),
            "ecrites": sum(_un(curseur, COMPTER.format(sql.Identifier(t), n)) for t, n in avant.items()),
        }


def _sortir(curseur: Any, table: str, apres: int) -> bytes:
    with curseur.copy(SORTIR.format(sql.Identifier(table), apres)) as flux:
        return b"".join(flux)


if __name__ == "__main__":
    vraie_sortie, sys.stdout = sys.stdout, sys.stderr  # commands speak on stdout; we answer one line there
    resultat = mesurer(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(resultat), file=vraie_sortie)
