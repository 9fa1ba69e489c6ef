"""The zone of a commune for housing benefits, by the published list (`communes.txt`): no rule, an input of them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from limpide.droits.faits_logement import ZONES

TOUTES = "*"
NUMERO = re.compile(r"\b(cedex.*|\d+.*)$")
"""« Lyon 3e arrondissement », « Lille Cedex 9 »: the commune is what comes before."""


@lru_cache(maxsize=1)
def _zones() -> dict[tuple[str, str], str]:
    """(département, name as compared) → zone."""
    lignes = Path(__file__).with_name("communes.txt").read_text("utf-8").splitlines()
    lues = (ligne.split(";") for ligne in lignes if not ligne.startswith("#"))
    return {(dep, _comparable(nom)): ZONES[int(zone) - 1] for dep, zone, noms in lues for nom in noms.split("|")}


def zone_de(departement: str, commune: str) -> str | None:
    """`ZONES` of a commune; None if the list does not name it: another spelling, or zone III."""
    return _zones().get((departement, TOUTES)) or _zones().get((departement, _comparable(commune)))


@lru_cache(maxsize=1)
def _plages() -> list[tuple[str, str, range]]:
    """(département, zone, numbers of communes), the zones that name theirs first."""
    lignes = Path(__file__).with_name("communes_insee.txt").read_text("utf-8").splitlines()
    lues = [ligne.split(";") for ligne in lignes if not ligne.startswith("#")]
    return [
        (dep, ZONES[int(zone) - 1], range(int(premier), int(dernier or premier) + 1))
        for dep, zone, numeros in lues
        for premier, _, dernier in (plage.partition("-") for plage in numeros.split())
    ]


@lru_cache(maxsize=100)
def zone_du_code(code: str) -> str | None:
    """`ZONES` of a commune by its Insee code (« 69123 »); None if its département or its number is not in the list."""
    departement = code[:3] if code.startswith("97") else code[:2]
    numero = code[len(departement) :]
    if not numero.isdecimal():
        return None
    return next((zone for dep, zone, plage in _plages() if dep == departement and int(numero) in plage), None)


@dataclass(frozen=True)
class Lieu:
    """Where a postal code leads: a commune, or without a name all those of the code. `zone`: one of `ZONES`."""

    nom: str
    zone: str


@lru_cache(maxsize=1)
def _codes_postaux() -> dict[str, list[Lieu]]:
    lignes = Path(__file__).with_name("codes_postaux.txt").read_text("utf-8").splitlines()
    lieux: dict[str, list[Lieu]] = {}
    for zone, entrees in (ligne.split(";") for ligne in lignes if not ligne.startswith("#")):
        for entree in entrees.split("|"):
            code, _, nom = entree.partition(" ")
            lieux.setdefault(code, []).append(Lieu(nom, ZONES[int(zone) - 1]))
    return lieux


def lieux_du_code_postal(code: str) -> tuple[Lieu, ...]:
    """Several only where their zones differ, by name. None overseas (zone II, all of it), nor of a code nobody has."""
    return tuple(sorted(_codes_postaux().get(code, ()), key=lambda lieu: _comparable(lieu.nom)))


def _comparable(nom: str) -> str:
    """« Saint-Étienne » and « ST ETIENNE » are one name; ligatures too."""
    if nom == TOUTES:
        return nom
    sans = unicodedata.normalize("NFKD", nom.lower().replace("œ", "oe")).encode("ascii", "ignore").decode()
    mots = re.sub(r"[^a-z0-9]+", " ", NUMERO.sub("", sans)).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(mot, mot) for mot in mots)
