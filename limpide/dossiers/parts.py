"""Whose is what a line gives as the household's sum: the AAH and its complement are each adult's (`Droit.part`).

The only adult of whom a decision was known in that month received it. Where two had one, the law computed again on what
was known when the line was written tells each's part.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import Resultat, liste_droits
from limpide.droits.ensemble import parts
from limpide.droits.faits import NATURES
from limpide.droits.situation import ENFANT, M

from .lots import interroger
from .mois import decaler

if TYPE_CHECKING:
    from .situations import FaitsConnus

JOUR_ZERO = datetime.date(2000, 1, 1)
Tableau = npt.NDArray[Any]
PART = np.dtype([("dossier", "i8"), ("personne", "i8"), ("droit", "i2"), ("mois", "i4"), ("montant", "i8")])
"""What one of several received: `droit` is its rank in the month, `mois` in days since 2000, cents."""
AUCUNE = np.zeros(0, PART)
DECISION = NATURES["taux_incapacite"].code
Trouver = Callable[[int, int], Mapping[int, Mapping[int, float]]]
"""(file, month) → rank of the right → person → euros."""

_CONNU_AU = """
SELECT max(q.connu_au) FROM dossiers_lignedroit l JOIN dossiers_liquidation q ON q.id = l.liquidation_id
 WHERE l.dossier_id = %(dossier)s AND l.mois = %(mois)s AND l.droit = ANY(%(droits)s) AND q.connu_au <= %(connu_au)s"""


def de_chacun() -> list[int]:
    """Rank in the month of the rights whose amount is each adult's."""
    return [rang for rang, droit in enumerate(liste_droits()) if droit.part]


def connu_au_de(dossier: int, mois: datetime.date, connu_au: datetime.datetime) -> datetime.datetime:
    """When the lines of these rights that hold for the month were computed."""
    droits = [liste_droits()[rang].code for rang in de_chacun()]
    parametres = {"dossier": dossier, "mois": mois, "droits": droits, "connu_au": connu_au}
    instant: datetime.datetime | None = interroger(_CONNU_AU, parametres)[0][0]
    return instant or connu_au


def des_resultats(resultats: Mapping[str, Resultat], numeros: Tableau) -> dict[int, dict[int, float]]:
    """Rank of the right → person → euros, from the steps. `numeros`: the persons, in the order of the records."""
    trouvees = {}
    for rang in de_chacun():
        droit = liste_droits()[rang]
        if droit.code in resultats:
            siennes = parts(droit, resultats[droit.code])
            trouvees[rang] = {int(numeros[place]): euros for place, euros in siennes.items()}
    return trouvees


def en_lignes(dossier: int, mois: int, trouvees: Mapping[int, Mapping[int, float]]) -> Tableau:
    """The same as `PART` records; what is unknown was not paid."""
    lignes = [
        (dossier, personne, rang, mois, 0 if np.isnan(euros) else round(100 * euros))
        for rang, de_chacune in trouvees.items()
        for personne, euros in de_chacune.items()
    ]
    return np.array(lignes, PART)


def partager(recus: Tableau, composition: Tableau, faits: Tableau, trouver: Trouver) -> Tableau:
    """The parts of these amounts (`montants_recus.RECU`) where a household has several adults with a decision."""
    trouvees = [AUCUNE]
    siens = recus[np.isin(recus["droit"], de_chacun()) & (recus["montant"] > 0)]
    for mois in np.unique(siens["mois"]).tolist():
        dossiers, _ = _reconnus(composition, faits, mois)
        plusieurs = dossiers[1:][dossiers[1:] == dossiers[:-1]]
        ceux = np.intersect1d(plusieurs, siens["dossier"][siens["mois"] == mois]).tolist()
        trouvees += [en_lignes(dossier, mois, trouver(dossier, mois)) for dossier in ceux]
    return np.concatenate(trouvees)


def jour(mois: int) -> datetime.date:
    """A day counted from 2000."""
    return JOUR_ZERO + datetime.timedelta(days=mois)


def _reconnus(composition: Tableau, faits: Tableau, mois: int) -> tuple[Tableau, Tableau]:
    """(file, person) of the adults with a decision on the last day of that month, by file."""
    dernier = mois + (decaler(jour(mois), 1) - jour(mois)).days - 1
    f = faits[(faits["nature"] == DECISION) & (faits["valeur"] != 0)]
    f = f[(f["debut"] <= dernier) & (f["fin"] > dernier)]
    c = composition[np.isin(composition["personne"], f["personne"]) & (composition["role"] != ENFANT)]
    c = c[(c["debut"] <= dernier) & (c["fin"] > dernier)]
    la = {*zip(c["dossier"].tolist(), c["personne"].tolist(), strict=True)}
    dits = {*zip(f["dossier"].tolist(), f["personne"].tolist(), strict=True)}
    trouves = np.array(sorted(la & dits), "i8").reshape(-1, 2)
    return trouves[:, 0], trouves[:, 1]


def poser(
    personnes: Tableau, connus: "FaitsConnus", trouver: Callable[[Tableau], tuple[Tableau, Tableau]], debuts: Tableau
) -> None:
    """Write what each adult received in the months before the one computed; a later amount takes an earlier's place.

    `trouver`: of (file, person) records, those that are there and their rows in `personnes`. `debuts`: first days of
    the months of the window (days since 2000).
    """
    siens = connus.recus[np.isin(connus.recus["droit"], de_chacun()) & (connus.recus["montant"] >= 0)]
    for k in range(M):
        du_mois = siens[siens["mois"] == debuts[k]]
        if not len(du_mois):
            continue
        dossiers, qui = _reconnus(connus.composition, connus.faits, int(debuts[k]))
        _, rangs, combien = np.unique(dossiers, return_inverse=True, return_counts=True)
        for rang in np.unique(du_mois["droit"]).tolist():
            recus = np.zeros(len(qui), PART)
            recus["dossier"], recus["personne"] = dossiers, qui
            recus["montant"] = _montants(du_mois[du_mois["droit"] == rang], dossiers)
            plusieurs = (combien[rangs] > 1) & (recus["montant"] > 0)
            parts_du_mois = connus.partages[(connus.partages["mois"] == debuts[k]) & (connus.partages["droit"] == rang)]
            dites = {(int(p["dossier"]), int(p["personne"])): int(p["montant"]) for p in parts_du_mois}
            for place in np.flatnonzero(plusieurs):
                recus["montant"][place] = dites.get((int(dossiers[place]), int(qui[place])), 0)
            recus, ligne = trouver(recus[recus["montant"] >= 0])
            personnes[liste_droits()[rang].nourrit][ligne, k] = recus["montant"] / 100


def _montants(lignes: Tableau, dossiers: Tableau) -> Tableau:
    """The last amount of each of these files, -1 without any."""
    connus, place = np.unique(lignes["dossier"][::-1], return_index=True)
    montants = lignes["montant"][::-1][place]
    ou = np.minimum(np.searchsorted(connus, dossiers), len(connus) - 1)
    return np.where(connus[ou] == dossiers, montants[ou], -1)
