"""Liquidation: the rights of one household, explained; or those of a whole Caf, compiled.

`liquider` runs the rules in plain Python and keeps their trace. `liquider_lot` runs the same rules compiled over
arrays of records; it gives the same cents, a million households a second. Rights are found by folder and
liquidated in the law's order (`Droit.ordre`). Both answer the rights of the month (`liste_droits`) unless others
are asked for by their codes. Each is computed on the facts as they are: what one right gives to another is put there
by `ensemble`, by which a household is liquidated.
"""

import importlib
import math
from collections import namedtuple
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .bareme import bareme_compile, bareme_lisible, dtype_bareme, lire_mois
from .faits import NATURES, NATURES_PAR_CODE
from .lectures import lire_avec
from .manquants import Completions
from .manquants_lot import premiers_manquants
from .moteur import Droit, Etape, Motif, centimes, tracer
from .situation import FOYER, PERSONNE, Situation, SituationInvalide, codes_droits, dtype_droits

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
    """The rights that the month liquidates, decides on and pays (`Droit.liquide`), in the order of liquidation."""
    return tuple(droit for droit in catalogue_droits() if droit.liquide)


@lru_cache(maxsize=1)
def catalogue_droits() -> tuple[Droit, ...]:
    """Every right that can be computed, paid by the month or not, in the order of liquidation."""
    droits = [importlib.import_module(f"limpide.droits.{code}").DROIT for code in codes_droits()]
    for code, droit in zip(codes_droits(), droits, strict=True):
        if droit.code != code:
            raise ValueError(f"The folder {code} states the right {droit.code}: they bear the same name.")
    return tuple(sorted(droits, key=lambda droit: (droit.ordre, droit.code)))


def droits_demandes(codes: Collection[str] | None) -> tuple[Droit, ...]:
    """The rights of these codes (None: those of the month), in the order of liquidation; `ValueError` for others."""
    if codes is None:
        return liste_droits()
    inconnus = sorted(set(codes) - {droit.code for droit in catalogue_droits()})
    if inconnus:
        raise ValueError(f"Droit inconnu : {', '.join(inconnus)}.")
    return tuple(droit for droit in catalogue_droits() if droit.code in codes)


def liquider(situation: Situation, droits: Collection[str] | None = None) -> dict[str, Resultat]:
    """The rights asked for (None: those of the month), with their steps. `MoisHorsBareme` if it is not covered."""
    foyer, personnes, b = fiches(situation)
    dits = Completions(foyer, personnes, b)
    return {droit.code: _liquider_droit(droit, foyer, personnes, b, dits) for droit in droits_demandes(droits)}


def fiches(situation: Situation) -> tuple[Any, list[Any], Any]:
    """Household, persons and parameters of a situation, as a rule called in plain Python takes them."""
    foyer = _FicheFoyer(*situation.foyer[0].tolist())
    return foyer, [_FichePersonne(*ligne) for ligne in situation.personnes.tolist()], bareme_lisible(situation.mois)


def _liquider_droit(droit: Droit, foyer: Any, personnes: list[Any], b: Any, dits: Completions) -> Resultat:
    montant, etape = tracer(droit.montant, foyer, personnes, b)
    racine = Etape(droit.code, droit.libelle, (), {"foyer": foyer, "personnes": personnes, "b": b}, montant, [etape])
    if math.isnan(montant):
        manquants = _faits_manquants(droit, foyer, personnes, b, dits)
        return Resultat(droit.code, 0, Motif.INCONNU.name, manquants, racine)
    motif, etape_motif = tracer(droit.motif, foyer, personnes, b, montant)
    racine.etapes.append(etape_motif)
    crds = 0
    if droit.crds is not None:
        euros, etape_crds = tracer(droit.crds, foyer, personnes, b, max(montant, 0.0))
        if euros > 0.0:
            racine.etapes.append(etape_crds)
        crds = centimes(euros)
    return Resultat(droit.code, centimes(max(montant, 0.0)), Motif(int(motif)).name, (), racine, crds)


def motif_de(droit: Droit, foyer: Any, personnes: Sequence[Any], b: Any) -> Motif:
    """Why one right is open or not on these records, as `liquider` says it; no step is kept: many can be asked."""
    montant = droit.montant(foyer, personnes, b)
    return Motif.INCONNU if math.isnan(montant) else Motif(int(droit.motif(foyer, personnes, b, montant)))


def _faits_manquants(droit: Droit, foyer: Any, personnes: list[Any], b: Any, dits: Completions) -> tuple[str, ...]:
    """What the rule names first, then what it read and misses too; all that it read if it names nothing."""
    code = int(droit.manque(foyer, personnes, b))
    premier = NATURES_PAR_CODE[code].nom if code else ""
    lus = [nom for nom in lire_avec(droit, foyer, personnes, b).inconnus if nom != premier]
    autres = tuple(nom for nom in lus if dits.laissent_inconnu(droit, nom))
    return (premier, *autres) if premier else autres or tuple(lus)


def _premier_lu(droit: Droit, situation: Situation) -> int:
    """Code of the first of these facts, where the rule names none; 0 if it is no fact of the catalogue."""
    foyer, personnes, b = fiches(situation)
    lus, dits = lire_avec(droit, foyer, personnes, b).inconnus, Completions(foyer, personnes, b)
    premier = lus[0] if len(lus) == 1 else next((n for n in lus if dits.laissent_inconnu(droit, n)), *lus[:1] or [""])
    return NATURES[premier].code if premier else 0


@lru_cache(maxsize=64)
def _noyau(codes: tuple[str, ...]) -> Any:
    from .dependances import corps_du_noyau, empreinte_du_noyau
    from .moteur.compilation import charger_noyau

    droits = droits_demandes(codes)
    formes = {"FOYER": FOYER, "PERSONNE": PERSONNE, "BAREME": dtype_bareme(), "DROITS": dtype_droits(codes)}
    tous = catalogue_droits()
    fondus = frozenset({"bases", *(droit.code for droit in tous if droit.frequent)})
    corps = corps_du_noyau(droits, [droit.code for droit in tous])
    return charger_noyau(droits, empreinte_du_noyau(droits), formes, fondus, corps)


def _preparer(groupes: list[tuple[str, ...]]) -> None:
    from .moteur.compilation import preparer

    preparer([_noyau(groupe) for groupe in groupes])


def _groupes(codes: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What is compiled together: the rights that most households go through; every other right alone."""
    frequents = {droit.code for droit in catalogue_droits() if droit.frequent}
    ensemble = tuple(code for code in codes if code in frequents)
    return [groupe for groupe in (ensemble, *((code,) for code in codes if code not in frequents)) if groupe]


def liquider_lot(
    mois: str,
    foyers: npt.NDArray[Any],
    personnes: npt.NDArray[Any],
    *,
    droits: Collection[str] | None = None,
    fils: int = 1,
    bareme: npt.NDArray[Any] | None = None,
) -> npt.NDArray[Any]:
    """The rights asked for (None: those of the month) of many households: one record each, in their order.

    `foyers` and `personnes` are `FOYER` and `PERSONNE` records, the result one of `dtype_droits`. Compiled, without
    the GIL, shared by chunks between `fils` threads; takes no memory but the result. The rights that most households
    go through are one piece of code, every other right its own: the first call ever compiles those asked for, later
    ones read the cache.
    `bareme`: parameters of the window that take the place of the law's (a reform), as `bareme_compile` gives them; the
    missing fact is then told only where the rule names it.
    """
    b = bareme_compile(mois) if bareme is None else bareme
    _verifier_lot(foyers, personnes)
    codes = tuple(droit.code for droit in droits_demandes(droits))
    groupes = _groupes(codes)
    if len(groupes) > 1 and len(foyers):
        _preparer(groupes)
    if len(groupes) == 1:
        return _liquider_et_nommer(mois, groupes[0], b, foyers, personnes, fils, chercher=bareme is None)
    resultats = np.zeros(len(foyers), dtype_droits(codes))
    for groupe in groupes:
        partie = _liquider_et_nommer(mois, groupe, b, foyers, personnes, fils, chercher=bareme is None)
        for nom in partie.dtype.names or ():
            resultats[nom] = partie[nom]
    return resultats


def _liquider_groupe(
    codes: tuple[str, ...], b: npt.NDArray[Any], foyers: npt.NDArray[Any], personnes: npt.NDArray[Any], fils: int
) -> npt.NDArray[Any]:
    """One pass over the households for rights compiled together."""
    droits = np.zeros(len(foyers), dtype_droits(codes))
    if not len(foyers):
        return droits
    noyau = _noyau(codes)
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


def _liquider_et_nommer(
    mois: str,
    codes: tuple[str, ...],
    b: npt.NDArray[Any],
    foyers: npt.NDArray[Any],
    personnes: npt.NDArray[Any],
    fils: int,
    *,
    chercher: bool,
) -> npt.NDArray[Any]:
    """The same; where a rule met an unknown fact and did not say which, it is looked for (0 if not `chercher`)."""
    resultats = _liquider_groupe(codes, b, foyers, personnes, fils)
    for droit in droits_demandes(codes):
        manques = resultats[f"{droit.code}_manque"]
        lignes = np.flatnonzero(manques < 0)
        if not len(lignes) or not chercher:
            manques[lignes] = 0
            continue

        def montants(les_foyers: npt.NDArray[Any], les_personnes: npt.NDArray[Any], code: str = droit.code) -> Any:
            return _liquider_groupe(codes, b, les_foyers, les_personnes, 1)[code]

        def seul(i: int, droit: Droit = droit) -> int:
            membres = personnes[foyers["debut"][i] : foyers["fin"][i]]
            return _premier_lu(droit, Situation(mois, foyers[i : i + 1], membres))

        manques[lignes] = premiers_manquants(droit, lire_mois(mois), foyers, personnes, lignes, montants, seul)
    return resultats


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
