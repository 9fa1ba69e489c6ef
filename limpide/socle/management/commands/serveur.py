"""`limpide serveur`: serve the site with gunicorn until Ctrl-C."""

import os
import socket
from typing import Any, ClassVar

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.socle import base_de_donnees, service


class Command(BaseCommand):
    help = "Sert le site (Ctrl-C pour arrêter). La base doit avoir été préparée : limpide preparer."
    sans_traitement = "Ouvre la porte du site ; chaque page nomme ensuite son propre traitement."
    requires_system_checks: ClassVar[list[str]] = []  # the web entry runs them, database included

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--adresse", default="127.0.0.1", help="adresse d'écoute (défaut : cette machine)")
        parser.add_argument("--processus", type=int, default=min(4, 1 + (os.cpu_count() or 1)))

    def handle(self, *, port: int, adresse: str, processus: int, **options: Any) -> None:
        refuser_un_port_occupe(adresse, port)
        base_de_donnees.assurer()
        self.stdout.write(f"Limpide : http://{_nom_affichable(adresse)}:{port}/  (Ctrl-C pour arrêter)")
        self.stdout.flush()
        service.servir(adresse=adresse, port=port, processus=processus)


def refuser_un_port_occupe(adresse: str, port: int) -> None:
    sorte = socket.AF_INET6 if ":" in adresse else socket.AF_INET
    with socket.socket(sorte, socket.SOCK_STREAM) as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind((adresse, port))
        except OSError as erreur:
            raise CommandError(
                f"Le port {port} de {adresse} n'est pas libre ({erreur.strerror}). "
                f"Choisissez-en un autre : limpide serveur --port {port + 1}"
            ) from erreur


def _nom_affichable(adresse: str) -> str:
    return "localhost" if adresse in {"127.0.0.1", "::1", "0.0.0.0", "::"} else adresse  # noqa: S104 -- shown
