"""What moved between two results of the same right: which facts, and which steps they moved.

Two computations of the same month differ by what was corrected; those of two months also by the months that entered
and left the window, by the parameters, and by the household. Only facts and parameters that the right reads are
listed; then the steps whose result changed, in the order of the computation; the amount comes last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .bareme import mois_fenetre, parametres
from .calcul import Resultat, liste_droits
from .explication import mois_de, texte_de, trace_de
from .faits import NATURES, Nature
from .francais import centimes_en_euros, enumerer, nombre, periode, valeur_de_fait
from .lectures import Lectures, arguments_de, lire_avec
from .moteur import Etape
from .situation import CONJOINT, ENFANT


@dataclass(frozen=True)
class Mouvement:
    """One thing that changed. `genre` is fait, personne, bareme, etape or resultat; `texte` says it in French."""

    genre: str
    libelle: str
    avant: str
    apres: str
    articles: tuple[str, ...]
    texte: str


def comparer(avant: Resultat, apres: Resultat) -> list[Mouvement]:
    """What changed from one result to the other, causes first. Empty if nothing that this right reads moved."""
    if avant.droit != apres.droit:
        raise ValueError(f"On compare un même droit : {avant.droit} et {apres.droit} en sont deux.")
    droit = next(d for d in liste_droits() if d.code == apres.droit)
    racines = (trace_de(avant), trace_de(apres))
    cotes = tuple(_Cote(racine, lire_avec(droit, *arguments_de(racine.arguments))) for racine in racines)
    mouvements = [*_personnes(*cotes), *_faits(*cotes), *_baremes(*cotes), *_etapes(*racines)]
    if (avant.montant_centimes, avant.motif) != (apres.montant_centimes, apres.motif):
        ancien, nouveau = _issue(avant), _issue(apres)
        texte = f"{droit.libelle} : de {ancien} à {nouveau}."
        mouvements.append(Mouvement("resultat", droit.libelle, ancien, nouveau, (), texte))
    return mouvements


def _issue(resultat: Resultat) -> str:
    return "un calcul impossible" if resultat.motif == "INCONNU" else centimes_en_euros(resultat.montant_centimes)


class _Cote:
    """One of the two computations: its records and what was read from them."""

    def __init__(self, racine: Etape, lues: Lectures) -> None:
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


def qui_est(personnes: Sequence[Any], rang: int) -> str:
    """How the explanation calls a person: there are no names in the law records."""
    if rang < 0:
        return "votre foyer"
    role = personnes[rang].role
    if role == CONJOINT:
        return "votre conjoint"
    if role != ENFANT:
        return "vous"
    enfants = [r for r, p in enumerate(personnes) if p.role == ENFANT]
    if len(enfants) == 1:
        return "votre enfant"
    naissance = valeur_de_fait(NATURES["date_naissance"], personnes[rang].date_naissance)
    return f"votre enfant né le {naissance}"


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
        yield Mouvement("personne", nom, mots[0 if ici else 1], mots[1 if ici else 0], (), f"{_majuscule(nom)} {fin}.")


def _faits(avant: _Cote, apres: _Cote) -> Iterator[Mouvement]:
    communs = [(a, n) for a, n in _couples(avant, apres) if a is not None and n is not None]
    for ancien, nouveau in [(-1, -1), *communs]:
        lus_avant, lus_apres = avant.noms_lus(ancien), apres.noms_lus(nouveau)
        qui = qui_est(apres.personnes, nouveau)
        for nom in dict.fromkeys([*lus_avant, *lus_apres]):
            valeurs = getattr(avant.fiche(ancien), nom), getattr(apres.fiche(nouveau), nom)
            if NATURES[nom].periodicite == "mois":
                rangs = sorted(lus_avant.get(nom, set()) | lus_apres.get(nom, set()))
                yield from _fait_mensuel(NATURES[nom], qui, rangs, valeurs, (avant.fenetre, apres.fenetre))
            elif not _egaux(*valeurs):
                yield _fait(NATURES[nom], qui, NATURES[nom].libelle, *valeurs)


def _fait_mensuel(
    nature: Nature,
    qui: str,
    rangs: list[int],
    valeurs: tuple[Any, Any],
    fenetres: tuple[list[int], list[int]],
) -> Iterator[Mouvement]:
    """Amounts by calendar month: corrected ones month by month, then the months that left against those that came."""
    ancien, nouveau = ({fenetres[i][k]: valeurs[i][k] for k in rangs} for i in (0, 1))
    corriges = [m for m in ancien if m in nouveau and not _egaux(ancien[m], nouveau[m])]
    for mois in _regrouper(corriges, [(ancien[m], nouveau[m]) for m in corriges]):
        yield _fait(nature, qui, f"{nature.libelle} ({periode(mois)})", ancien[mois[0]], nouveau[mois[0]])
    sortis = [m for m in ancien if m not in nouveau]
    entres = [m for m in nouveau if m not in ancien]
    for sortant, entrant in zip(sortis, entres, strict=False):
        if not _egaux(ancien[sortant], nouveau[entrant]):
            v, w = valeur_de_fait(nature, ancien[sortant]), valeur_de_fait(nature, nouveau[entrant])
            texte = (
                f"{nature.libelle} ({qui}) : {periode([sortant])} ({v}) n'est plus pris en compte,"
                f" {periode([entrant])} ({w}) l'est maintenant."
            )
            libelle = f"{nature.libelle} ({periode([sortant])}, puis {periode([entrant])})"
            yield Mouvement("fait", libelle, v, w, (), texte)


def _regrouper(mois: list[int], valeurs: list[Any]) -> list[list[int]]:
    """Consecutive months that moved alike, together."""
    groupes: list[list[int]] = []
    for i, m in enumerate(mois):
        suit = i and all(_egaux(x, y) for x, y in zip(valeurs[i - 1], valeurs[i], strict=True))
        if suit:
            groupes[-1].append(m)
        else:
            groupes.append([m])
    return groupes


def _fait(nature: Nature, qui: str, libelle: str, ancien: Any, nouveau: Any) -> Mouvement:
    v, w = valeur_de_fait(nature, ancien), valeur_de_fait(nature, nouveau)
    return Mouvement("fait", libelle, v, w, (), f"{libelle} ({qui}) : {v} auparavant, {w} maintenant.")


def _baremes(avant: _Cote, apres: _Cote) -> Iterator[Mouvement]:
    """Parameters read whose value moved, told once each by their most recent values."""
    lus = dict.fromkeys([*avant.lues.parametres, *apres.lues.parametres])
    rangs: dict[str, set[int]] = {}
    for nom, k in lus:
        rangs.setdefault(nom, set()).add(k)
    for nom, ks in rangs.items():
        paires = [(getattr(avant.b[k], nom), getattr(apres.b[k], nom)) for k in sorted(ks)]
        bouges = [(v, w) for v, w in paires if not _egaux(v, w)]
        if bouges and avant.fenetre != apres.fenetre:
            parametre = parametres()[nom]
            v, w = (_parametre_ecrit(x) for x in bouges[-1])
            texte = f"{parametre.libelle} : {v} auparavant, {w} maintenant ({parametre.unite})."
            yield Mouvement("bareme", parametre.libelle, v, w, (parametre.article,), texte)


def _parametre_ecrit(valeur: Any) -> str:
    return enumerer(nombre(v) for v in valeur) if isinstance(valeur, tuple) else nombre(valeur)


def _etapes(avant: Etape, apres: Etape) -> Iterator[Mouvement]:
    """Steps whose result moved, the deepest first: the order in which the change went up to the amount."""
    mois = mois_de(avant), mois_de(apres)
    dits: set[str] = set()
    for ancienne, nouvelle in _apparier(avant.etapes, apres.etapes):
        if nouvelle.phrase is None or _egaux(ancienne.resultat, nouvelle.resultat):
            continue
        textes = texte_de(ancienne, mois[0]) or "", texte_de(nouvelle, mois[1]) or ""
        if textes[0] != textes[1] and textes[1] not in dits:
            dits.add(textes[1])
            yield Mouvement(
                "etape", nouvelle.libelle, *_resultats(ancienne, nouvelle), nouvelle.articles, _dit(*textes)
            )


def _resultats(ancienne: Etape, nouvelle: Etape) -> tuple[str, str]:
    return _resultat_ecrit(ancienne.resultat), _resultat_ecrit(nouvelle.resultat)


def _resultat_ecrit(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return nombre(valeur) if isinstance(valeur, int | float) else str(valeur)


def _dit(ancien: str, nouveau: str) -> str:
    if not ancien:
        return nouveau
    if not nouveau:
        return f"Ne s'applique plus : {ancien}"
    return f"{nouveau} (auparavant : {ancien})"


def _apparier(anciennes: list[Etape], nouvelles: list[Etape]) -> Iterator[tuple[Etape, Etape]]:
    """Steps of the same rule at the same place on both sides, children before parents."""
    libres: dict[str, list[Etape]] = {}
    for etape in anciennes:
        libres.setdefault(etape.regle, []).append(etape)
    for nouvelle in nouvelles:
        memes = libres.get(nouvelle.regle)
        if memes:
            ancienne = memes.pop(0)
            yield from _apparier(ancienne.etapes, nouvelle.etapes)
            yield ancienne, nouvelle


def _egaux(v: Any, w: Any) -> bool:
    if isinstance(v, tuple):
        return isinstance(w, tuple) and len(v) == len(w) and all(map(_egaux, v, w))
    return bool(v == w or (v != v and w != w))  # noqa: PLR0124 - unknown equals unknown


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


__all__ = ["Mouvement", "comparer", "qui_est"]
