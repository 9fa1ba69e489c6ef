"""The rights of a block of households, in the law's order: those that others count come first.

A population has no past but what its files say. Where they do not say what one of these benefits was, the amount of
the month holds for the whole window, as in the simulator (`ensemble.completer`).
"""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import droits_demandes, liquider_lot
from limpide.droits.ensemble import AIDES_AU_LOGEMENT, PAR_PERSONNE, comptes_ailleurs
from limpide.droits.moteur import Motif
from limpide.droits.situation import ENFANT, M, dtype_droits, resumer

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
    premiers = [droit for droit in comptes_ailleurs() if droit.nourrit not in dits]
    for droit in premiers:
        partie = liquider_lot(mois, foyers, personnes, droits=[droit.code], bareme=bareme)
        foyers[droit.nourrit] = partie[droit.code][:, None]
        _reporter(partie, resultats)
    faits = [droit.code for droit in premiers]
    if "loyer" in dits and "aide_logement" not in dits:
        if faits:
            resumer(foyers)
        partie = liquider_lot(mois, foyers, personnes, droits=AIDES_AU_LOGEMENT, bareme=bareme)
        _verser_l_aide(foyers, partie)
    if faits or "loyer" in dits:
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


def _verser_l_aide(foyers: Tableau, partie: Tableau) -> None:
    """What is paid, CRDS withheld, where somebody said the rent; unknown if a fact of one of the three is missing."""
    codes = AIDES_AU_LOGEMENT
    aide = sum(partie[f"{code}_centimes"] - partie[f"{code}_crds"] for code in codes) / 100
    inconnue = np.logical_or.reduce([partie[f"{code}_motif"] == Motif.INCONNU for code in codes])
    dit = ~np.isnan(foyers["loyer"][:, M])
    foyers["aide_logement"][dit] = np.where(inconnue, np.nan, aide)[dit, None]


def _reporter(partie: Tableau, resultats: Tableau) -> None:
    for nom in partie.dtype.names or ():
        if nom in (resultats.dtype.names or ()):
            resultats[nom] = partie[nom]
