"""`limpide demandes_droits [--executer]`: warn of deadlines, settle recipients, erase old copies. Dry by default."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone

from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.demandes import propagation, services
from limpide.registre.demandes.traitements import GUICHET


class Command(BaseCommand):
    help = "Prévient des demandes dont l'échéance approche et efface les copies remises dont le délai est passé."
    traitement = GUICHET

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--executer", action="store_true", help="écrire ; sans cela, dire seulement")

    def handle(self, **options: Any) -> None:
        motif = "Suivi quotidien des échéances"
        with traitement(GUICHET, acteur=SYSTEME, motif=motif), transaction.atomic():
            alertes = services.surveiller(timezone.localdate())
            avises = propagation.propager()
            copies = services.effacer_les_copies(timezone.localdate())
            transaction.set_rollback(not options["executer"])
        if not options["executer"]:
            self.stdout.write("À blanc : rien n'est écrit (--executer pour le faire).")
        self.stdout.write(
            f"{alertes} alerte(s) nouvelle(s), {avises} destinataire(s) avisés par leur échange, "
            f"{copies} copie(s) effacée(s)."
        )
