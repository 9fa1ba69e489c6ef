"""The data folder and its secrets."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from limpide.socle import dossier_donnees


@pytest.fixture
def chez_moi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIMPIDE_HOME", str(tmp_path / "donnees"))
    return tmp_path / "donnees"


def test_un_secret_ne_change_plus(chez_moi: Path) -> None:
    premier = dossier_donnees.secret("essai")
    assert len(premier) >= 60
    assert dossier_donnees.secret("essai") == premier
    assert dossier_donnees.secret("autre") != premier


def test_un_secret_n_est_lisible_que_de_son_compte(chez_moi: Path) -> None:
    dossier_donnees.secret("essai")
    assert stat.S_IMODE((chez_moi / "secrets" / "essai").stat().st_mode) == 0o600
    assert stat.S_IMODE((chez_moi / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE(chez_moi.stat().st_mode) == 0o700
    assert [chemin.name for chemin in (chez_moi / "secrets").iterdir()] == ["essai"]


def test_dix_processus_tirent_le_meme_secret(chez_moi: Path) -> None:
    code = "from limpide.socle import dossier_donnees; print(dossier_donnees.secret('partage'))"
    tous = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(10)]
    assert len({processus.communicate()[0] for processus in tous}) == 1


def test_un_dossier_impossible_est_dit_en_clair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fichier").touch()
    monkeypatch.setenv("LIMPIDE_HOME", str(tmp_path / "fichier" / "dedans"))
    with pytest.raises(dossier_donnees.DossierInutilisable, match="LIMPIDE_HOME"):
        dossier_donnees.dossier()
