"""`limpide infolettres envoyer|abonner|tenir|habiliter|retirer-habilitation`: dry unless `--executer`.

Exit 1 when the relay takes nothing more, 2 when something asked is refused.
"""

import datetime as dt
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.identite.erreurs import ErreurSaisie
from limpide.infolettres import abonnements, envoi, reception, redaction
from limpide.infolettres.models import Portee
from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Lettres d'information : envoyer celles qui sont validées, tenir la liste, habiliter ceux qui écrivent."
    traitement = (envoi.ENVOYER, abonnements.RATTRAPAGE, reception.TENUE, redaction.HABILITER)

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        envoyer = actions.add_parser("envoyer", help="envoie les lettres validées ; se reprend, jamais deux fois")
        abonner = actions.add_parser("abonner", help="abonne les comptes ouverts qui ne l'ont jamais été")
        tenir = actions.add_parser("tenir", help="demande de revoir les adresses où plus aucune lettre ne s'affiche")
        habiliter = actions.add_parser("habiliter", help="habilite un agent à écrire et valider des lettres")
        habiliter.add_argument("agent", help="identifiant de l'agent")
        habiliter.add_argument("--portee", required=True, choices=Portee.values)
        habiliter.add_argument("--decision", required=True, help="référence de la décision d'habilitation")
        habiliter.add_argument("--jusqu-au", required=True, type=dt.date.fromisoformat, help="AAAA-MM-JJ, dans l'année")
        retirer = actions.add_parser("retirer-habilitation", help="met fin aux habilitations d'un agent")
        retirer.add_argument("agent", help="identifiant de l'agent")
        for action in (envoyer, abonner, tenir, habiliter, retirer):
            action.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")

    def handle(self, *, action: str, **options: Any) -> None:
        base_de_donnees.assurer()
        try:
            {
                "envoyer": self._envoyer,
                "abonner": self._abonner,
                "tenir": self._tenir,
                "habiliter": self._habiliter,
                "retirer-habilitation": self._retirer,
            }[action](**options)
        except ErreurSaisie as refus:
            raise CommandError(" ".join(refus.champs.values()), returncode=2) from refus
        except envoi.SansAdresse as refus:
            raise CommandError(str(refus), returncode=2) from refus

    def _envoyer(self, *, executer: bool, **_: Any) -> None:
        bilan = envoi.envoyer(executer=executer)
        if not executer:
            self.stdout.write(f"{bilan.lettres} lettre(s), {bilan.a_envoyer} message(s) à envoyer (--executer).")
            return
        self.stdout.write(
            f"{bilan.lettres} lettre(s) ; {bilan.partis} message(s) partis, {bilan.revenus} refusés, {bilan.ecartes} "
            f"écartés, {bilan.incertains} interrompus."
        )
        if bilan.arrete:
            raise CommandError("Le relais ne prend plus de message : relancez la commande.", returncode=1)

    def _abonner(self, *, executer: bool, **_: Any) -> None:
        nombre = abonnements.rattraper(executer=executer)
        self.stdout.write(f"{nombre} compte(s) {'abonnés' if executer else 'à abonner (--executer)'}.")

    def _tenir(self, *, executer: bool, **_: Any) -> None:
        nombre = reception.tenir_la_liste(executer=executer)
        self.stdout.write(f"{nombre} coordonnée(s) à revoir{'' if executer else ' (--executer pour le demander)'}.")

    def _habiliter(
        self, *, agent: str, portee: str, decision: str, jusqu_au: dt.date, executer: bool, **_: Any
    ) -> None:
        redaction.habiliter(agent, portee, decision, jusqu_au, executer=executer)
        fin = "est habilité" if executer else "serait habilité (--executer)"
        self.stdout.write(f"{agent} {fin} jusqu'au {jusqu_au:%d/%m/%Y}.")

    def _retirer(self, *, agent: str, executer: bool, **_: Any) -> None:
        nombre = redaction.retirer(agent, executer=executer)
        self.stdout.write(f"{nombre} habilitation(s) {'retirée(s)' if executer else 'à retirer (--executer)'}.")
