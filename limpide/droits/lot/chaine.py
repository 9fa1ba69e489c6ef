"""The rights of a block of households, in the law's order: those that others count come first.

A population has no past but what its files say. Where they do not say what one of these benefits was, the amount of
the month holds for the whole window; before a child came, that of the same household without it: as in the simulator
(`ensemble.completer`).
"""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import lire_mois, mois_fenetre
from limpide.droits.calcul import droits_demandes, liquider_lot
from limpide.droits.ensemble import (
    LUS_AVANT,
    Cause,
    adultes_reconnus,
    arrivees,
    comptes_ailleurs,
    nommer_les_causes_du_lot,
    par_fait,
    recus,
)
from limpide.droits.situation import M, dtype_droits, resumer

Tableau = npt.NDArray[Any]


def liquider_bloc(
    mois: str,
    foyers: Tableau,
    personnes: Tableau,
    codes: Collection[str],
    *,
    dits: Collection[str] = (),
    bareme: Tableau | None = None,
) -> Tableau:
    """The rights of these codes, one record per household. `dits`: facts of the households that the files hold.

    `foyers` is completed in place; `personnes` too, then put back as it was. `bareme`: parameters to use instead of
    those of the law. Where the amount of another right is what is missing, the fact that this one misses is named.
    """
    resultats = np.zeros(len(foyers), dtype_droits([droit.code for droit in droits_demandes(codes)]))
    causes = list[Cause]()
    avant = _avant_les_arrivees(mois, foyers, personnes, dits, bareme)
    with adultes_reconnus(foyers, personnes) as adultes:
        for fait, droits in par_fait(comptes_ailleurs()).items():
            if fait in dits or fait in LUS_AVANT or (droits[0].part and not len(adultes.qui)):
                continue
            siens = [droit.code for droit in droits]
            partie = liquider_lot(mois, foyers, personnes, droits=siens, bareme=bareme)
            if droits[0].part:
                adultes.verser(mois, droits[0], partie, fenetre=True)
            else:
                montant, dit = recus(droits, partie)
                foyers[fait][dit] = montant[dit, None]
                for chez, k, sans in avant:
                    foyers[fait][chez[dit[chez]], : k + 1] = sans[fait][dit[chez], M, None]
            nommer_les_causes_du_lot(siens, partie, causes)
            causes += [(droit, partie[f"{droit.code}_manque"]) for droit in droits]
            _reporter(partie, resultats)
        if len(foyers):
            resumer(foyers)
        faits = {droit.code for droit, _ in causes}
        reste = [code for code in codes if code not in faits]
        if reste:
            _reporter(liquider_lot(mois, foyers, personnes, droits=reste, bareme=bareme), resultats)
            nommer_les_causes_du_lot(reste, resultats, causes)
    return resultats


def _avant_les_arrivees(
    mois: str, foyers: Tableau, personnes: Tableau, dits: Collection[str], bareme: Tableau | None
) -> list[tuple[Tableau, int, Tableau]]:
    """Households that a child joined: their ranks, the last month without it, and what they are without it, completed.

    From the latest month to the earliest, each without all who were not there yet: the last one told of a month holds.
    """
    tailles = foyers["fin"] - foyers["debut"]
    avant, presents = list[tuple[Tableau, int, Tableau]](), np.ones(len(personnes), bool)
    venues = arrivees(personnes)
    if not len(foyers) or venues.max() < mois_fenetre(lire_mois(mois))[0]:
        return avant
    rangs = np.repeat(foyers["debut"] - (np.cumsum(tailles) - tailles), tailles) + np.arange(int(tailles.sum()))
    de_qui = np.repeat(np.arange(len(foyers)), tailles)
    for k, m in reversed(list(enumerate(mois_fenetre(lire_mois(mois))[:-1]))):
        partis = presents & (venues >= m)
        if not partis[rangs].any():
            continue
        presents &= ~partis
        chez = np.unique(de_qui[partis[rangs]])
        restent = rangs[presents[rangs] & np.isin(de_qui, chez)]
        sans, nombre = foyers[chez], np.bincount(de_qui[presents[rangs]], minlength=len(foyers))[chez]
        sans["fin"] = np.cumsum(nombre)
        sans["debut"] = sans["fin"] - nombre
        liquider_bloc(mois, sans, np.ascontiguousarray(personnes[restent]), (), dits=dits, bareme=bareme)
        avant.append((chez, k, sans))
    return avant


def _reporter(partie: Tableau, resultats: Tableau) -> None:
    for nom in partie.dtype.names or ():
        if nom in (resultats.dtype.names or ()):
            resultats[nom] = partie[nom]
