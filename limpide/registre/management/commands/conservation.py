"""`limpide conservation examiner|archiver|notifier|purger`: how long files are kept, what is due. Dry unless told."""

import contextlib
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from limpide.registre.conservation import cycle, purge, signature
from limpide.registre.conservation.affichage import table_bilan, table_effacements
from limpide.registre.conservation.permission import CYCLE, PURGE
from limpide.socle import base_de_donnees

A_BLANC = "Essai à blanc : rien n'est écrit. Ajoutez --executer pour le faire."


@contextlib.contextmanager
def progression(titre: str) -> Iterator[Callable[[int], object]]:
    """A counter on the terminal's error output; silent where there is no terminal."""
    console = Console(file=sys.stderr)
    colonnes = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} dossiers"))
    with Progress(*colonnes, TimeElapsedColumn(), console=console, disable=not console.is_terminal) as barre:
        tache = barre.add_task(titre, total=None)
        yield lambda nombre: barre.advance(tache, nombre)


class Command(BaseCommand):
    help = "Durées de conservation : examiner, archiver, notifier, purger (à blanc sans --executer)."
    traitement = (CYCLE, PURGE)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("geste", choices=["examiner", "archiver", "notifier", "purger"])
        parser.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")
        parser.add_argument(
            "--sans-tasser",
            action="store_true",
            help="purger sans réécrire les tables, qui restent ouvertes",
        )
        parser.add_argument("--lot", type=int, default=purge.LOT, help=f"dossiers par transaction ({purge.LOT})")

    def handle(self, *, geste: str, executer: bool, lot: int, sans_tasser: bool, **options: Any) -> None:
        if lot < 1:
            raise CommandError("--lot : un nombre de dossiers, au moins 1", returncode=2)
        base_de_donnees.assurer()
        with progression(geste.capitalize()) as avancer:
            if geste == "purger":
                self._purger(avancer, lot, vraiment=executer, tasser=not sans_tasser)
                return
            if geste == "examiner":
                bilan = cycle.examiner(avancer)
                if executer:
                    cycle.noter_examen(bilan)
                self._montrer(table_bilan(bilan))
                if not executer:
                    self.stdout.write("Rien n'est écrit. Ajoutez --executer pour montrer cet examen au délégué.")
                return
            etapes = cycle.ARCHIVER if geste == "archiver" else cycle.PREVENIR
            bilan = cycle.avancer(etapes, vraiment=executer, progres=avancer)
            if geste == "archiver":
                bilan.courtes.update(cycle.effacer_les_courtes(vraiment=executer))
            if executer:
                cycle.noter_examen(cycle.examiner())
        self._montrer(table_bilan(bilan))
        if not executer:
            self.stdout.write(A_BLANC)

    def _purger(self, avancer: Callable[[int], object], lot: int, *, vraiment: bool, tasser: bool) -> None:
        if not vraiment:
            self._montrer(table_effacements(purge.preparer(), "Lignes à effacer"))
            self.stdout.write(A_BLANC)
            return
        rapport = purge.purger(avancer, lot=lot)
        if tasser:
            purge.tasser()
        cycle.noter_examen(cycle.examiner())
        self._montrer(table_effacements(purge.lignes_du_rapport(rapport), f"Rapport de purge n° {rapport.pk}"))
        if not signature.tient(rapport.contenu, rapport.signature, rapport.cle_publique):
            raise CommandError(f"La signature du rapport n° {rapport.pk} ne tient pas.", returncode=1)
        if not tasser:
            self.stdout.write("Les pages de ces lignes ne sont pas encore réécrites : relancer sans --sans-tasser.")
        self.stdout.write(f"Rapport n° {rapport.pk} signé (Ed25519, clé {rapport.cle_publique}).")

    def _montrer(self, table: Any) -> None:
        console = Console(width=None if self.stdout.isatty() else 100)
        with console.capture() as texte:
            console.print(table)
        self.stdout.write(texte.get())
