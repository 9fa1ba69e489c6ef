"""`limpide coordonnees envoyer|rejets`: the yearly question and what waits to leave; what came back.

Exit 1 when the relay takes nothing more, or when a report can't be read.
"""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.identite import suivi_contacts
from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Coordonnées de Mon Compte : rappel annuel et messages en attente, rapports de non-remise."
    traitement = suivi_contacts.SUIVI

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        envoyer = actions.add_parser(
            "envoyer", help="demande chaque année si l'adresse est bonne ; envoie ce qui attend"
        )
        envoyer.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")
        rejets = actions.add_parser("rejets", help="lit les rapports de non-remise (RFC 3464) d'un dossier de fichiers")
        rejets.add_argument(
            "dossier", type=Path, help="dossier de rapports, un fichier chacun (Maildir : new/ ou cur/)"
        )

    def handle(self, *, action: str, **options: Any) -> None:
        base_de_donnees.assurer()
        {"envoyer": self._envoyer, "rejets": self._rejets}[action](**options)

    def _envoyer(self, *, executer: bool, **_: Any) -> None:
        bilan = suivi_contacts.envoyer(executer=executer)
        if not executer:
            self.stdout.write(f"{bilan.a_rappeler} coordonnée(s) à revoir ; rien n'a été envoyé (--executer).")
            return
        self.stdout.write(
            f"{bilan.a_rappeler} coordonnée(s) à revoir ; {bilan.partis} message(s) partis, {bilan.revenus} refusés."
        )
        if bilan.arrete:
            raise CommandError("Le relais ne prend plus de message : relancez la commande.", returncode=1)

    def _rejets(self, *, dossier: Path, **_: Any) -> None:
        if not dossier.is_dir():
            raise CommandError(f"« {dossier} » n'est pas un dossier.", returncode=2)
        bilan = suivi_contacts.lire_rejets(dossier)
        self.stdout.write(
            f"{bilan.points} coordonnée(s) à revoir ; {bilan.connus} rapport(s) déjà connus ou sans suite."
        )
        for nom, raison in bilan.illisibles:
            self.stderr.write(f"{nom} : {raison}")
        if bilan.illisibles:
            raise CommandError(f"{len(bilan.illisibles)} rapport(s) non lus, laissés en place.", returncode=1)
