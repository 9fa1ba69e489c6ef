"""Months due before the claim: family benefits are due since their conditions are met (CSS R552-2), two years back.

RSA and prime d'activité are due from the month of the claim (CASF L262-18, CSS R846-2): nothing here is theirs.
"""

import datetime
from collections.abc import Collection

from limpide.droits.calcul import Resultat
from limpide.droits.moteur import Droit

from .mois import decaler, premier_jour
from .retroactivite import MOIS_DE_PRESCRIPTION
from .situations import JOUR_ZERO, FaitsConnus

AVANT_LA_DEMANDE = frozenset({"af", "cf", "asf", "ars", "paje_base", "paje_naissance", "paje_adoption"})
"""Rights due whatever the date of the claim; where the date counts (ASF, R552-2, II, 5°), their own law reads it."""


def mois_d_avant(connus: FaitsConnus, droits: Collection[str], depot: datetime.date) -> list[datetime.date]:
    """The months before that of the claim for which a right claimed may be due: as long as the file tells of them."""
    mois = premier_jour(depot)
    if not AVANT_LA_DEMANDE & set(droits) or not len(connus.dossiers):
        return []
    ouvert = JOUR_ZERO + datetime.timedelta(days=int(connus.dossiers["ouvert"].min()))
    premier = max(premier_jour(ouvert), decaler(mois, -MOIS_DE_PRESCRIPTION))
    dus = []
    while premier < mois:
        dus.append(premier)
        premier = decaler(premier, 1)
    return dus


def est_du(droit: Droit, resultat: Resultat, droits: Collection[str]) -> bool:
    """Claimed, and due for that month. What is unknown of a past month is left to the agent: no line says it."""
    return droit.code in AVANT_LA_DEMANDE and droit.code in droits and resultat.montant_centimes > 0
