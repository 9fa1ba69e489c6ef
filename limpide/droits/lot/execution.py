"""A population, row group by row group: each becomes one file of results, written whole or not at all.

`calcul.json` says what is computed in the folder (month, rights, law, population): the same command started again
finds the files that are there and does what remains; another one is refused. Nothing depends on the order in which
row groups end, nor on which machine computes them: the results are the same bytes.
"""

import csv
import errno
import hashlib
import importlib
import json
import os
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from limpide.droits.calcul import catalogue_droits, droits_demandes
from limpide.droits.empreinte import empreinte_regles
from limpide.droits.faits import NATURES_PAR_CODE
from limpide.droits.moteur import Motif
from limpide.droits.situation import dtype_droits

from .bilan import Bilan, ajouter_bilan, bilan_vide, compter
from .chaine import liquider_bloc
from .colonnes import FOYERS, PERSONNES
from .lecture import Fiches, Population, Rejet, lire_groupe

CALCUL, REJETS = "calcul.json", "rejets.csv"
CLE_BILAN = b"limpide.bilan"
COMPRESSION: dict[str, Any] = {"compression": "zstd", "compression_level": 1}
_par_fil = threading.local()
Tableau = npt.NDArray[Any]
Fait = TypeVar("Fait")


class CalculImpossible(ValueError):
    """A folder of results that cannot be used for what is asked."""


POURQUOI = {
    errno.EACCES: "vous n'en avez pas le droit",
    errno.EPERM: "vous n'en avez pas le droit",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota est atteint",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENOTDIR: "un fichier est pris pour un dossier",
    errno.ENOENT: "le dossier qui le contiendrait n'existe pas",
}


@contextmanager
def ecriture(sortie: Path) -> Iterator[None]:
    """Where files are written in `sortie`: what the system refuses becomes a `CalculImpossible` that says why."""
    try:
        yield
    except OSError as refus:
        pourquoi = POURQUOI.get(refus.errno or 0, refus.strerror or str(refus))
        raise CalculImpossible(f"{sortie} ne peut pas être écrit : {pourquoi}.") from refus


def cle_du_calcul(population: Population, mois: str, codes: Collection[str]) -> dict[str, Any]:
    """What makes two computations the same: month, rights in order, rules, population."""
    condense = hashlib.sha256()
    for nom in (FOYERS, PERSONNES):
        fichier = population.dossier / nom
        condense.update(f"{nom} {fichier.stat().st_size}".encode())
        with fichier.open("rb") as flux:
            flux.seek(-min(fichier.stat().st_size, 65_536), os.SEEK_END)
            condense.update(flux.read())
    droits = [droit.code for droit in droits_demandes(codes)]
    return {"mois": mois, "droits": droits, "empreinte_regles": empreinte_regles(), "population": condense.hexdigest()}


def preparer_sortie(sortie: Path, cle: dict[str, Any]) -> None:
    """Create the folder, or check that what is there is the same computation; `CalculImpossible` otherwise."""
    ecrit = sortie / CALCUL
    if ecrit.exists():
        if json.loads(ecrit.read_text(encoding="utf-8")) != cle:
            raise CalculImpossible(
                f"{sortie} contient un autre calcul (mois, droits, règles ou population). Choisissez un autre dossier."
            )
        return
    if sortie.is_dir() and any(sortie.iterdir()):
        raise CalculImpossible(f"{sortie} n'est pas vide et ne contient pas un calcul de Limpide.")
    with ecriture(sortie):
        sortie.mkdir(parents=True, exist_ok=True)
    _poser(ecrit, lambda brouillon: brouillon.write_text(json.dumps(cle, indent=1) + "\n", encoding="utf-8"))


def partie(sortie: Path, rang: int) -> Path:
    """The file of results of a row group."""
    return sortie / f"droits-{rang:05d}.parquet"


def restants(population: Population, sortie: Path) -> list[int]:
    """Row groups that have no file yet."""
    return [rang for rang in range(population.groupes) if not partie(sortie, rang).exists()]


def calculer_groupe(population: Population, rang: int, mois: str, codes: Sequence[str], sortie: Path) -> int:
    """Compute one row group and write its file; returns the number of its households. Safe to run twice."""
    groupe = lire_groupe(population, rang, mois)
    resultats = np.zeros(int(groupe.bons.sum()), dtype_droits(codes))
    fait = 0
    for _, foyers, personnes in _fiches(population).blocs(groupe):
        bloc = liquider_bloc(mois, foyers, personnes, codes, dits=population.dits)
        resultats[fait : fait + len(bloc)] = bloc
        fait += len(bloc)
    bilan = compter(resultats, codes)
    bilan["rejetes"] = int((~groupe.bons).sum())
    numeros = np.flatnonzero(groupe.bons) + groupe.premier + 1
    table = _table(numeros, resultats, codes).replace_schema_metadata({CLE_BILAN: json.dumps(bilan)})
    _ecrire_rejets(sortie / f"rejets-{rang:05d}.csv", sorted(groupe.rejets, key=lambda r: (r.foyer, r.ligne, r.champ)))
    _poser(partie(sortie, rang), lambda brouillon: pq.write_table(table, brouillon, **COMPRESSION))
    return len(groupe.bons)


def _fiches(population: Population) -> Fiches:
    """The memory of this thread."""
    if getattr(_par_fil, "pour", None) != population:
        _par_fil.pour, _par_fil.fiches = population, Fiches(population)
    fiches: Fiches = _par_fil.fiches
    return fiches


def _table(numeros: Tableau, resultats: Tableau, codes: Collection[str]) -> pa.Table:
    """Rank of the household in the population, then each right: cents (null: unknown), CRDS, reason, missing fact."""
    motifs = pa.array([motif.name for motif in Motif])
    rang_du_motif = np.zeros(max(Motif) + 1, np.int8)
    rang_du_motif[[int(motif) for motif in Motif]] = range(len(Motif))
    manques = sorted(NATURES_PAR_CODE)
    noms_des_manques = pa.array([NATURES_PAR_CODE[code].nom for code in manques])
    colonnes: dict[str, pa.Array] = {"foyer": pa.array(numeros, pa.int64())}
    for droit in (d for d in catalogue_droits() if d.code in codes):
        code = droit.code
        motif, manque = resultats[f"{code}_motif"], resultats[f"{code}_manque"]
        inconnu = motif == Motif.INCONNU
        colonnes[f"{code}_centimes"] = pa.array(resultats[f"{code}_centimes"].astype(np.int32), mask=inconnu)
        if droit.crds is not None:
            colonnes[f"{code}_crds_centimes"] = pa.array(resultats[f"{code}_crds"].astype(np.int32), mask=inconnu)
        colonnes[f"{code}_motif"] = pa.DictionaryArray.from_arrays(pa.array(rang_du_motif[motif]), motifs)
        rangs = pa.array(np.searchsorted(manques, manque).astype(np.int16), mask=manque == 0)
        colonnes[f"{code}_manque"] = pa.DictionaryArray.from_arrays(rangs, noms_des_manques)
    return pa.table(colonnes)


def _ecrire_rejets(fichier: Path, rejets: list[Rejet]) -> None:
    if not rejets:
        return

    def ecrire(brouillon: Path) -> None:
        with brouillon.open("w", encoding="utf-8", newline="") as flux:
            ecrivain = csv.DictWriter(flux, [champ.name for champ in fields(Rejet)], lineterminator="\n")
            ecrivain.writerows(asdict(rejet) for rejet in rejets)

    _poser(fichier, ecrire)


def _poser(fichier: Path, ecrire: Callable[[Path], object]) -> None:
    """Write beside, then put in place: a file that is there is whole."""
    brouillon = fichier.with_name(f".{fichier.name}.{os.getpid()}.{threading.get_ident()}")
    with ecriture(fichier.parent):
        try:
            ecrire(brouillon)
            brouillon.replace(fichier)
        finally:
            brouillon.unlink(missing_ok=True)


def sur_des_fils(faire: Callable[[int], Fait], rangs: list[int], fils: int) -> Iterator[Fait]:
    """Run over the row groups on threads of this machine; gives back what each made, as it ends."""
    with ThreadPoolExecutor(fils) as equipe:
        travaux = [equipe.submit(faire, rang) for rang in rangs]
        try:
            for travail in as_completed(travaux):
                yield travail.result()
        finally:
            equipe.shutdown(cancel_futures=True)


def sur_dask(faire: Callable[[int], Fait], rangs: list[int], adresse: str) -> Iterator[Fait]:
    """The same on the workers of a Dask cluster, which see the same folders as we do."""
    try:
        grappe: Any = importlib.import_module("distributed")
    except ImportError:
        raise CalculImpossible(
            "Dask n'est pas installé ici : pip install distributed (voir docs/population.md)."
        ) from None
    try:
        client = grappe.Client(adresse, timeout="10s")
    except (OSError, ValueError) as panne:
        raise CalculImpossible(f"Aucune grappe Dask ne répond à {adresse} ({panne}).") from panne
    with client:
        travaux = client.map(faire, rangs, pure=False, retries=1)
        for travail in grappe.as_completed(travaux):
            yield travail.result()


def conclure(population: Population, sortie: Path, codes: Collection[str]) -> Bilan:
    """Gather what the parts say, and the rows refused in one file."""
    total = bilan_vide(codes)
    for rang in range(population.groupes):
        metadonnees = pq.read_schema(partie(sortie, rang)).metadata or {}
        ajouter_bilan(total, json.loads(metadonnees[CLE_BILAN]))
    for brouillon in sortie.glob(".droits-*"):  # left by a computation that was killed
        brouillon.unlink(missing_ok=True)
    morceaux = sorted(sortie.glob("rejets-*.csv"))
    if morceaux:

        def ecrire(fichier: Path) -> None:
            entete = ",".join(champ.name for champ in fields(Rejet)) + "\n"
            fichier.write_text(entete + "".join(m.read_text(encoding="utf-8") for m in morceaux), encoding="utf-8")

        _poser(sortie / REJETS, ecrire)
    return total
