"""The register as data: every declared field of every system and processing, and the version of the whole.

What the JSON publishes, what the workbook lays out, and what is kept of each version.
"""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from limpide.registre.collecte import Registre
from limpide.registre.publication.page import etat_de

FORMAT = 1
"""Of the published JSON: raised when a field changes its meaning or goes."""


def en_donnees(registre: Registre) -> dict[str, Any]:
    """The whole register in plain values, by the page's order then by key."""
    contenu = {
        "format": FORMAT,
        "systemes": [
            {"salle": registre.salles[code], "etat": etat_de(registre, systeme), "empreinte": systeme.empreinte}
            | _simple(systeme)
            for code, systeme in registre.systemes.items()
        ],
        "traitements": [
            {"empreinte": traitement.empreinte} | _simple(traitement)
            for _, traitement in sorted(registre.traitements.items())
        ],
    }
    return contenu | {"empreinte": empreinte(contenu)}


def empreinte(contenu: Mapping[str, Any]) -> str:
    """Version of the register: 16 hexadecimal digits of a SHA-256 of everything it says, its own version put aside."""
    dit = {cle: valeur for cle, valeur in contenu.items() if cle != "empreinte"}
    texte = json.dumps(dit, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texte.encode()).hexdigest()[:16]


def _simple(declaration: Any) -> dict[str, Any]:
    """A declaration as JSON holds it: lists, dates in ISO 8601."""
    valeurs: dict[str, Any] = _valeur(dataclasses.asdict(declaration))
    return valeurs


def _valeur(valeur: Any) -> Any:
    if isinstance(valeur, Mapping):
        return {str(cle): _valeur(v) for cle, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_valeur(v) for v in valeur]
    return valeur.isoformat() if isinstance(valeur, dt.date) else valeur
