"""Months due before the claim: family benefits are due since their conditions are met (CSS R552-2), two years back.

RSA and prime d'activité are due from the month of the claim (CASF L262-18, CSS R846-2): nothing here is theirs.
"""

import datetime
from collections.abc import Collection, Mapping

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import Resultat, liste_droits
from limpide.droits.moteur import Droit

from .mois import decaler, premier_jour
from .retroactivite import MOIS_DE_PRESCRIPTION
from .situations import JOUR_ZERO, FaitsConnus

AVANT_LA_DEMANDE = frozenset(
    {
        "aah", "af", "cf", "asf", "ars", "paje_base", "paje_naissance", "paje_adoption", "paje_prepare", "paje_cmg",
        "aeeh", "ajpa", "allocation_deces",
    }
)  # fmt: skip
"""Rights due before the claim; where a date counts, their own law reads it: ASF and CMG (R552-2, II, 5° and 2°), AEEH
(claim to the MDPH, R541-7). The AJPP is due from the month of its claim (R552-2, II, 4°): it is not here.

The AAH is due since the month after its claim to the MDPH (R821-7), two years back (L821-5): its decision says when.
"""
SUIVENT = {"caah": "aah"}
"""Awarded without being claimed, with another (R821-7)."""


def mois_d_avant(connus: FaitsConnus, droits: Collection[str], depot: datetime.date) -> list[datetime.date]:
    """The months before that of the claim for which a right claimed may be due: as long as the file tells of them."""
    mois = premier_jour(depot)
    if not AVANT_LA_DEMANDE & set(droits) or not len(connus.dossiers):
        return []
    ouvert = JOUR_ZERO + datetime.timedelta(days=int(connus.dossiers["ouvert"].min()))
    premier = max(premier_jour(ouvert), decaler(mois, -MOIS_DE_PRESCRIPTION), premier_jour(mois_couverts()[0]))
    dus = []
    while premier < mois:
        dus.append(premier)
        premier = decaler(premier, 1)
    return dus


def est_du(droit: Droit, resultat: Resultat, droits: Collection[str]) -> bool:
    """Claimed, and due for that month. What is unknown of a past month is left to the agent: no line says it."""
    code = SUIVENT.get(droit.code, droit.code)
    return code in AVANT_LA_DEMANDE and code in droits and resultat.montant_centimes > 0


def a_dire(resultats: Mapping[str, Resultat], droits: Collection[str], *, passe: bool) -> list[tuple[int, Droit]]:
    """Rights of the month with their rank; of a month before the claim (`passe`), what is due of those claimed."""
    tous = list(enumerate(liste_droits()))
    return [(rang, d) for rang, d in tous if est_du(d, resultats[d.code], droits)] if passe else tous


def en_une_fois(dits: Collection[tuple[int, Droit]], *, passe: bool) -> set[str]:
    """Paid once, and found before the claim: the month of the claim has nothing to add to it."""
    return {droit.code for _, droit in dits if passe and not par_mois(droit)}


def par_mois(droit: Droit) -> bool:
    """Paid every month, and not once."""
    return not (droit.annuel or droit.unique)
