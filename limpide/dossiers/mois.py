"""Months: always the first day of the month in tables, "AAAA-MM" for the law and for people."""

import datetime

MOIS_PAR_AN = 12
NOMS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def premier_jour(mois: str | datetime.date) -> datetime.date:
    """Month "2026-11" or any day of the month → its first day. Raises ValueError with a French message."""
    if isinstance(mois, datetime.date):
        return mois.replace(day=1)
    try:
        return datetime.datetime.strptime(mois, "%Y-%m").date()  # noqa: DTZ007 -- a month has no time zone
    except ValueError:
        raise ValueError(f"« {mois} » n'est pas un mois : écrivez AAAA-MM, par exemple 2026-11.") from None


def decaler(mois: datetime.date, nombre: int) -> datetime.date:
    """The first day of the month `nombre` months later (earlier if negative)."""
    rang = mois.year * MOIS_PAR_AN + mois.month - 1 + nombre
    return datetime.date(rang // MOIS_PAR_AN, rang % MOIS_PAR_AN + 1, 1)


def ecrire(mois: datetime.date) -> str:
    return f"{mois:%Y-%m}"


def en_lettres(mois: datetime.date) -> str:
    """« novembre 2026 », for people."""
    return f"{NOMS[mois.month - 1]} {mois.year}"


def avec_de(mois: datetime.date) -> str:
    """« de novembre 2026 », « d'août 2026 »."""
    lettres = en_lettres(mois)
    return f"d'{lettres}" if lettres[0] in "ao" else f"de {lettres}"
