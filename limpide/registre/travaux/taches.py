"""One daily task as a room registers it, in its module `taches_du_jour`: `TRAVAUX`, a tuple of `Tache`."""

import datetime as dt
import functools
import importlib
import importlib.util
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps

from limpide.registre.declaration import DeclarationInvalide, exiger

Comptes = Mapping[str, int]
"""What a task did, in numbers: French words → how many. Never anything about a person."""

_CLE = re.compile(r"[a-z][a-z_]{2,39}")


class TravailIncomplet(RuntimeError):
    """A task could not do everything. The French message names no person: it is kept, and shown to the officer."""

    def __init__(self, message: str, comptes: Comptes | None = None) -> None:
        super().__init__(message)
        self.comptes = comptes or {}


@dataclass(frozen=True, slots=True)
class Ordre:
    """What a task is asked for: which day, since which day it was last done (None: never), which Caf (empty: all)."""

    jour: dt.date
    depuis: dt.date | None = None
    caf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tache:
    """One daily task. `rang`: its place in the day. `apres`: those without which it is not started.

    `faire` does it, and may be run again; `compter` says what there would be to do, writing nothing (None: it only
    does). `par_caf`: it can be asked for one Caf alone. `garde`: what rules over the task when it erases.
    """

    cle: str
    rang: int
    intitule: str
    traitements: tuple[str, ...]
    faire: Callable[[Ordre], Comptes]
    compter: Callable[[Ordre], Comptes] | None = None
    apres: tuple[str, ...] = ()
    par_caf: bool = False
    garde: str = ""

    def __post_init__(self) -> None:
        exiger(_CLE.fullmatch(self.cle), f"travail : la clé « {self.cle} » s'écrit en minuscules, sans espace")
        exiger(self.intitule.strip(), f"travail « {self.cle} » : l'intitulé manque")
        exiger(self.traitements, f"travail « {self.cle} » : nommer le traitement sous lequel il s'exécute")


def ordonner(taches: Iterable[Tache]) -> tuple[Tache, ...]:
    """In the order of the day; refuses two of the same place or name, and a task placed before what it waits for."""
    rangees = sorted(taches, key=lambda t: t.rang)
    rangs: dict[str, int] = {}
    for tache in rangees:
        exiger(tache.cle not in rangs, f"travail « {tache.cle} » : cette clé est déjà prise")
        exiger(tache.rang not in rangs.values(), f"travail « {tache.cle} » : le rang {tache.rang} est déjà pris")
        manquants = [cle for cle in tache.apres if cle not in rangs]
        exiger(not manquants, f"travail « {tache.cle} » : attend {', '.join(manquants)}, qui ne passe pas avant lui")
        rangs[tache.cle] = tache.rang
    return tuple(rangees)


def _des_salles() -> Iterable[Tache]:
    for application in apps.get_app_configs():
        module = f"{application.name}.taches_du_jour"
        if not application.name.startswith("limpide.") or importlib.util.find_spec(module) is None:
            continue
        for tache in getattr(importlib.import_module(module), "TRAVAUX", ()):
            if not isinstance(tache, Tache):
                raise DeclarationInvalide(f"{module} : TRAVAUX ne contient que des Tache")
            yield tache


@functools.cache
def taches() -> tuple[Tache, ...]:
    """Every task of every room, in the order of the day (computed once: tasks are code)."""
    return ordonner(_des_salles())
