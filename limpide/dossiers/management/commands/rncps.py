"""`limpide rncps publier|interroger|effacer|exporter-traces`: what changed, questions that wait, answers, traces.

Exit 1 when the RNCPS is silent or refuses a line.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from limpide.dossiers import consultation_differee, consultation_rncps, rncps
from limpide.socle import base_de_donnees
from limpide.socle.appel import PartenaireInjoignable

SANS_ADRESSE = "L'adresse du Rncps n'est pas connue : posez LIMPIDE_RNCPS_URL et LIMPIDE_RNCPS_JETON."


class Command(BaseCommand):
    help = "Rncps : publier prestations et adresses, poser les questions en attente, effacer les réponses, traces."
    traitement = (rncps.PUBLIER, consultation_differee.DIFFERER, consultation_rncps.TRACES)

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        publier = actions.add_parser("publier", help="envoie ce qui a changé ; reprend là où un envoi s'est arrêté")
        publier.add_argument(
            "--a-blanc", action="store_true", help="dit combien de dossiers ont changé, sans rien écrire"
        )

        interroger = actions.add_parser("interroger", help="pose en différé les questions en attente ; se reprend")
        interroger.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")
        effacer = actions.add_parser("effacer", help="efface les réponses de plus d'un mois ; les traces restent un an")
        effacer.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")
        exporter = actions.add_parser("exporter-traces", help="écrit les traces de consultation, pour la Cnav")
        exporter.add_argument("--sortie", type=Path, required=True, help="fichier à créer (une ligne JSON par trace)")

    def handle(self, *, action: str, **options: Any) -> None:
        base_de_donnees.assurer()
        {
            "publier": self._publier,
            "interroger": self._interroger,
            "effacer": self._effacer,
            "exporter-traces": self._exporter,
        }[action](**options)

    def _interroger(self, *, executer: bool, **_: Any) -> None:
        try:
            bilan = consultation_differee.interroger(executer=executer)
        except PartenaireInjoignable as panne:
            raise CommandError(SANS_ADRESSE, returncode=2) from panne
        if not executer:
            self.stdout.write(f"{bilan.en_attente} question(s) en attente ; rien n'a été demandé (--executer).")
            return
        self.stdout.write(
            f"{bilan.en_attente} question(s) en attente ; {bilan.repondues} répondue(s), {bilan.sans_suite} sans suite."
        )
        if bilan.arrete:
            raise CommandError("Le Rncps ne répond plus : ce qui reste attend, relancez la commande.", returncode=1)

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
            raise CommandError(SANS_ADRESSE, returncode=2) from panne
        if a_blanc:
            self.stdout.write(f"{bilan.a_publier} dossier(s) à publier ; rien n'a été envoyé.")
            return
        self.stdout.write(f"{bilan.a_publier} dossier(s) changés ; {bilan.recues} reçus, {bilan.refusees} refusés.")
        if bilan.arrete or bilan.refusees:
            suite = (
                "le Rncps n'a pas tout reçu, relancez la commande" if bilan.arrete else "des lignes ont été refusées"
            )
            raise CommandError(f"Publication incomplète : {suite}.", returncode=1)
