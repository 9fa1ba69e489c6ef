"""Rights computed together: what one gives, others count as received. The law's order, and no circle.

A right that others count names the fact that its amount is (`Droit.nourrit`). Those come first, in the law's order:
the amount of the month (before CRDS unless `nourrit_net`; unknown when the right is INCONNU) takes the place of the
fact for the month computed, then the rest is computed. Rights that give the same fact are computed together: it is
their sum. A right that is not asked for, or that nobody claimed (`MUETS`), leaves what the facts say. No right reads
the fact of the month of one that comes after it (`tests/droits/test_ensemble.py`): computing again on what was
completed gives the same.

Past amounts are facts: they come with the situation. Where somebody looks at a household without a past (simulator,
curve), `completer` puts the amounts of the month in their place, over the whole window.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .calcul import Resultat, catalogue_droits, droits_demandes, liquider, liquider_lot
from .explication import trace_de
from .faits import NATURES
from .moteur import Droit, Motif
from .mouvement import parcourir
from .situation import M, Situation, dtype_droits, resumer

Tableau = npt.NDArray[Any]
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
        if (nature.sujet, nature.type, nature.periodicite) != ("foyer", "euros", "mois"):
            raise ValueError(f"{droit.code} : « nourrit » nomme un montant mensuel du foyer, pas {droit.nourrit}.")
    return nourriciers


def par_fait(droits: Iterable[Droit]) -> dict[str, tuple[Droit, ...]]:
    """Those of these rights that others count, by the fact they give, in the law's order: one pass for each fact."""
    groupes: dict[str, tuple[Droit, ...]] = {}
    for droit in droits:
        if droit.nourrit:
            groupes[droit.nourrit] = (*groupes.get(droit.nourrit, ()), droit)
    return groupes


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
    demandes = droits_demandes(droits)
    nourri, faits = _nourrir(situation, demandes)
    reste = liquider(nourri, [d.code for d in demandes if not d.nourrit])
    resultats = faits | {code: _nommer_la_cause(resultat, faits) for code, resultat in reste.items()}
    return {droit.code: resultats[droit.code] for droit in demandes}


def nourrir(situation: Situation, droits: Collection[str] | None = None) -> Situation:
    """The same household, receiving this month what these rights (None: those of the month) give the others to count.

    Each right of it can then be looked at alone (`calcul.liquider`).
    """
    return _nourrir(situation, droits_demandes(droits))[0]


def _nourrir(situation: Situation, demandes: Collection[Droit]) -> tuple[Situation, dict[str, Resultat]]:
    """(the household completed, results of the rights that completed it)."""
    foyer, faits = situation.foyer.copy(), dict[str, Resultat]()
    for fait, nourriciers in par_fait(demandes).items():
        trouves = liquider(replace(situation, foyer=foyer), [d.code for d in nourriciers])
        trouves = {code: _nommer_la_cause(resultat, faits) for code, resultat in trouves.items()}
        recu = _recu(nourriciers, trouves)
        if recu is not None:
            foyer[fait][0, M] = recu
        faits |= trouves
    return replace(situation, foyer=foyer), faits


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
    """The same for many households, compiled (`liquider_lot`). `foyers` is left as it was.

    One pass for each fact that others count (the three housing benefits go in one), one for all the other rights.
    """
    demandes = droits_demandes(droits)
    resultats = np.zeros(len(foyers), dtype_droits([droit.code for droit in demandes]))
    foyers, faits = foyers.copy(), list[Droit]()
    for fait, nourriciers in par_fait(demandes).items():
        codes = [droit.code for droit in nourriciers]
        _reporter(liquider_lot(mois, foyers, personnes, droits=codes, fils=fils), resultats)
        for code in codes:
            _nommer_les_causes(code, resultats, faits)
        montant, dit = recus(nourriciers, resultats)
        foyers[fait][dit, M] = montant[dit]
        faits += nourriciers
    if faits:
        resumer(foyers)
    reste = [droit.code for droit in demandes if not droit.nourrit]
    if reste:
        _reporter(liquider_lot(mois, foyers, personnes, droits=reste, fils=fils), resultats)
    for code in reste:
        _nommer_les_causes(code, resultats, faits)
    return resultats


def _reporter(partie: Tableau, resultats: Tableau) -> None:
    for nom in partie.dtype.names or ():
        resultats[nom] = partie[nom]


def _nommer_les_causes(code: str, resultats: Tableau, faits: list[Droit]) -> None:
    manque = resultats[f"{code}_manque"]
    for droit in faits:
        cause = resultats[f"{droit.code}_manque"]
        par_lui = (manque == NATURES[droit.nourrit].code) & (cause > 0)
        manque[par_lui] = cause[par_lui]


PAR_PERSONNE = {"aah": "aah_de", "caah": "montant_de"}
"""Benefits of each adult, in the law's order, with the step of the trace that gives each one's. The second reads the
housing benefit."""

AIDES_AU_LOGEMENT = ("apl", "alf", "als")
"""One of these at most is due: together they are the housing benefit."""


def completer(donnees: dict[str, Any], dites: Collection[str] = ()) -> Situation:
    """The situation of these data (`Situation.depuis_dict`), where the benefits above are those computed.

    Those in `dites` stay as they are: somebody said what is received; and the housing benefit of who told no rent.
    `donnees` is completed in place.
    """
    for fait, droits in par_fait(comptes_ailleurs()).items():
        if fait in LUS_AVANT or fait in dites:
            continue
        recu = _recu(droits, liquider(Situation.depuis_dict(donnees), [d.code for d in droits]))
        if recu is not None:
            donnees["foyer"][fait] = None if math.isnan(recu) else recu
    if any(personne.get("taux_incapacite") for personne in donnees["personnes"]):
        for code, etape in PAR_PERSONNE.items():
            _recevoir(donnees, code, etape)
    return Situation.depuis_dict(donnees)


def _recevoir(donnees: dict[str, Any], code: str, etape: str) -> None:
    """Put each adult's amount in place of one that nobody said; unknown, it is so for every adult."""
    resultat = liquider(Situation.depuis_dict(donnees), [code])[code]
    trace = trace_de(resultat)
    montants = {id(pas.arguments["p"]): pas.resultat for pas in parcourir(trace) if pas.nom == etape}
    inconnu = resultat.motif == Motif.INCONNU.name
    for personne, fiche in zip(donnees["personnes"], trace.arguments["personnes"], strict=True):
        if personne["role"] == "enfant" or _dite(personne.get(code)):
            continue
        if inconnu and fiche.taux_incapacite != 0:
            personne[code] = None
        elif id(fiche) in montants:
            personne[code] = montants[id(fiche)]


def _dite(montants: Any) -> bool:
    """Somebody said an amount: zero is what an unticked box says."""
    return any(montants) if isinstance(montants, list | tuple) else bool(montants)
