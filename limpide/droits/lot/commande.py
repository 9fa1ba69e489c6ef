"""`limpide calculer-lot`: the rights of a population for one month, resumable, on threads or on a Dask cluster."""

import argparse
import json
import os
import sys
import time
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from limpide.droits.bareme import en_lettres, lire_mois, mois_couvert
from limpide.droits.calcul import catalogue_droits, droits_demandes
from limpide.droits.francais import centimes_en_euros, nombre
from limpide.droits.hasard import tirer

from .bilan import Bilan
from .chaine import liquider_bloc
from .colonnes import PopulationInvalide
from .execution import (
    REJETS,
    CalculImpossible,
    calculer_groupe,
    cle_du_calcul,
    conclure,
    preparer_sortie,
    restants,
    sur_dask,
    sur_des_fils,
)
from .lecture import Population, ouvrir


def ajouter(commandes: Any) -> None:
    """The words of the command."""
    lot = commandes.add_parser("calculer-lot", help="calculer les droits d'une population en Parquet, par lots")
    lot.add_argument("population", type=Path, help="dossier de foyers.parquet et personnes.parquet")
    lot.add_argument("sortie", type=Path, help="dossier des résultats ; s'il existe déjà, le calcul reprend")
    lot.add_argument("--mois", required=True, help="mois à calculer, comme 2026-11")
    lot.add_argument("--droits", nargs="+", metavar="CODE", help="droits à calculer (à défaut : tous)")
    lot.add_argument("--fils", type=int, default=processeurs(), help="fils d'exécution (à défaut : les processeurs)")
    lot.add_argument("--dask", metavar="ADRESSE", help="grappe Dask, comme tcp://localhost:8786")
    lot.add_argument("--json", action="store_true", help="répondre en JSON")


def processeurs() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def executer(options: argparse.Namespace) -> int:
    """Compute what remains, then say what it all comes to."""
    mois_couvert(options.mois)
    try:
        codes = [droit.code for droit in droits_demandes(options.droits or [d.code for d in catalogue_droits()])]
    except ValueError as inconnu:
        connus = ", ".join(droit.code for droit in catalogue_droits())
        raise CalculImpossible(f"{inconnu} Droits possibles : {connus}.") from None
    debut, debut_cpu = time.perf_counter(), time.process_time()
    population = ouvrir(options.population)
    preparer_sortie(options.sortie, cle_du_calcul(population, options.mois, codes))
    a_faire = restants(population, options.sortie)
    deja = population.groupes - len(a_faire)
    if a_faire and not options.dask:
        compiler(options.mois, codes)
    dossier = options.sortie.resolve()
    faire = partial(_un_groupe, population, options.mois, tuple(codes), dossier)
    faits = sur_dask(faire, a_faire, options.dask) if options.dask else sur_des_fils(faire, a_faire, options.fils)
    illisibles: list[str] = []
    suivre(_lisibles(faits, illisibles), population, sum(_taille(population, rang) for rang in a_faire))
    if illisibles:
        suite = (
            f"Le reste est calculé dans {options.sortie} : la même commande y reprend avec les mêmes fichiers, entiers."
        )
        raise PopulationInvalide("\n".join([*sorted(set(illisibles)), suite]))
    bilan = conclure(population, options.sortie, codes)
    bilan["colonnes_absentes"] = population.absentes(bilan)
    bilan["mesures"] = {
        "secondes": round(time.perf_counter() - debut, 2),
        "processeur_s": round(time.process_time() - debut_cpu, 2),
        "memoire_mio": memoire_maximale(),
        "groupes_deja_faits": deja,
    }
    if options.json:
        sys.stdout.write(json.dumps({"mois": options.mois, **bilan}, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(_en_texte(options, population, bilan))
    return 0


def compiler(mois: str, codes: Collection[str]) -> None:
    """Have the rules compiled before threads share them: they compile once, and say so."""
    sys.stderr.write("Préparation des règles (quelques minutes la première fois, où elles sont compilées)…\n")
    foyers, personnes = tirer(2, 1, mois)
    liquider_bloc(mois, foyers, personnes, codes)


def _un_groupe(population: Population, mois: str, codes: tuple[str, ...], sortie: Path, rang: int) -> int | str:
    """The households of a row group, computed; or why it cannot be read, which stops no other."""
    try:
        return calculer_groupe(population, rang, mois, codes, sortie)
    except PopulationInvalide as faute:
        return str(faute)


def _lisibles(faits: Iterator[int | str], illisibles: list[str]) -> Iterator[int]:
    for fait in faits:
        if isinstance(fait, str):
            illisibles.append(fait)
        else:
            yield fait


def _taille(population: Population, rang: int) -> int:
    return population.debuts_foyers[rang + 1] - population.debuts_foyers[rang]


def suivre(faits: Iterator[int], population: Population, a_faire: int) -> None:
    """Progress on stderr, households by households."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    avance = (TextColumn("Foyers"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*avance, console=Console(stderr=True)) as progres:
        tache = progres.add_task("foyers", total=population.foyers, completed=population.foyers - a_faire)
        for foyers in faits:
            progres.advance(tache, foyers)


def _refuses(combien: int) -> str:
    return "1 foyer refusé" if combien == 1 else f"{nombre(combien)} foyers refusés"


def memoire_maximale() -> float | None:
    """The most memory this process has held, in MiB."""
    try:
        import resource
    except ImportError:  # Windows says it otherwise
        return None
    unite = 2**20 if sys.platform == "darwin" else 2**10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unite, 1)


def _en_texte(options: argparse.Namespace, population: Population, bilan: Bilan) -> str:
    lignes = [f"Droits de {en_lettres(lire_mois(options.mois))} : {nombre(bilan['foyers'])} foyers calculés", ""]
    libelles = {droit.code: droit.libelle for droit in catalogue_droits()}
    largeur = max(len(libelles[code]) for code in bilan["droits"])
    for code, droit in bilan["droits"].items():
        inconnus = f", inconnu pour {nombre(droit['inconnus'])}" if droit["inconnus"] else ""
        verse = f"{nombre(droit['ouverts'])} foyers, {centimes_en_euros(droit['centimes'])}"
        lignes.append(f"  {libelles[code]:<{largeur}}  {verse}{inconnus}")
    if bilan["colonnes_absentes"]:
        lignes += ["", "Colonnes absentes, dont le fait est inconnu de tous :"]
        for nom, absente in bilan["colonnes_absentes"].items():
            sans = f"{nombre(max(absente['droits'].values()))} foyers ({', '.join(absente['droits'])})"
            lignes.append(f"  {absente['fichier']}, « {nom} » : il manque à {sans}")
    if population.mois and population.mois != options.mois:
        lignes += ["", f"La population décrit {population.mois} : ses revenus sont pris pour ceux du mois demandé."]
    if bilan["rejetes"]:
        lignes += [
            "",
            f"{_refuses(bilan['rejetes'])} : {options.sortie / REJETS} dit la ligne et le champ.",
        ]
    mesures = bilan["mesures"]
    memoire = f", {nombre(mesures['memoire_mio'], 0)} Mio au plus" if mesures["memoire_mio"] else ""
    lignes += [
        "",
        f"{nombre(mesures['secondes'], 1)} s, dont {nombre(mesures['processeur_s'], 1)} s de processeur{memoire}.",
    ]
    return "\n".join(lignes) + "\n"
