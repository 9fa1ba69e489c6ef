"""Rights computed together: what one gives, others count as received. The law's order, and no circle.

A right that others count names the fact that its amount is (`Droit.nourrit`). Those come first, in the law's order:
the amount of the month (before CRDS unless `nourrit_net`; unknown when the right is INCONNU) takes the place of the
fact for the month computed, then the rest is computed. Rights that give the same fact are computed together: it is
their sum. Where the fact is each adult's (`Droit.part`: AAH, its complement), each amount goes to whose it is
(`parts`). A right that is not asked for, or that nobody claimed (`MUETS`), leaves what the facts say. No right reads
the fact of the month of one that comes after it (`tests/droits/test_ensemble.py`): computing again on what was
completed gives the same.

Past amounts are facts: they come with the situation. Where somebody looks at a household without a past (simulator,
curve), `completer` puts the amounts of the month in their place, over the whole window; before a child came, those
of the same household without it.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .appels import faits_cites
from .bareme import lire_mois, mois_fenetre
from .calcul import Resultat, catalogue_droits, droits_demandes, liquider, liquider_lot
from .explication import trace_de
from .faits import DATE_INCONNUE, NATURES, Nature
from .moteur import Droit, Motif
from .mouvement import parcourir
from .situation import DEDUITS, ENFANT, M, Situation, dtype_droits, resumer

Tableau = npt.NDArray[Any]
Cause = tuple[Droit, Tableau]
INCONNU = Motif.INCONNU.name


LUS_AVANT = frozenset({"rsa"})
"""Facts whose past earlier rights read: the housing benefit, the RSA of the month before. Never those of the month."""
MUETS = frozenset({Motif.SANS_DEMANDE, Motif.AUTRE_AIDE})
"""Reasons that say nothing of what the household receives: nobody claimed, or another right answers."""


@lru_cache(maxsize=1)
def comptes_ailleurs() -> tuple[Droit, ...]:
    """The rights whose amount others read, in the law's order: the first may close the second; all count in the RSA."""
    nourriciers = tuple(droit for droit in catalogue_droits() if droit.nourrit)
    for droit in nourriciers:
        nature = NATURES[droit.nourrit]
        sujet = "personne" if droit.part else "foyer"
        if (nature.sujet, nature.type, nature.periodicite) != (sujet, "euros", "mois"):
            raise ValueError(f"{droit.code} : « nourrit » nomme un montant mensuel ({sujet}), pas {droit.nourrit}.")
    return nourriciers


def par_fait(droits: Iterable[Droit]) -> dict[str, tuple[Droit, ...]]:
    """Those of these rights that others count, by the fact they give, in the law's order: one pass for each fact."""
    groupes: dict[str, tuple[Droit, ...]] = {}
    for droit in droits:
        if droit.nourrit:
            groupes[droit.nourrit] = (*groupes.get(droit.nourrit, ()), droit)
    return groupes


def faits_en_cause(codes: Iterable[str]) -> tuple[Nature, ...]:
    """The facts that can move these rights, in the catalogue's order: what they read, and what lies behind it.

    Behind an amount received are the facts of the right that gives it; behind some facts, those they are deduced from.
    """
    noms, vus, a_voir = set[str](), set[str](), [droit for droit in catalogue_droits() if droit.code in set(codes)]
    while a_voir:
        droit = a_voir.pop()
        if droit.code not in vus:
            vus.add(droit.code)
            siens = {nature.nom for nature in faits_cites(droit)}
            noms |= siens | {DEDUITS[nom] for nom in siens & DEDUITS.keys()}
            a_voir += [autre for autre in comptes_ailleurs() if autre.nourrit in siens]
    return tuple(nature for nom, nature in NATURES.items() if nom in noms)


def _recu(droits: tuple[Droit, ...], resultats: Mapping[str, Resultat]) -> float | None:
    """Euros that these rights give to their fact: NaN if one is unknown, None if none of them says anything."""
    dits = [(d, resultats[d.code]) for d in droits if Motif[resultats[d.code].motif] not in MUETS]
    if any(r.motif == INCONNU for _, r in dits):
        return math.nan
    verses = [r.montant_centimes - (r.crds_centimes if d.nourrit_net else 0) for d, r in dits]
    return sum(verses) / 100 if verses else None


def sans_objet(resultats: Mapping[str, Resultat], demandes: Collection[str] = ()) -> set[str]:
    """Codes of the rights that nobody claimed, or that another answers: there is nothing to say of them.

    `demandes`: rights claimed. Of those claimed together, what none answers is said.
    """
    muets = {code for code, resultat in resultats.items() if Motif[resultat.motif] in MUETS}
    for droits in par_fait(d for d in comptes_ailleurs() if d.code in resultats).values():
        codes = {d.code for d in droits}
        if codes <= muets:
            muets -= codes & set(demandes)
    return muets


def recus(droits: tuple[Droit, ...], resultats: Tableau) -> tuple[Tableau, Tableau]:
    """The same of many households: euros (NaN: unknown), and which of them are told something."""
    montant, dit = np.zeros(len(resultats)), np.zeros(len(resultats), bool)
    for droit in droits:
        motif = resultats[f"{droit.code}_motif"]
        muet = np.isin(motif, [int(m) for m in MUETS])
        centimes = resultats[f"{droit.code}_centimes"] - (resultats[f"{droit.code}_crds"] if droit.nourrit_net else 0)
        montant += np.where(muet, 0.0, np.where(motif == Motif.INCONNU, np.nan, centimes / 100))
        dit |= ~muet
    return montant, dit


def liquider_foyer(situation: Situation, droits: Collection[str] | None = None) -> dict[str, Resultat]:
    """The rights asked for (None: those of the month) of one household together, with their steps."""
    return nourrir_et_liquider(situation, droits)[1]


def nourrir_et_liquider(
    situation: Situation, droits: Collection[str] | None = None
) -> tuple[Situation, dict[str, Resultat]]:
    """The same, after the household that receives this month what these rights give the others to count.

    Each right of it can then be looked at alone (`calcul.liquider`).
    """
    demandes = droits_demandes(droits)
    nourri, faits = _nourrir(situation, demandes)
    reste = liquider(nourri, [d.code for d in demandes if not d.nourrit])
    resultats = faits | {code: _nommer_la_cause(resultat, faits) for code, resultat in reste.items()}
    return nourri, {droit.code: resultats[droit.code] for droit in demandes}


def _nourrir(situation: Situation, demandes: Collection[Droit]) -> tuple[Situation, dict[str, Resultat]]:
    """(the household completed, results of the rights that completed it)."""
    vue, faits = replace(situation), dict[str, Resultat]()
    for fait, nourriciers in par_fait(demandes).items():
        trouves = liquider(vue, [d.code for d in nourriciers])
        trouves = {code: _nommer_la_cause(resultat, faits) for code, resultat in trouves.items()}
        recu = None if nourriciers[0].part else _recu(nourriciers, trouves)
        if recu is not None:
            vue.foyer[fait][0, M] = recu
        for droit in nourriciers:
            for rang, euros in parts(droit, trouves[droit.code]).items():
                vue.personnes[fait][rang, M] = euros
        vue, faits = replace(vue), faits | trouves
    return vue, faits


def parts(droit: Droit, resultat: Resultat) -> dict[int, float]:
    """Rank in the household → euros of each adult of whom a decision is known; NaN if the right is unknown.

    Of the others nothing is told: what they say they receive stays. Empty where the fact is not each adult's.
    """
    if not droit.part:
        return {}
    trace = trace_de(resultat)
    montants = {id(pas.arguments["p"]): pas.resultat for pas in parcourir(trace) if pas.nom == droit.part}
    return {
        rang: math.nan if resultat.motif == INCONNU else montants.get(id(p), 0.0)
        for rang, p in enumerate(trace.arguments["personnes"])
        if p.role != ENFANT and p.taux_incapacite != 0
    }


def reconnus(personnes: Tableau) -> Tableau:
    """Which of these records are adults of whom a decision of the CDAPH is known, or unknown but said to exist."""
    adultes: Tableau = (personnes["role"] != ENFANT) & (personnes["taux_incapacite"] != 0)
    return adultes


@dataclass(frozen=True)
class _Adultes:
    """Adults with a decision among many households: where they are (`qui`), and in which household (`chez`)."""

    foyers: Tableau
    personnes: Tableau
    qui: Tableau
    chez: Tableau

    def verser(self, mois: str, droit: Droit, resultats: Tableau, *, fenetre: bool = False) -> None:
        """Give them this right of the month: the sum to the only one of a household; of two, its steps tell each's.

        `fenetre`: over every month, to those whose file says nothing of it.
        """
        recus, quand = self.personnes[droit.nourrit], slice(None) if fenetre else M
        tus = (recus[self.qui] == 0).all(axis=1) if fenetre else np.ones(len(self.qui), bool)
        qui, chez = self.qui[tus], self.chez[tus]
        centimes, motifs = resultats[f"{droit.code}_centimes"], resultats[f"{droit.code}_motif"]
        euros = np.where(motifs == Motif.INCONNU, np.nan, centimes / 100)[chez]
        recus[qui, quand] = euros[:, None] if fenetre else euros
        self.personnes["sans_autre_revenu"][qui] = 0
        plusieurs = np.bincount(self.chez, minlength=len(self.foyers)) > 1
        for i in np.flatnonzero(plusieurs & (centimes > 0)):
            debut, fin = self.foyers["debut"][i], self.foyers["fin"][i]
            situation = Situation(mois, self.foyers[i : i + 1], self.personnes[debut:fin])
            for rang, part in parts(droit, liquider(situation, [droit.code])[droit.code]).items():
                if (qui == debut + rang).any():
                    recus[debut + rang, quand] = part


def chez_qui(foyers: Tableau, personnes: Tableau) -> tuple[Tableau, Tableau]:
    """Of these ranks of persons, those whom a household holds, and the rank of theirs."""
    if not len(foyers):
        return personnes[:0], personnes[:0]
    ordre = np.argsort(foyers["debut"], kind="stable")
    chez = ordre[np.searchsorted(foyers["debut"][ordre], personnes, "right") - 1]
    dedans = (foyers["debut"][chez] <= personnes) & (personnes < foyers["fin"][chez])
    return personnes[dedans], chez[dedans]


@contextmanager
def adultes_reconnus(foyers: Tableau, personnes: Tableau) -> Iterator[_Adultes]:
    """These adults; what is written of them is put back at the end: a whole Caf is not copied for a few."""
    qui, chez = chez_qui(foyers, np.flatnonzero(reconnus(personnes)))
    champs = (*(d.nourrit for d in comptes_ailleurs() if d.part), "sans_autre_revenu")
    avant = {champ: personnes[champ][qui].copy() for champ in champs}
    try:
        yield _Adultes(foyers, personnes, qui, chez)
    finally:
        for champ, valeurs in avant.items():
            personnes[champ][qui] = valeurs


def nommer_les_causes(resultats: dict[str, Resultat]) -> dict[str, Resultat]:
    """The same rights of one household, in the law's order, each missing what was not told and no other right."""
    nommes: dict[str, Resultat] = {}
    for code, resultat in resultats.items():
        nommes[code] = _nommer_la_cause(resultat, nommes)
    return nommes


def _nommer_la_cause(resultat: Resultat, faits: dict[str, Resultat]) -> Resultat:
    """Where the amount of another right is what is missing: the facts that this other right misses, in its place."""
    if not resultat.faits_manquants:
        return resultat
    sources: dict[str, tuple[str, ...]] = {}
    for d in comptes_ailleurs():
        if d.code in faits:
            sources[d.nourrit] = sources.get(d.nourrit, ()) + faits[d.code].faits_manquants
    manquants = [nom for fait in resultat.faits_manquants for nom in sources.get(fait) or (fait,)]
    return replace(resultat, faits_manquants=tuple(dict.fromkeys(manquants)))


def liquider_foyers(
    mois: str, foyers: Tableau, personnes: Tableau, *, droits: Collection[str] | None = None, fils: int = 1
) -> Tableau:
    """The same for many households, compiled (`liquider_lot`). `foyers` and `personnes` are left as they were.

    One pass for each fact that others count (the three housing benefits go in one), one for all the other rights.
    """
    demandes = droits_demandes(droits)
    resultats = np.zeros(len(foyers), dtype_droits([droit.code for droit in demandes]))
    foyers, causes = foyers.copy(), list[Cause]()
    with adultes_reconnus(foyers, personnes) as adultes:
        for fait, nourriciers in par_fait(demandes).items():
            codes = [droit.code for droit in nourriciers]
            _reporter(liquider_lot(mois, foyers, personnes, droits=codes, fils=fils), resultats)
            nommer_les_causes_du_lot(codes, resultats, causes)
            if nourriciers[0].part:
                adultes.verser(mois, nourriciers[0], resultats)
            else:
                montant, dit = recus(nourriciers, resultats)
                foyers[fait][dit, M] = montant[dit]
            causes += [(droit, resultats[f"{droit.code}_manque"]) for droit in nourriciers]
        if causes:
            resumer(foyers)
        reste = [droit.code for droit in demandes if not droit.nourrit]
        if reste:
            _reporter(liquider_lot(mois, foyers, personnes, droits=reste, fils=fils), resultats)
    nommer_les_causes_du_lot(reste, resultats, causes)
    return resultats


def _reporter(partie: Tableau, resultats: Tableau) -> None:
    for nom in partie.dtype.names or ():
        resultats[nom] = partie[nom]


def nommer_les_causes_du_lot(codes: Iterable[str], resultats: Tableau, causes: Iterable[Cause]) -> None:
    """`nommer_les_causes` of many households, in place; `causes`: rights computed before, and what they miss."""
    for manque in (resultats[f"{code}_manque"] for code in codes):
        for droit, cause in causes:
            par_lui = (manque == NATURES[droit.nourrit].code) & (cause > 0)
            manque[par_lui] = cause[par_lui]


AIDES_AU_LOGEMENT = ("apl", "alf", "als")
"""One of these at most is due: together they are the housing benefit."""


def completer(donnees: dict[str, Any], dites: Collection[str] = ()) -> Situation:
    """The situation of these data (`Situation.depuis_dict`), where the benefits above are those computed.

    Those in `dites` stay as they are: somebody said what is received; and the housing benefit of who told no rent.
    `donnees` is completed in place.
    """
    absents = _absents(donnees)
    sans = {qui: completer(_sans(donnees, qui), dites) for qui in {*absents} if qui}
    for fait, droits in par_fait(comptes_ailleurs()).items():
        if fait in LUS_AVANT or fait in dites:
            continue
        situation = Situation.depuis_dict(donnees)
        if droits[0].part and not reconnus(situation.personnes).any():
            continue
        trouves = liquider(situation, [d.code for d in droits])
        recu = None if droits[0].part else _recu(droits, trouves)
        if recu is not None:
            passes = [float(sans[qui].foyer[fait][0, M]) if qui else recu for qui in absents]
            donnees["foyer"][fait] = [None if math.isnan(m) else m for m in (*passes, recu)]
        for rang, euros in parts(droits[0], trouves[droits[0].code]).items():
            if not _dite(donnees["personnes"][rang].get(fait)):
                donnees["personnes"][rang][fait] = None if math.isnan(euros) else euros
    return Situation.depuis_dict(donnees)


def _absents(donnees: Mapping[str, Any]) -> list[frozenset[int]]:
    """For each month of the window before this one, the ranks of the children who open nothing yet.

    A child opens monthly rights from the month after it came (R552-2).
    """
    arrivees = [_arrivee(personne) for personne in donnees["personnes"]]
    mois = mois_fenetre(lire_mois(donnees["mois"]))
    return [frozenset(rang for rang, venu in enumerate(arrivees) if venu >= m) for m in mois[:-1]]


def _sans(donnees: Mapping[str, Any], absents: Collection[int]) -> dict[str, Any]:
    """A copy of the household without these persons."""
    restent = [dict(p) for rang, p in enumerate(donnees["personnes"]) if rang not in absents]
    return {**donnees, "foyer": dict(donnees["foyer"]), "personnes": restent}


def _arrivee(personne: Mapping[str, Any]) -> int:
    """Month in which a child came, born or adopted; 0 for an adult, or if nobody said when."""
    if personne["role"] != "enfant":
        return 0
    jour = (personne.get("date_adoption") if personne.get("adoption") else None) or personne.get("date_naissance")
    return lire_mois(str(jour)[:7]) if jour else 0


def arrivees(personnes: Tableau) -> Tableau:
    """`_arrivee` of many persons (records)."""
    adopte = (personnes["adoption"] == 1) & (personnes["date_adoption"] != DATE_INCONNUE)
    jours = np.where(adopte, personnes["date_adoption"], personnes["date_naissance"])
    rangs = jours.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    venues: Tableau = np.where(
        (personnes["role"] == ENFANT) & (jours != DATE_INCONNUE), (1970 + rangs // 12) * 100 + rangs % 12 + 1, 0
    )
    return venues


def faits_dits(donnees: Mapping[str, Any]) -> set[str]:
    """The facts of which these data say something, whatever the month: in `completer`, the other benefits are computed.

    A client of OpenFisca gives no past: OpenFisca computes it.
    """
    return {nom for contenu in (donnees["foyer"], *donnees["personnes"]) for nom in contenu}


def _dite(montants: Any) -> bool:
    """Somebody said an amount: zero is what an unticked box says."""
    return any(montants) if isinstance(montants, list | tuple) else bool(montants)
