"""`make differential`: agreement with OpenFisca-France, its explained differences, and the others.

Exit code 1 when, outside the explained classes, more than `--seuil` of the households differ on some right.
"""

from __future__ import annotations

import argparse
import os
import sys

from rich.console import Console
from rich.table import Table

from .comparaison import (
    DROITS,
    Comparaison,
    EffetClasse,
    comparer,
    dresser_bilans,
    effets_des_classes,
    mois_tires,
)
from .couverture import Branches, branches_prises
from .montrer import montrer, situation_de
from .openfisca import OpenFisca

SEUIL = 0.001
RAISONS = {"limpide": "Limpide", "openfisca": "OpenFisca", "indecis": "indécis"}
INEXPLIQUEES_AFFICHEES = 12
MANQUEES_AFFICHEES = 6


def lire_arguments(arguments: list[str]) -> argparse.Namespace:
    """Options of the command."""
    analyse = argparse.ArgumentParser(prog="differentiel", description=__doc__)
    dits = os.environ.get  # `make differential FOYERS=… GRAINE=… MOIS=…` passes them this way
    analyse.add_argument("--foyers", type=int, default=int(dits("FOYERS", "2000")), help="foyers par mois (2000)")
    analyse.add_argument("--graine", type=int, default=int(dits("GRAINE", "1")), help="graine du tirage (1)")
    analyse.add_argument(
        "--mois", default=dits("MOIS", "6"), help="nombre de mois tirés, ou liste : 2020-04,2026-11 (6)"
    )
    analyse.add_argument("--seuil", type=float, default=SEUIL, help="part tolérée d'écarts inexpliqués (0,001)")
    analyse.add_argument("--suivis", type=int, default=200, help="foyers par mois dont on suit les branches (200)")
    analyse.add_argument("--montrer", type=int, metavar="N", help="montrer le N-ième foyer inexpliqué, en entier")
    analyse.add_argument("--droit", choices=DROITS, help="se limiter à un droit pour --montrer")
    return analyse.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Compare, print, and say whether the agreement is good enough."""
    options = lire_arguments(sys.argv[1:] if arguments is None else arguments)
    mois = options.mois.split(",") if "-" in options.mois else mois_tires(int(options.mois), options.graine)
    comparaisons = list(comparer(mois, options.foyers, options.graine))
    console = Console(highlight=False, width=132)
    console.print(_table_par_mois(comparaisons))
    console.print(_table_par_droit(comparaisons))
    console.print(_table_des_classes(effets_des_classes(comparaisons)))
    console.print(_table_des_branches(branches_prises(mois, DROITS, options.suivis, options.graine)))
    _lister_inexpliquees(console, comparaisons)
    if options.montrer is not None:
        _montrer(comparaisons, options.montrer, options.droit)
    bilans = dresser_bilans(comparaisons)
    return int(any(1 - bilan.taux_hors_classes > options.seuil for bilan in bilans.values()))


def _pour_cent(part: float) -> str:
    return f"{100 * part:.3f} %".replace(".", ",")


def _table_par_mois(comparaisons: list[Comparaison]) -> Table:
    table = Table("mois", "foyers", *DROITS, title="Montants égaux, foyers hors des classes expliquées")
    for comparaison in comparaisons:
        bilans = dresser_bilans([comparaison])
        compares = comparaison.limpide
        parts = [_pour_cent(bilans[droit].taux_hors_classes) if droit in compares else "—" for droit in DROITS]
        table.add_row(comparaison.mois, str(len(comparaison.foyers)), *parts)
    return table


def _table_par_droit(comparaisons: list[Comparaison]) -> Table:
    table = Table(
        "droit",
        "foyers",
        "droit > 0",
        "OpenFisca tel quel",
        "égaux",
        "hors classes",
        "égaux hors classes",
        title="Accord par droit",
    )
    for droit, bilan in dresser_bilans(comparaisons).items():
        table.add_row(
            droit,
            str(bilan.foyers),
            str(bilan.positifs),
            _pour_cent(bilan.egaux_tel_quel / max(1, bilan.foyers)),
            _pour_cent(bilan.taux),
            str(bilan.hors_classes),
            _pour_cent(bilan.taux_hors_classes),
        )
    return table


def _table_des_classes(effets: list[EffetClasse]) -> Table:
    table = Table("classe", "droit", "foyers", "différents", "écart max", "a raison", "article", title="Classes")
    for effet in effets:
        table.add_row(
            effet.classe.cle,
            effet.droit,
            str(effet.concernes),
            str(effet.differents),
            f"{effet.ecart_maximal:.2f} €",
            RAISONS[effet.classe.raison],
            effet.classe.article,
        )
    return table


def _table_des_branches(branches: list[Branches]) -> Table:
    table = Table(
        "règles", "branches", "comparées", "part", "avec des faits inconnus", "part", "tests allés d'un seul côté",
        title="Ce que le tirage parcourt",
    )  # fmt: skip
    for b in branches:
        suite = f" et {len(b.manquees) - MANQUEES_AFFICHEES} autres" if len(b.manquees) > MANQUEES_AFFICHEES else ""
        dites = ", ".join(b.manquees[:MANQUEES_AFFICHEES]) + suite
        parts = [_pour_cent(prises / max(1, b.nombre)) for prises in (b.comparables, b.toutes)]
        table.add_row(b.dossier, str(b.nombre), str(b.comparables), parts[0], str(b.toutes), parts[1], dites)
    return table


def _lister_inexpliquees(console: Console, comparaisons: list[Comparaison]) -> None:
    cas = _inexpliquees(comparaisons, None)
    console.print(f"\n{len(cas)} écart(s) sans explication.")
    for numero, (comparaison, droit, rang) in enumerate(cas[:INEXPLIQUEES_AFFICHEES]):
        ici, autre = comparaison.limpide[droit][rang], comparaison.openfisca[droit][rang]
        montants = f"Limpide {ici:.2f} €, OpenFisca {autre:.2f} €"
        console.print(f"  n° {numero} : {comparaison.mois} {droit}, foyer {rang} : {montants}")
    if cas:
        console.print("  Pour en voir un : --montrer N")


def _inexpliquees(comparaisons: list[Comparaison], droit: str | None) -> list[tuple[Comparaison, str, int]]:
    return [
        (comparaison, nom, int(rang))
        for comparaison in comparaisons
        for nom in comparaison.limpide
        if droit in (None, nom)
        for rang in comparaison.inexpliquees(nom)
    ]


def _montrer(comparaisons: list[Comparaison], numero: int, droit: str | None) -> None:
    cas = _inexpliquees(comparaisons, droit)
    if numero >= len(cas):
        print(f"Il n'y a que {len(cas)} écart(s) sans explication.")
        return
    comparaison, nom, rang = cas[numero]
    with OpenFisca() as openfisca:
        montrer(openfisca, situation_de(comparaison.mois, comparaison.foyers, comparaison.personnes, rang), nom)


if __name__ == "__main__":
    sys.exit(main())
