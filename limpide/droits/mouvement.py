"""The figures that moved between two computations of one right, each told once, and the amount with its cause.

A step says the figure it moved to and the one it moved from. Steps that carry on the same change (the resources of
one person, then of the household) are told once, by the first. The cause is never guessed: it is what weighs most
in the additions of the rules (`bases.mots.Addition`).
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .bareme import en_lettres
from .bases.mots import Addition, Terme
from .calcul import Resultat
from .explication import Cadre, cadre_de, contexte_de, texte_de, trace_de
from .francais import centimes_en_euros, euros, nombre, pourcent
from .moteur import Droit, Etape, Motif

_TETE = re.compile(r"\s[:;(÷]|\. |\.$")
"""Where the first statement of a sentence ends, before its reasons."""


@dataclass(frozen=True)
class Mouvement:
    """One thing that changed. `genre` is fait, personne, bareme, etape or resultat; `texte` says it in French."""

    genre: str
    libelle: str
    avant: str
    apres: str
    articles: tuple[str, ...]
    texte: str


def conclure(droit: Droit, avant: Resultat, apres: Resultat) -> list[Mouvement]:
    """The amount received, from → to, and why where it is clear. Nothing if neither amount nor reason moved."""
    if (avant.montant_centimes, avant.motif) == (apres.montant_centimes, apres.motif):
        return []
    ancien, nouveau = _issue(avant), _issue(apres)
    sujet = droit.possessif or droit.libelle
    if Motif.INCONNU.name in {avant.motif, apres.motif}:
        texte = f"{sujet} : le calcul est maintenant possible, {nouveau}."
        if apres.motif == Motif.INCONNU.name:
            texte = f"{sujet} : il manque maintenant une information pour le calcul (avant : {ancien})."
        return [Mouvement("resultat", droit.libelle, ancien, nouveau, (), texte)]
    passe = "passent" if sujet.startswith("Vos ") else "passe"
    texte = f"{sujet} {passe} de {ancien} à {nouveau}"
    if ancien == nouveau:
        texte = f"{sujet} {'restent' if passe == 'passent' else 'reste'} à {nouveau}"
    explicable = apres.montant_centimes > 0 or apres.motif in {Motif.RESSOURCES.name, Motif.SEUIL.name}
    raison = _raison(avant, apres) if explicable else ""
    if apres.motif not in {Motif.OUVERT.name, avant.motif}:
        texte = f"{texte}{raison}. {Motif[apres.motif].phrase}"
    else:
        texte = f"{texte}{raison}."
    return [Mouvement("resultat", droit.libelle, ancien, nouveau, (), texte)]


def _issue(resultat: Resultat) -> str:
    if resultat.motif == Motif.INCONNU.name:
        return "un calcul impossible"
    return centimes_en_euros(resultat.montant_centimes - resultat.crds_centimes)


def _raison(avant: Resultat, apres: Resultat) -> str:
    """« , surtout parce que … » — the figure that weighs most, and at least half, in what moved."""
    poids: dict[str, list[float]] = {}
    termes: dict[str, Terme] = {}
    for cote, resultat in enumerate((avant, apres)):
        for terme in _termes(trace_de(resultat)):
            termes[terme.sujet] = terme
            poids.setdefault(terme.sujet, [0.0, 0.0])[cote] += terme.montant
    ecarts = {sujet: w - v for sujet, (v, w) in poids.items() if round(w - v, 2)}
    total = sum(ecarts.values())
    sens = apres.montant_centimes - avant.montant_centimes
    if not ecarts or total * sens <= 0.0:
        return ""
    sujet = max(ecarts, key=lambda s: ecarts[s] / total)
    opposes = sum(abs(e) for e in ecarts.values())
    if abs(ecarts[sujet]) * 2 <= opposes or ecarts[sujet] * sens <= 0.0:
        return ""
    v, w = (abs(montant) for montant in poids[sujet])
    seul = len(ecarts) == 1
    return f", {'' if seul else 'surtout '}parce que {sujet} {termes[sujet].verbe} de {euros(v)} à {euros(w)}"


def _termes(racine: Etape) -> Iterator[Terme]:
    """The figures of the outermost additions; those of several months by their average."""
    cadre = cadre_de(racine)
    etapes = list(_additions(racine.etapes[0]))
    for etape in etapes:
        if not math.isnan(etape.resultat):
            for t in etape.phrase.termes(contexte_de(etape, cadre), etape.resultat):
                yield Terme(t.montant / len(etapes), t.nom, t.sujet, t.verbe)


def _additions(etape: Etape) -> Iterator[Etape]:
    if isinstance(etape.phrase, Addition):
        yield etape
        return
    for fille in etape.etapes:
        yield from _additions(fille)


def etapes_bougees(avant: Etape, apres: Etape, deja: Sequence[Mouvement]) -> Iterator[Mouvement]:
    """Steps whose result moved, the deepest first, without those that only carry on a change already told."""
    cadres = cadre_de(avant), cadre_de(apres)
    dits: set[Any] = {_cle(avant.etapes[0], apres.etapes[0])} if deja else set()
    for ancienne, nouvelle in _apparier(avant.etapes, apres.etapes):
        if nouvelle.phrase is None or nouvelle.nom in TUES or egaux(ancienne.resultat, nouvelle.resultat):
            continue
        if ancienne is avant.etapes[0] and deja:
            continue
        cle = _cle(ancienne, nouvelle)
        texte = _dit(ancienne, nouvelle, cadres)
        if texte and cle not in dits and texte not in dits:
            dits.update((cle, texte))
            resultats = _ecrit(ancienne.resultat), _ecrit(nouvelle.resultat)
            yield Mouvement("etape", nouvelle.libelle, *resultats, nouvelle.articles, texte)


TUES = {"premier_mois_reference", "age_majoration", "af_crds", "ppa_crds"}
"""Steps whose change is told otherwise: by the months, by the increase, by what is received."""


def _cle(ancienne: Etape, nouvelle: Etape) -> Any:
    """Two steps of the same key tell the same change of an amount."""
    v, w = ancienne.resultat, nouvelle.resultat
    if isinstance(v, float) and isinstance(w, float) and not (math.isnan(v) or math.isnan(w)):
        return round(v, 2), round(w, 2)
    return nouvelle.regle, id(nouvelle)


def _dit(ancienne: Etape, nouvelle: Etape, cadres: tuple[Cadre, Cadre]) -> str:
    """« Vos revenus comptent pour 588,53 € par mois, au lieu de 523,02 €. »"""
    ancien, nouveau = texte_de(ancienne, cadres[0]) or "", texte_de(nouvelle, cadres[1]) or ""
    if isinstance(nouvelle.resultat, float) and math.isnan(nouvelle.resultat):
        return ""
    if not nouveau or ancien == nouveau:
        return f"Ne s'applique plus : {ancien[:1].lower()}{ancien[1:]}" if ancien and not nouveau else ""
    tete = _TETE.split(nouveau, maxsplit=1)[0]
    for ecrire in _ECRITURES:
        v, w = _chiffre(ancienne.resultat, ecrire), _chiffre(nouvelle.resultat, ecrire)
        if v and w and re.search(rf"(?<![\d,\u202f]){re.escape(w)}(?![\d,\u202f])", tete):
            return f"{tete}, au lieu de {v}{_autre_mois(ancienne, nouvelle)}." if v != w else ""
    if nouvelle.resultat == 0.0 and isinstance(ancienne.resultat, float) and not math.isnan(ancienne.resultat):
        return f"{nouveau.removesuffix('.')} (avant : {euros(ancienne.resultat)})."
    return nouveau


def _autre_mois(ancienne: Etape, nouvelle: Etape) -> str:
    """« en avril 2026 », when the two steps are of two months."""
    if "k" not in nouvelle.arguments:
        return ""
    v, w = (int(e.arguments["b"][e.arguments["k"]].mois) for e in (ancienne, nouvelle))
    return "" if v == w else f" en {en_lettres(v)}"


_ECRITURES: tuple[Callable[[float], str], ...] = (euros, pourcent, nombre)


def _chiffre(valeur: Any, ecrire: Callable[[float], str]) -> str:
    if isinstance(valeur, bool) or not isinstance(valeur, int | float) or math.isnan(valeur):
        return ""
    return ecrire(valeur) if valeur and (isinstance(valeur, float) or ecrire is nombre) else ""


def _ecrit(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return nombre(valeur) if isinstance(valeur, int | float) else str(valeur)


def _apparier(anciennes: list[Etape], nouvelles: list[Etape]) -> Iterator[tuple[Etape, Etape]]:
    """Steps of the same rule, of the same person, at the same place on both sides, children before parents.

    Where the rule was not applied as many times on both sides, nothing says which goes with which: none is paired.
    """
    libres = _par_place(anciennes)
    for place, etapes in _par_place(nouvelles).items():
        memes = libres.get(place, [])
        if len(memes) == len(etapes):
            for ancienne, nouvelle in zip(memes, etapes, strict=True):
                yield from _apparier(ancienne.etapes, nouvelle.etapes)
                yield ancienne, nouvelle


def _par_place(etapes: Sequence[Etape]) -> dict[Any, list[Etape]]:
    places: dict[Any, list[Etape]] = {}
    for etape in etapes:
        places.setdefault(_place(etape), []).append(etape)
    return places


def _place(etape: Etape) -> Any:
    """The rule, and the person if it is about one."""
    p = etape.arguments.get("p")
    return etape.regle, None if p is None else (p.role, p.date_naissance)


def parcourir(etape: Etape) -> Iterator[Etape]:
    """A step and all those inside it."""
    yield etape
    for fille in etape.etapes:
        yield from parcourir(fille)


def egaux(v: Any, w: Any) -> bool:
    """The same value; unknown equals unknown."""
    if isinstance(v, tuple):
        return isinstance(w, tuple) and len(v) == len(w) and all(map(egaux, v, w))
    return bool(v == w or (v != v and w != w))  # noqa: PLR0124 - unknown equals unknown
