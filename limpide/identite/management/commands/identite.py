"""`limpide identite certifier`: ask the SNGI about the numbers that are not certified; exit 1 when it is silent."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.identite.certification import CERTIFIER, certifier_lot
from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Identités : certifier auprès du SNGI les numéros qui ne le sont pas encore."
    traitement = CERTIFIER

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        certifier = actions.add_parser("certifier", help="demande au SNGI, reprend là où un lot s'est arrêté")
        certifier.add_argument("--a-blanc", action="store_true", help="dit combien attendent, sans rien demander")

    def handle(self, *, a_blanc: bool, **_: Any) -> None:
        base_de_donnees.assurer()
        bilan = certifier_lot(a_blanc=a_blanc)
        if a_blanc:
            self.stdout.write(f"{bilan.a_demander} identités à demander au SNGI ; rien n'a été envoyé.")
            return
        self.stdout.write(
            f"{bilan.a_demander} identités à demander : {bilan.certifiees} certifiées, {bilan.a_comparer} à comparer "
            f"par un agent, {bilan.litiges} en litige, {bilan.sans_objet} sans objet, {bilan.pannes} sans réponse."
        )
        if bilan.arrete or bilan.pannes:
            raise CommandError(
                "Le SNGI n'a pas répondu à tout : relancez la commande, elle reprendra ce qui reste.", returncode=1
            )
