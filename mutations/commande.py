"""`make mutations`: every rule changed in each of its places, and what the worked cases let pass.

Exit code 1 when a survivor has no explanation in `survivants.toml`, or an explanation has no survivor left.
"""

from __future__ import annotations

import argparse
import fnmatch
import multiprocessing
import os
import sys
import tomllib
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from .jugement import CasDeLaLoi, Jugement, Sort, juger
from .mutants import Fonction, fonctions, mutants

SURVIVANTS = Path(__file__).parent / "survivants.toml"
AFFICHES = 60


def lire_arguments(arguments: list[str]) -> argparse.Namespace:
    """Options of the command."""
    analyse = argparse.ArgumentParser(prog="mutations", description=__doc__)
    analyse.add_argument("--droits", default="", help="dossiers de la loi, séparés par des virgules (tous)")
    analyse.add_argument("--processus", type=int, default=os.cpu_count() or 1, help="processus (un par cœur)")
    analyse.add_argument("--tout-montrer", action="store_true", help="tous les survivants sans explication")
    return analyse.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Change, judge, print; 0 if every survivor is explained."""
    options = lire_arguments(sys.argv[1:] if arguments is None else arguments)
    dossiers = tuple(d for d in options.droits.split(",") if d)
    jugements = juger_tout(dossiers, options.processus)
    explications = lire_explications()
    console = Console(highlight=False, width=140)
    console.print(_table(jugements, explications))
    nus = [j for j in jugements if j.sort is not Sort.REFUSE and expliquer(j.cle, explications) is None]
    for j in nus if options.tout_montrer else nus[:AFFICHES]:
        console.print(f"  {j.sort.value} : {j.cle}", markup=False)
    vaines = [] if dossiers else inutiles(jugements, explications)
    for modele in vaines:
        console.print(f"  explication sans survivant : {modele}", markup=False)
    console.print(f"\n{len(nus)} survivant(s) sans explication, {len(vaines)} explication(s) sans survivant.")
    return int(bool(nus or vaines))


_CAS: list[CasDeLaLoi] = []


def juger_tout(dossiers: tuple[str, ...], processus: int) -> list[Jugement]:
    """Every change of every function of these folders. Processes share the cases, read once."""
    _CAS[:] = [CasDeLaLoi()]
    concernees = fonctions(dossiers)
    rangs = range(len(concernees))
    if processus <= 1:
        return [j for rang in rangs for j in _juger_une(concernees[rang])]
    _FONCTIONS[:] = concernees
    with multiprocessing.get_context("fork").Pool(processus) as equipe:
        lots = equipe.imap(_juger_au_rang, rangs, chunksize=1)
        suivi = Console(stderr=True)
        return [j for lot in track(lots, "Fonctions", total=len(concernees), console=suivi) for j in lot]


_FONCTIONS: list[Fonction] = []


def _juger_au_rang(rang: int) -> list[Jugement]:
    return _juger_une(_FONCTIONS[rang])


def _juger_une(fonction: Fonction) -> list[Jugement]:
    concernes = _CAS[0].de(fonction)
    return [juger(mutant, concernes) for mutant in mutants(fonction)]


def lire_explications() -> dict[str, str]:
    """Pattern of keys → why the changed rule gives the same results, or why no case can tell."""
    lus = tomllib.loads(SURVIVANTS.read_text(encoding="utf-8"))["survivant"]
    return {s["cle"]: s["pourquoi"] for s in lus}


def expliquer(cle: str, explications: dict[str, str]) -> str | None:
    """Why this survivor survives; None if nobody said."""
    for modele, pourquoi in explications.items():
        if modele == cle or fnmatch.fnmatchcase(cle, modele.replace("[", "[[]")):
            return pourquoi
    return None


def inutiles(jugements: list[Jugement], explications: dict[str, str]) -> list[str]:
    """Explanations that no survivor needs any more."""
    survivants = [j.cle for j in jugements if j.sort is not Sort.REFUSE]
    return [
        modele
        for modele in explications
        if not any(expliquer(cle, {modele: explications[modele]}) for cle in survivants)
    ]


def _table(jugements: list[Jugement], explications: dict[str, str]) -> Table:
    table = Table("règles", "changements", "refusés", "survivants expliqués", "sans explication", "jamais appelés")
    comptes: dict[str, Counter[str]] = {}
    for j in jugements:
        compte = comptes.setdefault(j.dossier, Counter())
        compte["tous"] += 1
        explique = j.sort is not Sort.REFUSE and expliquer(j.cle, explications) is not None
        compte["expliqué" if explique else j.sort.value] += 1
    for dossier, c in sorted(comptes.items()):
        lus = [c["tous"], c[Sort.REFUSE.value], c["expliqué"], c[Sort.SURVIT.value], c[Sort.JAMAIS_APPELE.value]]
        table.add_row(dossier, *map(str, lus))
    return table
