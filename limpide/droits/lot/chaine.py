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
    chez_qui,
    comptes_ailleurs,
    nommer_les_causes_du_lot,
    par_fait,
    recus,
)
from limpide.droits.situation import M, dtype_droits, extraire, resumer

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
    lesquels, avant, sans = _avant_les_arrivees(mois, foyers, personnes, dits, bareme)
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
                ou = avant & dit[lesquels, None]
                foyers[fait][lesquels] = np.where(ou, sans[fait], foyers[fait][lesquels])
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
) -> tuple[Tableau, Tableau, Tableau]:
    """Households that a child joined: their ranks, their months before the last one came, what they are without it.

    Completed, each without the last who came: what it was before others came is then found the same way. All of them
    at once, whatever the month: blocks are few households to whom this happens, and a call has its own cost.
    """
    fenetre = np.array(mois_fenetre(lire_mois(mois)))
    venues = arrivees(personnes)
    recents, chez = chez_qui(foyers, np.flatnonzero(venues >= fenetre[0]))
    derniere = np.zeros(len(foyers), venues.dtype)
    np.maximum.at(derniere, chez, venues[recents])
    lesquels = np.flatnonzero(derniere)
    sans, membres = extraire(foyers, personnes, lesquels)
    if not len(lesquels):
        return lesquels, np.zeros((0, len(fenetre)), bool), sans
    restent = arrivees(membres) < np.repeat(derniere[lesquels], sans["fin"] - sans["debut"])
    sans["fin"] = np.cumsum(np.add.reduceat(restent, sans["debut"], dtype=np.int64))
    sans["debut"][1:] = sans["fin"][:-1]
    liquider_bloc(mois, sans, np.ascontiguousarray(membres[restent]), (), dits=dits, bareme=bareme)
    avant = fenetre <= derniere[lesquels, None]
    avant[:, M] = False  # the month itself is told with the child
    return lesquels, avant, sans


def _reporter(partie: Tableau, resultats: Tableau) -> None:
    for nom in partie.dtype.names or ():
        if nom in (resultats.dtype.names or ()):
            resultats[nom] = partie[nom]
