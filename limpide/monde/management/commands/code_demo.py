"""`limpide code_demo`: the second-factor codes of the demonstration's accounts, as an authenticator would show them."""

from typing import Any

from django.core.management import BaseCommand

from limpide.monde import comptes


class Command(BaseCommand):
    help = "Affiche les codes du moment des comptes de démonstration (agents, délégué à la protection des données)."
    sans_traitement = "Calcule un code à partir d'un secret du dossier de données ; ne lit pas la base."
    requires_system_checks: list[str] = []

    def handle(self, **_: Any) -> None:
        for compte in comptes.agents():
            self.stdout.write(f"{compte.identifiant:<14}{comptes.code_actuel(compte)}")
