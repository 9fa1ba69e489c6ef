"""`limpide arreter`: stop the embedded database, unless somebody else is using it."""

from typing import Any, ClassVar

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.socle import base_de_donnees, postgres


class Command(BaseCommand):
    help = "Arrête la base embarquée. Refuse si un autre processus s'en sert, sauf avec --de-force."
    sans_traitement = "Arrête un serveur ; ne lit ni n'écrit aucune donnée."
    requires_system_checks: ClassVar[list[str]] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--de-force", action="store_true", help="couper aussi ceux qui s'en servent")

    def handle(self, *, de_force: bool, **options: Any) -> None:
        if not base_de_donnees.embarquee():
            raise CommandError("La base est sur un serveur (DATABASE_URL) : Limpide ne l'arrête pas.")
        if not postgres.arreter(de_force=de_force):
            raise CommandError("Un autre processus de Limpide se sert de la base : arrêtez-le, ou ajoutez --de-force.")
        self.stdout.write("La base est arrêtée.")
