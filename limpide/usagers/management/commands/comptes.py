"""`limpide comptes forcer-changement|surveiller|verifier-preuves`: the accounts of Mon Compte and their security."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from limpide.identite import changement_exige, preuves_acces
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import MOTIFS_ACCES, GenreEtapeAcces
from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle import base_de_donnees
from limpide.usagers import surveillance

DITS = {
    surveillance.ORIGINE: "un réseau, beaucoup d'essais",
    surveillance.CIBLE: "un identifiant, beaucoup de réseaux",
    surveillance.COMPTES: "un réseau, beaucoup de comptes",
    surveillance.FREQUENCE: "fréquence",
    surveillance.USAGE: "usage",
    surveillance.SIGNALEE: "« ce n'était pas moi »",
}


class Command(BaseCommand):
    help = (
        "Comptes de Mon Compte : exiger un autre mot de passe, signaler les connexions inhabituelles, vérifier un "
        "fichier de preuves."
    )
    traitement = (changement_exige.CLE, surveillance.CLE)

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        forcer = actions.add_parser(
            "forcer-changement", help="la prochaine page demandera un autre mot de passe ; à blanc sans --executer"
        )
        lesquels = forcer.add_mutually_exclusive_group(required=True)
        lesquels.add_argument("--compte", type=int, help="numéro interne d'un compte d'allocataire")
        lesquels.add_argument("--tous", action="store_true", help="tous les comptes d'allocataires")
        forcer.add_argument("--motif", required=True, choices=list(MOTIFS_ACCES[GenreEtapeAcces.CHANGEMENT]))
        forcer.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")
        surveiller = actions.add_parser("surveiller", help="regarder un jour (hier et aujourd'hui, sans --jour)")
        surveiller.add_argument("--jour", type=dt.date.fromisoformat, help="le jour, AAAA-MM-JJ")
        verifier = actions.add_parser("verifier-preuves", help="dire si un fichier de preuves est celui produit ici")
        verifier.add_argument("fichier", type=Path, help="le fichier JSON présenté")

    def handle(self, *, action: str, **options: Any) -> None:
        base_de_donnees.assurer()
        getattr(self, f"_{action.replace('-', '_')}")(**options)

    def _forcer_changement(self, *, compte: int | None, motif: str, executer: bool, **_: Any) -> None:
        try:
            bilan = changement_exige.exiger(compte, motif, executer=executer)
        except ErreurSaisie as refus:
            raise CommandError(str(refus), returncode=2) from refus
        if executer:
            self.stdout.write(f"Changement exigé : {bilan.exiges} compte(s) ; {bilan.deja} l'étaient déjà.")
        else:
            self.stdout.write(
                f"{bilan.a_exiger} compte(s) à qui exiger un autre mot de passe ; {bilan.deja} le doivent déjà. Rien "
                "n'a été écrit (--executer)."
            )

    def _surveiller(self, *, jour: dt.date | None, **_: Any) -> None:
        aujourd_hui = timezone.localdate()
        for vu in (jour,) if jour else (aujourd_hui - dt.timedelta(days=1), aujourd_hui):
            nouvelles = surveillance.surveiller(vu).nouvelles
            detail = ", ".join(f"{dit} : {nouvelles[genre]}" for genre, dit in DITS.items() if nouvelles[genre])
            ligne = f"Connexions du {vu:%d/%m/%Y} : {nouvelles.total()} nouvelle(s) alerte(s). {detail}"
            self.stdout.write(ligne.strip())

    def _verifier_preuves(self, *, fichier: Path, **_: Any) -> None:
        try:
            compte, empreinte = preuves_acces.empreinte_du_texte(fichier.read_text(encoding="utf-8"))
        except OSError as erreur:
            raise CommandError(f"« {fichier} » : {erreur.strerror}.", returncode=2) from erreur
        except (ErreurSaisie, UnicodeDecodeError) as refus:
            raise CommandError(f"« {fichier} » : {refus}", returncode=1) from refus
        with traitement(changement_exige.CLE, acteur=SYSTEME, motif="Vérifier un fichier de preuves"):
            connue = preuves_acces.est_connue(compte, empreinte)
        if connue is None:
            raise CommandError("Ce fichier est entier, mais son empreinte n'a pas été produite ici.", returncode=1)
        quand = timezone.localtime(connue.le)
        self.stdout.write(f"Fichier conforme : produit ici le {quand:%d/%m/%Y à %H:%M} par {connue.auteur}.")
