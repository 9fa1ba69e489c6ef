"""`limpide demo`, as a newcomer runs it: a month computed and paid, then found again in seconds."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from limpide.socle import postgres


@pytest.fixture
def maison():
    """A data folder of its own; a short path, since PostgreSQL's socket lives in it."""
    dossier = Path(tempfile.mkdtemp(prefix="lh-"))
    yield dossier
    if any(dossier.iterdir()):
        _limpide(dossier, "arreter")
    shutil.rmtree(dossier)


def _limpide(maison: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environnement = {c: v for c, v in os.environ.items() if c not in {"DATABASE_URL", "LIMPIDE_APP_DATABASE_URL"}}
    environnement |= {"LIMPIDE_HOME": str(maison), "COLUMNS": "140"}
    return subprocess.run(
        [sys.executable, "-m", "limpide", *arguments], env=environnement, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip


def _empreintes(maison: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in sorted((maison / "virements").iterdir())}


def _en_marche(maison: Path) -> bool:
    with pytest.MonkeyPatch.context() as ailleurs:
        ailleurs.setenv("LIMPIDE_HOME", str(maison))
        return postgres.etat().en_marche


def _demandes(rendu: subprocess.CompletedProcess[str]) -> str:
    trouve = re.search(r"(\d+) demandes de droits faites", re.sub(r"\s+", " ", rendu.stdout))
    assert trouve, rendu.stdout
    return trouve[1]


@pytest.mark.long
def test_the_demonstration_pays_the_month_then_finds_it_again(maison):
    premiere = _limpide(maison, "demo", "--sans-serveur", "--foyers", "40", "--graine", "5")
    assert premiere.returncode == 0, premiere.stderr
    assert "40 foyers créés" in premiere.stdout
    assert int(_demandes(premiere)) >= 8  # three of Amina, the letters of those of Paris
    assert "Solange, sous tutelle" in premiere.stdout
    assert re.search(r"Prime d'activité\s+│\s+41 │\s+[1-9]", premiere.stdout)
    assert "trimestre non déclaré" in premiere.stdout
    fichiers = _empreintes(maison)
    assert fichiers
    assert not _en_marche(maison)  # the database lives as long as the command
    assert _limpide(maison, "showmigrations", "identite", "--database", "proprietaire").stdout.startswith(
        "identite\n [X]"
    )
    assert not _en_marche(maison)

    seconde = _limpide(maison, "demo", "--sans-serveur", "--foyers", "40", "--graine", "5")
    assert seconde.returncode == 0, seconde.stderr
    assert "0 foyers créés" in seconde.stdout
    assert _demandes(seconde) == "0"
    # What the day would raise was raised by the first start, and the second left the requests as they were.
    assert re.findall(r"\d+", _limpide(maison, "demandes_droits").stdout) == ["0", "0", "0"]
    assert _empreintes(maison) == fichiers


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        (("--foyers", "0"), "--foyers"),
        (("--foyers", "beaucoup"), "--foyers"),
        (("--graine", "-1"), "--graine"),
    ],
)
def test_a_wrong_option_is_named_before_anything_is_done(maison, arguments, attendu):
    rendu = _limpide(maison, "demo", "--sans-serveur", *arguments)
    assert rendu.returncode != 0
    assert attendu in rendu.stderr
    assert not (maison / "virements").exists()
