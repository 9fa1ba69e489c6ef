"""Liquidation: the rights of one household, explained; or those of a whole Caf, compiled.

`liquider` runs the rules in plain Python and keeps their trace. `liquider_lot` runs the same rules compiled over
arrays of records; it gives the same cents, a million households a second. Rights are found by folder and
liquidated in the law's order (`Droit.ordre`).
"""

import importlib
import math
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .bareme import bareme_compile, bareme_lisible, dtype_bareme, mois_couvert
from .empreinte import empreinte_regles
from .faits import NATURES_PAR_CODE
from .lectures import faits_cites, lire_avec
from .moteur import Droit, Etape, Motif, centimes, tracer
from .situation import DROITS, FOYER, PERSONNE, Situation, SituationInvalide, codes_droits

FOYERS_PAR_LOT = 65_536

_FicheFoyer = namedtuple("_FicheFoyer", FOYER.names or ())  # type: ignore[misc]  # noqa: PYI024 - derived fields
_FichePersonne = namedtuple("_FichePersonne", PERSONNE.names or ())  # type: ignore[misc]  # noqa: PYI024


@dataclass(frozen=True)
class Resultat:
    """One right of one household for one month. The amount is before CRDS, which is given apart."""

    droit: str
    montant_centimes: int
    motif: str
    faits_manquants: tuple[str, ...]
    trace: Etape | None
    crds_centimes: int = 0


@lru_cache(maxsize=1)
def liste_droits() -> tuple[Droit, ...]:
    """Every right, in the order of liquidation."""
    droits = [importlib.import_module(f"limpide.droits.{code}").DROIT for code in codes_droits()]
    for code, droit in zip(codes_droits(), droits, strict=True):
        if droit.code != code:
            raise ValueError(f"The folder {code} states the right {droit.code}: they bear the same name.")
    return tuple(sorted(droits, key=lambda droit: (droit.ordre, droit.code)))


def liquider(situation: Situation) -> dict[str, Resultat]:
    """Every right of a household, with its steps. `MoisHorsBareme` if the month is not covered."""
    b = bareme_lisible(situation.mois)
    foyer = _FicheFoyer(*situation.foyer[0].tolist())
    personnes = [_FichePersonne(*ligne) for ligne in situation.personnes.tolist()]
    return {droit.code: _liquider_droit(droit, foyer, personnes, b) for droit in liste_droits()}


def _liquider_droit(droit: Droit, foyer: Any, personnes: list[Any], b: Any) -> Resultat:
    montant, etape = tracer(droit.montant, foyer, personnes, b)
    racine = Etape(droit.code, droit.libelle, (), {"foyer": foyer, "personnes": personnes, "b": b}, montant, [etape])
    if math.isnan(montant):
        code = int(droit.manque(foyer, personnes, b))
        premier = [NATURES_PAR_CODE[code].nom] if code else []
        lus = lire_avec(droit, foyer, personnes, b).inconnus
        return Resultat(droit.code, 0, Motif.INCONNU.name, tuple(dict.fromkeys(premier + lus)), racine)
    motif, etape_motif = tracer(droit.motif, foyer, personnes, b, montant)
    racine.etapes.append(etape_motif)
    crds = 0
    if droit.crds is not None:
        euros, etape_crds = tracer(droit.crds, foyer, personnes, b, max(montant, 0.0))
        if euros > 0.0:
            racine.etapes.append(etape_crds)
        crds = centimes(euros)
    return Resultat(droit.code, centimes(max(montant, 0.0)), Motif(int(motif)).name, (), racine, crds)


@lru_cache(maxsize=1)
def _noyau() -> Any:
    from .moteur.compilation import charger_noyau

    formes = {"FOYER": FOYER, "PERSONNE": PERSONNE, "BAREME": dtype_bareme(), "DROITS": DROITS}
    natures = {droit.code: faits_cites(droit.code) for droit in liste_droits()}
    return charger_noyau(liste_droits(), empreinte_regles(), formes, natures)


def liquider_lot(
    mois: str, foyers: npt.NDArray[Any], personnes: npt.NDArray[Any], *, fils: int = 1
) -> npt.NDArray[Any]:
    """Every right of many households: an array of `DROITS`, one record per household, in their order.

    `foyers` and `personnes` are `FOYER` and `PERSONNE` records. Compiled, without the GIL, shared by chunks between
    `fils` threads; takes no memory but the result. The first call ever compiles the rules (tens of seconds), later
    ones read the cache.
    """
    mois_couvert(mois)
    _verifier_lot(foyers, personnes)
    droits = np.zeros(len(foyers), DROITS)
    if not len(foyers):
        return droits
    b, noyau = bareme_compile(mois), _noyau()
    if fils <= 1:
        noyau(foyers, personnes, b, droits, 0, len(foyers))
        return droits
    noyau(foyers, personnes, b, droits, 0, 0)
    debuts = range(0, len(foyers), FOYERS_PAR_LOT)
    with ThreadPoolExecutor(fils) as equipe:
        lots = [
            equipe.submit(noyau, foyers, personnes, b, droits, d, min(d + FOYERS_PAR_LOT, len(foyers))) for d in debuts
        ]
        for lot in lots:
            lot.result()
    return droits


def _verifier_lot(foyers: npt.NDArray[Any], personnes: npt.NDArray[Any]) -> None:
    for nom, lignes, dtype in (("foyers", foyers, FOYER), ("personnes", personnes, PERSONNE)):
        if lignes.dtype != dtype or lignes.ndim != 1 or not lignes.flags.c_contiguous:
            raise SituationInvalide(
                nom, None, f"{lignes.dtype.name}, {lignes.ndim} dimension(s)", "un tableau d'enregistrements"
            )
    if len(foyers) and not (
        (foyers["debut"] >= 0).all()
        and (foyers["fin"] > foyers["debut"]).all()
        and (foyers["fin"] <= len(personnes)).all()
    ):
        raise SituationInvalide("foyers", None, "un foyer hors des personnes", "debut < fin ≤ nombre de personnes")
