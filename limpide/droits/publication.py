"""The law as it is published: which rules and parameters a right really uses, and what each rule says of a worked case.

Nothing is listed by hand. Rules, parameters and facts are those that the calls of the right lead to (`appels`); the
sentence of a rule is the one it says of the first worked case where it has something to say.
"""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .appels import LOI, faits_cites, suivre, utilises
from .bareme import Parametre, parametres
from .calcul import Resultat, catalogue_droits, liquider
from .cas import Cas, lire_cas
from .explication import cadre_de, est_nul, texte_de, trace_de
from .faits import Nature
from .moteur import Droit, Etape
from .moteur.regle import REGLES, Regle, Variante
from .situation import codes_droits

DEPOT = Path(__file__).parents[2]


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
        return f"{self.regle.cle.removeprefix(LOI)}-{self.variante.depuis:%Y-%m}".replace(".", "-").replace("_", "-")

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
    return regle.cle.removeprefix(LOI).split(".")[0]


@lru_cache(maxsize=32)
def publier(code: str) -> DroitPublie:
    """What is published of a right; `DroitInconnu` if there is none of this code."""
    droit = next((d for d in catalogue_droits() if d.code == code), None)
    if droit is None:
        raise DroitInconnu(code)
    regles, attributs = utilises(droit)
    exemples = _exemples()
    dites = [
        RegleUtilisee(r, v, exemples.get((r.cle, v.depuis.isoformat())), tuple(sorted(suivre([v.fonction])[0])))
        for cle, r in REGLES.items()
        if cle in regles
        for v in r.variantes
    ]
    rangs = {code: 0, **{dossier: rang for rang, dossier in enumerate(_ailleurs(code), 1)}}
    dites.sort(key=lambda d: (rangs[d.dossier], d.fichier, d.regle.fonction.__code__.co_firstlineno, d.variante.depuis))
    lus = sorted((p for p in parametres().values() if p.nom in attributs), key=lambda p: rangs[p.dossier])
    return DroitPublie(droit, tuple(dites), tuple(lus), faits_cites(droit), tuple(_cas_joues().get(code, ())))


def _ailleurs(code: str) -> list[str]:
    """The other folders: first those that several rights share, then the other rights."""
    dossiers = {dossier_de(r) for cle, r in REGLES.items() if cle.startswith(LOI)}
    dossiers |= {p.dossier for p in parametres().values()}
    droits = codes_droits()
    return sorted(dossiers - {code}, key=lambda d: (d in droits, d))


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
