"""Periods: from a day included to a day excluded (None: still holds), and what is left of one under another."""

import datetime
from collections.abc import Iterator

from django.db.backends.postgresql.psycopg_any import DateRange

Jour = datetime.date
EPOQUE = datetime.date(1970, 1, 1)
TOUJOURS = 2**31 - 1
"""Day number that stands for "still holds"."""


def jour(date: datetime.date) -> int:
    """Days since 1970."""
    return (date - EPOQUE).days


def periode(debut: Jour, fin: Jour | None = None) -> DateRange:
    """From `debut` included to `fin` excluded."""
    return DateRange(debut, fin)


def chevauche(a: DateRange, b: DateRange) -> bool:
    return (b.upper is None or a.lower < b.upper) and (a.upper is None or b.lower < a.upper)


def reste(ancienne: DateRange, nouvelle: DateRange) -> Iterator[DateRange]:
    """What `nouvelle` leaves of `ancienne`: before it, after it, both, or nothing."""
    if not chevauche(ancienne, nouvelle):
        yield ancienne
        return
    if ancienne.lower < nouvelle.lower:
        yield DateRange(ancienne.lower, nouvelle.lower)
    if nouvelle.upper is not None and (ancienne.upper is None or nouvelle.upper < ancienne.upper):
        yield DateRange(nouvelle.upper, ancienne.upper)


def periode_lisible(valide: DateRange) -> tuple[Jour, Jour | None]:
    """First and last day, both included; None: still holds."""
    return valide.lower, None if valide.upper is None else valide.upper - datetime.timedelta(days=1)
