"""The table of claims: for each system of the page and each check, what is said and what was last seen."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from .controles import Controle
from .resultats import Essai, Resultats


class Etat(StrEnum):
    """What may be said of a claim. The last three contradict it: something said to work wasn't seen to."""

    TENU = "tenu"
    EN_PARTIE = "tenu en partie"
    A_CONSTRUIRE = "à construire"
    CLOS = "clos"
    SANS_PREUVE = "affirmé sans preuve"
    JAMAIS_VU = "jamais vérifié"
    ECHOUE = "ne tient pas"

    @property
    def faux(self) -> bool:
        """True if what is said to work doesn't, as far as anybody saw."""
        return self in (Etat.SANS_PREUVE, Etat.JAMAIS_VU, Etat.ECHOUE)


@dataclasses.dataclass(frozen=True, slots=True)
class Ligne:
    """One claim and its proofs. `ailleurs`: proofs last seen on other code than this one."""

    cle: str
    intitule: str
    etat: Etat
    manque: str
    essais: tuple[Essai, ...]
    ailleurs: int

    @property
    def dernier(self) -> str:
        """When it was last seen, as far as its least recent proof goes; empty if never."""
        return min((essai.quand for essai in self.essais), default="")

    @property
    def exigences(self) -> tuple[str, ...]:
        """Numbered requirements its proofs name."""
        return tuple(sorted({e for essai in self.essais for e in essai.exigences}))


@dataclasses.dataclass(frozen=True, slots=True)
class Bilan:
    """Systems and checks, in their order."""

    systemes: tuple[Ligne, ...]
    controles: tuple[Ligne, ...]

    @property
    def fautes(self) -> tuple[Ligne, ...]:
        """Claims that don't hold."""
        return tuple(ligne for ligne in (*self.systemes, *self.controles) if ligne.etat.faux)


@dataclasses.dataclass(frozen=True, slots=True)
class SystemeAnnonce:
    """What the register says of a system: is it running here, closed, or yet to build (`manque`)."""

    code: str
    nom: str
    en_service: bool
    clos: bool = False
    manque: str = ""


def dresser(
    systemes: Iterable[SystemeAnnonce],
    controles: Iterable[Controle],
    resultats: Resultats,
    *,
    code: str,
    connus: Mapping[str, Sequence[str]] | None = None,
) -> Bilan:
    """Put claims and results together.

    `code`: fingerprint of the package, against which results are dated. `connus`: tests that carry each claim
    (« S06 », « 12 »), when the caller knows more than the results say — a proof written but never run.
    """
    par_systeme: dict[str, list[Essai]] = {}
    par_controle: dict[str, list[Essai]] = {}
    for essai in resultats.values():
        for systeme in essai.systemes:
            par_systeme.setdefault(systeme, []).append(essai)
        for numero in essai.controles:
            par_controle.setdefault(str(numero), []).append(essai)
    ecrits = connus or {}
    return Bilan(
        tuple(_ligne_systeme(s, par_systeme.get(s.code, []), ecrits.get(s.code, ()), code) for s in systemes),
        tuple(
            _ligne_controle(c, par_controle.get(str(c.numero), []), ecrits.get(str(c.numero), ()), code)
            for c in controles
        ),
    )


def _ligne_systeme(systeme: SystemeAnnonce, essais: list[Essai], ecrits: Sequence[str], code: str) -> Ligne:
    if systeme.en_service:
        etat = _juger(essais, ecrits, Etat.EN_PARTIE if systeme.manque else Etat.TENU)
    else:
        etat = Etat.CLOS if systeme.clos else Etat.A_CONSTRUIRE
        if any(not essai.reussi for essai in essais):
            etat = Etat.ECHOUE
    return _ligne(systeme.code, systeme.nom, etat, systeme.manque, essais, code)


def _ligne_controle(controle: Controle, essais: list[Essai], ecrits: Sequence[str], code: str) -> Ligne:
    etat = {
        "entier": _juger(essais, ecrits, Etat.TENU),
        "en_partie": _juger(essais, ecrits, Etat.EN_PARTIE),
        "a_construire": Etat.A_CONSTRUIRE if all(e.reussi for e in essais) else Etat.ECHOUE,
    }[controle.affirme]
    return _ligne(str(controle.numero), controle.promesse, etat, controle.manque, essais, code)


def _ligne(cle: str, intitule: str, etat: Etat, manque: str, essais: list[Essai], code: str) -> Ligne:
    tries = tuple(sorted(essais, key=lambda essai: essai.test))
    return Ligne(cle, intitule, etat, manque, tries, sum(essai.code != code for essai in tries))


def _juger(essais: list[Essai], ecrits: Sequence[str], si_vrai: Etat) -> Etat:
    if any(not essai.reussi for essai in essais):
        return Etat.ECHOUE
    vus = {essai.test for essai in essais}
    if any(test not in vus for test in ecrits):
        return Etat.JAMAIS_VU
    return si_vrai if essais else Etat.SANS_PREUVE
