"""What `limpide` can be asked, in one list: the law's commands, which need no database, and those of the platform."""

import sys
from collections import defaultdict
from difflib import get_close_matches
from typing import Any, NoReturn

from django.core.management import ManagementUtility, get_commands

ENTREE_INUTILISABLE = 2
LOI = {
    "simuler": "calculer les droits d'un foyer décrit dans un fichier",
    "courbe": "tracer les droits selon un salaire, un loyer ou un nombre d'enfants",
    "rejouer": "recalculer un reçu et comparer",
    "cas": "vérifier des cas écrits au format d'OpenFisca (YAML)",
    "fraicheur": "dire quels paramètres de la loi sont à vérifier bientôt",
    "population": "écrire une population synthétique en Parquet",
    "calculer-lot": "calculer les droits d'une population en Parquet, par lots",
    "reforme": "comparer deux jeux de paramètres sur une population",
}


class Utilitaire(ManagementUtility):
    """Django's own, with the law's commands in its help and in what it suggests."""

    def main_help_text(self, commands_only: bool = False) -> str:
        """Every command: those of the law with what they do, the others by room."""
        if commands_only:
            return "\n".join(sorted([*LOI, *get_commands()]))
        largeur = max(map(len, LOI))
        lignes = ["Usage : limpide COMMANDE … (« limpide help COMMANDE » dit ses mots)", "", "La loi, sans base :"]
        lignes += [f"  {nom:<{largeur}}  {aide}" for nom, aide in LOI.items()]
        salles: dict[str, list[str]] = defaultdict(list)
        for nom, salle in get_commands().items():
            salles[str(salle)].append(nom)
        for titre, notre in (("La plateforme :", True), ("Ce que Django apporte :", False)):
            lignes += ["", titre]
            for salle in sorted(s for s in salles if s.startswith("limpide.") is notre):
                lignes.append(f"  {salle.rpartition('.')[2]} : {', '.join(sorted(salles[salle]))}")
        return "\n".join(lignes)

    def fetch_command(self, subcommand: str) -> Any:
        """The command of this name; what is none is refused with the closest ones, the law's included."""
        if subcommand not in get_commands():
            refuser(subcommand, [*LOI, *get_commands()])
        return super().fetch_command(subcommand)


def refuser(nom: str, connues: list[str]) -> NoReturn:
    """Say that no command has this name."""
    proches = " ou ".join(f"« {proche} »" for proche in get_close_matches(nom, connues, 3, 0.6))
    indice = f" Vouliez-vous dire {proches} ?" if proches else ""
    sys.stderr.write(f"Commande inconnue : {nom}.{indice} « limpide help » les dit toutes.\n")
    sys.exit(ENTREE_INUTILISABLE)
