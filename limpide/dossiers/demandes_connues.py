"""Which rights the claims of a file name, as known at an instant: what gives nothing is told to who asked."""

import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.calcul import liste_droits

from .lignes import cle
from .lots import lire_colonnes

_DEMANDES = """
SELECT DISTINCT t.dossier_id, d.rang::smallint - 1::smallint
  FROM dossiers_demande t
 CROSS JOIN unnest(t.droits) AS demande(code)
  JOIN unnest({codes}::text[]) WITH ORDINALITY AS d(code, rang) ON d.code = demande.code
 WHERE t.organisme_id = {organisme} AND t.dossier_id = ANY ({dossiers}::bigint[])
   AND t.deposee_le <= {connu_au}::timestamptz AND t.etat <> 'abandonnee'"""


def cles(organisme: str, connu_au: datetime.datetime, dossiers: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Keys (`lignes.cle`) of the rights that these files claimed."""
    parametres = {
        "organisme": organisme, "connu_au": connu_au, "dossiers": np.asarray(dossiers).tolist(),
        "codes": [droit.code for droit in liste_droits()],
    }  # fmt: skip
    lues = lire_colonnes(_DEMANDES, parametres, {"dossier": "bigint", "droit": "smallint"})
    return cle(lues)


def droits_demandes(organisme: str, dossier: int, connu_au: datetime.datetime) -> set[str]:
    """The same, for one file: codes of the rights."""
    codes = [droit.code for droit in liste_droits()]
    trouvees = cles(organisme, connu_au, np.array([dossier]))
    return {code for rang, code in enumerate(codes) if cle({"dossier": dossier, "droit": rang}) in trouvees}
