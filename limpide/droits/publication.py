"""The law as it is published: which rules and parameters a right really uses, and what each rule says of a worked case.

Nothing is listed by hand. Rules and parameters are found by following the code from the functions of the right, call by
call (their files would bring in every rule written beside one that is used; `dependances` follows those); the sentence
of a rule is the one it says of the first worked case where it has something to say.
"""

import dis
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from .bareme import Parametre, parametres
from .calcul import Resultat, catalogue_droits, liquider
from .cas import Cas, lire_cas
from .explication import cadre_de, est_nul, texte_de, trace_de
from .faits import NATURES, Nature
from .lectures import FAITS_DERIVES
from .moteur import Droit, Etape
from .moteur.regle import REGLES, Regle, Variante
from .situation import codes_droits

DEPOT = Path(__file__).parents[2]
NOM = "limpide.droits."


class DroitInconnu(LookupError):
    """No right has this code."""


@dataclass(frozen=True)
class Exemple:
    """What a rule says of a worked case."""

    cas: str
    mois: str
    texte: str


@dataclass(frozen=True)
class RegleUtilisee:
    """One wording of a rule, where it is written, and what it says of a case (None: it lets its steps speak)."""

    regle: Regle
    variante: Variante
    exemple: Exemple | None
    appuis: tuple[str, ...] = ()
    """Keys of the rules that it calls, itself or through a primitive."""

    @property
    def dossier(self) -> str:
        return dossier_de(self.regle)

    @property
    def ancre(self) -> str:
        """What the address of this wording ends with; unique over the law."""
        return f"{self.regle.cle.removeprefix(NOM)}-{self.variante.depuis:%Y-%m}".replace(".", "-").replace("_", "-")

    @property
    def fichier(self) -> str:
        """Path of the source in the repository."""
        return Path(inspect.getsourcefile(self.variante.fonction) or "").relative_to(DEPOT).as_posix()

    @property
    def ligne(self) -> int:
        return int(self.variante.fonction.__code__.co_firstlineno)

    @property
    def source(self) -> str:
        """The rule as it runs."""
        return inspect.getsource(self.variante.fonction)


@dataclass(frozen=True)
class CasJoue:
    """A worked case, with what the law computes for it here."""

    cas: Cas
    resultats: Mapping[str, Resultat]

    @property
    def ecarts(self) -> list[str]:
        """What differs from what the case expects: nothing, or the tests are red."""
        return self.cas.ecarts(dict(self.resultats))


@dataclass(frozen=True)
class DroitPublie:
    """Everything that decides of one right. Rules and parameters come in the order of their files."""

    droit: Droit
    regles: tuple[RegleUtilisee, ...]
    parametres: tuple[Parametre, ...]
    faits: tuple[Nature, ...]
    cas: tuple[CasJoue, ...]


def dossier_de(regle: Regle) -> str:
    """The folder that states a rule."""
    return regle.cle.removeprefix(NOM).split(".")[0]


@lru_cache(maxsize=32)
def publier(code: str) -> DroitPublie:
    """What is published of a right; `DroitInconnu` if there is none of this code."""
    droit = next((d for d in catalogue_droits() if d.code == code), None)
    if droit is None:
        raise DroitInconnu(code)
    regles, attributs = _utilises(droit)
    exemples = _exemples()
    dites = [
        RegleUtilisee(r, v, exemples.get((r.cle, v.depuis.isoformat())), tuple(sorted(_suivre([v.fonction])[0])))
        for cle, r in REGLES.items()
        if cle in regles
        for v in r.variantes
    ]
    rangs = {code: 0, **{dossier: rang for rang, dossier in enumerate(_ailleurs(code), 1)}}
    dites.sort(key=lambda d: (rangs[d.dossier], d.fichier, d.regle.fonction.__code__.co_firstlineno, d.variante.depuis))
    lus = sorted((p for p in parametres().values() if p.nom in attributs), key=lambda p: rangs[p.dossier])
    return DroitPublie(droit, tuple(dites), tuple(lus), _faits(attributs), tuple(_cas_joues().get(code, ())))


def _faits(attributs: set[str]) -> tuple[Nature, ...]:
    """The facts behind these fields, in the catalogue's order."""
    noms = {FAITS_DERIVES.get(nom, nom) for nom in attributs}
    return tuple(nature for nom, nature in NATURES.items() if nom in noms)


def _ailleurs(code: str) -> list[str]:
    """The other folders: first those that several rights share, then the other rights."""
    dossiers = {dossier_de(r) for cle, r in REGLES.items() if cle.startswith(NOM)}
    dossiers |= {p.dossier for p in parametres().values()}
    droits = codes_droits()
    return sorted(dossiers - {code}, key=lambda d: (d in droits, d))


def _utilises(droit: Droit) -> tuple[set[str], set[str]]:
    """(keys of the rules, names of the fields) that the functions of a right may reach."""
    regles: set[str] = set()
    a_voir: list[Callable[..., Any]] = list(droit.fonctions.values())
    lus: set[str] = set()
    while a_voir:
        trouvees, attributs = _suivre(a_voir)
        lus |= attributs
        a_voir = [v.fonction for cle in trouvees - regles for v in REGLES[cle].variantes]
        regles |= trouvees
    return regles, lus


def _suivre(fonctions: Iterable[Callable[..., Any]]) -> tuple[set[str], set[str]]:
    """(keys of the rules, names of the fields) that these functions use, themselves or through primitives."""
    regles, lus, vues = set[str](), set[str](), set[int]()
    a_voir = list(fonctions)
    while a_voir:
        fonction = a_voir.pop()
        entree = getattr(fonction, "regle", None)
        if isinstance(entree, Regle):
            regles.add(entree.cle)
        elif isinstance(fonction, FunctionType) and fonction.__module__.startswith(NOM) and id(fonction) not in vues:
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


@lru_cache(maxsize=1)
def _cas_joues() -> dict[str, list[CasJoue]]:
    """Every worked case that we ship, with the rights it speaks of liquidated, by the right whose folder holds it."""
    joues: dict[str, list[CasJoue]] = {}
    for cas in lire_cas():
        joues.setdefault(cas.droit, []).append(CasJoue(cas, liquider(cas.situation, {cas.droit, *cas.droits_attendus})))
    return joues


@lru_cache(maxsize=1)
def _exemples() -> dict[tuple[str, str], Exemple]:
    """By rule and entry into force: its sentence of the first case where it gives something, else of any."""
    trouves: dict[tuple[str, str], Exemple] = {}
    nuls: dict[tuple[str, str], Exemple] = {}
    for joue in (j for joues in _cas_joues().values() for j in joues):
        for resultat in joue.resultats.values():
            racine = trace_de(resultat)
            for etape in _etapes(racine):
                cle = _redaction(etape)
                retenus = nuls if est_nul(etape.resultat) else trouves
                if cle and cle not in retenus and (texte := texte_de(etape, cadre_de(racine))):
                    retenus[cle] = Exemple(joue.cas.nom, joue.cas.situation.mois, texte)
    return nuls | trouves


def _etapes(etape: Etape) -> Iterator[Etape]:
    for dedans in etape.etapes:
        yield dedans
        yield from _etapes(dedans)


def _redaction(etape: Etape) -> tuple[str, str] | None:
    """The rule and the wording that left this step."""
    entree = REGLES.get(etape.regle)
    if entree is None:
        return None
    for variante in entree.variantes:
        if variante.phrase is etape.phrase and variante.articles == etape.articles:
            return entree.cle, variante.depuis.isoformat()
    return None
