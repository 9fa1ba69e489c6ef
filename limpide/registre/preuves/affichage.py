"""The table of claims, for a person at a terminal and for a program."""

import dataclasses
from collections import Counter
from typing import Any

from rich.table import Table

from .bilan import Bilan, Etat, Ligne

COULEURS = {
    Etat.TENU: "green",
    Etat.EN_PARTIE: "yellow",
    Etat.A_CONSTRUIRE: "dim",
    Etat.CLOS: "dim",
    Etat.SANS_PREUVE: "red",
    Etat.JAMAIS_VU: "red",
    Etat.ECHOUE: "red",
}
ESSAIS_MONTRES = 2


def tableaux(bilan: Bilan) -> list[Table]:
    """Systems, then checks."""
    return [
        _tableau("Les systèmes de la page « Informatique et libertés »", bilan.systemes),
        _tableau("Les contrôles de fiabilité et de sécurité", bilan.controles),
    ]


def _tableau(titre: str, lignes: tuple[Ligne, ...]) -> Table:
    table = Table(title=titre, caption=_resume(lignes), show_lines=False)
    for colonne in ("", "Affirmation", "État", "Ce qui le montre", "Vu le", "Ce qui manque"):
        table.add_column(colonne, overflow="fold")
    for ligne in lignes:
        couleur = COULEURS[ligne.etat]
        table.add_row(
            ligne.cle,
            ligne.intitule,
            f"[{couleur}]{ligne.etat}[/{couleur}]",
            _preuves(ligne),
            _quand(ligne),
            ligne.manque,
        )
    return table


def _resume(lignes: tuple[Ligne, ...]) -> str:
    return ", ".join(f"{nombre} {etat}" for etat, nombre in Counter(ligne.etat for ligne in lignes).most_common())


def _preuves(ligne: Ligne) -> str:
    """The failed tests first: they are what one came to see."""
    tries = sorted(ligne.essais, key=lambda essai: (essai.reussi, essai.test))
    montres = [f"{'' if essai.reussi else '✗ '}{essai.test}" for essai in tries[:ESSAIS_MONTRES]]
    if len(tries) > ESSAIS_MONTRES:
        montres.append(f"et {len(tries) - ESSAIS_MONTRES} autre(s)")
    return "\n".join(montres)


def _quand(ligne: Ligne) -> str:
    if not ligne.dernier:
        return ""
    return ligne.dernier[:16].replace("T", " ") + ("\nsur un autre code" if ligne.ailleurs else "")


def en_json(bilan: Bilan) -> dict[str, Any]:
    """The same for a program: nothing cut, one entry per claim."""
    return {
        "format": 1,
        "systemes": [_ligne_json(ligne) for ligne in bilan.systemes],
        "controles": [_ligne_json(ligne) for ligne in bilan.controles],
        "tient": not bilan.fautes,
    }


def _ligne_json(ligne: Ligne) -> dict[str, Any]:
    return {
        "cle": ligne.cle,
        "intitule": ligne.intitule,
        "etat": str(ligne.etat),
        "manque": ligne.manque,
        "exigences": list(ligne.exigences),
        "dernier": ligne.dernier or None,
        "sur_un_autre_code": ligne.ailleurs,
        "essais": [dataclasses.asdict(essai) for essai in ligne.essais],
    }
