"""`limpide journal sceller|verifier|exporter|purger|cle`: the chain of the journal of accesses."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from limpide.registre.chaine import purge, scellement, tetes, verification
from limpide.registre.chaine.examen import Alteration


class Command(BaseCommand):
    help = (
        "Journal des accès : le sceller, le vérifier (en base ou dans un export), l'exporter, effacer les mois à leur "
        "terme, donner sa clé publique."
    )
    traitement = scellement.CLE
    requires_system_checks = ()  # a file is checked without any database

    def add_arguments(self, parser: CommandParser) -> None:
        mots = parser.add_subparsers(dest="mot", required=True)
        mots.add_parser("sceller", help="enchaîner les lignes validées et signer une tête ; se relance sans risque")
        verifier = mots.add_parser("verifier", help="trouver la première ligne altérée (code 1 s'il y en a une)")
        verifier.add_argument("--archive", type=Path, help="un export, vérifié sans la base")
        verifier.add_argument("--cle-publique", type=Path, help="fichier de la clé publique (limpide journal cle)")
        verifier.add_argument("--tetes", type=Path, help="copie des têtes gardée ailleurs")
        exporter = mots.add_parser("exporter", help="écrire les lignes scellées et les têtes dans un fichier")
        exporter.add_argument("--sortie", type=Path, required=True, help="fichier à créer")
        purger = mots.add_parser("purger", help="effacer les mois arrivés à leur terme ; à blanc sans --executer")
        purger.add_argument("--executer", action="store_true", help="effacer vraiment")
        mots.add_parser("cle", help="écrire la clé publique")

    def handle(self, *, mot: str, **options: Any) -> None:
        try:
            getattr(self, f"_{mot}")(**options)
        except Alteration as trouvee:
            raise CommandError(f"Le journal est altéré. {str(trouvee).capitalize()}", returncode=1) from trouvee
        except scellement.ChaineRompue as rompue:
            raise CommandError(str(rompue), returncode=1) from rompue
        except tetes.TetesIllisibles as illisible:
            raise CommandError(str(illisible), returncode=2) from illisible
        except FileExistsError as deja:
            raise CommandError(
                f"« {options['sortie']} » existe déjà : choisissez un autre fichier.", returncode=2
            ) from deja
        except OSError as erreur:
            raise CommandError(f"« {erreur.filename} » : {erreur.strerror}.", returncode=2) from erreur

    def _sceller(self, **options: Any) -> None:
        bilan = scellement.sceller()
        if not options["verbosity"]:
            return
        if bilan.tete:
            self.stdout.write(
                f"{bilan.lignes} ligne(s) scellée(s) en {bilan.blocs} bloc(s) ; tête n° {bilan.tete} signée."
            )
        else:
            self.stdout.write("Rien de nouveau à sceller.")
        if bilan.reste:
            self.stdout.write(f"{bilan.reste} ligne(s) attendent la fin d'une transaction.")

    def _verifier(self, *, archive: Path | None, **options: Any) -> None:
        cle = options["cle_publique"].read_text(encoding="ascii") if options["cle_publique"] else None
        if options["tetes"] and not options["tetes"].exists():
            raise FileNotFoundError(2, "fichier introuvable", str(options["tetes"]))
        copie = tetes.en_fichier(options["tetes"]) if options["tetes"] else None
        if archive is not None:
            constat = verification.verifier_un_fichier(archive, cle, copie)
        else:
            constat = verification.verifier_la_base(copie, cle)
        fin = f", la dernière du {constat.derniere}" if constat.derniere else ""
        self.stdout.write(
            f"Le journal est intact : {constat.lignes} ligne(s) scellée(s), {constat.tetes} tête(s){fin}."
        )
        if constat.purges:
            self.stdout.write(f"Mois effacés à leur terme : {', '.join(constat.purges)}.")
        if constat.reste:
            self.stdout.write(f"{constat.reste} ligne(s) récente(s) ne sont pas encore scellées.")
        if archive is not None and cle is None:
            self.stdout.write("La clé est celle du fichier : donnez --cle-publique pour ne pas avoir à le croire.")

    def _exporter(self, *, sortie: Path, **_: Any) -> None:
        self.stdout.write(f"{verification.exporter(sortie)} ligne(s) exportée(s) dans {sortie}.")

    def _purger(self, *, executer: bool, **_: Any) -> None:
        aucun = True
        for du in purge.purger() if executer else purge.dus():
            aucun = False
            suite = f"retenu, {du.retenu}" if du.retenu else "effacé" if du.efface else "à effacer (--executer)"
            self.stdout.write(f"{du.mois} : {du.lignes} ligne(s), {suite}.")
        if aucun:
            self.stdout.write("Aucun mois du journal n'est arrivé à son terme.")

    def _cle(self, **_: Any) -> None:
        self.stdout.write(tetes.cle_publique())
