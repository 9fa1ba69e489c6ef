"""`limpide encadrement donner|retirer`: who reviews the notes of contacts. Dry unless `--executer`; 2 when refused."""

import datetime as dt
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.identite.erreurs import ErreurSaisie
from limpide.relation import contacts
from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Contacts : nommer les agents qui relisent les notes de leurs collègues."
    traitement = (contacts.ENCADRER,)

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        donner = actions.add_parser("donner", help="nomme un agent qui relit les notes de contact de sa Caf")
        donner.add_argument("agent", help="identifiant de l'agent")
        donner.add_argument("--decision", required=True, help="référence de la décision")
        donner.add_argument("--jusqu-au", required=True, type=dt.date.fromisoformat, help="AAAA-MM-JJ, dans l'année")
        retirer = actions.add_parser("retirer", help="met fin à ce que relit un agent")
        retirer.add_argument("agent", help="identifiant de l'agent")
        for action in (donner, retirer):
            action.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")

    def handle(self, *, action: str, **options: Any) -> None:
        base_de_donnees.assurer()
        try:
            {"donner": self._donner, "retirer": self._retirer}[action](**options)
        except ErreurSaisie as refus:
            raise CommandError(" ".join(refus.champs.values()), returncode=2) from refus

    def _donner(self, *, agent: str, decision: str, jusqu_au: dt.date, executer: bool, **_: Any) -> None:
        contacts.encadrer(agent, decision, jusqu_au, executer=executer)
        fin = "relit" if executer else "relirait (--executer)"
        self.stdout.write(f"{agent} {fin} les notes de contact de sa Caf jusqu'au {jusqu_au:%d/%m/%Y}.")

    def _retirer(self, *, agent: str, executer: bool, **_: Any) -> None:
        nombre = contacts.retirer(agent, executer=executer)
        self.stdout.write(f"{nombre} décision(s) {'terminée(s)' if executer else 'à terminer (--executer)'}.")
