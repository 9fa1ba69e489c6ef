"""`limpide registre_ecarts`: does the database allow exactly what the register declares? (1 if not)"""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from limpide.registre.contexte import garde_levee
from limpide.registre.ecarts import ecarts


class Command(BaseCommand):
    help = "Compare les droits de la base et le registre ; liste les écarts (code 1 s'il y en a)."
    sans_traitement = "Lit le catalogue de PostgreSQL, aucune donnée personnelle."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        with garde_levee(), connections[DEFAULT_DB_ALIAS].cursor() as curseur:
            phrases = ecarts(curseur)
        for phrase in phrases:
            self.stdout.write(f"- {phrase}")
        if phrases:
            raise CommandError(f"{len(phrases)} écart(s) entre la base et le registre", returncode=1)
        if options["verbosity"]:
            self.stdout.write("Aucun écart entre la base et le registre.")
