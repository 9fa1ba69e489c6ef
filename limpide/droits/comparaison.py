"""What moved between two results of the same right: which facts, and which steps they moved.

Two computations of the same month differ by what was corrected; those of two months also by the months that entered
and left the window, by the parameters, and by the household. Only facts and parameters that the right reads are
listed; then the steps whose figure moved (`mouvement`), in the order of the computation; the amount comes first,
with what moved it most where the figures say it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .bareme import mois_fenetre, parametres
from .bases.mots import majuscule
from .calcul import Resultat, catalogue_droits
from .contexte import qui_est
from .explication import mois_de, trace_de
from .faits import NATURES, Nature
from .francais import enumerer, enumerer_mois, euros, insecables, nombre, periode, pourcent, valeur_de_fait
from .lectures import Lectures, arguments_de, lire_avec
from .moteur import Etape
from .mouvement import Mouvement, conclure, egaux, etapes_bougees, parcourir
from .situation import ENFANT

RANG_DU_TRIMESTRE = "rang_trimestre"
"""Told by the months it gives."""


def comparer(avant: Resultat, apres: Resultat) -> list[Mouvement]:
    """What changed from one result to the other, the amount first. Empty if nothing that this right reads moved."""
    if avant.droit != apres.droit:
        raise ValueError(f"On compare un même droit : {avant.droit} et {apres.droit} en sont deux.")
    droit = next(d for d in catalogue_droits() if d.code == apres.droit)
    racines = (trace_de(avant), trace_de(apres))
    cotes = tuple(_Cote(racine, lire_avec(droit, *arguments_de(racine.arguments))) for racine in racines)
    causes = [*_personnes(*cotes), *_trimestre(*cotes), *_faits(*cotes), *_baremes(*cotes)]
    conclusion = conclure(droit, avant, apres)
    mouvements = [*conclusion, *causes, *etapes_bougees(*racines, deja=conclusion)]
    return [replace(m, texte=insecables(m.texte)) for m in mouvements]


class _Cote:
    """One of the two computations: its records and what was read from them."""

    def __init__(self, racine: Etape, lues: Lectures) -> None:
        self.racine = racine
        self.foyer, self.personnes, self.b = arguments_de(racine.arguments)
        self.lues = lues
        self.fenetre = mois_fenetre(mois_de(racine))

    def noms_lus(self, rang: int) -> dict[str, set[int]]:
        """Facts read of a person (-1: the household), and which months of them."""
        lus: dict[str, set[int]] = {}
        for qui, nom, k in self.lues.faits:
            if qui == rang:
                lus.setdefault(nom, set()).add(k)
        return lus

    def fiche(self, rang: int) -> Any:
        return self.foyer if rang < 0 else self.personnes[rang]


def _reference(cote: _Cote) -> tuple[int, ...]:
    """The three months whose resources count, as 202607; none if the right has none."""
    debut = next((e.resultat for e in parcourir(cote.racine) if e.nom == "premier_mois_reference"), None)
    return () if debut is None else tuple(int(m) for m in cote.fenetre[debut : debut + 3])


def _trimestre(avant: _Cote, apres: _Cote) -> Iterator[Mouvement]:
    """The reference months, when they are no longer the same."""
    anciens, nouveaux = _reference(avant), _reference(apres)
    if anciens == nouveaux or not anciens or not nouveaux:
        return
    v, w = enumerer_mois(anciens), enumerer_mois(nouveaux)
    verbe = "Les mois pris en compte changent"
    if not set(anciens) & set(nouveaux):
        verbe = "Un nouveau trimestre commence"
    articles = next(e.articles for e in parcourir(apres.racine) if e.nom == "premier_mois_reference")
    texte = f"{verbe} : les mois pris en compte sont {w} (avant : {v})."
    if verbe.startswith("Les"):
        texte = f"Les mois pris en compte sont maintenant {w} (avant : {v})."
    yield Mouvement("fait", "Mois pris en compte", v, w, articles, texte)


def _couples(avant: _Cote, apres: _Cote) -> list[tuple[int | None, int | None]]:
    """The same person on both sides: same role and birth date, then same role in the same order."""
    reste = list(range(len(apres.personnes)))
    couples: list[tuple[int | None, int | None]] = []
    for rang, p in enumerate(avant.personnes):
        memes = [r for r in reste if apres.personnes[r].role == p.role]
        exacts = [r for r in memes if apres.personnes[r].date_naissance == p.date_naissance]
        # A claimant or partner has one seat: a corrected birth date does not make another person of them.
        trouve = exacts[0] if exacts else memes[0] if memes and p.role != ENFANT else None
        if trouve is not None:
            reste.remove(trouve)
        couples.append((rang, trouve))
    return couples + [(None, r) for r in reste]


def _personnes(avant: _Cote, apres: _Cote) -> Iterator[Mouvement]:
    for ancien, nouveau in _couples(avant, apres):
        ici = ancien is not None and avant.personnes[ancien].present[-1] == 1
        la = nouveau is not None and apres.personnes[nouveau].present[-1] == 1
        if ici == la:
            continue
        cote, rang = (avant, ancien) if ici else (apres, nouveau)
        nom = qui_est(cote.personnes, rang if rang is not None else -1)
        fin = "n'est plus compté dans le foyer" if ici else "est maintenant compté dans le foyer"
        mots = ("dans le foyer", "hors du foyer")
        yield Mouvement("personne", nom, mots[0 if ici else 1], mots[1 if ici else 0], (), f"{majuscule(nom)} {fin}.")


def _faits(avant: _Cote, apres: _Cote) -> Iterator[Mouvement]:
    communs = [(a, n) for a, n in _couples(avant, apres) if a is not None and n is not None]
    for ancien, nouveau in [(-1, -1), *communs]:
        lus_avant, lus_apres = avant.noms_lus(ancien), apres.noms_lus(nouveau)
        qui = qui_est(apres.personnes, nouveau)
        for nom in dict.fromkeys([*lus_avant, *lus_apres]):
            valeurs = getattr(avant.fiche(ancien), nom), getattr(apres.fiche(nouveau), nom)
            if nom == RANG_DU_TRIMESTRE:
                continue
            if NATURES[nom].periodicite == "mois":
                rangs = sorted(lus_avant.get(nom, set()) | lus_apres.get(nom, set()))
                mois = tuple(_mois_lus(cote, rangs, avant.fenetre != apres.fenetre) for cote in (avant, apres))
                par_mois = tuple({m: valeurs[i][k] for k, m in mois[i].items()} for i in (0, 1))
                yield from _fait_mensuel(NATURES[nom], qui, *par_mois)
            elif not egaux(*valeurs):
                yield _fait(NATURES[nom], qui, NATURES[nom].libelle, *valeurs)


def _mois_lus(cote: _Cote, rangs: list[int], glisse: bool) -> dict[int, int]:
    """Rank in the window → month, for the months that count: when the window slides, the reference months."""
    reference = _reference(cote) if glisse else ()
    lus = [cote.fenetre.index(m) for m in reference] if reference else rangs
    return {k: int(cote.fenetre[k]) for k in lus}


def _fait_mensuel(nature: Nature, qui: str, ancien: dict[int, Any], nouveau: dict[int, Any]) -> Iterator[Mouvement]:
    """Amounts by calendar month: corrected ones month by month, then the months that left against those that came."""
    corriges = [m for m in ancien if m in nouveau and not egaux(ancien[m], nouveau[m])]
    for mois in _regrouper(corriges, [(ancien[m], nouveau[m]) for m in corriges]):
        yield _fait(nature, qui, f"{nature.libelle} ({periode(mois)})", ancien[mois[0]], nouveau[mois[0]])
    sortis = [m for m in ancien if m not in nouveau]
    entres = [m for m in nouveau if m not in ancien]
    if not sortis or len(sortis) != len(entres) or all(map(egaux, map(ancien.get, sortis), map(nouveau.get, entres))):
        return
    v, w = _montants(nature, sortis, ancien), _montants(nature, entres, nouveau)
    libelle = f"{nature.libelle} ({periode(sortis)}, puis {periode(entres)})"
    texte = f"{nature.libelle}{_de_qui(qui)} : {w}, au lieu de {v}."
    if len(sortis) == 1:
        v, w = valeur_de_fait(nature, ancien[sortis[0]]), valeur_de_fait(nature, nouveau[entres[0]])
        texte = (
            f"{nature.libelle}{_de_qui(qui)} : {periode(sortis)} ({v}) n'est plus pris en compte,"
            f" {periode(entres)} ({w}) l'est maintenant."
        )
    yield Mouvement("fait", libelle, v, w, (), texte)


def _montants(nature: Nature, mois: list[int], valeurs: dict[int, Any]) -> str:
    """« 500,00 € en avril et mai 2026, 610,00 € en juin 2026 »."""
    groupes = _regrouper(mois, [(valeurs[m],) for m in mois])
    ecrits = [f"{valeur_de_fait(nature, valeurs[g[0]])} en {enumerer_mois(g)}" for g in groupes]
    if len({m // 100 for m in mois}) == 1:
        ecrits = [e.rsplit(" ", 1)[0] for e in ecrits[:-1]] + ecrits[-1:]
    return enumerer(ecrits)


def _de_qui(qui: str) -> str:
    return "" if qui == qui_est((), -1) else f" ({qui})"


def _regrouper(mois: list[int], valeurs: list[Any]) -> list[list[int]]:
    """Consecutive months that moved alike, together."""
    groupes: list[list[int]] = []
    for i, m in enumerate(mois):
        suit = i and all(egaux(x, y) for x, y in zip(valeurs[i - 1], valeurs[i], strict=True))
        if suit:
            groupes[-1].append(m)
        else:
            groupes.append([m])
    return groupes


def _fait(nature: Nature, qui: str, libelle: str, ancien: Any, nouveau: Any) -> Mouvement:
    v, w = valeur_de_fait(nature, ancien), valeur_de_fait(nature, nouveau)
    return Mouvement("fait", libelle, v, w, (), f"{libelle}{_de_qui(qui)} : {w}, au lieu de {v}.")


def _baremes(avant: _Cote, apres: _Cote) -> Iterator[Mouvement]:
    """Parameters read whose value moved, told once each by their most recent values."""
    lus = dict.fromkeys([*avant.lues.parametres, *apres.lues.parametres])
    rangs: dict[str, set[int]] = {}
    for nom, k in lus:
        rangs.setdefault(nom, set()).add(k)
    for nom, ks in rangs.items():
        paires = [(getattr(avant.b[k], nom), getattr(apres.b[k], nom)) for k in sorted(ks)]
        bouges = [(v, w) for v, w in paires if not egaux(v, w)]
        if bouges and avant.fenetre != apres.fenetre:
            parametre = parametres()[nom]
            v, w = (_parametre_ecrit(x, parametre.unite) for x in bouges[-1])
            texte = f"{parametre.libelle} : {w}, au lieu de {v}."
            yield Mouvement("bareme", parametre.libelle, v, w, (parametre.article,), texte)


def _parametre_ecrit(valeur: Any, unite: str) -> str:
    valeurs = valeur if isinstance(valeur, tuple) else (valeur,)
    if unite.startswith("EUR"):
        return enumerer(euros(v) for v in valeurs)
    if unite.startswith("taux"):
        return enumerer(pourcent(v) for v in valeurs)
    return f"{enumerer(nombre(v) for v in valeurs)} {unite.partition('/')[0]}"


__all__ = ["Mouvement", "comparer", "qui_est"]
