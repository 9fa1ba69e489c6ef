"""Two doors to the same database, and how they come to exist.

`default`       the application's login: owns nothing, sees nothing outside a processing of the register.
`proprietaire`  the owner: migrations, roles and policies. Absent with LIMPIDE_APP_DATABASE_URL alone.

Without DATABASE_URL the embedded server is used. Importing the settings starts nothing: `assurer()` does.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from limpide.socle import dossier_donnees, postgres

LOGIN_APPLICATION = "limpide_app"
VERSION_MINIMALE = 15
BASE = "limpide"


class BaseInutilisable(RuntimeError):
    """The database can't be used as it is; the message (French) says why and what to do."""


def configuration() -> dict[str, dict[str, Any]]:
    """Django's DATABASES, computed from the environment without touching any server."""
    adresse, adresse_app = os.environ.get("DATABASE_URL"), os.environ.get("LIMPIDE_APP_DATABASE_URL")
    if adresse_app and not adresse:
        return {"default": _entree(**_lire_adresse(adresse_app))}
    proprietaire = _lire_adresse(adresse) if adresse else _serveur_embarque()
    application = (
        _lire_adresse(adresse_app)
        if adresse_app
        else proprietaire | {"USER": LOGIN_APPLICATION, "PASSWORD": dossier_donnees.secret("postgres_app")}
    )
    return {"default": _entree(**application), "proprietaire": _entree(**proprietaire)}


def embarquee() -> bool:
    """True if the data live in the embedded server."""
    return not (os.environ.get("DATABASE_URL") or os.environ.get("LIMPIDE_APP_DATABASE_URL"))


def assurer() -> None:
    """Make the database reachable: start the embedded server, create the database and the login if need be.

    Idempotent and quick (tens of milliseconds) once done. Raises PostgresIndisponible or BaseInutilisable.
    """
    if embarquee():
        postgres.demarrer()
    configuration_ = configuration()
    if "proprietaire" in configuration_:
        _creer_ce_qui_manque(configuration_["proprietaire"], configuration_["default"])


@contextlib.contextmanager
def en_service() -> Iterator[None]:
    """Around a command: the embedded server, if it has data, runs meanwhile, and stops with its last user."""
    if embarquee() and postgres.creees():
        postgres.demarrer()
    try:
        yield
    finally:
        if embarquee():
            postgres.rendre()


def _serveur_embarque() -> dict[str, Any]:
    return {
        "HOST": str(postgres.prise()),
        "PORT": str(postgres.PORT),
        "USER": postgres.SUPERUTILISATEUR,
        "PASSWORD": postgres.mot_de_passe(),
        # LIMPIDE_BASE lets several databases share the embedded server: the tests' workers use it.
        "NAME": os.environ.get("LIMPIDE_BASE", BASE),
    }


def _lire_adresse(adresse: str) -> dict[str, Any]:
    """`postgresql://login:password@host:port/base?sslmode=require`; `host` may also be a socket folder.

    `prepare_threshold=non` keeps no plan: for a pool of connections that doesn't know prepared statements.
    """
    parties = urlsplit(adresse)
    if parties.scheme not in {"postgresql", "postgres"}:
        raise BaseInutilisable(
            "L'adresse de la base doit être de la forme postgresql://login:mot-de-passe@hote:5432/limpide "
            f"(elle commence par « {parties.scheme}: »)."
        )
    options: dict[str, Any] = dict(parse_qsl(parties.query))
    if (seuil := options.pop("prepare_threshold", None)) is not None:
        if not re.fullmatch(r"[0-9]{1,4}|non", seuil):
            raise BaseInutilisable(
                "L'adresse de la base dit prepare_threshold : il y faut un nombre de fois, ou « non » pour ne garder "
                f"aucun plan (elle dit « {seuil} »)."
            )
        options["prepare_threshold"] = None if seuil == "non" else int(seuil)
    return {
        "HOST": options.pop("host", unquote(parties.hostname or "")),
        "PORT": options.pop("port", str(parties.port or "")),
        "USER": unquote(parties.username or ""),
        "PASSWORD": unquote(parties.password or ""),
        "NAME": unquote(parties.path.lstrip("/")) or BASE,
        "OPTIONS": options,
    }


def _entree(**acces: Any) -> dict[str, Any]:
    options = {
        # Values travel apart from the statement: an injected value can't become SQL that changes role.
        "server_side_binding": True,
        # A statement asked for the fifth time keeps its plan, row policies included: a page takes half the time.
        # PostgreSQL plans it again when the role changes; the scope's settings are read at each execution.
        "prepare_threshold": 5,
        # Django would otherwise set the time zone with set_config, which is revoked from everybody.
        "options": "-c timezone=UTC",
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **acces,
        "OPTIONS": options | acces.get("OPTIONS", {}),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # a processing of the register is the transaction
        "TIME_ZONE": None,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


def _creer_ce_qui_manque(proprietaire: dict[str, Any], application: dict[str, Any]) -> None:
    import psycopg
    from psycopg import sql

    try:
        with _connexion(proprietaire, "postgres") as connexion:
            version = connexion.info.server_version // 10000
            if version < VERSION_MINIMALE:
                raise BaseInutilisable(
                    f"Ce serveur est un PostgreSQL {version} ; il en faut un {VERSION_MINIMALE} au moins."
                )
            nom = proprietaire["NAME"]
            if not connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [nom]).fetchone():
                connexion.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8'").format(sql.Identifier(nom)))
            if not os.environ.get("LIMPIDE_APP_DATABASE_URL"):
                _creer_login(connexion, application)
    except psycopg.errors.InsufficientPrivilege as erreur:
        raise BaseInutilisable(
            "Le login de DATABASE_URL doit pouvoir créer une base et des rôles "
            "(CREATEDB CREATEROLE, ou un superutilisateur)."
        ) from erreur
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        pass  # another process has just created it
    except psycopg.OperationalError as erreur:
        ou = proprietaire["HOST"] or "localhost"
        raise BaseInutilisable(f"Le serveur PostgreSQL « {ou} » ne répond pas : {str(erreur).strip()}") from erreur


def _connexion(acces: dict[str, Any], base: str) -> Any:
    import psycopg

    autres = {k: v for k, v in acces["OPTIONS"].items() if k != "server_side_binding"}
    return psycopg.connect(
        host=acces["HOST"], port=acces["PORT"], user=acces["USER"], password=acces["PASSWORD"],
        dbname=base, autocommit=True, connect_timeout=10, **autres,
    )  # fmt: skip


def _creer_login(connexion: Any, application: dict[str, Any]) -> None:
    """The application's login: NOINHERIT, so that it holds no right before entering a processing."""
    from psycopg import sql

    login, mot_de_passe = sql.Identifier(application["USER"]), sql.Literal(application["PASSWORD"])
    existe = connexion.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [application["USER"]]).fetchone()
    if existe and _acces_possible(application):
        return
    verbe = sql.SQL("ALTER" if existe else "CREATE")
    connexion.execute(
        sql.SQL("{} ROLE {} LOGIN NOINHERIT NOCREATEDB NOCREATEROLE PASSWORD {}").format(verbe, login, mot_de_passe)
    )
    connexion.execute(sql.SQL("ALTER ROLE {} SET timezone = 'UTC'").format(login))


def _acces_possible(application: dict[str, Any]) -> bool:
    """Does the login open with the password we hold? (Another data folder may have changed it.)"""
    import psycopg

    try:
        _connexion(application, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True
