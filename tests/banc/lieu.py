"""Where a run of the tests lives: a data folder of its own, a database per worker. Imported before Django."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIXE = "lpd-"  # short: the folder holds a socket, whose path is limited
MODELE = "limpide_modele"


def installer() -> None:
    """Point this process, and those it starts, at the run's data folder and at the worker's database."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _effacer_les_abandonnes()
        os.environ["LIMPIDE_HOME"] = tempfile.mkdtemp(prefix=PREFIXE)
    for variable in ("DATABASE_URL", "LIMPIDE_APP_DATABASE_URL", "LIMPIDE_CLES", "LIMPIDE_DEBUG"):
        os.environ.pop(variable, None)
    # Compiled rules are kept from one run to the next: their folder bears the hash of their sources.
    os.environ.setdefault("LIMPIDE_CACHE", str(Path(__file__).parents[2] / ".pytest_cache" / "droits"))
    os.environ["LIMPIDE_BASE"] = f"limpide_{os.environ.get('PYTEST_XDIST_WORKER', 'seul')}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "limpide.socle.settings"


def effacer() -> None:
    """End of the run: stop the server, remove everything (the controller only)."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    from limpide.socle import postgres

    postgres.arreter(de_force=True)
    shutil.rmtree(os.environ["LIMPIDE_HOME"], ignore_errors=True)


def _effacer_les_abandonnes() -> None:
    """Runs killed before their end leave a server and a folder: whoever comes next sweeps them."""
    from limpide.socle import postgres

    for dossier in Path(tempfile.gettempdir()).glob(f"{PREFIXE}*"):
        usage = dossier / "postgres" / "usage"
        if not usage.exists() or dossier.stat().st_uid != os.geteuid():
            continue
        with usage.open("rb+") as fichier:
            try:
                fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # a run in progress
        os.environ["LIMPIDE_HOME"] = str(dossier)
        postgres.arreter(de_force=True)
        shutil.rmtree(dossier, ignore_errors=True)
