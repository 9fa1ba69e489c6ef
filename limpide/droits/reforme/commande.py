"""`limpide reforme`: two sets of parameters on one population, as a page, JSON and CSV."""

import argparse
import csv
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from limpide.droits.calcul import catalogue_droits
from limpide.droits.francais import nombre
from limpide.droits.lot.commande import compiler, processeurs, suivre
from limpide.droits.lot.execution import ecriture, sur_dask, sur_des_fils
from limpide.droits.lot.lecture import Population, ouvrir

from .changements import bareme_reforme, lire_changements
from .mesure import Mesure, mesurer_groupe
from .page import en_page, resumer_en_mots
from .resultats import Resultats, raconter_la_reforme, tables


def ajouter(commandes: Any) -> None:
    """The words of the command."""
    reforme = commandes.add_parser("reforme", help="comparer deux jeux de paramètres sur une population")
    reforme.add_argument("population", type=Path, help="dossier de foyers.parquet et personnes.parquet")
    reforme.add_argument("--mois", required=True, help="mois à calculer, comme 2026-11")
    reforme.add_argument("--changer", nargs="+", default=[], metavar="PARAMETRE=VALEUR", help="bmaf=500, bmaf=+2%%…")
    reforme.add_argument("--fichier", type=Path, help="table [parametres] en TOML")
    reforme.add_argument(
        "--sortie", type=Path, help="dossier où écrire reforme.html, reforme.json et les tableaux en CSV"
    )
    reforme.add_argument(
        "--fils", type=int, default=processeurs(), help="fils d'exécution (à défaut : les processeurs)"
    )
    reforme.add_argument("--dask", metavar="ADRESSE", help="grappe Dask, comme tcp://localhost:8786")
    reforme.add_argument("--json", action="store_true", help="répondre en JSON")


def executer(options: argparse.Namespace) -> int:
    """Compare, write, say."""
    changements = lire_changements(options.changer, options.fichier, options.mois)
    population = ouvrir(options.population)
    codes = [droit.code for droit in catalogue_droits()]
    if not options.dask:
        compiler(options.mois, codes)
    mesure = _mesurer(options, population, codes, bareme_reforme(changements, options.mois))
    resultats = raconter_la_reforme(mesure, changements, options.mois, codes)
    if options.sortie:
        _ecrire(options.sortie, resultats, f"Population : {options.population}, {nombre(population.foyers)} foyers.")
    if options.json:
        sys.stdout.write(json.dumps(resultats.en_json(), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(_en_texte(resultats))
    return 0


def _mesurer(options: argparse.Namespace, population: Population, codes: list[str], bareme: Any) -> Mesure:
    total, rangs = Mesure.vide(len(codes)), list(range(population.groupes))
    faire = partial(mesurer_groupe, population, options.mois, tuple(codes), bareme)
    faits = sur_dask(faire, rangs, options.dask) if options.dask else sur_des_fils(faire, rangs, options.fils)

    def foyers_par_foyers() -> Any:
        for mesure in faits:
            total.ajouter(mesure)
            yield int(mesure.classes[:, 0].sum()) + mesure.inconnus + mesure.rejetes

    suivre(foyers_par_foyers(), population, population.foyers)
    return total


def _ecrire(sortie: Path, resultats: Resultats, source: str) -> None:
    with ecriture(sortie):
        sortie.mkdir(parents=True, exist_ok=True)
        (sortie / "reforme.html").write_text(en_page(resultats, source), encoding="utf-8")
        texte = json.dumps(resultats.en_json(), ensure_ascii=False, indent=1) + "\n"
        (sortie / "reforme.json").write_text(texte, encoding="utf-8")
        for nom in ("droits", "deciles", "situations", "variations"):
            lignes = [_a_plat(ligne) for ligne in getattr(resultats, nom)]
            with (sortie / f"{nom}.csv").open("w", encoding="utf-8", newline="") as flux:
                ecrivain = csv.DictWriter(flux, list(lignes[0]))
                ecrivain.writeheader()
                ecrivain.writerows(lignes)


def _a_plat(ligne: dict[str, Any]) -> dict[str, Any]:
    """One column per right, where a value is one per right."""
    plat: dict[str, Any] = {}
    for nom, valeur in ligne.items():
        if isinstance(valeur, dict):
            plat |= {f"{nom.removesuffix('_centimes')}_{code}_centimes": v for code, v in valeur.items()}
        else:
            plat[nom] = valeur
    return plat


def _en_texte(resultats: Resultats) -> str:
    lignes = [*(c.phrase for c in resultats.changements), "", resumer_en_mots(resultats)]
    for titre, tetes, rangees in tables(resultats).values():
        largeurs = [
            max(len(tete), *(len(r[i]) for r in rangees)) if rangees else len(tete) for i, tete in enumerate(tetes)
        ]
        lignes += ["", titre]
        for rangee in [tetes, *rangees]:
            lignes.append(
                "  "
                + "  ".join(
                    c.ljust(n) if not i else c.rjust(n) for i, (c, n) in enumerate(zip(rangee, largeurs, strict=True))
                )
            )
    return "\n".join(lignes) + "\n"
