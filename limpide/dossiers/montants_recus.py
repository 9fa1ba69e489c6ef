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
from limpide.droits.ensemble import MUETS, par_fait
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Droit, Motif
from limpide.droits.situation import M

from . import demi_journees
from .lots import lire_colonnes
from .mois import decaler

Tableau = npt.NDArray[Any]

RECUS = {"dossier": "bigint", "nature": "smallint", "droit": "smallint", "mois": "date", "montant": "bigint"}
"""One amount: whose file, the fact it is, which right gave it, first day of its month (days since 2000), cents as the
fact counts them: before CRDS, or what was paid (`Droit.nourrit_net`)."""
RECU = np.dtype([("dossier", "i8"), ("nature", "i2"), ("droit", "i2"), ("mois", "i4"), ("montant", "i8")])
AUCUN = np.zeros(0, RECU)
RIEN_DE_DIT = -1
"""Amount of a line that says nothing of what was received (`ensemble.MUETS`), in the place of one that did."""
SANS_DEBUT = datetime.date.min
PAR_DOSSIER = 4096
"""Kinds of facts are fewer: one number for a file and a kind."""

# Constants: `lots.lire_colonnes` puts the parameters in as literals. A line that gives nothing matters only where a
# fact declared something of its kind: the others are left in the database, and those that say nothing always.
_RECUS = """
SELECT l.dossier_id, d.nature, d.rang, l.mois, l.montant_centimes - CASE WHEN d.net THEN l.crds_centimes ELSE 0 END
  FROM dossiers_lignedroit l
  JOIN dossiers_liquidation q ON q.id = l.liquidation_id AND q.connu_au <= {connu_au}::timestamptz
  JOIN unnest({codes}::text[], {natures}::smallint[], {rangs}::smallint[], {nets}::boolean[])
       AS d(code, nature, rang, net) ON d.code = l.droit
 WHERE ({organisme}::text IS NULL OR l.organisme_id = {organisme})
   AND ({dossiers}::bigint[] IS NULL OR l.dossier_id = ANY ({dossiers}::bigint[]))
   AND l.droit = ANY ({codes}::text[]) AND l.mois >= {debut}::date AND l.mois < {fin}::date
   AND l.motif <> ALL ({muets}::text[])
   AND (l.montant_centimes > 0 OR l.dossier_id * {par_dossier}::bigint + d.nature = ANY ({declares}::bigint[]))
   AND NOT EXISTS (
       SELECT 1 FROM dossiers_lignedroit s
         JOIN dossiers_liquidation sq ON sq.id = s.liquidation_id AND sq.connu_au <= {connu_au}::timestamptz
        WHERE s.dossier_id = l.dossier_id AND s.mois = l.mois AND s.droit = l.droit AND s.rang = l.rang + 1)"""


@lru_cache(maxsize=1)
def nourriciers() -> tuple[tuple[int, Droit], ...]:
    """The rights that others count, among those of the month, each with its rank in the month."""
    return tuple((rang, droit) for rang, droit in enumerate(liste_droits()) if droit.nourrit)


@lru_cache(maxsize=1)
def suivis() -> tuple[tuple[int, Droit, int], ...]:
    """The same with the code of their fact, and the rights whose half-days paid are counted (`demi_journees`)."""
    comptes = demi_journees.droits_comptes()
    nourris = [(rang, droit, NATURES[droit.nourrit].code) for rang, droit in nourriciers()]
    return (*nourris, *((rang, d, comptes[d.code]) for rang, d in enumerate(liste_droits()) if d.code in comptes))


def lire(portee: Mapping[str, Any], mois: datetime.date | None, faits: Tableau) -> Tableau:
    """Amounts of the six months before `mois` (None: of any month). `portee`: Caf, files and instant, as for facts.

    Of the rights whose half-days are counted, those of every month before, of the files that tell of such a leave.
    """
    droits = [droit for _, droit in nourriciers()]
    natures = [NATURES[droit.nourrit].code for droit in droits]
    nourris = faits[np.isin(faits["nature"], natures)]
    bornes = (SANS_DEBUT, datetime.date.max) if mois is None else (decaler(mois, -M), mois)
    parametres = dict(portee) | {
        "codes": [droit.code for droit in droits], "natures": natures, "rangs": [rang for rang, _ in nourriciers()],
        "nets": [droit.nourrit_net for droit in droits], "muets": sorted(motif.name for motif in MUETS),
        "declares": np.unique(nourris["dossier"] * PAR_DOSSIER + nourris["nature"]).tolist(),
        "par_dossier": PAR_DOSSIER, "debut": bornes[0], "fin": bornes[1],
    }  # fmt: skip
    lus = lire_colonnes(_RECUS, parametres, RECUS).astype(RECU)
    en_conge = np.unique(faits["dossier"][np.isin(faits["nature"], demi_journees.CODES)]).tolist()
    if not en_conge:
        return lus
    rangs, comptees, natures = zip(*suivis()[len(droits) :], strict=True)
    comptes = {
        "dossiers": en_conge, "codes": [d.code for d in comptees], "natures": list(natures), "rangs": list(rangs),
        "nets": [False] * len(rangs), "declares": [], "debut": SANS_DEBUT, "fin": bornes[1],
    }  # fmt: skip
    return np.concatenate([lus, lire_colonnes(_RECUS, parametres | comptes, RECUS).astype(RECU)])


def des_lignes(mois: int, lignes: Tableau) -> Tableau:
    """The amounts of lines of a month (days since 2000) that are not written yet (`lignes.LIGNE` records)."""
    trouves = [np.zeros(0, RECU)]
    muets = [int(motif) for motif in MUETS]
    for rang, droit, nature in suivis():
        siennes = lignes[lignes["droit"] == rang]
        recus = np.zeros(len(siennes), RECU)
        nets = siennes["montant"] - (siennes["crds"] if droit.nourrit_net else 0)
        recus["dossier"], recus["mois"], recus["droit"] = siennes["dossier"], mois, rang
        recus["nature"] = nature
        recus["montant"] = np.where(np.isin(siennes["motif"], muets), RIEN_DE_DIT, nets)
        trouves.append(recus)
    return np.concatenate(trouves)


def des_resultats(dossier: int, mois: int, resultats: Mapping[str, Resultat]) -> Tableau:
    """The same, from the results of one file."""
    trouves = []
    for rang, droit, nature in suivis():
        if droit.code in resultats:
            r = resultats[droit.code]
            net = r.montant_centimes - (r.crds_centimes if droit.nourrit_net else 0)
            dit = RIEN_DE_DIT if Motif[r.motif] in MUETS else net
            trouves.append((dossier, nature, rang, mois, dit))
    return np.array(trouves, RECU)


def poser(foyers: Tableau, dossiers: Tableau, recus: Tableau, debuts: Tableau) -> None:
    """Write in each fact the sum of what its rights gave, for the months before the one computed.

    A later amount of a right takes the earlier's place; without any, what was declared stays. `debuts`: first days of
    the months of the window (days since 2000).
    """
    if not len(recus) or not len(dossiers):
        return
    place = np.minimum(np.searchsorted(dossiers, recus["dossier"]), len(dossiers) - 1)
    connu = dossiers[place] == recus["dossier"]
    for fait, droits in par_fait(droit for _, droit in nourriciers() if not droit.part).items():
        rangs = [rang for rang, droit in nourriciers() if droit in droits]
        for k in range(M):
            total, dit = np.zeros(len(dossiers)), np.zeros(len(dossiers), bool)
            for rang in rangs:
                vaut = connu & (recus["droit"] == rang) & (recus["mois"] == debuts[k])
                dernier = np.full(len(dossiers), float(RIEN_DE_DIT))
                dernier[place[vaut]] = recus["montant"][vaut]
                dit |= dernier >= 0
                total += np.maximum(dernier, 0.0)
            foyers[fait][dit, k] = total[dit] / 100
