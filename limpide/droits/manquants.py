"""Which unknown facts a right misses, when its amount is unknown: those without which it stays so.

The rule names the first (`Droit.manque`). Of the other unknown facts that were read, many only look missing: a child's
nationality is looked at, and says nothing where the other parent's help is not known. One is missing if, in one of a
few households where all that was unknown is told, leaving it unknown leaves the amount unknown.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from .bareme import decaler, mois_fenetre
from .bornes import entier_maximal
from .faits import INCONNU, MOIS_FENETRE, NATURES, ROLES, Nature
from .francais import enumerer, enumerer_mois, periode
from .lectures import CleFait, arguments_de, est_inconnu
from .moteur import Droit, Etape
from .valeurs import EPOQUE

ENFANT = ROLES.index("enfant")
MONTANTS = (0.0, 400.0, 3000.0, 1200.0)
ENTIERS = (0, 80, 1, 20)
AGES, AGES_ENFANTS = (35, 24, 62, 45), (8, 1, 15, 18)
"""Years."""
MOIS_PASSES = (6, 2, 40, 0)
"""Months from another date to the month computed."""
SCENARIOS = range(len(MONTANTS))


class Completions:
    """The same household, told in a few ways where nobody told anything; what is known stays."""

    def __init__(self, foyer: Any, personnes: Sequence[Any], b: Any) -> None:
        self.foyer, self.personnes, self.b = foyer, personnes, b

    @cached_property
    def completes(self) -> list[tuple[Any, list[Any]]]:
        """One for each scenario."""
        return [(self._completer(self.foyer, s), [self._completer(p, s) for p in self.personnes]) for s in SCENARIOS]

    def _completer(self, fiche: Any, scenario: int) -> Any:
        role = getattr(fiche, "role", None)
        dits = {nom: self._dire(NATURES[nom], getattr(fiche, nom), role, scenario) for nom in _inconnus(fiche)}
        if hasattr(fiche, "present"):
            dits["present"] = [1 if ici == INCONNU else ici for ici in fiche.present]
        return fiche._replace(**dits)  # noqa: SLF001 -- public: how a named tuple is changed

    def _dire(self, nature: Nature, valeur: Any, role: int | None, scenario: int) -> Any:
        """A value in the place of what is unknown."""
        dite = valeur_dite(nature, role, scenario, int(self.b[-1].mois))
        return [dite if math.isnan(v) else v for v in valeur] if nature.periodicite == "mois" else dite

    def laissent_inconnu(self, droit: Droit, nom: str) -> bool:
        """Whether the amount may stay unknown when all is told but this fact, of whomever."""
        return any(self._reste_inconnu(droit, s, [(r, nom) for r in range(-1, len(self.personnes))]) for s in SCENARIOS)

    def cellules(self, droit: Droit, nom: str) -> list[CleFait]:
        """Of whom, and for which months, this fact is missing; all that is unknown of it if no run tells more."""
        toutes = list(self._inconnues(nom))
        seules = [c for c in toutes if any(self._reste_inconnu(droit, s, [c]) for s in SCENARIOS)]
        return seules or toutes

    def _inconnues(self, nom: str) -> Iterator[CleFait]:
        nature = NATURES[nom]
        for rang, fiche in self._fiches(self.foyer, self.personnes):
            if not hasattr(fiche, nom):
                continue
            if nature.periodicite != "mois":
                if est_inconnu(nature, getattr(fiche, nom)):
                    yield rang, nom, -1
                continue
            yield from ((rang, nom, k) for k, v in enumerate(getattr(fiche, nom)) if math.isnan(v))

    def _reste_inconnu(self, droit: Droit, scenario: int, tus: Sequence[tuple[Any, ...]]) -> bool:
        """Whether the amount is unknown in a scenario where these are left unknown."""
        foyer, personnes = self.completes[scenario]
        fiches = dict(self._fiches(foyer, personnes))
        for rang, nom, *mois in tus:
            avant, fiche = dict(self._fiches(self.foyer, self.personnes))[rang], fiches[rang]
            if not hasattr(fiche, nom):
                continue
            valeur = getattr(avant, nom)
            if mois and mois[0] >= 0:
                valeur = [valeur[k] if k == mois[0] else v for k, v in enumerate(getattr(fiche, nom))]
            fiches[rang] = fiche._replace(**{nom: valeur})  # noqa: SLF001 -- public
        return math.isnan(droit.montant(fiches[-1], [fiches[r] for r in range(len(personnes))], self.b))

    @staticmethod
    def _fiches(foyer: Any, personnes: Sequence[Any]) -> list[tuple[int, Any]]:
        return [(-1, foyer), *enumerate(personnes)]


def valeur_dite(nature: Nature, role: int | None, scenario: int, mois: int) -> Any:
    """What a scenario tells of a fact, as records hold it; `role`: of whom (None: of the household)."""
    if nature.type == "euros":
        return MONTANTS[scenario]
    if nature.type == "date":
        ages = AGES_ENFANTS if role == ENFANT else AGES
        recul = 12 * ages[scenario] if nature.nom == "date_naissance" else MOIS_PASSES[scenario]
        debut = decaler(mois, -recul)
        return (date(debut // 100, debut % 100, 1) - EPOQUE).days
    if nature.type == "entier":
        return min(ENTIERS[scenario], entier_maximal(nature))
    return scenario % (len(nature.valeurs) or 2)


def _inconnus(fiche: Any) -> list[str]:
    """Names of the unknown facts of a record."""
    noms = []
    for nom in fiche._fields:  # noqa: SLF001 -- public: the names of a named tuple
        nature = NATURES.get(nom)
        if nature is not None:
            valeur = getattr(fiche, nom)
            valeurs = valeur if nature.periodicite == "mois" else [valeur]
            if any(est_inconnu(nature, v) for v in valeurs):
                noms.append(nom)
    return noms


def en_mots(
    droit: Droit, trace: Etape, noms: Sequence[str], *, variables: bool = False, membres: Sequence[str] = ()
) -> list[str]:
    """« Salaire net (conjoint, de mai à juillet 2026) »: each of these facts, of whom and for which months.

    `variables`: by its name in the catalogue, for programs, and not by its label. `membres`: what the persons are
    called, who are then all named, and all the months too.
    """
    foyer, personnes, b = arguments_de(trace.arguments)
    completions = Completions(foyer, personnes, b)
    mois = int(b[-1].mois)
    precises = [_preciser(completions.cellules(droit, nom), personnes, mois, membres) for nom in noms]
    return [(nom if variables else NATURES[nom].libelle) + quoi for nom, quoi in zip(noms, precises, strict=True)]


def _preciser(cellules: Sequence[CleFait], personnes: Sequence[Any], mois: int, membres: Sequence[str]) -> str:
    """« (conjoint, de mai à juillet 2026) »; nothing for a household of one, or for every month of the window.

    Unless persons are named (`membres`): a program is then told everything.
    """
    rangs = sorted({rang for rang, _, _ in cellules if rang >= 0})
    precisions = []
    if rangs and (membres or len(personnes) > 1):
        precisions.append(enumerer(membres[rang] if membres else _qui(rang, personnes) for rang in rangs))
    numeros = sorted({k for _, _, k in cellules if k >= 0})
    if numeros and (membres or len(numeros) < MOIS_FENETRE):
        fenetre = [mois_fenetre(mois)[k] for k in numeros]
        suite = numeros == list(range(numeros[0], numeros[-1] + 1))
        precisions.append(periode(fenetre) if suite else enumerer_mois(fenetre))
    return f" ({', '.join(precisions)})" if precisions else ""


def _qui(rang: int, personnes: Sequence[Any]) -> str:
    """« demandeur », « conjoint », « enfant n° 2 »."""
    role = personnes[rang].role
    if role != ENFANT:
        return ROLES[role]
    enfants = [r for r, p in enumerate(personnes) if p.role == ENFANT]
    return f"enfant n° {enfants.index(rang) + 1}" if len(enfants) > 1 else "enfant"
