"""The country in a minute: a population in Parquet, every right of a month out of it; and what memory alone would take.

The two commands run as anybody runs them, in processes of their own, on two processors at most: their time, processor
time and memory are those they report. A population smaller than the country is brought to its size, and says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from limpide.droits.calcul import catalogue_droits, liquider_lot, liste_droits
from limpide.droits.hasard.banc import enregistrer, tirer_banc

from .loi import MOIS, dire

PAYS = 13_800_000
CIBLE_SECONDES, CIBLE_MIO, PROCESSEURS = 120.0, 4096.0, 2
FOYERS_DU_PLANCHER = 20_000
TOURS = 5


@dataclass(frozen=True)
class LePays:
    """Both commands, as they report themselves. Seconds and MiB."""

    foyers: int
    ecriture_s: float
    ecriture_mio: float
    fichiers_mio: float
    secondes: float
    processeur_s: float
    memoire_mio: float
    droits: int

    @property
    def echelle(self) -> float:
        """How many times this population the country is."""
        return PAYS / self.foyers

    @property
    def reussi(self) -> bool:
        """Under two minutes and 4 GB for the whole country."""
        return self.secondes * self.echelle < CIBLE_SECONDES and self.memoire_mio < CIBLE_MIO


@dataclass(frozen=True)
class CoutDuDroit:
    """Of rights compiled together, or of one alone: nanoseconds of processor per household."""

    code: str
    libelle: str
    ns_par_foyer: float


@dataclass(frozen=True)
class Plancher:
    """The compiled law on one processor, beside a plain copy of the bytes it reads and writes."""

    foyers: int
    octets: int
    copie_octets_par_s: float
    loi_s: float
    droits: tuple[CoutDuDroit, ...]

    @property
    def plancher_s(self) -> float:
        """Seconds that those bytes take to be copied."""
        return self.octets / self.copie_octets_par_s

    @property
    def rapport(self) -> float:
        return self.loi_s / self.plancher_s


def mesurer_le_pays(foyers: int, graine: int) -> LePays:
    """Write the population, compute it. The rules are compiled by the first command, before anything is timed."""
    with tempfile.TemporaryDirectory(prefix="limpide-pays-") as dossier:
        population, resultats = Path(dossier) / "population", Path(dossier) / "resultats"
        dire(f"  Le pays : une population de {foyers:,} foyers…".replace(",", " "))
        options = ["--foyers", str(foyers), "--graine", str(graine), "--mois", MOIS, "--fils", str(PROCESSEURS)]
        ecrit = _lancer("population", str(population), *options)
        dire("  Le pays : ses droits…")
        calcule = _lancer("calculer-lot", str(population), str(resultats), "--mois", MOIS, "--fils", str(PROCESSEURS))
    if calcule["foyers"] != foyers or calcule["rejetes"]:
        raise SystemExit(f"Le pays : {calcule['foyers']} foyers calculés, {calcule['rejetes']} refusés.")
    mesures = calcule["mesures"]
    return LePays(
        foyers,
        ecrit["ecriture_s"],
        ecrit["memoire_mio"],
        sum(ecrit["octets"].values()) / 2**20,
        mesures["secondes"],
        mesures["processeur_s"],
        mesures["memoire_mio"],
        len(calcule["droits"]),
    )


def _lancer(*mots: str) -> dict[str, Any]:
    """A command in its own process, on two processors; its answer."""
    garder = "import os, sys; os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:int(sys.argv.pop(1))])"
    programme = f"{garder}; from limpide.__main__ import main; sys.exit(main())"
    fini = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", programme, str(PROCESSEURS), *mots, "--json"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    reponse: dict[str, Any] = json.loads(fini.stdout)
    return reponse


def mesurer_le_plancher(graine: int, foyers: int = FOYERS_DU_PLANCHER) -> Plancher:
    """Medians of passes over records larger than any cache: the rights of the month together, every other one alone.

    Bytes: those of the records read and of the results written. A copy of n bytes reads n and writes n.
    """
    dire("  Le plancher de la mémoire, et le coût de chaque droit…")
    lus, personnes = enregistrer(tirer_banc(foyers, graine), MOIS)
    droits = liquider_lot(MOIS, lus, personnes)
    octets = lus.nbytes + personnes.nbytes + droits.nbytes
    loi_s = _mediane(lambda: liquider_lot(MOIS, lus, personnes))
    source = np.frombuffer(os.urandom(1 << 20) * 256, np.uint8)
    cible = np.zeros_like(source)
    copie_s = _mediane(lambda: np.copyto(cible, source))
    du_mois = [droit.code for droit in liste_droits()]
    couts = [CoutDuDroit(", ".join(du_mois), "Droits du mois, ensemble", 1e9 * loi_s / foyers)]
    for droit in (d for d in catalogue_droits() if d.code not in du_mois):
        liquider_lot(MOIS, lus[:2], personnes, droits=[droit.code])
        secondes = _mediane(partial(liquider_lot, MOIS, lus, personnes, droits=[droit.code]))
        couts.append(CoutDuDroit(droit.code, droit.libelle, 1e9 * secondes / foyers))
    return Plancher(foyers, octets, 2 * source.nbytes / copie_s, loi_s, tuple(couts))


def _mediane(faire: Any) -> float:
    durees = []
    for _ in range(TOURS):
        debut = time.process_time()
        faire()
        durees.append(time.process_time() - debut)
    return sorted(durees)[TOURS // 2]


def _nombre(valeur: float, decimales: int = 0) -> str:
    return f"{valeur:,.{decimales}f}".replace(",", "\u202f").replace(".", ",")


def table_du_pays(mesure: LePays) -> Table:
    """Time and memory of the country, and whether the population was smaller."""
    entier = mesure.foyers == PAYS
    titre = f"(f) Le pays : {_nombre(mesure.foyers)} foyers, un mois, {mesure.droits} droits, {PROCESSEURS} processeurs"
    table = Table(title=titre)
    for tete in ("travail", "secondes", "de processeur", "Mio au plus", "foyers/s de processeur"):
        table.add_column(tete, justify="left" if tete == "travail" else "right")
    table.add_row(
        f"Population en Parquet ({_nombre(mesure.fichiers_mio)} Mio)",
        _nombre(mesure.ecriture_s, 1), "", _nombre(mesure.ecriture_mio), "",
    )  # fmt: skip
    table.add_row(
        "Tous les droits", _nombre(mesure.secondes, 1), _nombre(mesure.processeur_s, 1), _nombre(mesure.memoire_mio),
        _nombre(mesure.foyers / mesure.processeur_s),
    )  # fmt: skip
    dit = "mesurés" if entier else f"extrapolés de {_nombre(mesure.foyers)} foyers (× {_nombre(mesure.echelle, 1)})"
    table.caption = (
        f"13,8 millions de foyers {dit} : {_nombre(mesure.secondes * mesure.echelle)} s, dont "
        f"{_nombre(mesure.processeur_s * mesure.echelle)} s de processeur "
        f"(visé : < {_nombre(CIBLE_SECONDES)} s et {_nombre(CIBLE_MIO)} Mio sur deux processeurs)."
    )
    return table


def table_du_plancher(mesure: Plancher) -> Table:
    """The ratio to the memory-bandwidth floor, and each right alone."""
    table = Table(title="(g) La loi compilée et la mémoire, un processeur")
    for tete in ("droit", "ns de processeur par foyer"):
        table.add_column(tete, justify="left" if tete == "droit" else "right")
    for cout in mesure.droits:
        table.add_row(f"{cout.libelle} ({cout.code})", _nombre(cout.ns_par_foyer))
    par_foyer = 1e9 / mesure.foyers
    table.caption = (
        f"Droits du mois : {_nombre(mesure.octets / mesure.foyers)} octets d'enregistrements par foyer, qu'une copie à "
        f"{_nombre(mesure.copie_octets_par_s / 1e9, 1)} Go/s passerait en {_nombre(par_foyer * mesure.plancher_s)} ns. "
        f"Rapport au plancher de la mémoire : × {_nombre(mesure.rapport, 2)}."
    )
    return table
