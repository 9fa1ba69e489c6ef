"""`limpide rgs`: state of the online services, alerts, and the evidence file of an accreditation."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from limpide.registre import dossier_rgs, homologations
from limpide.registre.alertes import signaler
from limpide.registre.contexte import SYSTEME, traitement


class Command(BaseCommand):
    help = "Homologations des services en ligne : état, alertes, dossier de preuves."
    traitement = homologations.TENUE

    def add_arguments(self, parser: CommandParser) -> None:
        mots = parser.add_subparsers(dest="mot", required=True)
        mots.add_parser("etat", help="dire quels services sont ouverts, et pourquoi")
        surveiller = mots.add_parser("surveiller", help="dire les fins prochaines, les changements et les fermetures")
        surveiller.add_argument("--executer", action="store_true", help="lever les alertes (sinon, les montrer)")
        preuves = mots.add_parser("preuves", help="écrire le dossier de preuves")
        preuves.add_argument("--sortie", type=Path, required=True, help="dossier où écrire l'archive")

    def handle(self, *, mot: str, **options: Any) -> None:
        with traitement(homologations.TENUE, acteur=SYSTEME, motif="Suivi des homologations"):
            tous = homologations.etats(timezone.localdate())
            if mot == "etat":
                self._etat(tous)
            elif mot == "preuves":
                self._preuves(tous, options["sortie"])
            else:
                self._surveiller(tous, executer=options["executer"])

    def _etat(self, tous: list[homologations.Etat]) -> None:
        for e in tous:
            ouvert = "ouvert" if e.ouvert else "fermé" if e.service.chemins else "à construire"
            fin = f", jusqu'au {e.fin:%d/%m/%Y}" if e.fin else ""
            suite = " ; a changé depuis" if e.a_reexaminer else ""
            self.stdout.write(f"{e.service.nom} : {ouvert} ({e.mots.lower()}{fin}{suite})")

    def _surveiller(self, tous: list[homologations.Etat], *, executer: bool) -> None:
        trouves = homologations.avertissements(timezone.localdate(), tous)
        for a in trouves:
            self.stdout.write(f"[{a.gravite}] {a.texte}")
        if not trouves:
            self.stdout.write("Rien à signaler.")
        elif executer:
            nouvelles = sum(signaler(a.cle, a.genre, a.texte, gravite=a.gravite, echeance=a.echeance) for a in trouves)
            self.stdout.write(f"{nouvelles} alerte(s) levée(s) ; les autres l'étaient déjà.")
        else:
            self.stdout.write("Rien n'est levé : ajoutez --executer.")

    def _preuves(self, tous: list[homologations.Etat], sortie: Path) -> None:
        maintenant: dt.datetime = timezone.localtime()
        try:
            archive = dossier_rgs.ecrire(sortie, tous, maintenant)
        except OSError as erreur:
            raise CommandError(f"Le dossier « {sortie} » ne peut pas être écrit ({erreur.strerror}).") from erreur
        self.stdout.write(f"Dossier de preuves : {archive}")
