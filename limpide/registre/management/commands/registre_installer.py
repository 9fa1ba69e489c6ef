"""`limpide registre_installer`: the declarations become PostgreSQL roles, rights and policies."""

from typing import Any

from django.core.management import BaseCommand

from limpide.registre.installation import installer


class Command(BaseCommand):
    help = "Applique le registre à la base : rôles, droits, politiques. Se relance sans risque."
    sans_traitement = "Pose des droits d'accès ; ne lit ni n'écrit aucune donnée personnelle."
    requires_system_checks = ()  # the checks look at what this command installs

    def handle(self, **options: Any) -> None:
        bilan = installer()
        for avertissement in bilan.avertissements:
            self.stderr.write(self.style.WARNING(f"Attention : {avertissement}"))
        if options["verbosity"]:
            self.stdout.write(
                f"Registre appliqué : {bilan.roles} rôle(s), {bilan.droits} droit(s) et "
                f"{bilan.politiques} politique(s) changés."
            )
