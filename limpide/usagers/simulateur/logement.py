"""What housing benefits ask of a tenant, and which of the three is shown."""

import numpy as np

from limpide.droits.calcul import Resultat
from limpide.droits.moteur import Motif
from limpide.droits.situation import Situation

AIDES = ("apl", "alf", "als")
DU_LOGEMENT = (
    "logement_salaires",
    "logement_chomage",
    "logement_pensions",
    "logement_pensions_versees",
    "frais_reels",
)
"""Yearly facts that only these benefits read: never a box among the incomes of the last months."""


def logement_a_montrer(resultat: Resultat, situation: Situation) -> bool:
    """The one that applies, if the rent was asked; the two others say nothing that helps."""
    if resultat.droit not in AIDES:
        return True
    demande = not np.isnan(situation.foyer["loyer"][0][-1])
    return bool(demande) and resultat.motif != Motif.AUTRE_AIDE.name
