"""What an agent reads in a decision of the MDPH, and records as facts that hold from its first day to its last.

The person never states it: CSS L821-4 gives it to the commission, R821-2 has it sent to the Caf.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers.models import Dossier
from limpide.dossiers.services import Origine, declarer_fait
from limpide.identite.models import Personne

RESTRICTION = "aah_restriction_substantielle_durable_acces_emploi"


@dataclass(frozen=True)
class DecisionMdph:
    """The decision on one person. `taux`: the lower bound of what it recognises, 0 if it refuses.

    `fin`: None, no limit. `restriction`: of access to work, where the rate is below 80 %.
    """

    taux: int
    debut: dt.date
    fin: dt.date | None = None
    restriction: bool = False


def enregistrer(dossier: Dossier, personne: Personne, lue: DecisionMdph, origine: Origine) -> None:
    """Record it, `fin` included. A refusal is awaited no more. Raises `ErreurSaisie`."""
    periode = DateRange(lue.debut, None if lue.fin is None else lue.fin + dt.timedelta(days=1))
    declarer_fait(dossier, "taux_incapacite", lue.taux, periode, origine, personne)
    declarer_fait(dossier, RESTRICTION, int(lue.restriction), periode, origine, personne)
    if not lue.taux:
        declarer_fait(dossier, "aah_demandee", 0, periode, origine, personne)
