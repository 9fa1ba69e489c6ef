"""`make preuves`: what Limpide claims, and whether it holds now.

A claim is a test marked `@pytest.mark.preuve("phrase")`. Several tests may carry the same sentence,
which then holds if all of them pass. Nothing is claimed that no test shows.
"""

import os
import sys
import time
from collections import defaultdict
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table


class Releve:
    """Pytest plugin: which sentence each test proves, and how it ended."""

    def __init__(self) -> None:
        self.phrases: dict[str, str] = {}
        self.resultats: dict[str, dict[str, bool]] = defaultdict(dict)
        self.secondes: dict[str, float] = defaultdict(float)
        self.graine: object = None

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        self.graine = config.getoption("randomly_seed", None)
        for item in items:
            if marque := item.get_closest_marker("preuve"):
                self.phrases[item.nodeid] = str(marque.args[0])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        phrase = self.phrases.get(report.nodeid)
        if phrase is None:
            return
        self.secondes[phrase] += report.duration
        if report.when == "call" or not report.passed:
            deja = self.resultats[phrase].get(report.nodeid, True)
            self.resultats[phrase][report.nodeid] = deja and report.passed


def tableau(releve: Releve) -> Table:
    table = Table(title="Ce que Limpide affirme, vérifié à l'instant", show_lines=False)
    table.add_column("Affirmation")
    table.add_column("Tests", justify="right")
    table.add_column("Secondes", justify="right")
    table.add_column("Tient ?")
    for phrase in sorted(set(releve.phrases.values())):
        essais = releve.resultats.get(phrase, {})
        tient = bool(essais) and all(essais.values())
        duree = f"{releve.secondes[phrase]:.1f}"
        table.add_row(phrase, str(len(essais)), duree, "[green]oui[/green]" if tient else "[red]NON[/red]")
    return table


def main(arguments: list[str]) -> int:
    os.environ.setdefault("LIMPIDE_COUPURES", "200")  # random kill -9 of tests/pannes
    releve: Any = Releve()
    debut = time.monotonic()
    code = pytest.main(["-q", "-m", "preuve", "-n0", "--no-header", "-r", "fE", *arguments], plugins=[releve])
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(tableau(releve))
    console.print(f"{time.monotonic() - debut:.0f} s.")
    if releve.graine is not None:
        console.print(f"Rejouer : make preuves OPTIONS=--randomly-seed={releve.graine}")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
