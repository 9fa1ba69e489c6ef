"""Whether the cases notice: a changed function takes the place of its own, and the cases that call it are run."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from types import CodeType, FrameType
from typing import Any

from limpide.droits.calcul import droits_demandes, fiches
from limpide.droits.cas import Cas, lire_cas

from .mutants import Fonction, Mutant

SECONDES_PAR_CAS = 5


class Sort(StrEnum):
    """What became of a changed rule."""

    REFUSE = "refusé"
    SURVIT = "survit"
    JAMAIS_APPELE = "jamais appelé"


@dataclass(frozen=True)
class Jugement:
    """One changed rule and what the cases said of it."""

    cle: str
    dossier: str
    sort: Sort


@dataclass(frozen=True)
class CasObserve:
    """A case, and the code that the rule gives for the missing fact it tells: what batches store."""

    cas: Cas
    codes: dict[str, int]

    def verifier(self) -> list[str]:
        """What differs; nothing if the case holds and the same question is asked."""
        autres = [droit for droit, code in codes_des_manques(self.cas).items() if code != self.codes[droit]]
        return self.cas.verifier() or [f"{droit} : autre question" for droit in autres]


def codes_des_manques(cas: Cas) -> dict[str, int]:
    """For each right whose missing fact the case tells, the code that its rule gives."""
    dits = [d for d in droits_demandes(cas.droits_attendus) if f"{d.code}_manque" in cas.attendu]
    foyer_personnes_b = fiches(cas.situation) if dits else ()
    return {d.code: int(d.manque(*foyer_personnes_b)) for d in dits}


class CasDeLaLoi:
    """The cases, and which of them call each function of the law."""

    def __init__(self) -> None:
        self.cas = [CasObserve(cas, codes_des_manques(cas)) for cas in lire_cas()]
        self.appels: dict[CodeType, list[int]] = {}
        for rang, cas in enumerate(self.cas):
            for code in _codes_appeles(cas):
                self.appels.setdefault(code, []).append(rang)

    def de(self, fonction: Fonction) -> list[CasObserve]:
        """Cases in which a function is called."""
        return [self.cas[rang] for rang in self.appels.get(fonction.__code__, [])]


def _codes_appeles(observe: CasObserve) -> set[CodeType]:
    vus: set[CodeType] = set()

    def noter(cadre: FrameType, quoi: str, _: Any) -> None:
        if quoi == "call":
            vus.add(cadre.f_code)

    sys.setprofile(noter)
    try:
        ecarts = observe.verifier()
    finally:
        sys.setprofile(None)
    if ecarts:
        cas = observe.cas
        raise AssertionError(f"{cas.droit}, « {cas.nom} » : ce cas ne passe pas sans rien changer : {ecarts[0]}")
    return vus


def juger(mutant: Mutant, concernes: list[CasObserve]) -> Jugement:
    """Run the cases until one of them notices: another amount or reason, an error, or no end."""
    if not concernes:
        return Jugement(mutant.cle, mutant.dossier, Sort.JAMAIS_APPELE)
    with _a_la_place(mutant):
        refuse = any(_remarque(cas) for cas in concernes)
    return Jugement(mutant.cle, mutant.dossier, Sort.REFUSE if refuse else Sort.SURVIT)


def _remarque(cas: CasObserve) -> bool:
    try:
        with _delai():
            return bool(cas.verifier())
    except Exception:  # noqa: BLE001 -- a changed rule may fail in any way: failing is being noticed
        return True


@contextmanager
def _a_la_place(mutant: Mutant) -> Iterator[None]:
    origine = mutant.fonction.__code__
    mutant.fonction.__code__ = mutant.code
    try:
        yield
    finally:
        mutant.fonction.__code__ = origine


@contextmanager
def _delai() -> Iterator[None]:
    """A changed loop may never end."""

    def interrompre(*_: object) -> None:
        raise TimeoutError

    ancien = signal.signal(signal.SIGALRM, interrompre)
    signal.alarm(SECONDES_PAR_CAS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, ancien)
