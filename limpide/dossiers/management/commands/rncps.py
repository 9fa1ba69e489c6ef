"""`limpide rncps publier`: tell the RNCPS what changed; exit 1 when it is silent or refuses a line."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.dossiers import rncps
from limpide.socle import base_de_donnees
from limpide.socle.appel import PartenaireInjoignable


class Command(BaseCommand):
    help = "Rncps : publier la nature des prestations et l'adresse déclarée des allocataires."
    traitement = rncps.PUBLIER

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        publier = actions.add_parser("publier", help="envoie ce qui a changé ; reprend là où un envoi s'est arrêté")
        publier.add_argument(
            "--a-blanc", action="store_true", help="dit combien de dossiers ont changé, sans rien écrire"
        )

    def handle(self, *, a_blanc: bool, **_: Any) -> None:
        base_de_donnees.assurer()
        try:
            bilan = rncps.publier(a_blanc=a_blanc)
        except PartenaireInjoignable as panne:
            raise CommandError(
                "L'adresse du Rncps n'est pas connue : posez LIMPIDE_RNCPS_URL et LIMPIDE_RNCPS_JETON.", returncode=2
            ) from panne
        if a_blanc:
            self.stdout.write(f"{bilan.a_publier} dossier(s) à publier ; rien n'a été envoyé.")
            return
        self.stdout.write(f"{bilan.a_publier} dossier(s) changés ; {bilan.recues} reçus, {bilan.refusees} refusés.")
        if bilan.arrete or bilan.refusees:
            suite = (
                "le Rncps n'a pas tout reçu, relancez la commande" if bilan.arrete else "des lignes ont été refusées"
            )
            raise CommandError(f"Publication incomplète : {suite}.", returncode=1)
