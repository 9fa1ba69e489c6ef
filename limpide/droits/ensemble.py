"""Rights computed together: what one gives, others count as received. The law's order, and no circle.

A right that others count names the fact that its amount is (`Droit.nourrit`). Those come first, in the law's order:
the amount of the month (before CRDS; unknown when the right is INCONNU) takes the place of the fact for the month
computed, then the rest is computed. A right that is not asked for stays what the facts say. No right reads the fact
of one that comes after it (`tests/droits/test_ensemble.py`): computing again on what was completed gives the same.

Past amounts are facts: they come with the situation. Where somebody looks at a household without a past (simulator,
curve), `completer` puts the amounts of the month in their place, over the whole window.
"""

from collections.abc import Collection, Mapping
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


@lru_cache(maxsize=1)
def comptes_ailleurs() -> tuple[Droit, ...]:
    """The rights whose amount others read, in the law's order: the first may close the second; all count in the RSA."""
    nourriciers = tuple(droit for droit in catalogue_droits() if droit.nourrit)
    for droit in nourriciers:
        nature = NATURES[droit.nourrit]
        if (nature.sujet, nature.type, nature.periodicite) != ("foyer", "euros", "mois"):
            raise ValueError(f"{droit.code} : « nourrit » nomme un montant mensuel du foyer, pas {droit.nourrit}.")
    return nourriciers


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
    for droit in (d for d in demandes if d.nourrit):
        resultat = _nommer_la_cause(liquider(replace(situation, foyer=foyer), [droit.code])[droit.code], faits)
        foyer[droit.nourrit][0, M] = np.nan if resultat.motif == INCONNU else resultat.montant_centimes / 100
        faits[droit.code] = resultat
    return replace(situation, foyer=foyer), faits


def _nommer_la_cause(resultat: Resultat, faits: dict[str, Resultat]) -> Resultat:
    """Where the amount of another right is what is missing: the facts that this other right misses, in its place."""
    if not resultat.faits_manquants:
        return resultat
    sources = {d.nourrit: faits[d.code].faits_manquants for d in comptes_ailleurs() if d.code in faits}
    manquants = [nom for fait in resultat.faits_manquants for nom in sources.get(fait) or (fait,)]
    return replace(resultat, faits_manquants=tuple(dict.fromkeys(manquants)))


def liquider_foyers(
    mois: str, foyers: Tableau, personnes: Tableau, *, droits: Collection[str] | None = None, fils: int = 1
) -> Tableau:
    """The same for many households, compiled (`liquider_lot`). `foyers` is left as it was.

    One pass for each right that others count, one for all the others.
    """
    demandes = droits_demandes(droits)
    resultats = np.zeros(len(foyers), dtype_droits([droit.code for droit in demandes]))
    foyers, faits = foyers.copy(), list[Droit]()
    for droit in (d for d in demandes if d.nourrit):
        _reporter(liquider_lot(mois, foyers, personnes, droits=[droit.code], fils=fils), resultats)
        _nommer_les_causes(droit.code, resultats, faits)
        inconnu = resultats[f"{droit.code}_motif"] == Motif.INCONNU
        foyers[droit.nourrit][:, M] = np.where(inconnu, np.nan, resultats[f"{droit.code}_centimes"] / 100)
        faits.append(droit)
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
"""One of these at most is due: it is the housing benefit that RSA and prime d'activité count."""


def loyer_connu(foyer: Mapping[str, Any]) -> bool:
    """Somebody said what rent the household of these data pays in the month computed."""
    loyer = foyer.get("loyer")
    return (loyer[-1] if isinstance(loyer, list | tuple) else loyer) is not None


def completer(donnees: dict[str, Any], dites: Collection[str] = ()) -> Situation:
    """The situation of these data (`Situation.depuis_dict`), where the benefits above are those computed.

    Those in `dites` stay as they are: somebody said what is received. `donnees` is completed in place.
    """
    for droit in (d for d in comptes_ailleurs() if d.nourrit not in dites):
        resultat = liquider(Situation.depuis_dict(donnees), [droit.code])[droit.code]
        donnees["foyer"][droit.nourrit] = None if resultat.motif == INCONNU else resultat.montant_centimes / 100
    if loyer_connu(donnees["foyer"]) and "aide_logement" not in dites:
        donnees["foyer"]["aide_logement"] = _aide_au_logement(Situation.depuis_dict(donnees))
    if any(personne.get("taux_incapacite") for personne in donnees["personnes"]):
        for code, etape in PAR_PERSONNE.items():
            _recevoir(donnees, code, etape)
    return Situation.depuis_dict(donnees)


def _aide_au_logement(situation: Situation) -> float | None:
    """Euros paid, CRDS withheld; None if a fact is missing."""
    resultats = liquider(situation, AIDES_AU_LOGEMENT).values()
    if any(r.motif == Motif.INCONNU.name for r in resultats):
        return None
    return sum(r.montant_centimes - r.crds_centimes for r in resultats) / 100


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
