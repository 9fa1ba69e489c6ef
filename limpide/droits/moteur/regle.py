"""Rules of law: a plain function, its articles, its entry into force — and its successors.

    @regle("CSS L521-1", depuis="2015-07-01", libelle="Taux des allocations familiales", phrase="…")
    def taux(nb_enfants, b, k): ...

    @regle("CSS D521-2", depuis="2026-03-01", variante_de=age_majoration)
    def age_majoration_2026(...): ...

Callers always call the first name; the variant in force in the month of the parameters (`b[k]`, or `b[6]` without
`k`) is applied. Two variants that overlap, or a month without any, are refused when the module is read.

`phrase` is what the explanation says of this step, a template over the arguments and `resultat`
(`"{nb_enfants} enfants : {resultat:euros}"`, formats in `francais`), or a function of a `contexte.Contexte` (the
arguments, the steps inside, who the person is) and the result. `phrase_nulle` is
said instead when the result is zero or false. A rule with no phrase lets its own steps speak for it.
"""

import functools
import inspect
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import perf_counter_ns
from typing import Any

from .trace import Etape, etape_courante

Phrase = str | Callable[[Mapping[str, Any], Any], str]


LUES_DEPUIS = time.time()
"""When this process began to read the rules: a file changed since is not what runs here (`droits.dependances`)."""


class RegleInvalide(TypeError):
    """A rule that cannot be declared: no article, a bad date, variants that overlap or leave a gap."""


@dataclass
class Variante:
    """One wording of a rule, in force from `depuis` until `jusque` included (None: until further notice)."""

    fonction: Callable[..., Any]
    articles: tuple[str, ...]
    depuis: date
    jusque: date | None
    libelle: str
    phrase: Phrase | None
    phrase_nulle: Phrase | None


@dataclass
class Regle:
    """A rule under its one name, with its variants in the order of time."""

    cle: str
    fonction: Callable[..., Any]
    parametres: tuple[str, ...]
    variantes: list[Variante] = field(default_factory=list)

    def variante(self, mois: int) -> Variante:
        """The wording in force in a month (202611)."""
        for variante in reversed(self.variantes):
            if _mois(variante.depuis) <= mois and (variante.jusque is None or mois <= _mois(variante.jusque)):
                return variante
        raise RegleInvalide(f"{self.cle} n'est pas en vigueur en {mois}.")


REGLES: dict[str, Regle] = {}
"""Every rule by module and name."""


def regle(
    *articles: str,
    depuis: str,
    jusque: str | None = None,
    libelle: str = "",
    phrase: Phrase | None = None,
    phrase_nulle: Phrase | None = None,
    variante_de: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a rule of law (see the module)."""

    def declarer(fonction: Callable[..., Any]) -> Callable[..., Any]:
        parametres = tuple(inspect.signature(fonction).parameters)
        nom = f"{fonction.__module__}.{fonction.__name__}"
        if not articles or not all(isinstance(a, str) and a.strip() for a in articles):
            raise RegleInvalide(f"{nom} : une règle cite au moins un article.")
        debut, fin = _date(nom, depuis), _date(nom, jusque) if jusque else None
        if fin is not None and fin < debut:
            raise RegleInvalide(f"{nom} : la fin ({fin}) précède l'entrée en vigueur ({debut}).")
        titre = libelle or fonction.__name__.replace("_", " ").capitalize()
        nouvelle = Variante(fonction, articles, debut, fin, titre, phrase, phrase_nulle)
        if variante_de is not None:
            return _ajouter(nom, variante_de, parametres, nouvelle)
        entree = Regle(nom, fonction, parametres, [nouvelle])
        appelable = _appelable(entree)
        REGLES[nom] = entree
        return appelable

    return declarer


def entree_de(appelable: Callable[..., Any]) -> Regle:
    """The registry entry of a decorated rule."""
    entree = getattr(appelable, "regle", None)
    if not isinstance(entree, Regle):
        raise RegleInvalide(f"{appelable!r} n'est pas une règle.")
    return entree


def _ajouter(
    nom: str, premiere: Callable[..., Any], parametres: tuple[str, ...], nouvelle: Variante
) -> Callable[..., Any]:
    entree = entree_de(premiere)
    precedente = entree.variantes[-1]
    if parametres != entree.parametres:
        raise RegleInvalide(f"{nom} : mêmes arguments attendus que {entree.cle} : {entree.parametres}.")
    if "b" not in parametres:
        raise RegleInvalide(f"{nom} : une règle à variantes reçoit « b », qui dit le mois.")
    if precedente.jusque is None or precedente.jusque >= nouvelle.depuis:
        raise RegleInvalide(
            f"{nom} : chevauchement, la rédaction précédente vaut jusqu'au {precedente.jusque or 'jour présent'}"
            f" et celle-ci commence le {nouvelle.depuis}."
        )
    if precedente.jusque + timedelta(days=1) != nouvelle.depuis:
        raise RegleInvalide(
            f"{nom} : trou entre le {precedente.jusque} et le {nouvelle.depuis}, aucune rédaction n'y vaut."
        )
    if nouvelle.depuis.day != 1:
        raise RegleInvalide(f"{nom} : une rédaction s'applique à des mois entiers, elle commence un 1er.")
    entree.variantes.append(nouvelle)
    return premiere


def _appelable(entree: Regle) -> Callable[..., Any]:
    """The function that callers see: it traces when a trace is open, and picks the variant in force."""
    rang_b = entree.parametres.index("b") if "b" in entree.parametres else None
    rang_k = entree.parametres.index("k") if "k" in entree.parametres else None

    @functools.wraps(entree.fonction)
    def appliquer(*arguments: Any) -> Any:
        if len(entree.variantes) == 1 or rang_b is None:
            variante = entree.variantes[0]
        else:
            k = -1 if rang_k is None else arguments[rang_k]
            variante = entree.variante(int(arguments[rang_b][k].mois))
        parent = etape_courante.get()
        if parent is None:
            return variante.fonction(*arguments)
        etape = Etape(
            entree.fonction.__name__,
            variante.libelle,
            variante.articles,
            dict(zip(entree.parametres, arguments, strict=True)),
            regle=entree.cle,
            phrase=variante.phrase,
            phrase_nulle=variante.phrase_nulle,
            debut=perf_counter_ns(),
        )
        parent.etapes.append(etape)
        jeton = etape_courante.set(etape)
        try:
            etape.resultat = variante.fonction(*arguments)
        finally:
            etape.fin = perf_counter_ns()
            etape_courante.reset(jeton)
        return etape.resultat

    appliquer.regle = entree  # type: ignore[attr-defined]
    return appliquer


def _date(nom: str, texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except (TypeError, ValueError):
        raise RegleInvalide(f"{nom} : « {texte} » n'est pas une date comme 2026-03-01.") from None


def _mois(jour: date) -> int:
    return jour.year * 100 + jour.month
