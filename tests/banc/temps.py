"""Time that has passed: the whole world as it would be some years ago, a file closed since, notices given long ago."""

import datetime as dt
import os
import subprocess
from typing import Any

from psycopg import sql

from limpide.socle import postgres
from limpide.socle.postgres_programmes import binaires
from tests.banc.base import connexion_superutilisateur

SALLES = (
    "dossiers_",
    "paiements_",
    "identite_affiliation",
    "identite_coordonneesbancaires",
    "identite_etapenia",
    "identite_etatidentite",
    "identite_immatriculation",
)
_COLONNES = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
   AND a.attgenerated = ''
   AND format_type(a.atttypid, NULL) IN ('date', 'timestamp with time zone', 'daterange', 'tstzrange')
 ORDER BY c.relname, a.attnum"""


def reculer(annees: int) -> None:
    """Every date of files, money and affiliations, so many years earlier (their triggers aside, as time would)."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        colonnes: dict[str, dict[str, str]] = {}
        for table, colonne, genre in connexion.execute(_COLONNES).fetchall():
            if table.startswith(SALLES) and colonne != "naissance":
                colonnes.setdefault(table, {})[colonne] = genre
        for table, genres in colonnes.items():
            # What was known before goes back first: at no moment do two versions of a fact hold together.
            tours = ["NOT upper_inf(connu)", "upper_inf(connu)"] if "connu" in genres else ["true"]
            for tour in tours:
                connexion.execute(
                    sql.SQL("UPDATE {} SET {} WHERE {}").format(
                        sql.Identifier(table),
                        sql.SQL(", ").join(_recul(colonne, genre) for colonne, genre in genres.items()),
                        sql.SQL(tour),
                    ),
                    {"ans": annees},
                )


def _recul(colonne: str, genre: str) -> sql.Composed:
    noms = {"c": sql.Identifier(colonne)}
    if genre not in ("daterange", "tstzrange"):
        return sql.SQL("{c} = {c} - make_interval(years => %(ans)s)").format(**noms)
    interieur = sql.SQL("::date") if genre == "daterange" else sql.SQL("")
    return sql.SQL(
        "{c} = CASE WHEN isempty({c}) THEN {c} ELSE {g}((lower({c}) - make_interval(years => %(ans)s)){i}, "
        "(upper({c}) - make_interval(years => %(ans)s)){i}, '[)') END"
    ).format(**noms, g=sql.SQL(genre), i=interieur)


def clore(dossier: int, le: dt.date) -> None:
    """Close this file that day, and what linked its persons to it."""
    proprietaire(
        "UPDATE dossiers_rattachement SET valide = valide * daterange(NULL, %s) WHERE dossier_id = %s", [le, dossier]
    )
    proprietaire("UPDATE dossiers_dossier SET clos_le = %s, motif_cloture = 'Essai' WHERE id = %s", [le, dossier])


def grace_passee() -> None:
    """The notices were given long enough ago."""
    proprietaire("UPDATE registre_archivage SET grace_jusqu_au = CURRENT_DATE - 1 WHERE etat = 'prevenu'", [])


def proprietaire(ordre: str, parametres: list[Any]) -> None:
    """One statement of the bench, triggers aside."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        connexion.execute(ordre.encode(), parametres)


def sauvegarde() -> str:
    """What `pg_dump` writes of the whole database, as whoever keeps it would."""
    commande = [str(binaires() / "pg_dump"), "--inserts", "--host", str(postgres.prise()), "--port", str(postgres.PORT),
                "--username", postgres.SUPERUTILISATEUR, os.environ["LIMPIDE_BASE"]]  # fmt: skip
    secret = {"PGPASSWORD": postgres.mot_de_passe(), "LC_ALL": "C.UTF-8"}
    return subprocess.run(commande, env=secret, capture_output=True, encoding="utf-8", check=True).stdout


def tout_le_texte() -> str:
    """Every row of every table, as text, whatever the database (`sauvegarde` is its dump)."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        tables = connexion.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind = 'r' AND n.nspname !~ '^pg_toast'"
        ).fetchall()
        morceaux = []
        for table in tables:
            with connexion.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(*table))) as copie:
                morceaux += [bytes(bloc) for bloc in copie]
    return b"".join(morceaux).decode("utf-8", "replace")
