"""`limpide liquider --mois AAAA-MM [--caf 751] [--executer]`: the rights of the month, Caf by Caf."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from rich.console import Console

from limpide.dossiers.liquidation import TRAITEMENT, liquider_mois
from limpide.droits.bareme import MoisHorsBareme
from limpide.paiements.affichage import progression, table_liquidation
from limpide.registre.chaine import scellement
from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Calcule les droits d'un mois et les comptabilise. Sans --executer, calcule sans rien écrire."
    traitement = (TRAITEMENT, scellement.CLE)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mois", required=True, help="mois à liquider, AAAA-MM")
        parser.add_argument("--caf", action="append", help="code d'une caisse (répétable ; toutes par défaut)")
        parser.add_argument("--executer", action="store_true", help="écrire les droits (sinon : essai à blanc)")

    def handle(self, *, mois: str, caf: list[str] | None, executer: bool, **options: Any) -> None:
        base_de_donnees.assurer()
        try:
            with progression("Liquidation") as avancer:
                bilan = liquider_mois(mois, caf, avancer, executer=executer)
        except (ValueError, MoisHorsBareme) as erreur:
            raise CommandError(str(erreur), returncode=2) from erreur
        if executer:
            call_command("journal", "sceller", verbosity=0)  # a month writes a line per person: none waits for tomorrow
        Console(file=self.stdout).print(table_liquidation(bilan))
        for code in bilan.deja_faites:
            self.stdout.write(f"Caisse {code} : rien n'a changé depuis la dernière liquidation.")
        for code in bilan.occupees:
            self.stdout.write(f"Caisse {code} : déjà en cours de liquidation par un autre processus.")
        if not executer:
            self.stdout.write("Essai à blanc : rien n'est écrit. Ajoutez --executer pour écrire.")
        if bilan.occupees:
            raise CommandError(f"{len(bilan.occupees)} caisse(s) laissée(s) à un autre processus", returncode=1)
