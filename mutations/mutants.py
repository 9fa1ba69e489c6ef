"""What is changed: one operator, one figure or one condition of one function, everything else as it is."""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from limpide.droits import calcul
from limpide.droits.moteur import arrondi
from limpide.droits.moteur.primitive import PRIMITIVES
from limpide.droits.moteur.regle import REGLES
from limpide.droits.situation import RACCOURCIS

LOI = Path(arrondi.__file__).parents[1]
COMPARAISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
}  # fmt: skip
SIGNES = {
    "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!=", "Add": "+", "Sub": "-", "Mult": "*",
    "Div": "/", "FloorDiv": "//", "And": "and", "Or": "or",
}  # fmt: skip

DERIVES = frozenset({*RACCOURCIS, "rang_naissance"})
"""Columns that `situation.resumer` derives from the others, so that a rule may skip what they promise to be zero."""

Fonction = Callable[..., Any]


@dataclass(frozen=True)
class Mutant:
    """One change. `cle`, stable as long as the line is: folder/file:function: line of source [change]."""

    fonction: Fonction
    cle: str
    ligne: int
    code: CodeType

    @property
    def dossier(self) -> str:
        return self.cle.partition("/")[0]


HORS = frozenset({"derives"})
"""Figures that are no right: no worked case asks for them, their own tests do."""


def fonctions(dossiers: tuple[str, ...] = ()) -> list[Fonction]:
    """The functions of the law in these folders (all those of the rights by default), as they are in the files."""
    calcul.catalogue_droits()
    toutes = [*PRIMITIVES, *(v.fonction for entree in REGLES.values() for v in entree.variantes)]
    return [f for f in toutes if _dossier(f) and (_dossier(f) in dossiers if dossiers else _dossier(f) not in HORS)]


def _dossier(fonction: Fonction) -> str:
    """Folder of a right, or `bases`; empty for what is not law (the engine)."""
    fichier = Path(inspect.getsourcefile(fonction) or "")
    return fichier.parent.name if (fichier.parent / "bareme.toml").exists() and LOI in fichier.parents else ""


def mutants(fonction: Fonction) -> Iterator[Mutant]:
    """Every change of one function."""
    texte, premiere = inspect.getsourcelines(fonction)
    arbre = ast.parse(textwrap.dedent("".join(texte)))
    definition = arbre.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.decorator_list = []
    if ast.get_docstring(definition) is not None:
        definition.body = definition.body[1:] or [ast.Pass()]
    fichier = Path(inspect.getsourcefile(fonction) or "")
    vus: dict[str, int] = {}
    sans_effet = _detours(definition)
    for rang, noeud in enumerate(list(ast.walk(definition))):
        if noeud in sans_effet:
            continue
        for change, dit in _changements(noeud):
            ligne = getattr(noeud, "lineno", definition.lineno)
            ou = f"{fichier.parent.name}/{fichier.name}:{fonction.__name__}: {texte[ligne - 1].strip()} [{dit}]"
            vus[ou] = vus.get(ou, 0) + 1
            cle = ou if vus[ou] == 1 else f"{ou} n° {vus[ou]}"
            copie = copy.deepcopy(arbre)
            change(list(ast.walk(copie.body[0]))[rang])
            yield Mutant(fonction, cle, premiere + ligne - 1, _compiler(copie, fonction))


def _detours(definition: ast.FunctionDef) -> set[ast.AST]:
    """What, if changed, only sends by the long way: the value to which a shortcut is compared (`sans_… == 1`).

    Ages are the same counted from `rang_naissance` or from the date: nothing changes in that comparison. What only
    compiled code takes (`if en_compile() and …`) is not in the explained form that the cases run.
    """
    trouves: set[ast.AST] = set()
    for noeud in ast.walk(definition):
        if isinstance(noeud, ast.If) and "en_compile" in ast.dump(noeud.test):
            trouves |= {dedans for partie in (noeud.test, *noeud.body) for dedans in ast.walk(partie)}
        derive = noeud.left.attr if isinstance(noeud, ast.Compare) and isinstance(noeud.left, ast.Attribute) else ""
        if isinstance(noeud, ast.Compare) and derive in DERIVES:
            trouves |= {c for c in noeud.comparators if isinstance(c, ast.Constant) and c.value == 1}
            trouves |= {noeud, *noeud.comparators} if derive == "rang_naissance" else set()
    return trouves


def _changements(noeud: ast.AST) -> Iterator[tuple[Callable[[Any], None], str]]:
    if isinstance(noeud, ast.Compare):
        for i, operateur in enumerate(noeud.ops):
            autre = COMPARAISONS.get(type(operateur))
            if autre is not None:
                yield _comparer(i, autre), f"{_signe(type(operateur))} → {_signe(autre)}"
    elif isinstance(noeud, ast.BinOp | ast.AugAssign) and type(noeud.op) in OPERATIONS:
        autre_op = OPERATIONS[type(noeud.op)]
        yield _operer(autre_op), f"{_signe(type(noeud.op))} → {_signe(autre_op)}"
    elif isinstance(noeud, ast.BoolOp):
        autre_bool = ast.Or if isinstance(noeud.op, ast.And) else ast.And
        yield _operer(autre_bool), f"{_signe(type(noeud.op))} → {_signe(autre_bool)}"
    elif isinstance(noeud, ast.UnaryOp) and isinstance(noeud.op, ast.Not):
        yield _nier, "not retiré"
    elif isinstance(noeud, ast.Constant) and isinstance(noeud.value, bool | int | float):
        autre_valeur = not noeud.value if isinstance(noeud.value, bool) else noeud.value + 1
        yield _valoir(autre_valeur), f"{noeud.value} → {autre_valeur}"


def _signe(operateur: type[ast.AST]) -> str:
    return SIGNES[operateur.__name__]


def _comparer(rang: int, autre: type[ast.cmpop]) -> Callable[[Any], None]:
    def changer(noeud: ast.Compare) -> None:
        noeud.ops[rang] = autre()

    return changer


def _operer(autre: type[ast.AST]) -> Callable[[Any], None]:
    def changer(noeud: Any) -> None:
        noeud.op = autre()

    return changer


def _nier(noeud: ast.UnaryOp) -> None:
    """`not x` becomes `not not x`: the truth of x."""
    noeud.operand = ast.UnaryOp(op=ast.Not(), operand=noeud.operand)


def _valoir(valeur: float) -> Callable[[Any], None]:
    def changer(noeud: ast.Constant) -> None:
        noeud.value = valeur

    return changer


def _compiler(arbre: ast.Module, fonction: Fonction) -> CodeType:
    """The code of the changed function, over the globals of its module."""
    portee: dict[str, Any] = {}
    ast.fix_missing_locations(arbre)
    exec(compile(arbre, inspect.getsourcefile(fonction) or "", "exec"), fonction.__globals__, portee)  # noqa: S102 -- our own rules
    code: CodeType = portee[fonction.__name__].__code__
    return code
