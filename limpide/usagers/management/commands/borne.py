"""`limpide borne installer|lister|retirer`: the terminals in the receptions of the Caf."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle import base_de_donnees
from limpide.usagers.borne import terminaux
from limpide.usagers.models import Borne


class Command(BaseCommand):
    help = "Bornes des accueils : en installer une, dire lesquelles existent, en retirer une."
    traitement = (terminaux.CLE,)

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        installer = actions.add_parser("installer", help="poser une borne ; affiche une fois le code à y écrire")
        installer.add_argument("nom", help="ce que la personne lira après « Borne de », comme « l'accueil Nation »")
        installer.add_argument("--organisme", required=True, help="code de la Caf, par exemple 751")
        installer.add_argument("--adresse", default="", help="adresse de l'accueil, montrée à tous")
        installer.add_argument("--horaires", default="", help="horaires de l'accueil, montrés à tous")
        actions.add_parser("lister", help="les bornes, où elles sont, où elles en sont")
        retirer = actions.add_parser("retirer", help="fermer une borne aussitôt ; à blanc sans --executer")
        retirer.add_argument("numero", type=int, help="numéro de la borne, donné par « lister »")
        retirer.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")

    def handle(self, *, action: str, **options: Any) -> None:
        base_de_donnees.assurer()
        try:
            with traitement(terminaux.CLE, acteur=SYSTEME, motif="Tenir les bornes des accueils"):
                getattr(self, f"_{action}")(**options)
        except ErreurSaisie as refus:
            raise CommandError(str(refus), returncode=2) from refus

    def _installer(self, *, nom: str, organisme: str, adresse: str, horaires: str, **_: Any) -> None:
        borne, code = terminaux.poser(nom, organisme, adresse, horaires)
        self.stdout.write(
            f"Borne n° {borne.pk} posée. Sur le poste, ouvrez /borne/installation/ et écrivez, avant demain : {code}\n"
            "Ce code ne sera plus montré."
        )

    def _lister(self, **_: Any) -> None:
        for borne in Borne.objects.order_by("organisme_id", "pk"):
            if borne.retiree_le is not None:
                etat = f"retirée le {timezone.localtime(borne.retiree_le):%d/%m/%Y}"
            elif borne.installee_le is not None:
                etat = f"en service depuis le {timezone.localtime(borne.installee_le):%d/%m/%Y}"
            else:
                etat = "posée, pas encore installée"
            self.stdout.write(f"{borne.organisme_id}  n° {borne.pk}  {borne.nom} : {etat}")

    def _retirer(self, *, numero: int, executer: bool, **_: Any) -> None:
        if not Borne.objects.filter(pk=numero, retiree_le=None).exists():
            raise CommandError(f"La borne n° {numero} n'existe pas, ou est déjà retirée.", returncode=2)
        if not executer:
            self.stdout.write(f"La borne n° {numero} serait retirée. Rien n'a été écrit (--executer).")
            return
        terminaux.retirer(numero)
        self.stdout.write(f"Borne n° {numero} retirée : son jeton n'ouvre plus rien.")
