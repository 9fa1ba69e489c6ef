"""What rights computed over households come to: households paid, unknown and for want of what, euros, reasons.

Adds up, travels as JSON.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits import NATURES_PAR_CODE
from limpide.droits.moteur import Motif

Tableau = npt.NDArray[Any]
Bilan = dict[str, Any]


def bilan_vide(codes: Iterable[str]) -> Bilan:
    """Nothing computed yet."""
    nombres = {"ouverts": 0, "inconnus": 0, "centimes": 0, "crds_centimes": 0}
    droits = {code: {**nombres, "motifs": {}, "manques": {}} for code in codes}
    return {"foyers": 0, "rejetes": 0, "droits": droits}


def compter(resultats: Tableau, codes: Iterable[str]) -> Bilan:
    """Of one batch of results (`dtype_droits`)."""
    bilan = bilan_vide(codes)
    bilan["foyers"] = len(resultats)
    for code, droit in bilan["droits"].items():
        motifs = np.bincount(resultats[f"{code}_motif"], minlength=len(Motif))
        droit["ouverts"] = int(np.count_nonzero(resultats[f"{code}_centimes"]))
        droit["inconnus"] = int(motifs[Motif.INCONNU])
        droit["centimes"] = int(resultats[f"{code}_centimes"].sum())
        droit["crds_centimes"] = int(resultats[f"{code}_crds"].sum())
        droit["motifs"] = {Motif(rang).name: int(n) for rang, n in enumerate(motifs) if n}
        manques = np.unique(resultats[f"{code}_manque"], return_counts=True)
        droit["manques"] = {NATURES_PAR_CODE[int(fait)].nom: int(n) for fait, n in zip(*manques, strict=True) if fait}
    return bilan


def ajouter_bilan(total: Bilan, partie: Bilan) -> None:
    """Add a part to a total, in place. The order of the parts does not matter."""
    for nom, valeur in partie.items():
        if isinstance(valeur, dict):
            ajouter_bilan(total.setdefault(nom, {}), valeur)
        else:
            total[nom] = total.get(nom, 0) + valeur
