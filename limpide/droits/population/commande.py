"""`limpide population`: write a synthetic population in Parquet, and what it is beside published counts."""

import argparse
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from limpide.droits.bareme import mois_couvert
from limpide.droits.francais import nombre
from limpide.droits.lot.colonnes import FOYERS, PERSONNES
from limpide.droits.lot.commande import compiler, memoire_maximale, processeurs
from limpide.droits.lot.execution import CalculImpossible, ecriture
from limpide.droits.situation import codes_droits

from .ecriture import ecrire_population
from .rapport import Comptes, comparer, en_json, en_texte

RAPPORT = "rapport.json"


def ajouter(commandes: Any) -> None:
    """The words of the command."""
    population = commandes.add_parser("population", help="écrire une population synthétique en Parquet")
    population.add_argument("sortie", type=Path, help="dossier à créer")
    population.add_argument("--foyers", type=int, default=10_000, help="nombre de foyers (10 000 ; le pays : 13800000)")
    population.add_argument("--graine", type=int, default=1, help="même graine, mêmes fichiers (1)")
    population.add_argument("--mois", help="mois décrit, comme 2026-11 (à défaut : le mois courant)")
    population.add_argument("--fils", type=int, default=processeurs(), help="fils d'exécution (les processeurs)")
    population.add_argument("--json", action="store_true", help="répondre en JSON")


def executer(options: argparse.Namespace) -> int:
    """Write the files, then the report."""
    mois = options.mois or date.today().isoformat()[:7]  # noqa: DTZ011 - the month, where it is run
    mois_couvert(mois)
    if options.foyers < 1 or options.graine < 0:
        raise CalculImpossible("Il faut au moins un foyer, et une graine positive ou nulle.")
    if options.sortie.is_dir() and any(options.sortie.iterdir()):
        raise CalculImpossible(f"{options.sortie} n'est pas vide : rien n'y est écrit.")
    debut, comptes = time.perf_counter(), Comptes()
    with ecriture(options.sortie):
        options.sortie.mkdir(parents=True, exist_ok=True)
        _ecrire(options, mois, comptes)
    ecrit_s = time.perf_counter() - debut
    compiler(mois, codes_droits())
    lignes = comparer(options.sortie, comptes, mois)
    octets = {nom: (options.sortie / nom).stat().st_size for nom in (FOYERS, PERSONNES)}
    rapport = {
        "mois": mois,
        "graine": options.graine,
        "foyers": comptes.foyers,
        "personnes": comptes.personnes,
        "octets": octets,
        "ecriture_s": round(ecrit_s, 2),
        "memoire_mio": memoire_maximale(),
        "comparaisons": en_json(lignes),
    }
    texte = json.dumps(rapport, ensure_ascii=False, indent=1) + "\n"
    (options.sortie / RAPPORT).write_text(texte, encoding="utf-8")
    sys.stdout.write(texte if options.json else _dire(options, rapport, en_texte(lignes)))
    return 0


def _ecrire(options: argparse.Namespace, mois: str, comptes: Comptes) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    avance = (TextColumn("Foyers"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*avance, console=Console(stderr=True)) as progres:
        tache = progres.add_task("foyers", total=options.foyers)
        for morceau in ecrire_population(options.sortie, options.foyers, options.graine, mois, options.fils):
            comptes.ajouter(morceau)
            progres.advance(tache, morceau.composition.nombre)


def _dire(options: argparse.Namespace, rapport: dict[str, Any], table: str) -> str:
    mio = sum(rapport["octets"].values()) / 2**20
    return (
        f"{nombre(rapport['foyers'])} foyers, {nombre(rapport['personnes'])} personnes, {nombre(mio, 1)} Mio en "
        f"{nombre(rapport['ecriture_s'], 1)} s : {options.sortie}\n\n"
        f"Ramenés à 13,8 millions de foyers (sources : {options.sortie / RAPPORT}) :\n\n{table}\n"
    )
