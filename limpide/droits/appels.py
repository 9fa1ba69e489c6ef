"""What the code of a right may reach, call by call, from its own functions: rules, and the fields that they read.

One follower for all that says what a right reads: the page of its rules, what a decision tells of the version of the
law, what was learnt of a file. Files would say more than the truth: beside a rule that is used are others that are not.
`dependances` follows files all the same, for compiled code: constants count there, to which no call leads.
"""

import dis
from collections.abc import Callable, Iterable
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

from .faits import NATURES, Nature
from .lectures import FAITS_DERIVES
from .moteur import Droit
from .moteur.regle import REGLES, Regle

LOI = "limpide.droits."
"""What the name of a module of the law begins with."""


@lru_cache(maxsize=64)
def faits_cites(droit: Droit) -> tuple[Nature, ...]:
    """The facts that the rules of a right may read, whatever the household, in the catalogue's order."""
    noms = {FAITS_DERIVES.get(nom, nom) for nom in utilises(droit)[1]}
    return tuple(nature for nom, nature in NATURES.items() if nom in noms)


def utilises(droit: Droit) -> tuple[set[str], set[str]]:
    """(keys of the rules, names of the fields) that the functions of a right may reach."""
    regles: set[str] = set()
    a_voir: list[Callable[..., Any]] = list(droit.fonctions.values())
    lus: set[str] = set()
    while a_voir:
        trouvees, attributs = suivre(a_voir)
        lus |= attributs
        a_voir = [v.fonction for cle in trouvees - regles for v in REGLES[cle].variantes]
        regles |= trouvees
    return regles, lus


def suivre(fonctions: Iterable[Callable[..., Any]]) -> tuple[set[str], set[str]]:
    """(keys of the rules, names of the fields) that these functions use, themselves or through primitives."""
    regles, lus, vues = set[str](), set[str](), set[int]()
    a_voir = list(fonctions)
    while a_voir:
        fonction = a_voir.pop()
        entree = getattr(fonction, "regle", None)
        if isinstance(entree, Regle):
            regles.add(entree.cle)
        elif isinstance(fonction, FunctionType) and fonction.__module__.startswith(LOI) and id(fonction) not in vues:
            vues.add(id(fonction))
            globaux, attributs = _mots(fonction.__code__)
            lus |= attributs
            a_voir += [f for nom in sorted(globaux) if callable(f := fonction.__globals__.get(nom))]
    return regles, lus


def _mots(code: CodeType) -> tuple[set[str], set[str]]:
    """Names that a function reads around it, and attributes it reads; those of its inner functions too."""
    globaux, attributs = set[str](), set[str]()
    for instruction in dis.get_instructions(code):
        if instruction.opname in {"LOAD_GLOBAL", "LOAD_NAME"}:
            globaux.add(str(instruction.argval))
        elif instruction.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
            attributs.add(str(instruction.argval))
    for constante in code.co_consts:
        if isinstance(constante, CodeType):
            dedans = _mots(constante)
            globaux |= dedans[0]
            attributs |= dedans[1]
    return globaux, attributs
