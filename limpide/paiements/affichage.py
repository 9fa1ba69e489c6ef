"""What the commands of the room print: a table, and progress on anything longer than two seconds."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from limpide.dossiers.liquidation import Bilan
from limpide.dossiers.mois import avec_de
from limpide.droits.calcul import liste_droits

from .virements import Emission

MONTREES = 20
LARGEUR = 72


def euros(centimes: int) -> str:
    """1234567 → « 12 345,67 € »."""
    entier, reste = divmod(abs(centimes), 100)
    signe = "-" if centimes < 0 else ""
    return f"{signe}{entier:,}".replace(",", " ") + f",{reste:02d} €"


@contextlib.contextmanager
def progression(titre: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the terminal's error output; silent where there is no terminal."""
    console = Console(file=sys.stderr)
    colonnes = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*colonnes, TimeElapsedColumn(), console=console, disable=not console.is_terminal) as barre:
        tache = barre.add_task(titre, total=None)

        def avancer(caisse: str, fait: int, total: int) -> None:
            barre.update(tache, description=f"{titre} — caisse {caisse}", completed=fait, total=total)

        yield avancer


def table_liquidation(bilan: Bilan) -> Table:
    """Rights of the month: how many open, how much, in how long."""
    table = Table(title=f"Droits {avec_de(bilan.mois)}", min_width=LARGEUR)
    for titre, cadrage in (("Prestation", "left"), ("Droits ouverts", "right"), ("Montant net", "right")):
        table.add_column(titre, justify=cadrage)  # type: ignore[arg-type]
    for droit in liste_droits():
        ouverts, centimes = bilan.ouverts.get(droit.code, 0), bilan.centimes.get(droit.code, 0)
        table.add_row(droit.libelle, str(ouverts), euros(centimes))
    table.caption = (
        f"{bilan.foyers} foyers, {bilan.lignes} lignes ajoutées, {bilan.decisions} décisions, {bilan.secondes:.1f} s"
    )
    return table


def table_emission(emission: Emission) -> Table:
    """Transfers of the month, and the files that wait for a bank account."""
    table = Table(title=f"Virements {avec_de(emission.mois)}", min_width=LARGEUR)
    table.add_column("Fichier")
    for nom in emission.fichiers:
        table.add_row(nom)
    table.caption = f"{emission.virements} virements, {euros(emission.centimes)}, {emission.secondes:.1f} s"
    return table


def attente(emission: Emission) -> list[str]:
    """One line per file that cannot be paid, by its internal number."""
    lignes = [
        f"Dossier {dossier} : {euros(centimes)} en attente de coordonnées bancaires valides."
        for dossier, centimes in sorted(emission.sans_coordonnees.items())[:MONTREES]
    ]
    if (reste := len(emission.sans_coordonnees) - MONTREES) > 0:
        lignes.append(f"… et {reste} autres dossiers en attente de coordonnées bancaires valides.")
    if emission.suspendus:
        lignes.insert(0, _dire_les_suspendus(emission))
    return lignes


def _dire_les_suspendus(emission: Emission) -> str:
    numeros = ", ".join(str(d) for d in sorted(emission.suspendus)[:MONTREES])
    nombre, total = len(emission.suspendus), euros(sum(emission.suspendus.values()))
    return f"Dossier {numeros} : {total} suspendus faute d'acte d'état civil ({nombre} en tout) ; la somme reste due."
