"""`limpide rncps publier|effacer|exporter-traces`: what changed, the answers of a month, the traces for the Cnav.

Exit 1 when the RNCPS is silent or refuses a line.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from limpide.dossiers import consultation_rncps, rncps
from limpide.socle import base_de_donnees
from limpide.socle.appel import PartenaireInjoignable


class Command(BaseCommand):
    help = "Rncps : publier prestations et adresses, effacer les réponses d'un mois, remettre les traces à la Cnav."
    traitement = (rncps.PUBLIER, consultation_rncps.TRACES)

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        publier = actions.add_parser("publier", help="envoie ce qui a changé ; reprend là où un envoi s'est arrêté")
        publier.add_argument(
            "--a-blanc", action="store_true", help="dit combien de dossiers ont changé, sans rien écrire"
        )

        effacer = actions.add_parser("effacer", help="efface les réponses de plus d'un mois ; les traces restent un an")
        effacer.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")
        exporter = actions.add_parser("exporter-traces", help="écrit les traces de consultation, pour la Cnav")
        exporter.add_argument("--sortie", type=Path, required=True, help="fichier à créer (une ligne JSON par trace)")

    def handle(self, *, action: str, **options: Any) -> None:
        base_de_donnees.assurer()
        {"publier": self._publier, "effacer": self._effacer, "exporter-traces": self._exporter}[action](**options)

    def _effacer(self, *, executer: bool, **_: Any) -> None:
        nombre = consultation_rncps.effacer_les_reponses(timezone.localdate(), executer=executer)
        fin = "effacée(s)" if executer else "à effacer (--executer)"
        self.stdout.write(f"{nombre} réponse(s) du Rncps {fin}.")

    def _exporter(self, *, sortie: Path, **_: Any) -> None:
        traces = consultation_rncps.traces()
        try:
            with sortie.open("x", encoding="utf-8") as fichier:
                fichier.writelines(json.dumps(trace, ensure_ascii=False) + "\n" for trace in traces)
        except OSError as erreur:
            raise CommandError(f"« {sortie} » : {erreur.strerror}.", returncode=2) from erreur
        self.stdout.write(f"{len(traces)} trace(s) écrite(s) dans {sortie}.")

    def _publier(self, *, a_blanc: bool, **_: Any) -> None:
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
