"""`with traitement("cle", …)`: one transaction, under the processing's role, and nothing else.

Outside it the application's login can do nothing. The role and the scope are set by `SET LOCAL` text built
from validated values, never by set_config(): EXECUTE on it is revoked, so that an injected expression
cannot change role or office. Nested processings are refused: a page with two purposes opens two.
"""

import contextlib
import contextvars
import dataclasses
import logging
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, DataError, ProgrammingError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from limpide.registre.collecte import registre
from limpide.registre.declaration import GENRES, Traitement
from limpide.registre.releve import Releve

PROPRIETAIRE = "proprietaire"
_ORGANISME = re.compile(r"[0-9A-Z]{1,6}")
_CONTROLE_DE_TRANSACTION = re.compile(r"\s*(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|SET CONSTRAINTS) ")
_trace = logging.getLogger("limpide.registre")


class HorsRegistre(PermissionError):
    """What is not declared cannot run. The French message names tables and columns, never values."""


@dataclasses.dataclass(frozen=True, slots=True)
class Acteur:
    """Who acts: kind, internal account number (never a name or a NIR), service shown to the citizen."""

    genre: str
    identifiant: int | None = None
    service: str = ""

    def __post_init__(self) -> None:
        if self.genre not in GENRES:
            raise ValueError(f"genre d'acteur inconnu : « {self.genre} » ; attendu : {', '.join(GENRES)}")


SYSTEME = Acteur("systeme", None, "Traitement automatisé")


@dataclasses.dataclass(slots=True)
class Cours:
    """A processing being run: what was declared, by whom, why, on which rows, and what it touched."""

    declaration: Traitement
    empreinte: str
    acteur: Acteur
    motif: str
    organisme: str | None
    personne: int | None
    dossier: int | None
    protecteur: int | None = None
    releve: Releve = dataclasses.field(default_factory=Releve)
    suivies: dict[Any, tuple[str | None, str | None]] = dataclasses.field(default_factory=dict)
    fil: int = dataclasses.field(default_factory=threading.get_ident)
    ouvert: bool = False

    @property
    def cle(self) -> str:
        return self.declaration.cle


_COURS: contextvars.ContextVar[Cours | None] = contextvars.ContextVar("limpide_traitement", default=None)
_GARDE_LEVEE: contextvars.ContextVar[bool] = contextvars.ContextVar("limpide_garde_levee", default=False)
EN_REQUETE: contextvars.ContextVar[bool] = contextvars.ContextVar("limpide_en_requete", default=False)


def traitement_courant() -> Cours | None:
    """The processing opened here, or None. A thread or task that outlives it sees None."""
    cours = _COURS.get()
    return cours if cours is not None and cours.ouvert and cours.fil == threading.get_ident() else None


def role_de(cle: str) -> str:
    """PostgreSQL role of a processing (roles belong to the whole cluster: the prefix can be set)."""
    return f"{getattr(settings, 'REGISTRE_PREFIXE_ROLES', 't_')}{cle}"


def refuser(message: str, *, objet: str) -> HorsRegistre:
    """Note the refusal for the journal and return the exception to raise."""
    if (cours := traitement_courant()) is not None:
        cours.releve.noter_refus(objet)
    return HorsRegistre(message)


def _preparer(
    cle: str,
    *,
    acteur: Acteur,
    motif: str,
    organisme: str | None,
    personne: int | None,
    dossier: int | None,
    protecteur: int | None,
) -> Cours:
    declaration = registre().traitements.get(cle)
    if declaration is None:
        raise refuser(f"le traitement « {cle} » n'est pas au registre", objet=f"traitement {cle}")
    if declaration.etat != "en_service":
        raise HorsRegistre(f"le traitement « {cle} » n'est pas en service ({declaration.etat})")
    if not motif.strip():
        raise HorsRegistre(f"le traitement « {cle} » s'ouvre avec un motif (pourquoi ces données sont lues)")
    if organisme is not None and not _ORGANISME.fullmatch(organisme):
        raise HorsRegistre("organisme invalide : 1 à 6 chiffres ou majuscules")
    if declaration.perimetre == "organisme" and organisme is None:
        raise HorsRegistre(f"le traitement « {cle} » est limité à un organisme : donner organisme=…")
    if declaration.perimetre == "personne" and personne is None:
        raise HorsRegistre(f"le traitement « {cle} » est limité à une personne : donner personne=…")
    if (acteur.genre == "protecteur") != (protecteur is not None):
        raise HorsRegistre("un protecteur, et lui seul, agit pour une autre personne : donner protecteur=…")
    return Cours(
        declaration=declaration,
        empreinte=registre().empreintes[cle],
        acteur=acteur,
        motif=motif.strip(),
        organisme=organisme,
        personne=None if personne is None else int(personne),
        dossier=None if dossier is None else int(dossier),
        protecteur=None if protecteur is None else int(protecteur),
    )


def _admettre(cours: Cours) -> None:
    genre, admis = cours.acteur.genre, cours.declaration.genres
    if genre not in admis:
        raise refuser(
            f"« {cours.declaration.intitule} » n'est pas ouvert à « {genre} » (admis : {', '.join(admis)})",
            objet=f"genre {genre}",
        )


def _prendre_role(cours: Cours) -> None:
    """Role and scope in one round trip. Every inserted value was checked by `_preparer`."""
    personne = "" if cours.personne is None else str(cours.personne)
    protecteur = "" if cours.protecteur is None else str(cours.protecteur)
    try:
        with garde_levee(), connections[DEFAULT_DB_ALIAS].cursor() as curseur:
            curseur.execute(
                f"SET LOCAL ROLE {role_de(cours.cle)}; "
                f"SET LOCAL app.organisme = '{cours.organisme or ''}'; "
                f"SET LOCAL app.personne = '{personne}'; "
                f"SET LOCAL app.protecteur = '{protecteur}'; "
                f"SET LOCAL app.pouvoir = '{cours.declaration.pouvoir}'; "
                f"SET LOCAL app.traitement = '{cours.cle}'"
            )
    except (ProgrammingError, DataError) as erreur:  # the role isn't there, or isn't granted to the login
        raise HorsRegistre(
            f"le rôle de « {cours.cle} » manque dans la base : lancer « limpide registre_installer »"
        ) from erreur


def _rendre_role() -> None:
    """Only needed where an enclosing transaction goes on (Django's TestCase): give the role back."""
    connexion = connections[DEFAULT_DB_ALIAS]
    if connexion.in_atomic_block and not connexion.needs_rollback:
        with garde_levee(), connexion.cursor() as curseur:
            curseur.execute(
                "SET LOCAL ROLE NONE; SET LOCAL app.organisme = ''; "
                "SET LOCAL app.personne = ''; SET LOCAL app.protecteur = ''; SET LOCAL app.pouvoir = ''; "
                "SET LOCAL app.traitement = ''"
            )


@contextlib.contextmanager
def garde_levee() -> Iterator[None]:
    """Room's own use: start-up checks read PostgreSQL's catalogue outside any processing."""
    jeton = _GARDE_LEVEE.set(True)
    try:
        yield
    finally:
        _GARDE_LEVEE.reset(jeton)


@contextlib.contextmanager
def traitement(
    cle: str,
    *,
    acteur: Acteur,
    motif: str,
    organisme: str | None = None,
    personne: int | None = None,
    dossier: int | None = None,
    protecteur: int | None = None,
) -> Iterator[Cours]:
    """Run the block as one transaction under the processing's role; journal what was read, even on failure.

    `organisme` and `personne` limit the rows when the declaration's scope says so; `dossier` is only noted.
    `protecteur`: the person who acts for `personne`; the database shows rows only if a measure in force allows it.
    Raises HorsRegistre for an unknown processing, an actor not admitted, a nested opening, an undeclared
    column — whether Python or PostgreSQL saw it.
    """
    if (deja := traitement_courant()) is not None:
        raise refuser(
            f"le traitement « {cle} » ne peut pas s'ouvrir dans « {deja.cle} » : une finalité à la fois",
            objet=f"traitement {cle}",
        )
    cours = _preparer(
        cle, acteur=acteur, motif=motif, organisme=organisme, personne=personne, dossier=dossier, protecteur=protecteur
    )  # fmt: skip
    connexion = connections[DEFAULT_DB_ALIAS]
    dehors: Any = connexion.atomic_blocks[-1] if connexion.in_atomic_block else None
    if dehors is not None and not dehors._from_testcase:  # noqa: SLF001
        raise HorsRegistre(f"le traitement « {cle} » ouvre sa propre transaction : pas d'atomic() autour")
    jeton = _COURS.set(cours)
    cours.ouvert = True
    try:
        _admettre(cours)
        with transaction.atomic(durable=True):
            _prendre_role(cours)
            yield cours
            _terminer(cours)
    except BaseException as erreur:
        cours.ouvert = True  # a deferred constraint may have refused the commit
        _apres_echec(cours, erreur)
        if _privilege_refuse(erreur) and not isinstance(erreur, HorsRegistre):
            raise HorsRegistre(_message_du_refus(cours, erreur)) from None
        raise
    finally:
        cours.ouvert = False
        _COURS.reset(jeton)
        _rendre_role()


def _terminer(cours: Cours) -> None:
    """Journal lines go in the same transaction: what was read is committed with its trace, or not at all."""
    from limpide.registre.journal import ecrire

    connexion = connections[DEFAULT_DB_ALIAS]
    etat = connexion.connection.info.transaction_status
    if connexion.needs_rollback or etat == psycopg.pq.TransactionStatus.INERROR:
        raise transaction.TransactionManagementError(
            f"« {cours.cle} » : une requête a échoué dans ce traitement, et son erreur a été tue ; "
            "rien n'est enregistré. Entourer la requête d'un atomic(), ou laisser l'erreur sortir."
        )
    ecrire(cours)
    cours.ouvert = False  # on_commit hooks run outside the processing


def _apres_echec(cours: Cours, erreur: BaseException) -> None:
    """The work is rolled back, its trace is not: a transaction of its own for reads and refusals."""
    from limpide.registre.journal import ecrire

    if _privilege_refuse(erreur) and not isinstance(erreur, HorsRegistre):
        cours.releve.noter_refus(_table_refusee(erreur))
    try:
        with transaction.atomic():
            _prendre_role(cours)
            ecrire(cours)
    except (DatabaseError, HorsRegistre) as echec:
        # The original error must reach the caller; the missing trace is said aloud in the server's log.
        _trace.critical("journal_non_ecrit traitement=%s cause=%s", cours.cle, type(echec).__name__)
        erreur.add_note("Le journal de ce traitement n'a pas pu être écrit.")


def _privilege_refuse(erreur: BaseException) -> bool:
    return isinstance(erreur, psycopg.errors.InsufficientPrivilege) or isinstance(
        erreur.__cause__, psycopg.errors.InsufficientPrivilege
    )


def _table_refusee(erreur: BaseException) -> str:
    """The object named by PostgreSQL: « permission denied for table x », « … policy for table "x" »."""
    origine = erreur if isinstance(erreur, psycopg.Error) else erreur.__cause__
    texte = str(origine).splitlines()[0] if origine else ""
    trouve = re.search(r'(?:table|function|sequence|schema|view|role|relation) "?([A-Za-z0-9_.]+)"?', texte)
    return trouve[1] if trouve else "base de données"


def _message_du_refus(cours: Cours, erreur: BaseException) -> str:
    return (
        f"refusé par la base de données : « {cours.cle} » ne déclare pas cet accès à "
        f"{_table_refusee(erreur)} (colonne, verbe ou périmètre)"
    )


Executer = Callable[[str, Any, bool, dict[str, Any]], Any]


def garde(execute: Executer, sql: str, params: Any, many: bool, contexte: dict[str, Any]) -> Any:
    """Execute wrapper of the application's connection: nothing runs outside a processing."""
    if _GARDE_LEVEE.get():
        return execute(sql, params, many, contexte)
    cours = traitement_courant()
    if cours is None:
        if _CONTROLE_DE_TRANSACTION.match(str(sql)):
            return execute(sql, params, many, contexte)  # touches no row
        raise HorsRegistre("requête hors de tout traitement : ouvrir « with traitement(…) » autour")
    try:
        return execute(sql, params, many, contexte)
    except DatabaseError as erreur:
        if not _privilege_refuse(erreur):
            raise
        cours.releve.noter_refus(_table_refusee(erreur))
        raise HorsRegistre(_message_du_refus(cours, erreur)) from None


def garde_proprietaire(execute: Executer, sql: str, params: Any, many: bool, contexte: dict[str, Any]) -> Any:
    """The owner's connection migrates and installs; it never answers a request nor serves a processing."""
    if EN_REQUETE.get() or traitement_courant() is not None:
        raise HorsRegistre("la connexion propriétaire ne sert ni une page ni un traitement")
    return execute(sql, params, many, contexte)


def poser_les_gardes(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receiver of `connection_created`: once per connection object."""
    sentinelle = {DEFAULT_DB_ALIAS: garde, PROPRIETAIRE: garde_proprietaire}.get(connection.alias)
    if sentinelle is not None and sentinelle not in connection.execute_wrappers:
        connection.execute_wrappers.append(sentinelle)
