"""Who may ask for somebody else: the room of persons knows, in its `representation.py` (`REPRESENTER`).

The represented person keeps their own rights: they ask for themselves as before (DR-11).
"""

import datetime as dt
import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps


@dataclass(frozen=True)
class Representant:
    """Somebody whom a judge charged with a person. `refus`: why they may not ask for the data; empty if they may."""

    qui: str
    refus: str = ""


Represente = Callable[[int, dt.date], Representant | None]
SANS_MESURE = (
    "Aucune mesure de protection n'est enregistrée à cette date pour cette personne. Présentez le jugement à la Caf, "
    "ou laissez la personne demander elle-même : elle garde ses droits sur ses données."
)
CHANGEE = (
    "La mesure de protection a pris fin ou a changé depuis la demande : celui qui demandait ne représente plus la "
    "personne. La demande se refuse, avec cette raison."
)


def _fournisseurs() -> list[Represente]:
    noms = [f"{application.name}.representation" for application in apps.get_app_configs()]
    return [importlib.import_module(nom).REPRESENTER for nom in noms if importlib.util.find_spec(nom) is not None]


def representant(personne: int, jour: dt.date) -> Representant:
    """Who represents this person on that day, or nobody and why. Reads under the processing of the caller."""
    for fournisseur in _fournisseurs():
        trouve = fournisseur(personne, jour)
        if trouve is not None:
            return trouve
    return Representant("", SANS_MESURE)
