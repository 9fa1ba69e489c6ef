"""The clock of knowledge: the instant at which something is known, and what was known at an instant.

Whoever writes holds the Caf's lock shared and the file's lock alone before reading the clock; `figer` takes the
Caf's lock alone. So every fact known before a frozen instant is already committed, every later writer gets a later
instant, and a calculation replayed at that instant reads exactly the same facts.
"""

import datetime

from .lots import interroger

_ECRIRE = """
SELECT pg_advisory_xact_lock_shared(hashtextextended('connaissance:' || %(organisme)s::text, 0)),
       pg_advisory_xact_lock(hashtextextended('dossier:' || %(dossier)s::text, 0))"""
_FIGER = "SELECT pg_advisory_xact_lock(hashtextextended('connaissance:' || %(organisme)s::text, 0))"
_HEURE = "SELECT clock_timestamp()"


def instant(organisme: str, dossier: int) -> datetime.datetime:
    """Take the turn to write in this file, then read the clock. Held until the end of the transaction."""
    interroger(_ECRIRE, {"organisme": organisme, "dossier": str(dossier)})
    return maintenant()


def figer(organisme: str) -> datetime.datetime:
    """An instant before which everything known of this Caf is committed. Call it in a short transaction."""
    interroger(_FIGER, {"organisme": organisme})
    return maintenant()


def maintenant() -> datetime.datetime:
    """The database's clock, which every instant of knowledge comes from."""
    heure: datetime.datetime = interroger(_HEURE, {})[0][0]
    return heure
