"""The data folder that one process prepares and each worker copies: the same migrations, and the same papers, once."""

import datetime as dt
import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.banc import lieu

PRET = "pret"
RACINE = Path(__file__).parents[2]
SANS_ATTENDRE_LE_DISQUE = "fsync = off\n"
"""A killed server loses nothing by it: what it wrote is the system's. Only the machine must not lose its power."""


def preparer() -> None:
    """What `limpide preparer` makes, its online services open, in the folder of LIMPIDE_HOME."""
    import django
    from django.core.management import call_command

    from limpide.socle.base_de_donnees import en_service

    django.setup()
    with en_service():
        call_command("preparer")
        from limpide.monde import homologations

        # From long ago and for long: tests move the clock.
        homologations.installer(dt.date(2020, 1, 1), duree=dt.timedelta(days=365 * 80))


def faire() -> "subprocess.CompletedProcess[str] | None":
    """The model, unless it is made; whoever asks while another makes it waits. What went wrong, if it did."""
    ou = lieu.modele()
    with (ou / "preparation").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if (ou / PRET).exists():
            return None
        preparation = subprocess.run(
            [sys.executable, "-m", __name__],
            cwd=RACINE, env=os.environ | {"LIMPIDE_HOME": str(ou), "DJANGO_SETTINGS_MODULE": "limpide.socle.settings"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if preparation.returncode != 0:
            return preparation
        (ou / PRET).touch()
    return None


def prendre() -> None:
    """The worker's own folder, as the model is."""
    if (echec := faire()) is not None:
        pytest.exit(f"La préparation de la base a échoué :\n{echec.stdout}\n{echec.stderr}", returncode=1)
    chez_soi = Path(os.environ["LIMPIDE_HOME"])
    if lieu.modele() != chez_soi:
        # Not shutil: as root, the server's files belong to an account of its own.
        subprocess.run(["cp", "-a", f"{lieu.modele()}/.", str(chez_soi)], check=True)
    with (chez_soi / "postgres" / "donnees" / "postgresql.auto.conf").open("a") as reglages:
        reglages.write(SANS_ATTENDRE_LE_DISQUE)


def preparer_pendant_la_collecte() -> None:
    """Of the whole suite: workers take some time to read the tests, and the first ones ask for the database."""
    threading.Thread(target=faire).start()


if __name__ == "__main__":
    preparer()
