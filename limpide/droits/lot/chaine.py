"""The rights of a block of households, in the law's order: those that others count come first.

A population has no past but what its files say. Where they do not say what one of these benefits was, the amount of
the month holds for the whole window, as in the simulator (`ensemble.completer`).
"""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import droits_demandes, liquider_lot
from limpide.droits.ensemble import LUS_AVANT, PAR_PERSONNE, comptes_ailleurs, par_fait, recus
from limpide.droits.situation import ENFANT, dtype_droits, resumer

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
    those of the law.
    """
    resultats = np.zeros(len(foyers), dtype_droits([droit.code for droit in droits_demandes(codes)]))
    faits = list[str]()
    for fait, droits in par_fait(comptes_ailleurs()).items():
        if fait in dits or fait in LUS_AVANT:
            continue
        partie = liquider_lot(mois, foyers, personnes, droits=[droit.code for droit in droits], bareme=bareme)
        montant, dit = recus(droits, partie)
        foyers[fait][dit] = montant[dit, None]
        _reporter(partie, resultats)
        # The housing benefit reads what a disabled adult receives, put in place below: it goes again with the rest.
        faits += [droit.code for droit in droits if fait != "aide_logement"]
    if len(foyers):
        resumer(foyers)
    rangs, qui = seuls_handicapes(foyers, personnes)
    avant = {nom: personnes[nom][qui].copy() for nom in (*PAR_PERSONNE, "sans_autre_revenu")}
    for code in PAR_PERSONNE if len(qui) else ():
        partie = liquider_lot(mois, foyers, personnes, droits=[code], bareme=bareme)
        tus = (avant[code] == 0).all(axis=1)
        personnes[code][qui[tus]] = partie[code][rangs[tus], None]
        personnes["sans_autre_revenu"][qui[tus]] = 0
        _reporter(partie, resultats)
        faits.append(code)
    reste = [code for code in codes if code not in faits]
    if reste:
        _reporter(liquider_lot(mois, foyers, personnes, droits=reste, bareme=bareme), resultats)
    for nom, valeurs in avant.items():
        personnes[nom][qui] = valeurs
    return resultats


def seuls_handicapes(foyers: Tableau, personnes: Tableau) -> tuple[Tableau, Tableau]:
    """Households where one adult alone has a rate of disability, and who: a right of the household is then theirs.

    Where two adults have one, what each receives is what the files say.
    """
    concernes = (personnes["role"] != ENFANT) & (personnes["taux_incapacite"] != 0)
    combien = np.concatenate([[0], np.cumsum(concernes)])
    rangs = np.flatnonzero(combien[foyers["fin"]] - combien[foyers["debut"]] == 1)
    places = np.flatnonzero(concernes)
    return rangs, places[combien[foyers["debut"][rangs]]]


def _reporter(partie: Tableau, resultats: Tableau) -> None:
    for nom in partie.dtype.names or ():
        if nom in (resultats.dtype.names or ()):
            resultats[nom] = partie[nom]
