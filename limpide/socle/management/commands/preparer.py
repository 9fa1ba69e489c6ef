"""`limpide preparer`: from nothing (or from anything older) to a database ready to serve."""

import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import connections

from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Prépare la base : démarrage, création, migrations, droits du registre. Se relance sans risque."
    sans_traitement = "Prépare la structure de la base ; ne lit ni n'écrit aucune donnée personnelle."
    # The checks of the register need the database that this command prepares.
    requires_system_checks: ClassVar[list[str]] = []

    def handle(self, **options: Any) -> None:
        self._etape("Base de données", base_de_donnees.assurer)
        if "proprietaire" not in connections:
            raise CommandError(
                "La préparation demande l'accès du propriétaire : indiquez-le dans DATABASE_URL "
                "(LIMPIDE_APP_DATABASE_URL ne suffit qu'à servir le site)."
            )
        self._etape(
            "Migrations",
            lambda: call_command("migrate", database="proprietaire", interactive=False, verbosity=0),
        )
        if "registre_installer" in get_commands():
            self._etape("Registre : rôles et droits", lambda: call_command("registre_installer", verbosity=0))
        if "journal" in get_commands():
            self._etape("Journal des accès : scellement", lambda: call_command("journal", "sceller", verbosity=0))
        connections["proprietaire"].close()

    def _etape(self, titre: str, faire: Callable[[], object]) -> None:
        self.stdout.write(f"{titre}… ", ending="")
        self.stdout.flush()
        debut = time.monotonic()
        faire()
        self.stdout.write(f"fait ({time.monotonic() - debut:.1f} s)")
