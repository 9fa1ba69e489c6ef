"""How much of the law the random households reach: branches of each right's rules, taken or not.

The compiled rules and the traced ones are the same functions: households of the same draws are computed in plain
Python, the only form in which branches can be watched.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage

from limpide.droits import calcul
from limpide.droits.hasard import TIRAGE_COMPARABLE, TIRAGE_COMPLET, Tirage, tirer
from limpide.droits.moteur import arrondi

from .comparaison import graine_du_mois
from .montrer import situation_de

Mesures = dict[str, Any]
"""By file, what coverage's JSON report says of it."""

LOI = Path(arrondi.__file__).parents[1]
SANS_CALCUL = ("__init__.py", "phrases.py", "mots.py")
"""Files of a right that speak or gather, and decide nothing."""


@dataclass(frozen=True)
class Branches:
    """Branches of the rules of one folder of the law, and those taken: by what OpenFisca can be told, by every draw.

    `manquees` are « file:line » of the tests that went one way only, whatever was drawn.
    """

    dossier: str
    nombre: int
    comparables: int
    toutes: int
    manquees: tuple[str, ...]


def branches_prises(mois: Sequence[str], droits: Sequence[str], nombre: int, graine: int) -> list[Branches]:
    """Branches taken by `nombre` households of each month, folder by folder, what rights share first.

    Comparable households first; then households where somebody moves, or a fact is unknown, are added to them.
    """
    dossiers = ["bases", *droits]
    calcul.catalogue_droits()
    suivi = coverage.Coverage(
        branch=True, data_file=None, config_file=False, include=[str(LOI / dossier / "*.py") for dossier in dossiers]
    )
    comparables = _suivre(suivi, mois, droits, nombre, graine, TIRAGE_COMPARABLE)
    toutes = _suivre(suivi, mois, droits, nombre, graine, TIRAGE_COMPLET)
    return [_rassembler(dossier, comparables, toutes) for dossier in dossiers]


def _suivre(
    suivi: coverage.Coverage, mois: Sequence[str], droits: Sequence[str], nombre: int, graine: int, tirage: Tirage
) -> Mesures:
    """Compute these households, and what was taken of each file since the beginning."""
    for courant in mois:
        foyers, personnes = tirer(nombre, graine_du_mois(graine, courant), courant, tirage)
        situations = [situation_de(courant, foyers, personnes, rang) for rang in range(nombre)]
        with suivi.collect():
            for situation in situations:
                calcul.liquider(situation, droits)
    with tempfile.TemporaryDirectory() as dossier:
        rapport = Path(dossier) / "branches.json"
        suivi.json_report(outfile=str(rapport))
        mesures: Mesures = json.loads(rapport.read_text(encoding="utf-8"))["files"]
    return mesures


def _rassembler(dossier: str, comparables: Mesures, toutes: Mesures) -> Branches:
    fichiers = [f for f in sorted(toutes) if Path(f).parent.name == dossier and Path(f).name not in SANS_CALCUL]
    return Branches(
        dossier,
        sum(toutes[f]["summary"]["num_branches"] for f in fichiers),
        sum(comparables[f]["summary"]["covered_branches"] for f in fichiers if f in comparables),
        sum(toutes[f]["summary"]["covered_branches"] for f in fichiers),
        tuple(dict.fromkeys(f"{Path(f).name}:{ligne}" for f in fichiers for ligne, _ in toutes[f]["missing_branches"])),
    )
