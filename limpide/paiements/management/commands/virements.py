"""`limpide virements --mois AAAA-MM [--caf 751] [--executer]`: pay what is owed, one SEPA file per Caf."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from rich.console import Console

from limpide.paiements.affichage import attente, progression, table_emission
from limpide.paiements.fichiers import dossier_des_virements
from limpide.paiements.virements import TRAITEMENT, EmissionRefusee, emettre_virements
from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Écrit les fichiers de virements d'un mois. Sans --executer, dit ce qui serait payé."
    traitement = TRAITEMENT

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mois", required=True, help="mois d'échéance, AAAA-MM")
        parser.add_argument("--caf", action="append", help="code d'une caisse (répétable ; toutes par défaut)")
        parser.add_argument("--executer", action="store_true", help="payer (sinon : essai à blanc)")

    def handle(self, *, mois: str, caf: list[str] | None, executer: bool, **options: Any) -> None:
        base_de_donnees.assurer()
        try:
            with progression("Virements") as avancer:
                emission = emettre_virements(mois, caf, avancer, executer_vraiment=executer)
        except ValueError as erreur:
            raise CommandError(str(erreur), returncode=2) from erreur
        except EmissionRefusee as erreur:
            raise CommandError(str(erreur), returncode=1) from erreur
        Console(file=self.stdout).print(table_emission(emission))
        for ligne in attente(emission):
            self.stdout.write(ligne)
        if executer:
            self.stdout.write(f"Fichiers : {dossier_des_virements()}")
        else:
            self.stdout.write("Essai à blanc : rien n'est écrit. Ajoutez --executer pour payer.")
        if emission.occupees:
            raise CommandError(f"{len(emission.occupees)} caisse(s) laissée(s) à un autre processus", returncode=1)
