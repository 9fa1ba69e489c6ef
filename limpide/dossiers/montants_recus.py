"""What was received of the rights that others count: past amounts are facts, and this Caf's own lines say them.

For a month before the one computed, the amount of the line in force (the last rank known at that instant) is what was
received, nothing included; where this Caf has no line of that right for that month, the declared fact stays. A month
computed again sees the lines just computed again for the earlier ones, before they are written.
"""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import Resultat, liste_droits
from limpide.droits.faits import NATURES, NATURES_PAR_CODE
from limpide.droits.situation import M

from . import demi_journees
from .lots import lire_colonnes
from .mois import decaler

Tableau = npt.NDArray[Any]

RECUS = {"dossier": "bigint", "nature": "smallint", "mois": "date", "montant": "bigint"}
"""One amount: whose file, the fact it is, first day of its month (days since 2000), cents before CRDS."""
RECU = np.dtype([("dossier", "i8"), ("nature", "i2"), ("mois", "i4"), ("montant", "i8")])
SANS_DEBUT = datetime.date.min

# Constants: `lots.lire_colonnes` puts the parameters in as literals. A line that gives nothing matters only where a
# fact declared something for its month: the others are left in the database.
_RECUS = """
SELECT l.dossier_id, d.nature, l.mois, l.montant_centimes
  FROM dossiers_lignedroit l
  JOIN dossiers_liquidation q ON q.id = l.liquidation_id AND q.connu_au <= {connu_au}::timestamptz
  JOIN unnest({codes}::text[], {natures}::smallint[]) AS d(code, nature) ON d.code = l.droit
 WHERE ({organisme}::text IS NULL OR l.organisme_id = {organisme})
   AND ({dossiers}::bigint[] IS NULL OR l.dossier_id = ANY ({dossiers}::bigint[]))
   AND l.droit = ANY ({codes}::text[]) AND l.mois >= {debut}::date AND l.mois < {fin}::date
   AND (l.montant_centimes > 0 OR l.dossier_id = ANY ({declares}::bigint[]))
   AND NOT EXISTS (
       SELECT 1 FROM dossiers_lignedroit s
         JOIN dossiers_liquidation sq ON sq.id = s.liquidation_id AND sq.connu_au <= {connu_au}::timestamptz
        WHERE s.dossier_id = l.dossier_id AND s.mois = l.mois AND s.droit = l.droit AND s.rang = l.rang + 1)"""


@lru_cache(maxsize=1)
def natures_nourries() -> dict[str, int]:
    """Right that others count, among those of the month → code of the fact that its amount is."""
    return {droit.code: NATURES[droit.nourrit].code for droit in liste_droits() if droit.nourrit}


@lru_cache(maxsize=1)
def natures_suivies() -> dict[str, int]:
    """The same, with the rights whose half-days paid are counted (`demi_journees`)."""
    return natures_nourries() | demi_journees.droits_comptes()


def lire(portee: Mapping[str, Any], mois: datetime.date | None, faits: Tableau) -> Tableau:
    """Amounts of the six months before `mois` (None: of any month). `portee`: Caf, files and instant, as for facts.

    Of the rights whose half-days are counted, those of every month before, of the files that tell of such a leave.
    """
    codes = natures_nourries()
    declares = np.unique(faits["dossier"][np.isin(faits["nature"], list(codes.values()))]).tolist()
    bornes = (SANS_DEBUT, datetime.date.max) if mois is None else (decaler(mois, -M), mois)
    parametres = dict(portee) | {
        "codes": list(codes), "natures": list(codes.values()), "declares": declares, "debut": bornes[0],
        "fin": bornes[1],
    }  # fmt: skip
    lus = lire_colonnes(_RECUS, parametres, RECUS).astype(RECU)
    en_conge = np.unique(faits["dossier"][np.isin(faits["nature"], demi_journees.CODES)]).tolist()
    if not en_conge:
        return lus
    codes = demi_journees.droits_comptes()
    comptes = {"dossiers": en_conge, "codes": list(codes), "natures": list(codes.values()), "declares": [],
               "debut": SANS_DEBUT, "fin": bornes[1]}  # fmt: skip
    return np.concatenate([lus, lire_colonnes(_RECUS, parametres | comptes, RECUS).astype(RECU)])


def des_lignes(mois: int, lignes: Tableau) -> Tableau:
    """The amounts of lines of a month (days since 2000) that are not written yet (`lignes.LIGNE` records)."""
    natures = np.array([natures_suivies().get(droit.code, 0) for droit in liste_droits()], "i2")
    gardees = lignes[natures[lignes["droit"]] > 0]
    recus = np.zeros(len(gardees), RECU)
    recus["dossier"], recus["montant"], recus["mois"] = gardees["dossier"], gardees["montant"], mois
    recus["nature"] = natures[gardees["droit"]]
    return recus


def des_resultats(dossier: int, mois: int, resultats: Mapping[str, Resultat]) -> Tableau:
    """The same, from the results of one file."""
    trouves = [
        (dossier, nature, mois, resultats[code].montant_centimes)
        for code, nature in natures_suivies().items()
        if code in resultats
    ]
    return np.array(trouves, RECU)


def poser(foyers: Tableau, dossiers: Tableau, recus: Tableau, debuts: Tableau) -> None:
    """Write each amount in its fact, for the months before the one computed; a later amount takes the earlier's place.

    `debuts`: first days of the months of the window (days since 2000).
    """
    if not len(recus) or not len(dossiers):
        return
    place = np.minimum(np.searchsorted(dossiers, recus["dossier"]), len(dossiers) - 1)
    connu = dossiers[place] == recus["dossier"]
    for code in natures_nourries().values():
        nature = NATURES_PAR_CODE[code]
        de_ce_fait = connu & (recus["nature"] == code)
        for k in range(M):
            vaut = de_ce_fait & (recus["mois"] == debuts[k])
            foyers[nature.nom][place[vaut], k] = recus["montant"][vaut] / 100
