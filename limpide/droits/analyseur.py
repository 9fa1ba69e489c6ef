"""The words of a command line, in French: its help, and what is wrong with what was typed."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

ENTREE_INUTILISABLE = 2
EN_FRANCAIS = (
    (r"^the following arguments are required: (.+)$", r"il manque \1"),
    (r"^unrecognized arguments: (.+)$", r"\1 n'est pas compris"),
    (r"^argument (.+?): invalid choice: (.+?) \(choose from (.+)\)$", r"\1 : \2 n'est pas un choix possible (\3)"),
    (r"^argument (.+?): invalid int value: (.+)$", r"\1 : \2 n'est pas un nombre entier"),
    (r"^argument (.+?): invalid float value: (.+)$", r"\1 : \2 n'est pas un nombre"),
    (r"^argument (.+?): invalid \S+ value: (.+)$", r"\1 : \2 ne convient pas"),
    (r"^argument (.+?): expected one argument$", r"\1 : une valeur est attendue"),
    (r"^argument (.+?): expected at least one argument$", r"\1 : une valeur au moins est attendue"),
    (r"^argument (.+?): not allowed with argument (.+)$", r"\1 ne va pas avec \2"),
    (r"^argument (.+?): ignored explicit argument (.+)$", r"\1 : \2 est en trop"),
    (r"^ambiguous option: (.+) could match (.+)$", r"\1 peut vouloir dire \2"),
)
"""What `argparse` says (Python 3.11 to 3.13), and how we say it."""


class _Mise(argparse.RawDescriptionHelpFormatter):
    """« Usage : » before the words of the command; what is said after its options keeps its lines."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Usage : " if prefix is None else prefix)


class Analyseur(argparse.ArgumentParser):
    """`argparse`'s, that speaks French; what is wrong ends the command with code 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"add_help": False, "formatter_class": _Mise})
        self._positionals.title, self._optionals.title = "Ce qui est attendu ", "Options "
        self.add_argument("-h", "--help", action="help", help="dire ces mots, et rien d'autre")

    def error(self, message: str) -> NoReturn:
        """What is wrong, after how the command is written."""
        self.exit(ENTREE_INUTILISABLE, f"{self.format_usage()}Commande incorrecte : {en_francais(message)}.\n")


def en_francais(message: str) -> str:
    """What `argparse` says of the words typed, in French; as it is where it says something else."""
    for anglais, francais in EN_FRANCAIS:
        if re.match(anglais, message):
            return re.sub(anglais, francais, message)
    return message
