"""Why this amount, in sentences: the trace of the rules retold step by step, each with its figures and articles.

`raconter` gives a tree to fold and unfold: what is paid, then the steps that led there, each with its own steps. A
step speaks through the phrase its rule carries; a rule without one lets its steps speak in its place. A zero that
its rule has nothing to say about is left out, and what was already said is not detailed twice.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .bareme import en_lettres
from .bases.sejour import residence
from .calcul import Resultat, catalogue_droits
from .contexte import Contexte
from .faits import NATURES
from .francais import Redacteur, centimes_en_euros, de_mois, enumerer, insecables
from .moteur import Etape, Motif


@dataclass(frozen=True)
class Phrase:
    """One step in plain French, the articles it applies, the value it gave, and how it was obtained."""

    texte: str
    articles: tuple[str, ...]
    valeur: Any
    details: tuple["Phrase", ...] = ()


@dataclass(frozen=True)
class Recit:
    """The explanation of one right for one month. `a_verifier` lists what is missing, in French.

    `ailleurs`: who pays where there is no Caf, if the place is what stops the right.
    """

    droit: str
    titre: str
    mois: str
    conclusion: str
    phrases: tuple[Phrase, ...]
    a_verifier: tuple[str, ...] = ()
    ailleurs: str = ""


def raconter(resultat: Resultat) -> Recit:
    """The explanation of a result that `liquider` gave (with its trace)."""
    racine = trace_de(resultat)
    mois = mois_de(racine)
    manquants = tuple(NATURES[nom].libelle for nom in resultat.faits_manquants)
    dites: set[str] = set()
    nul = resultat.montant_centimes == 0
    cadre = cadre_de(racine)
    ailleurs = _hors_des_caf(racine.etapes, cadre)
    montant = _phrases(racine.etapes[0], dites, cadre, nul)
    # Of the conditions, only what the computation has not said; first when they refuse, last when it is paid.
    deja = frozenset(dites)
    conditions = [p for p in _sans_doublon(racine.etapes[1:], dites, cadre, nul) if p.texte not in deja]
    phrases = conditions + montant if nul else montant + conditions
    return Recit(
        resultat.droit,
        racine.libelle,
        en_lettres(mois),
        insecables(_conclusion(resultat, mois, manquants, ailleurs)),
        tuple(phrases),
        manquants,
        ailleurs,
    )


def phrases_de(racine: Etape) -> tuple[Phrase, ...]:
    """The sentences of a trace that is no right's (`derives`): its first step and those inside."""
    return tuple(_phrases(racine.etapes[0], set(), cadre_de(racine), True))


def trace_de(resultat: Resultat) -> Etape:
    if resultat.trace is None:
        raise ValueError("Ce résultat a été calculé sans ses étapes : refaites le calcul avec « liquider ».")
    return resultat.trace


def mois_de(racine: Etape) -> int:
    """The month computed, as 202611."""
    return int(racine.arguments["b"][-1].mois)


@dataclass(frozen=True)
class Cadre:
    """What every step of one computation is told with: the month, as 202611, and the persons of the household."""

    mois: int
    personnes: Sequence[Any]


def cadre_de(racine: Etape) -> Cadre:
    return Cadre(mois_de(racine), racine.arguments["personnes"])


def _hors_des_caf(etapes: Sequence[Etape], cadre: Cadre) -> str:
    """Who pays where no Caf does, if the place is what stopped the right; nothing otherwise."""
    dits = [texte_de(e, cadre) for e in etapes if e.nom == residence.__name__] + [
        _hors_des_caf(e.etapes, cadre) for e in etapes
    ]
    return next((dit for dit in dits if dit), "")


def _conclusion(resultat: Resultat, mois: int, manquants: tuple[str, ...], ailleurs: str) -> str:
    droit = next(droit for droit in catalogue_droits() if droit.code == resultat.droit)
    nom = droit.libelle
    quand = en_lettres(mois)
    if resultat.motif == Motif.INCONNU.name:
        liste = enumerer(f"« {libelle} »" for libelle in manquants) or "qui vivait avec vous, mois par mois"
        return f"{nom} : nous ne pouvons pas encore calculer votre droit {de_mois(mois)}. Il nous manque : {liste}."
    if resultat.motif == Motif.A_INSTRUIRE.name:
        return f"{nom} : aucun montant n'est calculé pour {quand}. {ailleurs or Motif.A_INSTRUIRE.phrase}"
    if resultat.montant_centimes == 0:
        return f"{nom} : vous n'avez pas de droit pour {quand}. {Motif[resultat.motif].phrase}"
    texte = f"{nom} : vous avez droit à {centimes_en_euros(resultat.montant_centimes)} pour {quand}."
    if resultat.crds_centimes:
        net = resultat.montant_centimes - resultat.crds_centimes
        texte += (
            f" Après la retenue de {centimes_en_euros(resultat.crds_centimes)} pour {droit.retenue}, vous recevez"
            f" {centimes_en_euros(net)}."
        )
    return texte


def texte_de(etape: Etape, cadre: Cadre) -> str | None:
    """What a step says: its sentence; "" if it has nothing to say of this result; None if it lets its steps speak.

    A step whose result is unknown says nothing of its own: what is missing is said once, in the conclusion.
    """
    phrase = etape.phrase
    if phrase is None or (isinstance(etape.resultat, float) and math.isnan(etape.resultat)):
        return None
    if est_nul(etape.resultat):
        if etape.phrase_nulle is not None:
            phrase = etape.phrase_nulle
        elif isinstance(phrase, str):
            return ""
    return insecables(_rediger(phrase, etape, cadre))


def est_nul(valeur: Any) -> bool:
    return isinstance(valeur, int | float) and (valeur == 0 or (isinstance(valeur, float) and math.isnan(valeur)))


def contexte_de(etape: Etape, cadre: Cadre) -> Contexte:
    """What the phrase of this step may draw on."""
    return Contexte(etape.arguments, etape.etapes, cadre.personnes)


def _rediger(phrase: str | Callable[[Mapping[str, Any], Any], str], etape: Etape, cadre: Cadre) -> str:
    if callable(phrase):
        return phrase(contexte_de(etape, cadre), etape.resultat)
    valeurs = dict(etape.arguments, resultat=etape.resultat)
    if "b" in valeurs:
        valeurs["bareme"] = valeurs["b"][valeurs.get("k", -1)]
    return Redacteur(cadre.mois).rediger(phrase, valeurs)


def _phrases(etape: Etape, dites: set[str], cadre: Cadre, parent_nul: bool) -> list[Phrase]:
    """What a step says, with its details. A zero is told only where it explains a zero."""
    nul = est_nul(etape.resultat)
    texte = texte_de(etape, cadre)
    rien_de_plus = nul and (etape.phrase_nulle is not None or isinstance(etape.phrase, str))
    if texte == "" or (rien_de_plus and not parent_nul):
        return []
    if texte is None:
        return _sans_doublon(etape.etapes, dites, cadre, parent_nul)
    if texte in dites:
        return [Phrase(texte, etape.articles, etape.resultat)]
    dites.add(texte)
    return [Phrase(texte, etape.articles, etape.resultat, tuple(_sans_doublon(etape.etapes, dites, cadre, nul)))]


def _sans_doublon(etapes: list[Etape], dites: set[str], cadre: Cadre, parent_nul: bool) -> list[Phrase]:
    """The sentences of these steps, each once."""
    phrases: dict[str, Phrase] = {}
    for etape in etapes:
        for phrase in _phrases(etape, dites, cadre, parent_nul):
            phrases.setdefault(phrase.texte, phrase)
    return list(phrases.values())
