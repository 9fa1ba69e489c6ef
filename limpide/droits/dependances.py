"""Which files a compiled right is made of: those of its rules, and all that they import, other wordings included.

Narrower than the fingerprint of the law: a sentence of one right changed, the others need not be compiled again. Wider
than what `appels` follows, from call to call: compiled code also holds constants, which no call leads to and which
do not say their module. A file too many is compiled once for nothing; one too few would run a law that changed.
"""

import ast
import hashlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from .moteur import Droit
from .moteur.regle import LUES_DEPUIS, REGLES

PAQUET = __package__


PARTAGES_PAR_TOUS = {"bases", "moteur"}


def corps_du_noyau(droits: Iterable[Droit], codes: Collection[str]) -> str:
    """The folders of rules that these rights share with some others and that are no right's (housing); "" if none.

    Compiled in one process, such rights share most of their code; each in its own, it would be compiled each time.
    `codes`: every right.
    """
    modules = modules_atteints({fonction.__module__ for droit in droits for fonction in droit.fonctions.values()})
    places = {nom.removeprefix(f"{PAQUET}.") for nom in modules}
    return "-".join(sorted({nom.split(".")[0] for nom in places if "." in nom} - {*codes, *PARTAGES_PAR_TOUS}))


def empreinte_du_noyau(droits: Iterable[Droit]) -> str:
    """SHA-256 of those files, names and contents (line endings put aside), and of the engine; in hexadecimal.

    Where a file changed after this process read it (an update under a running one), what runs is no longer what is
    written: the fingerprint is then this process's own, and nobody else finds its code.
    """
    entrees = {fonction.__module__ for droit in droits for fonction in droit.fonctions.values()}
    moteur = Path(__file__).parent / "moteur"
    fichiers = {_fichier(module) for module in modules_atteints(entrees)} | set(moteur.glob("*.py"))
    condense = hashlib.sha256()
    for fichier in sorted(fichiers):
        contenu = _contenu(fichier)
        condense.update(f"{fichier.relative_to(moteur.parent).as_posix()}\0{len(contenu)}\0".encode())
        condense.update(contenu)
        if fichier.stat().st_mtime > LUES_DEPUIS:
            condense.update(f"{os.getpid()}\0{LUES_DEPUIS}".encode())
    return condense.hexdigest()


def modules_atteints(entrees: Iterable[str]) -> set[str]:
    """The modules of the law that these lead to: by what is imported, and by the wordings of a rule."""
    atteints, a_voir = set[str](), list(entrees)
    while a_voir:
        module = a_voir.pop()
        if module not in atteints:
            atteints.add(module)
            a_voir += [*_importes(module), *_redactions().get(module, ())]
    return atteints


@lru_cache(maxsize=1)
def _redactions() -> dict[str, set[str]]:
    """Module of a rule → modules of its other wordings, which import it and not the other way round."""
    ailleurs: dict[str, set[str]] = {}
    for regle in REGLES.values():
        ailleurs.setdefault(regle.fonction.__module__, set()).update(v.fonction.__module__ for v in regle.variantes)
    return ailleurs


@lru_cache(maxsize=512)
def _importes(module: str) -> frozenset[str]:
    trouves = set[str]()
    for noeud in ast.walk(ast.parse(_fichier(module).read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.Import):
            trouves |= {alias.name for alias in noeud.names}
        elif isinstance(noeud, ast.ImportFrom):
            relatif = "." * noeud.level + (noeud.module or "")
            base = importlib.util.resolve_name(relatif, sys.modules[module].__package__)
            trouves |= {base, *(f"{base}.{alias.name}" for alias in noeud.names)}
    return frozenset(nom for nom in trouves if nom.startswith(f"{PAQUET}.") and nom in sys.modules)


def _contenu(fichier: Path) -> bytes:
    return fichier.read_bytes().replace(b"\r\n", b"\n")


def _fichier(module: str) -> Path:
    return Path(inspect.getfile(sys.modules[module]))
