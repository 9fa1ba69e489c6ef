"""`limpide preuves`: the 48 systems and the 30 checks, what proves each, and how it last ended (1 if a claim fails)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from rich.console import Console

from limpide.registre.preuves import controles, dresser, empreinte_du_code, lire
from limpide.registre.preuves.affichage import en_json, tableaux
from limpide.registre.preuves.annonces import annonces
from limpide.registre.preuves.resultats import PAR_DEFAUT, ResultatsIllisibles


class Command(BaseCommand):
    help = "Ce que Limpide affirme de chaque système et de chaque contrôle, et la dernière fois qu'on l'a vérifié."
    sans_traitement = "Lit les déclarations et le relevé des essais, aucune donnée personnelle."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="pour un programme")
        parser.add_argument("--resultats", type=Path, default=PAR_DEFAUT, help=f"relevé des essais ({PAR_DEFAUT})")

    def handle(self, **options: Any) -> None:
        try:
            resultats = lire(options["resultats"])
        except ResultatsIllisibles as erreur:
            raise CommandError(str(erreur), returncode=2) from None
        bilan = dresser(annonces(), controles(), resultats, code=empreinte_du_code())
        if options["json"]:
            self.stdout.write(json.dumps(en_json(bilan), ensure_ascii=False, indent=1))
        else:
            console = Console(width=None if self.stdout.isatty() else 160)
            with console.capture() as texte:
                for tableau in tableaux(bilan):
                    console.print(tableau)
            self.stdout.write(texte.get())
        if bilan.fautes:
            cles = ", ".join(ligne.cle for ligne in bilan.fautes)
            raise CommandError(f"{len(bilan.fautes)} affirmation(s) qui ne tiennent pas : {cles}", returncode=1)
