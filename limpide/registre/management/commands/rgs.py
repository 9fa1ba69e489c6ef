"""`limpide rgs`: state of the online services, alerts, and the evidence file of an accreditation."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from limpide.registre import dossier_rgs, homologations
from limpide.registre.contexte import SYSTEME, traitement


class Command(BaseCommand):
    help = "Homologations des services en ligne : état, alertes, dossier de preuves."
    traitement = homologations.TENUE

    def add_arguments(self, parser: CommandParser) -> None:
        mots = parser.add_subparsers(dest="mot", required=True)
        mots.add_parser("etat", help="dire quels services sont ouverts, et pourquoi")
        mots.add_parser("surveiller", help="dire les fins prochaines, les changements et les fermetures")
        preuves = mots.add_parser("preuves", help="écrire le dossier de preuves")
        preuves.add_argument("--sortie", type=Path, required=True, help="dossier où écrire l'archive")

    def handle(self, *, mot: str, **options: Any) -> None:
        with traitement(homologations.TENUE, acteur=SYSTEME, motif="Suivi des homologations"):
            tous = homologations.etats(timezone.localdate())
            if mot == "etat":
                self._etat(tous)
            elif mot == "preuves":
                self._preuves(tous, options["sortie"])
        if mot == "surveiller":
            self._surveiller(homologations.avertissements(timezone.localdate(), tous))

    def _etat(self, tous: list[homologations.Etat]) -> None:
        for e in tous:
            ouvert = "ouvert" if e.ouvert else "fermé" if e.service.chemins else "à construire"
            fin = f", jusqu'au {e.fin:%d/%m/%Y}" if e.fin else ""
            suite = " ; a changé depuis" if e.a_reexaminer else ""
            self.stdout.write(f"{e.service.nom} : {ouvert} ({e.mots.lower()}{fin}{suite})")

    def _surveiller(self, trouves: list[homologations.Avertissement]) -> None:
        for a in trouves:
            self.stdout.write(f"[{a.gravite}] {a.texte}")
        if not trouves:
            self.stdout.write("Rien à signaler.")

    def _preuves(self, tous: list[homologations.Etat], sortie: Path) -> None:
        maintenant: dt.datetime = timezone.localtime()
        try:
            archive = dossier_rgs.ecrire(sortie, tous, maintenant)
        except OSError as erreur:
            raise CommandError(f"Le dossier « {sortie} » ne peut pas être écrit ({erreur.strerror}).") from erreur
        self.stdout.write(f"Dossier de preuves : {archive}")
