"""Where a run of the tests lives: a data folder and a server of its own for each worker. Imported before Django."""

import fcntl
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

PREFIXE = "lpd-"  # short: the folder holds a socket, whose path is limited
CONTROLEUR = "seul"
USAGE = "usage"
_tenues: list[BinaryIO] = []


def installer() -> None:
    """Point this process, and those it starts, at the worker's data folder.

    One server per worker, not one per run: a test may kill it, or install roles, without its neighbours knowing.
    """
    ouvrier = os.environ.get("PYTEST_XDIST_WORKER")
    # Workers and commands read the same modules and tests: compiled once, even where Python is told to keep nothing.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if ouvrier is None:
        _effacer_les_abandonnes()
        os.environ["LIMPIDE_ESSAIS"] = tempfile.mkdtemp(prefix=PREFIXE)
        _tenir(Path(os.environ["LIMPIDE_ESSAIS"]))
    maison = Path(os.environ["LIMPIDE_ESSAIS"]) / (ouvrier or CONTROLEUR)
    maison.mkdir(mode=0o700, exist_ok=True)
    if ouvrier is not None and not (maison / "secrets").exists():  # the server copied from there will know them
        shutil.copytree(modele() / "secrets", maison / "secrets")
    os.environ["LIMPIDE_HOME"] = str(maison)
    for variable in ("DATABASE_URL", "LIMPIDE_APP_DATABASE_URL", "LIMPIDE_CLES", "LIMPIDE_DEBUG"):
        os.environ.pop(variable, None)
    # Compiled rules are kept from one run to the next: their folder bears the hash of their sources.
    os.environ.setdefault("LIMPIDE_CACHE", str(Path(__file__).parents[2] / ".pytest_cache" / "droits"))
    os.environ["LIMPIDE_BASE"] = "limpide_essais"
    os.environ["DJANGO_SETTINGS_MODULE"] = "limpide.socle.settings"


def modele() -> Path:
    """The controller's data folder, whose database is prepared once and copied by each worker."""
    return Path(os.environ["LIMPIDE_ESSAIS"]) / CONTROLEUR


def effacer() -> None:
    """End of the run: stop the servers, remove everything (the controller only)."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _arreter_et_effacer(Path(os.environ["LIMPIDE_ESSAIS"]))
        while _tenues:
            _tenues.pop().close()


def _arreter_et_effacer(course: Path) -> None:
    from limpide.socle import postgres

    for maison in (ou for ou in course.iterdir() if ou.is_dir()):
        os.environ["LIMPIDE_HOME"] = str(maison)
        postgres.arreter(de_force=True)
    shutil.rmtree(course, ignore_errors=True)  # another run may be sweeping it at the same time


def _tenir(course: Path) -> None:
    """Hold the run's folder for the life of this process: it has moments without a server, while another may sweep."""
    tenue = (course / "prise").open("wb")
    fcntl.flock(tenue, fcntl.LOCK_SH)
    (course / "prise").rename(course / USAGE)  # seen once it is held
    _tenues.append(tenue)


def _effacer_les_abandonnes() -> None:
    """Runs killed before their end leave servers and a folder: whoever comes next sweeps them."""
    for course in Path(tempfile.gettempdir()).glob(f"{PREFIXE}*"):
        usages = [*course.glob(USAGE), *course.glob(f"*/postgres/{USAGE}")]
        if usages and course.stat().st_uid == os.geteuid() and not any(_en_usage(usage) for usage in usages):
            _arreter_et_effacer(course)


def _en_usage(usage: Path) -> bool:
    with usage.open("rb+") as fichier:
        try:
            fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True  # a run in progress
    return False
