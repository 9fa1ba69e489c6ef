"""Fixtures of the database: the application's real login, real commits, everything emptied after."""

import datetime as dt
import io
import logging
import os
from collections.abc import Iterator
from typing import Any, ClassVar

import psycopg
import pytest
from psycopg import sql

from limpide.socle import postgres
from limpide.socle.dossier_donnees import dossier
from tests.banc import modele


def connexion_superutilisateur(nom_de_base: str) -> psycopg.Connection[Any]:
    """A connection of our own to the embedded server, outside Django, as the owner of everything."""
    return psycopg.connect(
        host=str(postgres.prise()),
        port=postgres.PORT,
        user=postgres.SUPERUTILISATEUR,
        password=postgres.mot_de_passe(),
        dbname=nom_de_base,
        autocommit=True,
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's own test database: the one that `limpide preparer` makes, its online services open."""
    modele.prendre()
    postgres.demarrer()
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:  # every test starts with an empty journal
        connexion.execute("SET session_replication_role = replica")
        connexion.execute("DELETE FROM registre_journal")
    yield
    from django.db import connections

    connections.close_all()


@pytest.fixture(scope="session")
def nettoyeur(django_db_setup: None) -> Iterator["Nettoyeur"]:
    nettoyeur = Nettoyeur.courant = Nettoyeur(connexion_superutilisateur(os.environ["LIMPIDE_BASE"]))
    yield nettoyeur
    nettoyeur.connexion.close()


@pytest.fixture
def base(nettoyeur: "Nettoyeur", django_db_blocker: Any) -> Iterator[None]:
    """Access to the database; what the test wrote is gone afterwards."""
    from django.db import connections

    with django_db_blocker.unblock():
        yield
        for connexion in connections.all(initialized_only=True):
            if connexion.in_atomic_block or connexion.needs_rollback:
                connexion.close()  # the test left a transaction open: its locks would block the cleaning
    nettoyeur.nettoyer()


@pytest.fixture
def _django_db_helper(base: None) -> None:
    """`@pytest.mark.django_db` means: the fixture `base`."""


@pytest.fixture
def db(base: None) -> None:
    """pytest-django's name for `base`."""


@pytest.fixture
def transactional_db(base: None) -> None:
    """pytest-django's name for `base`: commits are always real here."""


@pytest.fixture
def en_novembre(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is 20 November 2026, a day of the world that the tests make, whatever day they run."""
    from django.utils import timezone

    vrai = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda quand=None, ou=None: vrai(quand, ou) if quand else dt.date(2026, 11, 20)
    )


@pytest.fixture
def journal_technique() -> Iterator[io.StringIO]:
    """What the site writes in its technical log, in memory."""
    from limpide.socle import journaux

    journaux.configurer(journaux.CONFIGURATION)
    sortie = io.StringIO()
    poignee = logging.getLogger().handlers[-1]
    assert isinstance(poignee, logging.StreamHandler)
    poignee.setStream(sortie)
    yield sortie
    journaux.configurer(journaux.CONFIGURATION)


Copie = tuple[sql.Composed, bytes]
"""Columns of a table that can be written, and its rows: in memory, since a purge must find them nowhere in the base."""


class Nettoyeur:
    """Puts the database back as the template was: empties the tables it had empty, restores the others.

    As the owner, with `session_replication_role = replica`: append-only triggers don't fire. Tables are
    emptied by DELETE of those that hold rows: far quicker than TRUNCATE on small data.
    """

    courant: ClassVar["Nettoyeur | None"] = None

    def __init__(self, connexion: psycopg.Connection[Any]) -> None:
        self._brancher(connexion)
        self.connexion.execute("CREATE SCHEMA essais")
        tables = self._tables()
        references = self._non_vides(tables)
        self.vides = [table for table in tables if table not in references]
        self.references = [(table, *self._garder(table)) for table in references]
        self.empreintes = self._empreintes()

    def _brancher(self, connexion: psycopg.Connection[Any]) -> None:
        self.connexion = connexion
        self.connexion.execute("SET session_replication_role = replica")
        self.connexion.execute("SET lock_timeout = '20s'")

    def _rejoindre(self) -> None:
        try:
            self.connexion.execute("SELECT 1")
        except psycopg.OperationalError:  # the test killed the server: a new one answers
            self.connexion.close()
            self._brancher(connexion_superutilisateur(os.environ["LIMPIDE_BASE"]))

    def intacte(self) -> bool:
        """Nothing was written since the last cleaning."""
        self._rejoindre()
        return not self._non_vides(self.vides) and self._empreintes() == self.empreintes

    def copier(self) -> tuple[Copie, ...]:
        """The rows written since."""
        return tuple(self._lire(table) for table in self._non_vides(self.vides))

    def _lire(self, table: sql.Identifier) -> Copie:
        colonnes = self._colonnes(table)
        requete = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT binary)").format(colonnes, table)
        with self.connexion.cursor().copy(requete) as lecture:
            return sql.SQL("{} ({})").format(table, colonnes), b"".join(bytes(morceau) for morceau in lecture)

    def poser(self, copies: tuple[Copie, ...]) -> None:
        """Put them back. Their numbers are taken already: sequences never go back."""
        for place, lignes in copies:
            with self.connexion.cursor().copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(place)) as ecriture:
                ecriture.write(lignes)

    def nettoyer(self) -> None:
        self._rejoindre()
        self.vider(self._non_vides(self.vides))
        # The heads it copied and the transfers it wrote are gone with the rest.
        for fichier in (*(dossier() / "journal").glob("tetes-*.jsonl"), *(dossier() / "virements").glob("*")):
            fichier.unlink()
        if self._empreintes() != self.empreintes:
            for table, copie, colonnes in self.references:
                self.connexion.execute(sql.SQL("DELETE FROM {}").format(table))
                self.connexion.execute(
                    sql.SQL("INSERT INTO {} ({c}) OVERRIDING SYSTEM VALUE SELECT {c} FROM {}").format(
                        table, copie, c=colonnes
                    )
                )

    def vider(self, tables: list[sql.Identifier]) -> None:
        try:
            for table in tables:
                self.connexion.execute(sql.SQL("DELETE FROM {}").format(table))
        except psycopg.errors.LockNotAvailable as erreur:
            raise AssertionError("le test a laissé une transaction ouverte dans un autre fil ou processus") from erreur

    def _tables(self) -> list[sql.Identifier]:
        lignes = self.connexion.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
            " AND n.nspname !~ '^(pg_|information_schema|essais)'"
        )
        return [sql.Identifier(*ligne) for ligne in lignes]

    def _non_vides(self, tables: list[sql.Identifier]) -> list[sql.Identifier]:
        if not tables:
            return []
        requete = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(rang), table)
            for rang, table in enumerate(tables)
        )
        return [tables[rang] for (rang,) in self.connexion.execute(requete)]

    def _garder(self, table: sql.Identifier) -> tuple[sql.Identifier, sql.Composed]:
        copie = sql.Identifier("essais", "_".join(table._obj))
        self.connexion.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(copie, table))
        return copie, self._colonnes(table)

    def _colonnes(self, table: sql.Identifier) -> sql.Composed:
        colonnes = self.connexion.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = ''",
            [table.as_string(self.connexion)],
        )
        return sql.SQL(", ").join(sql.Identifier(nom) for (nom,) in colonnes)

    def _empreintes(self) -> list[tuple[Any, ...]]:
        if not self.references:
            return []
        requete = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {}, count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {} t").format(
                sql.Literal(rang), table
            )
            for rang, (table, _, _) in enumerate(self.references)
        )
        return sorted(self.connexion.execute(requete))
