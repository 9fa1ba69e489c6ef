"""The `limpide` command says all it can do, and helps who mistypes."""

import argparse
import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from limpide.__main__ import SANS_DJANGO, main
from limpide.commandes import LOI
from limpide.droits.commande import EN_PARQUET, _analyseur


def limpide(*demande: str, maison: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own: a command sets the logs up and stops the server of its data folder when it ends."""
    return subprocess.run(
        [sys.executable, "-m", "limpide", *demande],
        env=os.environ | {"LIMPIDE_HOME": str(maison)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("demande", [["--help"], ["help"], ["-h"], []])
def test_l_aide_dit_toutes_les_commandes(demande: list[str], tmp_path: Path) -> None:
    fini = limpide(*demande, maison=tmp_path)
    assert fini.returncode == 0
    dit = fini.stdout
    for nom, aide in LOI.items():
        assert f"  {nom} " in dit
        assert aide in dit
    assert "dossiers : jour" in dit
    assert "migrate" in dit


def test_la_loi_est_celle_que_sait_repondre_la_commande() -> None:
    assert set(LOI) == SANS_DJANGO
    analyseur = argparse.ArgumentParser()
    parquet = analyseur.add_subparsers()
    for salle in EN_PARQUET.values():
        importlib.import_module(f"limpide.droits.{salle}.commande").ajouter(parquet)
    (du_foyer,) = _analyseur()._subparsers._group_actions
    dites = {choix.dest: choix.help for choix in (*du_foyer._choices_actions, *parquet._choices_actions)}
    assert dites == LOI


@pytest.mark.parametrize("nom", sorted(LOI))
def test_chaque_commande_de_la_loi_a_son_aide(nom: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as fin:
        main(["help", nom])
    assert fin.value.code == 0
    assert f"limpide {nom}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("demande", "proche"), [(["courb"], "« courbe »"), (["help", "simule"], "« simuler »"), (["migrat"], "« migrate »")]
)
def test_une_faute_de_frappe_est_rapprochee(demande: list[str], proche: str, tmp_path: Path) -> None:
    fini = limpide(*demande, maison=tmp_path)
    assert fini.returncode == 2
    assert f"Commande inconnue : {demande[-1]}." in fini.stderr
    assert proche in fini.stderr


def test_ce_qui_ne_ressemble_a_rien_n_est_rapproche_de_rien(tmp_path: Path) -> None:
    fini = limpide("zzzz", maison=tmp_path)
    assert fini.returncode == 2
    assert fini.stderr == "Commande inconnue : zzzz. « limpide help » les dit toutes.\n"
