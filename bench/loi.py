"""The three rights that both compute, compiled over a million households; then one household, every right explained."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from differentiel.openfisca import OpenFisca
from limpide.droits.calcul import liquider_lot
from limpide.droits.ensemble import liquider_foyer
from limpide.droits.explication import raconter
from limpide.droits.hasard.banc import Banc, enregistrer, tirer_banc
from limpide.droits.situation import Situation, codes_droits

from .openfisca import MODES, entrees

MOIS = "2026-06"
FOYERS_PAR_LOT = 20_000
FOYERS_DE_CHAUFFE = 50
COMPARES = ("af", "rsa", "ppa")
"""The rights that both are asked for, in one pass."""
CIBLES = [(droit, MOIS) for droit in COMPARES]


@dataclass
class Vitesse:
    """What an engine did: households per CPU second (each run), wall time, memory per household."""

    moteur: str
    foyers: int
    par_seconde_cpu: list[float] = field(default_factory=list)
    par_seconde: list[float] = field(default_factory=list)
    octets_par_foyer: float = 0.0
    preparation_s: float = 0.0
    entrees_par_seconde_cpu: float = 0.0
    """Households whose inputs are made ready per CPU second: our records and their shortcuts, its simulation."""

    @property
    def mediane(self) -> float:
        """Median households per CPU second."""
        return statistics.median(self.par_seconde_cpu)


def dire(texte: str) -> None:
    """Progress, on stderr."""
    print(texte, file=sys.stderr, flush=True)


def memoire_residente() -> int:
    """Bytes of this process in memory."""
    import resource

    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def mesurer_compile(nombre: int, graine: int, lot: int = FOYERS_PAR_LOT) -> tuple[Vitesse, Banc]:
    """Limpide over `nombre` households, drawn and calculated batch by batch; and the first batch drawn."""
    premier = tirer_banc(lot, graine)
    debut = time.perf_counter()
    foyers, personnes = enregistrer(premier, MOIS)
    liquider_lot(MOIS, foyers[:1], personnes, droits=COMPARES)
    vitesse = Vitesse("Limpide, compilé", nombre, preparation_s=time.perf_counter() - debut)
    cpu = mur = entrees_cpu = 0.0
    faits, avant = 0, memoire_residente()
    while faits < nombre:
        banc = premier if not faits else tirer_banc(lot, graine + faits)
        debut_entrees = time.process_time()
        foyers, personnes = enregistrer(banc, MOIS)
        entrees_cpu += time.process_time() - debut_entrees
        debut_cpu, debut_mur = time.process_time(), time.perf_counter()
        droits = liquider_lot(MOIS, foyers, personnes, droits=COMPARES)
        lot_cpu, lot_mur = time.process_time() - debut_cpu, time.perf_counter() - debut_mur
        cpu, mur = cpu + lot_cpu, mur + lot_mur
        vitesse.par_seconde_cpu.append(lot / max(lot_cpu, 1e-9))
        vitesse.par_seconde.append(lot / lot_mur)
        if not faits:
            croissance = memoire_residente() - avant
            enregistre = foyers.nbytes + personnes.nbytes + droits.nbytes
            vitesse.octets_par_foyer = max(croissance, enregistre) / lot
        faits += lot
        dire(f"  Limpide : {faits:,} foyers, {faits / cpu:,.0f} par seconde de processeur".replace(",", " "))
    vitesse.par_seconde_cpu = [faits / cpu]
    vitesse.entrees_par_seconde_cpu = faits / entrees_cpu
    vitesse.par_seconde = [faits / mur]
    return vitesse, premier


def mesurer_openfisca(openfisca: OpenFisca, banc: Banc, mode: str, repetitions: int) -> Vitesse:
    """OpenFisca on the first batch, after a warm-up; the three rights in one simulation, its best case."""
    dire(f"  OpenFisca, mode {mode} : chauffe…")
    debut = time.perf_counter()
    chauffe = entrees(tirer_banc(FOYERS_DE_CHAUFFE, 99), mode, MOIS)
    for _ in range(2):
        openfisca.calculer(chauffe, CIBLES, ensemble=True)
    vitesse = Vitesse(f"OpenFisca-France, {mode}", banc.nombre, preparation_s=time.perf_counter() - debut)
    donnees = entrees(banc, mode, MOIS)
    for tour in range(repetitions):
        _, mesures = openfisca.calculer(donnees, CIBLES, ensemble=True)
        mesure = mesures["mesures"][0]
        vitesse.par_seconde_cpu.append(banc.nombre / mesure["cpu_s"])
        vitesse.par_seconde.append(banc.nombre / mesure["mur_s"])
        vitesse.entrees_par_seconde_cpu = banc.nombre / mesure["cpu_entrees_s"]
        if not tour:  # later runs reuse memory the first one freed
            vitesse.octets_par_foyer = mesure["rss_mo"] * 2**20 / banc.nombre
        dire(f"  OpenFisca, mode {mode} : {banc.nombre} foyers en {mesure['cpu_s']:.1f} s de processeur")
    return vitesse


@dataclass(frozen=True)
class UnFoyer:
    """One household, explained by us, calculated by OpenFisca: milliseconds (medians)."""

    explique_cpu_ms: float
    explique_ms: float
    foyers: int
    openfisca_cpu_ms: float
    openfisca_ms: float
    appels: int
    droits: int


def mesurer_un_foyer(openfisca: OpenFisca, banc: Banc, foyers_expliques: int = 200, appels: int = 5) -> UnFoyer:
    """Traced with its French story, household by household; and OpenFisca called for one household (net)."""
    dire("  Un foyer expliqué…")
    foyers, personnes = enregistrer(banc, MOIS)
    cpu, mur = [], []
    for foyer in foyers[: foyers_expliques + 5]:
        situation = Situation(MOIS, foyer.reshape(1), personnes[foyer["debut"] : foyer["fin"]])
        debut_cpu, debut = time.process_time(), time.perf_counter()
        for resultat in liquider_foyer(situation, codes_droits()).values():
            raconter(resultat)
        cpu.append(1000 * (time.process_time() - debut_cpu))
        mur.append(1000 * (time.perf_counter() - debut))
    seul = entrees(tirer_banc(1, 5), "net", MOIS)
    openfisca.calculer(seul, CIBLES, ensemble=True)
    mesures = [openfisca.calculer(seul, CIBLES, ensemble=True)[1]["mesures"][0] for _ in range(appels)]
    return UnFoyer(
        statistics.median(cpu[5:]),
        statistics.median(mur[5:]),
        foyers_expliques,
        1000 * statistics.median(m["cpu_s"] for m in mesures),
        1000 * statistics.median(m["mur_s"] for m in mesures),
        appels,
        len(codes_droits()),
    )


def mesurer_la_loi(foyers: int, foyers_openfisca: int, repetitions: int, graine: int) -> tuple[list[Vitesse], UnFoyer]:
    """Every figure about the law; Limpide first, then OpenFisca's modes."""
    lot = min(foyers_openfisca, foyers)
    limpide, premier = mesurer_compile(foyers, graine, lot)
    assert np.array_equal(premier.foyer, tirer_banc(lot, graine).foyer)
    autres = []
    for mode in MODES:
        with OpenFisca() as openfisca:  # a process per mode: memory freed by one would hide what the next takes
            autres.append(mesurer_openfisca(openfisca, premier, mode, repetitions))
            if mode == "net":
                un_foyer = mesurer_un_foyer(openfisca, premier)
    return [limpide, *autres], un_foyer
