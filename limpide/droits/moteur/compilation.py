"""Rules compiled to machine code: the same functions, over a whole batch, without the GIL.

The only file that knows Numba, imported when a batch is first liquidated. Every rule and primitive becomes callable
from compiled code under its own name; a kernel, written here, walks the households and asks its rights in order.

Numba's disk cache follows only the file that holds the compiled function, not the rules it calls: the kernel
therefore lives in a folder named after the hash of every file its rules come from and of the records they read, so
that changed law never runs in its old form.
"""

import hashlib
import importlib.util
import inspect
import logging
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numba
import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, overload

from .droit import Droit
from .primitive import PRIMITIVES, en_compile
from .regle import REGLES, Regle, RegleInvalide
from .verrou import verrou

journal = logging.getLogger("limpide.droits")

Tableau = npt.NDArray[Any]
_inscrites: set[int] = set()

_ENTETE = '''"""Written by limpide.droits.moteur.compilation: one pass over the households, rights in order."""

import math

from numba import carray, njit

from limpide.droits.moteur import centimes
from limpide.droits.moteur.compilation import precharger, vers_pointeur
'''

_BOUCLE = """
# FOYER, PERSONNE, BAREME and DROITS, the types of the records, are given by the importer.


@njit(nogil=True, cache=True, error_model="numpy")
def liquider(ou_foyers, ou_personnes, nombre_personnes, ou_bareme, ou_droits, debut, fin):
    foyers = carray(vers_pointeur(ou_foyers), fin, FOYER)
    personnes = carray(vers_pointeur(ou_personnes), nombre_personnes, PERSONNE)
    b = carray(vers_pointeur(ou_bareme), 7, BAREME)
    droits = carray(vers_pointeur(ou_droits), fin, DROITS)
    for i in range(debut, fin):
        if i + AVANCE < fin:
            for j in range(foyers[i + AVANCE].debut, foyers[i + AVANCE].fin):
                for octet in range(0, UTILES, 64):
                    precharger(ou_personnes + j * TAILLE_PERSONNE + octet)
        foyer = foyers[i]
        membres = personnes[foyer.debut : foyer.fin]
        droit = droits[i]
"""

_ENSEMBLE = """
        montant, motif = {code}_ensemble(foyer, membres, b)
"""

_MONTANT_PUIS_MOTIF = """
        montant = {code}_montant(foyer, membres, b)
        motif = 1 if math.isnan(montant) else {code}_motif(foyer, membres, b, montant)
"""

_DROIT = """\
        droit.{code} = max(montant, 0.0) if montant == montant else montant
        droit.{code}_crds = 0
        droit.{code}_manque = 0
        if math.isnan(montant):
            droit.{code}_centimes = 0
            droit.{code}_motif = 1
            manque = {code}_manque(foyer, membres, b)
            droit.{code}_manque = manque if manque else SANS_NOM
        else:
            droit.{code}_centimes = centimes(max(montant, 0.0))
            droit.{code}_motif = motif
"""

_CRDS = """            droit.{code}_crds = centimes({code}_crds(foyer, membres, b, max(montant, 0.0)))
"""


@intrinsic  # type: ignore[misc,unused-ignore]
def vers_pointeur(_contexte: Any, adresse: Any) -> Any:
    """The memory at an address, for arrays that the caller owns: no counting of references in the rules."""

    def generer(_ctx: Any, constructeur: Any, _signature: Any, arguments: Any) -> Any:
        return constructeur.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(adresse), generer


AVANCE = 6
"""Households ahead whose persons are asked of memory while the present one is computed: it takes about that long."""
UTILES = 192
"""Bytes of a person read for everybody: who it is, wages, yearly amounts (see `situation._champs`)."""


@intrinsic  # type: ignore[misc,unused-ignore]
def precharger(_contexte: Any, adresse: Any) -> Any:
    """Ask memory for the line at an address, without waiting for it: it changes nothing but speed."""

    def generer(contexte: Any, constructeur: Any, _signature: Any, arguments: Any) -> Any:
        octet, entier = ir.PointerType(ir.IntType(8)), ir.IntType(32)
        type_prechargement = ir.FunctionType(ir.VoidType(), [octet, entier, entier, entier])
        inserer: Any = cgutils.get_or_insert_function
        demander = inserer(constructeur.module, type_prechargement, "llvm.prefetch.p0i8")
        lecture, partout, donnees = (ir.Constant(entier, n) for n in (0, 3, 1))
        constructeur.call(demander, [constructeur.inttoptr(arguments[0], octet), lecture, partout, donnees])
        return contexte.get_dummy_value()

    return types.void(adresse), generer


SANS_NOM = -1
"""Missing fact of a right that met an unknown one and does not say which: `manquants_lot` looks for it."""

OPTIONS: Any = {"error_model": "numpy"}
"""Rules never divide by a number that can be zero."""


def inscrire(fondus: Collection[str] = ()) -> None:
    """Make every rule and primitive known to Numba, once each.

    `fondus`: the folders whose rules most households go through. Merged into one body, they run twice as fast and take
    twice as long to compile; the other rights stop most households at their first condition: calls are enough.
    """

    def options(fonction: Callable[..., object]) -> Any:
        merged = not {*fonction.__module__.split(".")}.isdisjoint(fondus)
        return OPTIONS | ({"forceinline": True} if merged else {})

    if id(en_compile) not in _inscrites:
        _inscrites.add(id(en_compile))
        overload(en_compile, jit_options=OPTIONS | {"forceinline": True})(_toujours_vrai)
    for primitive in PRIMITIVES:
        if id(primitive) not in _inscrites:
            _inscrites.add(id(primitive))
            overload(primitive, strict=False, jit_options=options(primitive))(_lui_meme(primitive))
    for entree in REGLES.values():
        if id(entree) not in _inscrites:
            _inscrites.add(id(entree))
            _inscrire_regle(entree, options(entree.fonction))


def _toujours_vrai() -> Callable[[], bool]:
    """What `en_compile` is in compiled code."""

    def vrai() -> bool:
        return True

    return vrai


def _lui_meme(fonction: Callable[..., object]) -> Callable[..., Any]:
    """What Numba asks for: a function of the same arguments that gives the function to compile."""
    portee: dict[str, Any] = {"fonction": fonction}
    arguments = ", ".join(inspect.signature(fonction).parameters)
    exec(f"def choisir({arguments}):\n    return fonction\n", portee)  # noqa: S102 - our own text
    choisir: Callable[..., Any] = portee["choisir"]
    return choisir


def _inscrire_regle(entree: Regle, options: Any) -> None:
    appelable: Any = sys.modules[entree.fonction.__module__].__dict__.get(entree.fonction.__name__)
    if getattr(appelable, "regle", None) is not entree:
        raise RegleInvalide(f"{entree.cle} : une règle est définie au premier niveau de son module.")
    arguments = ", ".join(entree.parametres)
    if len(entree.variantes) == 1:
        corps = f"def choisir({arguments}):\n    return v0\n"
        portee: dict[str, Any] = {"v0": entree.variantes[0].fonction}
    else:
        indice = "k" if "k" in entree.parametres else str(-1)
        portee = {f"v{i}": numba.njit(v.fonction, **options) for i, v in enumerate(entree.variantes)}
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
    overload(appelable, strict=False, jit_options=options)(portee["choisir"])


def source_noyau(droits: Sequence[Droit]) -> str:
    """The text of the kernel for these rights, in this order."""
    imports, corps = [], []
    for droit in droits:
        for role, fonction in droit.fonctions.items():
            module = fonction.__module__
            imports.append(f"from {module} import {fonction.__name__} as {droit.code}_{role}\n")
        corps.append((_ENSEMBLE if droit.ensemble else _MONTANT_PUIS_MOTIF).format(code=droit.code))
        corps.append(_DROIT.format(code=droit.code))
        if droit.crds is not None:
            corps.append(_CRDS.format(code=droit.code))
    return _ENTETE + "".join(imports) + _BOUCLE + "".join(corps)


class Noyau:
    """One pass over the households for some rights. It works on the memory of the arrays as it is.

    They must be contiguous and of the very types it was compiled for: `formes`, by name of the records.
    `corps`: the lock of those that share their code, best compiled by one process; its own if it shares none.
    """

    def __init__(self, module: ModuleType, formes: Mapping[str, np.dtype[Any]], un_seul: Path, corps: str) -> None:
        self._liquider, self._formes, self._un_seul = module.liquider, formes, un_seul
        self.corps = un_seul.parent.parent / f"{corps}.verrou" if corps else un_seul

    def compiler(self, *, attendre: bool = True) -> bool:
        """Compiled, or read from the cache. False if another process or thread is at it and one does not wait."""
        if self._liquider.signatures:
            return True
        with verrou(self._un_seul, attendre=attendre) as a_nous:
            if a_nous:
                self._liquider(0, 0, 0, 0, 0, 0, 0)
        return a_nous

    def __call__(
        self, foyers: Tableau, personnes: Tableau, b: Tableau, resultats: Tableau, debut: int, fin: int
    ) -> None:
        """Liquidate the households from `debut` to `fin` into `resultats`."""
        recus = {"FOYER": foyers, "PERSONNE": personnes, "BAREME": b, "DROITS": resultats}
        for nom, tableau in recus.items():
            if tableau.dtype != self._formes[nom] or not tableau.flags.c_contiguous:
                raise TypeError(f"{nom} : tableau contigu de {self._formes[nom]} attendu.")
        if not 0 <= debut <= fin <= min(len(foyers), len(resultats)):
            raise IndexError(f"foyers {debut} à {fin} sur {len(foyers)}")
        self.compiler()
        self._liquider(
            foyers.ctypes.data,
            personnes.ctypes.data,
            len(personnes),
            b.ctypes.data,
            resultats.ctypes.data,
            debut,
            fin,
        )


def charger_noyau(
    droits: Sequence[Droit],
    empreinte: str,
    formes: Mapping[str, np.dtype[Any]],
    fondus: Collection[str] = (),
    corps: str = "",
) -> Noyau:
    """The kernel, from the cache of these very rules if it is there; compiled at its first call otherwise.

    `empreinte`: hash of the files these rights are made of; `fondus`: see `inscrire`; `corps`: see `Noyau`.
    Of several processes that want it at the same time, one compiles it; the others wait, then read it.
    `formes` gives the types of the records, by name: FOYER, PERSONNE, BAREME, DROITS.
    """
    inscrire(fondus)
    dispositions = "\0".join(f"{nom} {forme.descr}" for nom, forme in sorted(formes.items()))
    empreinte = hashlib.sha256(f"{empreinte}\0{sorted(fondus)}\0{dispositions}".encode()).hexdigest()
    nom, dossier = "_".join(["noyau", *(droit.code for droit in droits)]), dossier_cache(empreinte)
    module = _importer(dossier, nom, source_noyau(droits), empreinte, formes)
    return Noyau(module, formes, dossier / f"{nom}.verrou", corps)


def preparer(noyaux: Iterable[Noyau]) -> None:
    """Compile them all; first those that no other process is compiling, so that several share the work."""
    par_corps: dict[Path, list[Noyau]] = {}
    for noyau in noyaux:
        par_corps.setdefault(noyau.corps, []).append(noyau)
    for memes in [memes for memes in par_corps.values() if not _compiler(memes, attendre=False)]:
        _compiler(memes)


def _compiler(memes: Sequence[Noyau], *, attendre: bool = True) -> bool:
    """A whole body of rules by one process. False if another is at it and one does not wait."""
    if len(memes) == 1:
        return memes[0].compiler(attendre=attendre)
    with verrou(memes[0].corps, attendre=attendre) as a_nous:
        return a_nous and all(noyau.compiler() for noyau in memes)


def dossier_cache(empreinte: str) -> Path:
    """Where compiled rules are kept: a temporary folder if the one that was chosen does not accept writing.

    `LIMPIDE_CACHE` if it is set (safe to share: folders bear the hash of the rules), else `LIMPIDE_HOME`, else the
    user's cache.
    """
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
    if cache := os.environ.get("LIMPIDE_CACHE"):
        return Path(cache)
    if chez_nous := os.environ.get("LIMPIDE_HOME"):
        return Path(chez_nous) / "cache"
    if platform.system() == "Windows":
        return Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()) / "limpide"
    if platform.system() == "Darwin":
        return Path("~/Library/Caches/limpide").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "limpide"


def _importer(dossier: Path, noyau: str, source: str, empreinte: str, formes: Mapping[str, Any]) -> ModuleType:
    fichier = dossier / f"{noyau}.py"
    with verrou(dossier / "sources.verrou"):  # written twice, its date would send Numba's cache away
        if not fichier.exists() or fichier.read_text(encoding="utf-8") != source:
            with tempfile.NamedTemporaryFile(
                "w", dir=dossier, suffix=".py", delete=False, encoding="utf-8"
            ) as brouillon:
                brouillon.write(source)
            Path(brouillon.name).replace(fichier)
    nom = f"limpide_{noyau}_{empreinte[:32]}"
    spec = importlib.util.spec_from_file_location(nom, fichier)
    if spec is None or spec.loader is None:
        raise ImportError(f"{fichier} ne peut pas être lu.")
    module = importlib.util.module_from_spec(spec)
    module.__dict__.update(
        formes, AVANCE=AVANCE, UTILES=UTILES, SANS_NOM=SANS_NOM, TAILLE_PERSONNE=formes["PERSONNE"].itemsize
    )
    sys.modules[nom] = module
    spec.loader.exec_module(module)
    return module
