"""`make preuves`: what Limpide claims, and whether it holds now.

A claim is a test marked `@pytest.mark.preuve("phrase", systemes=…, controles=…)`. Several tests may carry the same
sentence, which then holds if all of them pass. Nothing is claimed that no test shows: a system in service or a check
said to hold, without a proof that passed, makes this command fail.
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

from limpide.registre.preuves import Essai, controles, dresser, ecrire, empreinte_du_code
from limpide.registre.preuves.affichage import tableaux
from limpide.registre.preuves.resultats import PAR_DEFAUT

RACINE = Path(__file__).parents[1]


class Collecte:
    """Which test carries which claim, whether it ran or not; and the seed of the shuffle."""

    def __init__(self) -> None:
        self.connus: dict[str, list[str]] = defaultdict(list)
        self.graine: object = None

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        from tests.banc.preuves import affirmation  # a plugin of the tests: pytest imports it first, to rewrite it

        self.graine = config.getoption("randomly_seed", None)
        for item in items:
            for cle in _cles(affirmation(item)):
                self.connus[cle].append(item.nodeid)


def _cles(declaree: Mapping[str, Any] | None) -> list[str]:
    return [] if declaree is None else [*declaree["systemes"], *map(str, declaree["controles"])]


def phrases(essais: Mapping[str, Essai]) -> Table:
    """One line per sentence, with the tests that show it."""
    par_phrase: dict[str, list[Essai]] = defaultdict(list)
    for essai in essais.values():
        par_phrase[essai.phrase].append(essai)
    table = Table(title="Ce que Limpide affirme, vérifié à l'instant", show_lines=False)
    table.add_column("Affirmation")
    table.add_column("Tests", justify="right")
    table.add_column("Secondes", justify="right")
    table.add_column("Tient ?")
    for phrase, siens in sorted(par_phrase.items()):
        tient = all(essai.reussi for essai in siens)
        duree = f"{sum(essai.duree for essai in siens):.1f}"
        table.add_row(phrase, str(len(siens)), duree, "[green]oui[/green]" if tient else "[red]NON[/red]")
    return table


def main(arguments: list[str]) -> int:
    """Run the proofs, print sentences, systems and checks; 1 if a claim doesn't hold."""
    os.environ.setdefault("LIMPIDE_COUPURES", "200")  # random kill -9 of tests/pannes
    collecte: Any = Collecte()
    debut = time.monotonic()
    options = ["-q", "-m", "preuve", "-n0", "--no-header", "-r", "fE", "-o", "faulthandler_timeout=5400", *arguments]
    greffon = _Releve()
    code = int(pytest.main(options, plugins=[collecte, greffon]))
    essais = greffon.essais
    console = Console(width=None if sys.stdout.isatty() else 160)
    if not essais:
        console.print("Aucune preuve n'a été exécutée.")
        return code or 1
    if not arguments:
        ecrire(RACINE / PAR_DEFAUT, essais.values(), remplacer=True)
    console.print(phrases(essais))
    from limpide.registre.preuves.annonces import annonces  # needs Django, which the tests have set up

    bilan = dresser(annonces(), controles(), essais, code=empreinte_du_code(), connus=collecte.connus)
    for tableau in tableaux(bilan):
        console.print(tableau)
    console.print(f"{time.monotonic() - debut:.0f} s.")
    if collecte.graine is not None:
        console.print(f"Rejouer : make preuves OPTIONS=--randomly-seed={collecte.graine}")
    for ligne in bilan.fautes:
        console.print(f"[red]{ligne.cle} : {ligne.etat}[/red] — {ligne.intitule}")
    return code or int(bool(bilan.fautes))


class _Releve:
    """The gatherer that the tests' own plugin registers, kept at hand for the tables."""

    def __init__(self) -> None:
        self.essais: dict[str, Essai] = {}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        releve: Any = session.config.pluginmanager.get_plugin("releve-des-preuves")
        self.essais = dict(releve.essais)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
