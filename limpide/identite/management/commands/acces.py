"""`limpide acces surveiller [--jour AAAA-MM-JJ]`: tell the officer of the unusual accesses of a day."""

import datetime as dt
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from limpide.identite import surveillance
from limpide.socle import base_de_donnees

DITS = {
    surveillance.GENRE_PROPRE: "dossier de l'agent ou d'un proche",
    surveillance.GENRE_COLLEGUE: "dossier d'un collègue",
    surveillance.GENRE_NOM: "personnes du même nom",
    surveillance.GENRE_VOLUME: "volume",
}


class Command(BaseCommand):
    help = (
        "Accès inhabituels des agents : les signaler au délégué à la protection des données ; se relance sans risque."
    )
    traitement = surveillance.CLE

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        surveiller = actions.add_parser("surveiller", help="regarder les accès d'un jour (hier, sans --jour)")
        surveiller.add_argument("--jour", type=dt.date.fromisoformat, help="le jour, AAAA-MM-JJ")

    def handle(self, *, jour: dt.date | None, **_: Any) -> None:
        base_de_donnees.assurer()
        jour = jour or timezone.localdate() - dt.timedelta(days=1)
        nouvelles = surveillance.surveiller(jour).nouvelles
        detail = ", ".join(f"{dit} : {nouvelles[genre]}" for genre, dit in DITS.items() if nouvelles[genre])
        self.stdout.write(f"Accès du {jour:%d/%m/%Y} : {nouvelles.total()} nouvelle(s) alerte(s). {detail}".strip())
