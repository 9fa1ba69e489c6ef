"""`limpide registre_versions [NUMERO] [--depuis NUMERO] [--declaration EMPREINTE]`: versions, and what they changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from limpide.registre.models import VersionRegistre
from limpide.registre.publication.versions import PUBLICATION, comparer, portees_par, version, versions


class Command(BaseCommand):
    help = "Les versions gardées du registre ; avec un numéro, ce que cette version a changé."
    traitement = PUBLICATION

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("numero", nargs="?", type=int, help="version à raconter")
        parser.add_argument("--depuis", type=int, help="version à laquelle la comparer (sinon : la précédente)")

        parser.add_argument(
            "--declaration", help="empreinte lue sur une ligne du journal : quelles versions la portent"
        )

    def handle(self, **options: Any) -> None:
        numero, depuis = options["numero"], options["depuis"]
        if options["declaration"] is not None:
            self._chercher(options["declaration"])
            return
        if numero is None:
            if depuis is not None:
                raise CommandError("--depuis se donne avec le numéro de la version à raconter")
            for v in versions():
                self.stdout.write(f"{v.numero:4}  {_quand(v)}  {v.empreinte}  {v.changees} déclaration(s) changée(s)")
            return
        precedente = next((v.numero for v in versions() if v.numero < numero), None)
        self._raconter(_version(numero), _version(depuis) if depuis is not None else precedente)

    def _chercher(self, empreinte: str) -> None:
        trouvees = portees_par(empreinte)
        if not trouvees:
            raise CommandError(f"Aucune version gardée ne porte la déclaration « {empreinte} ».")
        for lue, quoi in trouvees:
            self.stdout.write(f"{quoi} : version {lue.numero}, en vigueur depuis le {_quand(lue)}")

    def _raconter(self, lue: VersionRegistre, ancienne: VersionRegistre | int | None) -> None:
        if isinstance(ancienne, int):
            ancienne = _version(ancienne)
        if ancienne is None:
            self.stdout.write(f"Version {lue.numero} : la première gardée, {lue.changees} déclaration(s).")
            return
        changements = comparer(ancienne.contenu, lue.contenu)
        nombre = len(changements)
        self.stdout.write(f"De la version {ancienne.numero} à la version {lue.numero} : {nombre} déclaration(s).")
        for c in changements:
            self.stdout.write(f"{c.genre} {c.reference}, {c.sort} : {c.nom}")
            for d in c.differences:
                self.stdout.write(f"  {d.champ}")
                for signe, textes in (("-", d.retires), ("+", d.ajoutes)):
                    for texte in textes:
                        self.stdout.write(f"    {signe} {texte}")


def _quand(lue: VersionRegistre) -> str:
    return f"{timezone.localtime(lue.installee_le):%Y-%m-%d %H:%M}"


def _version(numero: int) -> VersionRegistre:
    lue = version(numero)
    if lue is None:
        raise CommandError(f"Aucune version du registre ne porte le numéro {numero}.")
    return lue
