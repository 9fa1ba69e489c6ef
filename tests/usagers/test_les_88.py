"""The 88 requirements of Mon Compte: each is named by at least one test, or is said here to be still missing."""

import re
from pathlib import Path

ESSAIS = Path(__file__).parents[1]
MANQUENT: frozenset[str] = frozenset()
"""Not built yet: none is left."""
NOM = re.compile(r"def (test_\w*mc_\w+)")
NUMEROS = re.compile(r"mc_(\d{3}(?:_(?:mc_)?\d{3})*)")


def test_each_requirement_has_its_named_test() -> None:
    nommes: set[str] = set()
    for fichier in ESSAIS.rglob("test_*.py"):
        for nom in NOM.findall(fichier.read_text(encoding="utf-8")):
            for suite in NUMEROS.findall(nom):
                nommes.update(re.findall(r"\d{3}", suite))
    toutes = {f"{n:03d}" for n in range(1, 89)}
    assert nommes <= toutes, "un essai nomme une exigence qui n'existe pas"
    assert toutes - nommes == MANQUENT
