"""`limpide jour [--caf 751] [--executer]`: everything that runs every day, in its order. Dry unless told."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.dossiers.liquidation import caisses
from limpide.registre.travaux import execution
from limpide.registre.travaux.table import TRAVAUX
from limpide.registre.travaux.taches import Comptes
from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Les travaux du jour, dans l'ordre : se relance sans risque, reprend au travail qui n'était pas fini."
    traitement = (TRAVAUX, "inventaire_caisses")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--caf", default="", help="une seule Caf : les travaux qui se font Caf par Caf")
        parser.add_argument(
            "--executer", action="store_true", help="les faire (sinon : dire ce qu'il y aurait à faire)"
        )

    def handle(self, *, caf: str, executer: bool, **_: Any) -> None:
        base_de_donnees.assurer()
        if caf and caf not in (connues := caisses()):
            raise CommandError(f"--caf : « {caf} » n'est pas une Caf ; attendu : {', '.join(connues)}.", returncode=2)
        if not executer:
            self._dire_a_blanc(caf)
            return
        try:
            issues = execution.executer(self._dire, caf)
        except execution.DejaEnCours as ailleurs:
            raise CommandError(str(ailleurs), returncode=1) from ailleurs
        manquent = [i.tache.intitule for i in issues if i.manque]
        if manquent:
            raise CommandError(
                f"{len(manquent)} travail(aux) à reprendre : {' ; '.join(manquent)}. Les autres sont faits. Relancez "
                "« limpide jour --executer » : il ne reprend que ce qui manque.",
                returncode=1,
            )
        self.stdout.write("Tous les travaux du jour sont faits.")

    def _dire(self, issue: execution.Issue) -> None:
        if issue.deja:
            suite = "déjà fait aujourd'hui"
        else:
            suite = f"{execution.Etat(issue.etat).label.lower()}{_nombres(issue.comptes)}, {issue.secondes:.1f} s"
        self.stdout.write(f"{issue.tache.intitule} : {suite}. {issue.raison}".rstrip())

    def _dire_a_blanc(self, caf: str) -> None:
        for tache, comptes in execution.compter(caf):
            suite = "ne se compte pas sans le faire" if comptes is None else _nombres(comptes).strip(" ()")
            self.stdout.write(f"{tache.intitule} : {suite}.")
        self.stdout.write("Essai à blanc : rien n'est fait. Ajoutez --executer pour le faire.")


def _nombres(comptes: Comptes) -> str:
    """Figures in words; what is zero is not worth a line, unless everything is."""
    dits = [f"{nombre} {mot}" for mot, nombre in comptes.items() if nombre] or (["rien à faire"] if comptes else [])
    return f" ({', '.join(dits)})" if dits else ""
