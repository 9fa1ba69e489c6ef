"""The two Parquet files of a population, one row group of households and one of persons for each piece."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from limpide.droits.faits import DATE_INCONNUE, INCONNU, NATURES, ROLES
from limpide.droits.lot.colonnes import FOYERS, PERSONNES

from .composition import REGIONS
from .tirage import FOYERS_PAR_MORCEAU, Colonnes, Morceau, tirer_morceau

OPTIONS: dict[str, Any] = {"compression": "zstd", "compression_level": 1, "write_statistics": False}
MOTS = {"role": ROLES, "region": REGIONS}


def morceaux(foyers: int, par_morceau: int = FOYERS_PAR_MORCEAU) -> list[int]:
    """Sizes of the pieces."""
    tailles = [par_morceau] * (foyers // par_morceau)
    reste = foyers % par_morceau
    return [*tailles, reste] if reste else tailles


def ecrire_population(
    dossier: Path, foyers: int, graine: int, mois: str, fils: int, par_morceau: int = FOYERS_PAR_MORCEAU
) -> Iterator[Morceau]:
    """Draw on threads, write in order; gives back each piece once written. A few pieces in memory at most."""
    tailles = morceaux(foyers, par_morceau)
    metadonnees = {"limpide.mois": mois, "limpide.graine": str(graine)}
    brouillons = {nom: dossier / f".{nom}" for nom in (FOYERS, PERSONNES)}
    with ExitStack() as pile:
        equipe = pile.enter_context(ThreadPoolExecutor(fils))
        fichiers: dict[str, pq.ParquetWriter] = {}
        for morceau, *tables in _dans_l_ordre(equipe, graine, tailles, mois, fils):
            for nom, table in zip(brouillons, tables, strict=True):
                if nom not in fichiers:
                    schema = table.schema.with_metadata(metadonnees)
                    fichiers[nom] = pile.enter_context(pq.ParquetWriter(brouillons[nom], schema, **OPTIONS))
                fichiers[nom].write_table(table.replace_schema_metadata(metadonnees), row_group_size=len(table))
            yield morceau
    for nom, brouillon in brouillons.items():
        brouillon.replace(dossier / nom)


def _dans_l_ordre(
    equipe: ThreadPoolExecutor, graine: int, tailles: list[int], mois: str, fils: int
) -> Iterator[tuple[Morceau, pa.Table, pa.Table]]:
    attendus: list[Future[tuple[Morceau, pa.Table, pa.Table]]] = []
    for rang, taille in enumerate(tailles):
        attendus.append(equipe.submit(_preparer, graine, rang, taille, mois))
        if len(attendus) > fils:
            yield attendus.pop(0).result()
    for attendu in attendus:
        yield attendu.result()


def _preparer(graine: int, rang: int, taille: int, mois: str) -> tuple[Morceau, pa.Table, pa.Table]:
    morceau = tirer_morceau(graine, rang, taille, mois)
    return morceau, en_table(morceau.foyers), en_table(morceau.personnes)


def en_table(colonnes: Colonnes) -> pa.Table:
    """Columns in the codes of the records → Arrow, as `lot.colonnes` reads them."""
    return pa.table({nom: _en_arrow(nom, valeurs) for nom, valeurs in colonnes.items()})


def _en_arrow(nom: str, valeurs: npt.NDArray[Any]) -> pa.Array:
    if nom in MOTS:
        return pa.DictionaryArray.from_arrays(pa.array(valeurs.astype(np.int8)), pa.array(MOTS[nom]))
    nature = NATURES.get(nom) or NATURES.get(nom[:-3])
    genre = nature.type if nature else "entier"
    if genre == "enumeration" and nature:
        return pa.DictionaryArray.from_arrays(pa.array(valeurs, mask=valeurs == INCONNU), pa.array(nature.valeurs))
    if genre == "booleen":
        return pa.array(valeurs == 1, mask=valeurs == INCONNU)
    if genre == "date":
        return pa.array(valeurs, pa.int32(), mask=valeurs == DATE_INCONNUE).cast(pa.date32())
    if genre == "euros":
        return pa.array(valeurs.astype(np.float64), mask=np.isnan(valeurs))
    return pa.array(valeurs, mask=valeurs == INCONNU)
