"""`make bench`: one run, every figure.

`make bench OPTIONS="--foyers 100000 --foyers-pays 1000000 --sans-base"` for a shorter one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numba
import numpy as np
from rich.console import Console
from rich.table import Table

from .loi import MOIS, UnFoyer, Vitesse, dire, mesurer_la_loi
from .pays import PAYS, mesurer_le_pays, mesurer_le_plancher, table_du_pays, table_du_plancher

CIBLES = {"OpenFisca-France, caf": 150, "OpenFisca-France, net": 500}
"""How many times faster than each mode we set out to be, per CPU second."""
CIBLE_EXPLIQUE_MS = 20.0
"""Every right of the catalogue, traced and told."""
CIBLE_MOIS = 0.25
CIBLE_REGISTRE = 1.3
"""At most, how many times what the same page of ten queries costs on a bare connection."""
CIBLE_P95_MS = 300.0
"""At most, the 95th percentile of the site's pages at fifty requests a second."""


def lire_arguments() -> argparse.Namespace:
    """Options of the command."""
    analyse = argparse.ArgumentParser(prog="bench", description=__doc__)
    analyse.add_argument("--foyers", type=int, default=1_000_000, help="foyers de la loi compilée (1 000 000)")
    analyse.add_argument("--foyers-openfisca", type=int, default=20_000, help="foyers donnés à OpenFisca (20 000)")
    analyse.add_argument("--repetitions", type=int, default=3, help="tours d'OpenFisca par mode (3)")
    analyse.add_argument("--foyers-mois", type=int, default=10_000, help="foyers du mois en base (10 000)")
    analyse.add_argument("--foyers-registre", type=int, default=500, help="foyers de la page en base (500)")
    analyse.add_argument("--foyers-charge", type=int, default=5_000, help="foyers du site sous charge (5 000)")
    analyse.add_argument("--foyers-pays", type=int, default=PAYS, help="foyers du pays (13 800 000, 0 : sans)")
    analyse.add_argument("--graine", type=int, default=1)
    analyse.add_argument("--sans-base", action="store_true", help="sans ce qui demande une base : mois, registre, site")
    return analyse.parse_args()


def main() -> int:
    """Measure, print side by side; exit code 1 if a target is missed."""
    options = lire_arguments()
    debut = time.perf_counter()
    console = Console(highlight=False, width=120)
    console.print(_machine())
    vitesses, un_foyer = mesurer_la_loi(options.foyers, options.foyers_openfisca, options.repetitions, options.graine)
    console.print(_table_de_la_loi(vitesses))
    console.print(_table_un_foyer(un_foyer))
    reussites = [_rapport(vitesses[0], autre) >= CIBLES.get(autre.moteur, 0) for autre in vitesses[1:]]
    reussites.append(un_foyer.explique_cpu_ms < CIBLE_EXPLIQUE_MS)
    console.print(table_du_plancher(mesurer_le_plancher(options.graine)))
    if options.foyers_pays:
        pays = mesurer_le_pays(options.foyers_pays, options.graine)
        console.print(table_du_pays(pays))
        reussites.append(pays.reussi)
    if not options.sans_base:
        dire(f"  Le mois en base : monde de {options.foyers_mois} foyers, puis liquidations…")
        mois = _mesurer_a_part("bench.mois", options.foyers_mois, options.graine)
        console.print(_table_du_mois(mois))
        reussites.append(mois["copie_s"] / mois["liquidation_s"] >= CIBLE_MOIS)
        dire(f"  Le registre : monde de {options.foyers_registre} foyers, puis pages…")
        page = _mesurer_a_part("bench.registre", options.foyers_registre, options.graine)
        console.print(_table_du_registre(page))
        reussites.append(page["registre_ms"] / page["nu_ms"] <= CIBLE_REGISTRE)
        dire(f"  Le site : démonstration de {options.foyers_charge} foyers, puis des pages à débit constant…")
        charge = _mesurer_a_part("bench.charge", options.foyers_charge, options.graine)
        console.print(_table_de_la_charge(charge))
        reussites.append(charge["site"]["p95_ms"] < CIBLE_P95_MS)
    console.print(f"Banc complet : {time.perf_counter() - debut:.0f} s.")
    return int(not all(reussites))


def _machine() -> str:
    modele = ""
    infos = Path("/proc/cpuinfo")
    if infos.exists():
        modeles = [ligne.split(":")[1].strip() for ligne in infos.read_text().splitlines() if "model name" in ligne]
        modele = modeles[0] if modeles else ""
    charge = f"charge {os.getloadavg()[0]:.1f}"
    return (
        f"Machine : {os.cpu_count()} processeurs {modele}, {platform.system()} {platform.machine()}, {charge} ; "
        f"Python {platform.python_version()}, NumPy {np.__version__}, Numba {numba.__version__}. Mois calculé : {MOIS}."
    )


def _rapport(limpide: Vitesse, autre: Vitesse) -> float:
    return limpide.mediane / autre.mediane


def _nombre(valeur: float, decimales: int = 0) -> str:
    return f"{valeur:,.{decimales}f}".replace(",", "\u202f").replace(".", ",")


def _table_de_la_loi(vitesses: list[Vitesse]) -> Table:
    table = Table(title="(a) La loi : AF, RSA et prime d'activité, par seconde de processeur")
    for titre in (
        "moteur",
        "foyers",
        "foyers/s de processeur",
        "foyers/s (montre)",
        "Kio/foyer",
        "rapport",
        "visé",
        "entrées/s",
    ):
        table.add_column(titre, justify="left" if titre == "moteur" else "right")
    for vitesse in vitesses:
        cible = CIBLES.get(vitesse.moteur)
        table.add_row(
            vitesse.moteur,
            _nombre(vitesse.foyers),
            _nombre(vitesse.mediane),
            _nombre(sorted(vitesse.par_seconde)[len(vitesse.par_seconde) // 2]),
            _nombre(vitesse.octets_par_foyer / 1024, 1),
            f"× {_nombre(_rapport(vitesses[0], vitesse))}" if vitesse is not vitesses[0] else "",
            f"× {cible}" if cible else "",
            _nombre(vitesse.entrees_par_seconde_cpu),
        )
    table.caption = "entrées/s : foyers dont les entrées sont mises en forme, par seconde de processeur (non comptées)."
    return table


def _table_un_foyer(mesure: UnFoyer) -> Table:
    table = Table(
        title="(b) Un foyer : tous les droits calculés, tracés et racontés en français ; un appel d'OpenFisca"
    )
    for titre in ("moteur", "médiane de", "processeur, ms", "montre, ms", "visé"):
        table.add_column(titre, justify="left" if titre == "moteur" else "right")
    table.add_row(
        f"Limpide, {mesure.droits} droits, tracés et racontés",
        f"{mesure.foyers} foyers",
        _nombre(mesure.explique_cpu_ms, 2),
        _nombre(mesure.explique_ms, 2),
        f"< {_nombre(CIBLE_EXPLIQUE_MS)}",
    )
    table.add_row(
        "OpenFisca-France, net, montants seuls",
        f"{mesure.appels} appels",
        _nombre(mesure.openfisca_cpu_ms),
        _nombre(mesure.openfisca_ms),
        "",
    )
    return table


def _mesurer_a_part(module: str, foyers: int, graine: int) -> dict[str, Any]:
    """Run a measure that needs a database as a program of its own, in a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="lpb-") as dossier:
        environnement = {**os.environ, "LIMPIDE_HOME": dossier}
        for variable in ("DATABASE_URL", "LIMPIDE_APP_DATABASE_URL", "LIMPIDE_CLES"):
            environnement.pop(variable, None)
        fini = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", module, str(foyers), str(graine)],
            env=environnement,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    mesure: dict[str, Any] = json.loads(fini.stdout.splitlines()[-1])
    return mesure


def _table_du_mois(mesure: dict[str, Any]) -> Table:
    table = Table(title="(c) Le mois, de PostgreSQL à PostgreSQL, et un COPY nu des mêmes lignes")
    for titre in ("travail", "foyers", "lignes lues", "lignes écrites", "secondes", "de processeur", "foyers/s"):
        table.add_column(titre, justify="left" if titre == "travail" else "right")
    foyers = mesure["foyers"]
    for travail, secondes, processeur in (
        ("Limpide : faits, loi, lignes, décisions, écritures", mesure["liquidation_s"], mesure["liquidation_cpu_s"]),
        ("COPY nu : lire, puis écrire", mesure["copie_s"], mesure["copie_cpu_s"]),
    ):
        table.add_row(
            travail,
            _nombre(foyers),
            _nombre(mesure["lues"]),
            _nombre(mesure["ecrites"]),
            _nombre(secondes, 2),
            "" if processeur is None else _nombre(processeur, 2),
            _nombre(foyers / secondes),
        )
    mois = ", ".join(_nombre(100 * rapport, 1) for rapport in mesure["rapports"])
    part = mesure["copie_s"] / mesure["liquidation_s"]
    table.caption = (
        f"Débit du mois : {_nombre(100 * part, 1)} % de celui du COPY nu (visé : {CIBLE_MOIS:.0%}). "
        f"Les mois mesurés : {mois}."
    )
    return table


def _table_du_registre(mesure: dict[str, Any]) -> Table:
    table = Table(title="(d) Le registre : la page de dix requêtes d'un agent, par lui et à côté de lui")
    for titre in ("page", "pages", "lignes lues", "médiane, ms", "95 %, ms", "processeur, ms"):
        table.add_column(titre, justify="left" if titre == "page" else "right")
    for travail, nom in (
        ("Limpide : rôle, politiques, gardes, journal écrit", "registre"),
        ("connexion nue : les mêmes lignes et colonnes", "nu"),
    ):
        table.add_row(
            travail,
            _nombre(mesure["pages"]),
            _nombre(mesure["lignes"]),
            _nombre(mesure[f"{nom}_ms"], 2),
            _nombre(mesure[f"{nom}_p95_ms"], 2),
            _nombre(mesure[f"{nom}_cpu_ms"], 2),
        )
    table.caption = (
        f"Surcoût du registre : × {_nombre(mesure['registre_ms'] / mesure['nu_ms'], 2)} "
        f"(visé : × {_nombre(CIBLE_REGISTRE, 1)} au plus)."
    )
    return table


def _table_de_la_charge(mesure: dict[str, Any]) -> Table:
    table = Table(title=f"(e) Le site à {mesure['par_seconde']} requêtes par seconde, et une page Django nue")
    for titre in ("page", "requêtes", "médiane, ms", "95 %, ms"):
        table.add_column(titre, justify="left" if titre == "page" else "right")
    lignes = [
        *mesure["pages"].items(),
        ("Limpide, ensemble", mesure["site"]),
        ("Django nu, une requête", mesure["nue"]),
    ]
    for nom, page in lignes:
        table.add_row(nom, _nombre(page["pages"]), _nombre(page["mediane_ms"], 1), _nombre(page["p95_ms"], 1))
    table.caption = (
        f"95 % des pages en moins de {_nombre(mesure['site']['p95_ms'], 1)} ms (visé : {_nombre(CIBLE_P95_MS)}). "
        f"Monde de {_nombre(mesure['foyers'])} foyers, {mesure['processus']} processus, "
        f"{_nombre(mesure['memoire_mio'])} Mio en tout."
    )
    return table


if __name__ == "__main__":
    sys.exit(main())
