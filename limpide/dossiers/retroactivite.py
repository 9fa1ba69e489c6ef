"""What must be computed again: the files whose facts changed since the last liquidation, and from which month.

Two years back and no further: rights and overpayments are barred after two years (CSS L553-1 for family benefits,
CASF L262-45 for the RSA, CSS L845-4 for the prime d'activité), fraud apart, which is not decided here.
"""

import datetime

from .lots import interroger
from .mois import decaler, premier_jour

MOIS_DE_PRESCRIPTION = 24

_DOSSIERS_CHANGES = """
SELECT c.dossier_id, min(c.debut)
  FROM (SELECT dossier_id, lower(valide) AS debut FROM dossiers_fait
         WHERE organisme_id = %(organisme)s AND (lower(connu) > %(depuis)s OR upper(connu) > %(depuis)s)
        UNION ALL
        SELECT dossier_id, lower(valide) FROM dossiers_rattachement
         WHERE organisme_id = %(organisme)s AND (lower(connu) > %(depuis)s OR upper(connu) > %(depuis)s)) c
 GROUP BY c.dossier_id"""

_MOIS_LIQUIDES = """
SELECT DISTINCT mois FROM dossiers_liquidation
 WHERE organisme_id = %(organisme)s AND genre = 'mensuelle' AND etat = 'terminee' AND mois >= %(limite)s
 ORDER BY mois"""


def dossiers_changes(organisme: str, depuis: datetime.datetime) -> dict[int, datetime.date]:
    """Files of the Caf with a fact or a household member known or withdrawn since then → first month it touches."""
    lignes = interroger(_DOSSIERS_CHANGES, {"organisme": organisme, "depuis": depuis})
    return {dossier: premier_jour(debut or datetime.date.min) for dossier, debut in lignes}


def mois_liquides(organisme: str, echeance: datetime.date) -> list[datetime.date]:
    """Months of the Caf already liquidated and not barred at this due month, oldest first."""
    limite = decaler(echeance, -MOIS_DE_PRESCRIPTION)
    return [mois for (mois,) in interroger(_MOIS_LIQUIDES, {"organisme": organisme, "limite": limite})]


def par_mois(changes: dict[int, datetime.date], mois_connus: list[datetime.date]) -> dict[datetime.date, list[int]]:
    """Month → files to compute again for it. A fact of one month may count in the next six: all later months go."""
    prevus = {mois: sorted(d for d, debut in changes.items() if debut <= mois) for mois in mois_connus}
    return {mois: dossiers for mois, dossiers in prevus.items() if dossiers}
