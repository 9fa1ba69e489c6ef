"""Last result of each test that shows a claim: a JSON file, written by the test run, read by `limpide preuves`.

A result is worth something for the code it was seen on: each bears the fingerprint of the package, and is told as
seen on other code when the package has changed since.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

FORMAT = 1
PAR_DEFAUT = Path("build") / "preuves.json"
PAQUET = Path(__file__).parents[2]
SOURCES = {".py", ".toml", ".yaml", ".html", ".sql", ".xsd", ".css", ".js"}

# Requirements of the page's systems are numbered by prefix: a sentence that names one proves something of its system.
EXIGENCES_DE = {"MC": "S39", "RET": "S43", "DR": "S44", "RGS": "S45", "CK": "S46", "RN": "S47", "ID": "S48"}
_EXIGENCE = re.compile(rf"\b({'|'.join(EXIGENCES_DE)})-(\d{{2,3}})\b")
_SYSTEME = re.compile(r"\bS(0[1-9]|[1-3]\d|4[0-8])\b")


class ResultatsIllisibles(ValueError):
    """The file of results is not one; the message says what to run."""


@dataclasses.dataclass(frozen=True, slots=True)
class Essai:
    """One test: the sentence it shows, what it shows it of, and how it last ended.

    `quand` is ISO 8601 (UTC), `duree` seconds, `code` the fingerprint of the package it ran on.
    """

    test: str
    phrase: str
    systemes: tuple[str, ...]
    controles: tuple[int, ...]
    reussi: bool
    duree: float
    quand: str
    code: str

    @property
    def exigences(self) -> tuple[str, ...]:
        """Numbered requirements named by the sentence (`RET-03`)."""
        return tuple(f"{prefixe}-{numero}" for prefixe, numero in _EXIGENCE.findall(self.phrase))


Resultats = Mapping[str, Essai]
"""By test (pytest's node id)."""


def systemes_de(phrase: str, declares: Iterable[str]) -> tuple[str, ...]:
    """Systems a sentence is about: those its mark declares, and those it names itself or by a requirement."""
    nommes = {f"S{numero}" for numero in _SYSTEME.findall(phrase)}
    par_exigence = {EXIGENCES_DE[prefixe] for prefixe, _ in _EXIGENCE.findall(phrase)}
    return tuple(sorted({*declares, *nommes, *par_exigence}))


def lire(fichier: Path) -> dict[str, Essai]:
    """Results by test; empty if no test was ever run. `ResultatsIllisibles` if the file is damaged."""
    if not fichier.exists():
        return {}
    try:
        contenu = json.loads(fichier.read_text(encoding="utf-8"))
        essais = {test: _essai(test, champs) for test, champs in contenu["essais"].items()}
        lisible = contenu["format"] == FORMAT
    except (ValueError, KeyError, TypeError, AttributeError):
        lisible = False
    if not lisible:
        raise ResultatsIllisibles(f"{fichier} n'est pas un relevé de preuves lisible : relancer « make preuves ».")
    return essais


def _essai(test: str, champs: Mapping[str, Any]) -> Essai:
    return Essai(
        test=test,
        phrase=str(champs["phrase"]),
        systemes=tuple(map(str, champs["systemes"])),
        controles=tuple(map(int, champs["controles"])),
        reussi=champs["reussi"] is True,
        duree=float(champs["duree"]),
        quand=str(champs["quand"]),
        code=str(champs["code"]),
    )


def ecrire(fichier: Path, essais: Iterable[Essai], *, remplacer: bool = False) -> None:
    """Add these results to the file (or make it anew), whole or not at all."""
    tous = {} if remplacer else _deja(fichier)
    tous.update({essai.test: essai for essai in essais})
    contenu = {
        "format": FORMAT,
        "essais": {test: _champs(tous[test]) for test in sorted(tous)},
    }
    fichier.parent.mkdir(parents=True, exist_ok=True)
    brouillon = fichier.with_suffix(".brouillon")
    brouillon.write_text(json.dumps(contenu, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    brouillon.replace(fichier)


def _deja(fichier: Path) -> dict[str, Essai]:
    try:
        return lire(fichier)
    except ResultatsIllisibles:
        return {}  # a run is about to write a sound one


def _champs(essai: Essai) -> dict[str, Any]:
    champs = dataclasses.asdict(essai)
    del champs["test"]
    return champs


@lru_cache(maxsize=1)
def empreinte_du_code(paquet: Path = PAQUET) -> str:
    """Fingerprint of the package as it is on disk: 16 hexadecimal digits."""
    somme = hashlib.sha256()
    for fichier in sorted(f for f in paquet.rglob("*") if f.suffix in SOURCES and f.is_file()):
        somme.update(str(fichier.relative_to(paquet)).encode())
        somme.update(hashlib.sha256(fichier.read_bytes()).digest())
    return somme.hexdigest()[:16]
