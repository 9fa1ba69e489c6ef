"""Rules compiled to machine code: the same functions, over a whole batch, without the GIL.

The only file that knows Numba, imported when a batch is first liquidated. Every rule and primitive becomes callable
from compiled code under its own name; one kernel, written here, walks the households and asks each right in order.

Numba's disk cache follows only the file that holds the compiled function, not the rules it calls: the kernel
therefore lives in a folder named after the hash of every rule and parameter, so that changed law never runs in its
old form.
"""

import importlib.util
import logging
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numba
from numba.extending import overload, register_jitable

from .droit import Droit
from .primitive import PRIMITIVES
from .regle import REGLES, Regle, RegleInvalide

journal = logging.getLogger("limpide.droits")

Noyau = Callable[[Any, Any, Any, Any, int, int], None]
_inscrites: set[int] = set()

_ENTETE = '''"""Written by limpide.droits.moteur.compilation: one pass over the households, rights in order."""

import math

from numba import njit

from limpide.droits.moteur import centimes
'''

_BOUCLE = """

@njit(nogil=True, cache=True)
def liquider(foyers, personnes, b, droits, debut, fin):
    for i in range(debut, fin):
        foyer = foyers[i]
        membres = personnes[foyer.debut : foyer.fin]
        droit = droits[i]
"""

_DROIT = """
        montant = {code}_montant(foyer, membres, b)
        droit.{code} = montant
        droit.{code}_crds = 0
        droit.{code}_manque = 0
        if math.isnan(montant):
            droit.{code}_centimes = 0
            droit.{code}_motif = 1
            droit.{code}_manque = {code}_manque(foyer, membres, b)
        else:
            droit.{code}_centimes = centimes(montant)
            droit.{code}_motif = {code}_motif(foyer, membres, b, montant)
"""

_CRDS = """            droit.{code}_crds = centimes({code}_crds(foyer, membres, b, montant))
"""


def inscrire() -> None:
    """Make every rule and primitive known to Numba, once each."""
    for primitive in PRIMITIVES:
        if id(primitive) not in _inscrites:
            _inscrites.add(id(primitive))
            register_jitable(primitive)
    for entree in REGLES.values():
        if id(entree) not in _inscrites:
            _inscrites.add(id(entree))
            _inscrire_regle(entree)


def _inscrire_regle(entree: Regle) -> None:
    appelable = sys.modules[entree.fonction.__module__].__dict__.get(entree.fonction.__name__)
    if getattr(appelable, "regle", None) is not entree:
        raise RegleInvalide(f"{entree.cle} : une règle est définie au premier niveau de son module.")
    arguments = ", ".join(entree.parametres)
    if len(entree.variantes) == 1:
        corps = f"def choisir({arguments}):\n    return v0\n"
        portee: dict[str, Any] = {"v0": entree.variantes[0].fonction}
    else:
        indice = "k" if "k" in entree.parametres else str(-1)
        portee = {f"v{i}": numba.njit(v.fonction) for i, v in enumerate(entree.variantes)}
        lignes = [
            f"        if b[{indice}].mois >= {v.depuis.year * 100 + v.depuis.month}:\n"
            f"            return v{i}({arguments})\n"
            for i, v in reversed(list(enumerate(entree.variantes)))
            if i
        ]
        corps = (
            f"def choisir({arguments}):\n    def selon_le_mois({arguments}):\n{''.join(lignes)}"
            f"        return v0({arguments})\n    return selon_le_mois\n"
        )
    exec(compile(corps, f"<{entree.cle}>", "exec"), portee)  # noqa: S102 - our own text, from our own rules
    overload(appelable, strict=False)(portee["choisir"])


def source_noyau(droits: Sequence[Droit]) -> str:
    """The text of the kernel for these rights, in this order."""
    imports, corps = [], []
    for droit in droits:
        for role, fonction in droit.fonctions.items():
            module = fonction.__module__
            imports.append(f"from {module} import {fonction.__name__} as {droit.code}_{role}\n")
        corps.append(_DROIT.format(code=droit.code))
        if droit.crds is not None:
            corps.append(_CRDS.format(code=droit.code))
    return _ENTETE + "".join(imports) + _BOUCLE + "".join(corps)


def charger_noyau(droits: Sequence[Droit], empreinte: str) -> Noyau:
    """The kernel, from the cache of these very rules if it is there; compiled at its first call otherwise."""
    inscrire()
    module = _importer(dossier_cache(empreinte), source_noyau(droits), empreinte)
    noyau: Noyau = module.liquider
    return noyau


def dossier_cache(empreinte: str) -> Path:
    """Where compiled rules are kept: `LIMPIDE_HOME`, else the user's cache; a temporary folder if neither works."""
    dossier = _racine_cache() / "droits" / f"{empreinte[:32]}-numba{numba.__version__}"
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=dossier):
            return dossier
    except OSError as erreur:
        journal.warning(
            "Le dossier %s n'accepte pas d'écriture (%s) : les règles seront recompilées à chaque démarrage. "
            "Indiquez un dossier accessible dans LIMPIDE_HOME.",
            dossier,
            erreur.strerror,
        )
        return Path(tempfile.mkdtemp(prefix="limpide-droits-"))


def _racine_cache() -> Path:
    if chez_nous := os.environ.get("LIMPIDE_HOME"):
        return Path(chez_nous) / "cache"
    if platform.system() == "Windows":
        return Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()) / "limpide"
    if platform.system() == "Darwin":
        return Path("~/Library/Caches/limpide").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "limpide"


def _importer(dossier: Path, source: str, empreinte: str) -> ModuleType:
    fichier = dossier / "noyau.py"
    if not fichier.exists() or fichier.read_text(encoding="utf-8") != source:
        with tempfile.NamedTemporaryFile(
            "w", dir=dossier, suffix=".py", delete=False, encoding="utf-8"
        ) as brouillon:
            brouillon.write(source)
        Path(brouillon.name).replace(fichier)
    nom = f"limpide_noyau_{empreinte[:32]}"
    spec = importlib.util.spec_from_file_location(nom, fichier)
    if spec is None or spec.loader is None:
        raise ImportError(f"{fichier} ne peut pas être lu.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[nom] = module
    spec.loader.exec_module(module)
    return module
