"""When rights are paid: monthly, in arrears (CSS R553-1 and R846-3), on the fifth of the next month.

The ministerial order of 29 June 1994 sets the fifth or, if it is not a working day, the nearest working day:
a Saturday goes back to Friday, a Sunday on to Monday. At equal distance the later day is taken, as the Cnaf did for
Easter Sunday 2026 (paid on Tuesday 7 April).
"""

import datetime

from limpide.dossiers.mois import decaler

JOUR_DE_PAIEMENT = 5
JOURS_DE_PRESENTATION = 2
"""Working days before execution at which the file is dated: banks ask for the file at least one ahead."""
SAMEDI = 5
UN_JOUR = datetime.timedelta(days=1)
FERIES = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
FERIES_APRES_PAQUES = (1, 39, 50)
"""Public holidays (code du travail L3133-1): month and day, and days after Easter Sunday."""


def date_de_paiement(mois: datetime.date) -> datetime.date:
    """The day on which the rights of this month are paid."""
    cinq = decaler(mois, 1).replace(day=JOUR_DE_PAIEMENT)
    for ecart in (0, 1, -1, 2, -2):
        jour = cinq + ecart * UN_JOUR
        if _ouvre(jour):
            return jour
    raise ValueError(f"Aucun jour ouvré autour du {cinq:%d/%m/%Y}.")


def date_de_presentation(mois: datetime.date) -> datetime.datetime:
    """Creation time written in the file: it depends on the month alone, so that the file made again is the same."""
    jour = date_de_paiement(mois)
    for _ in range(JOURS_DE_PRESENTATION):
        jour -= UN_JOUR
        while not _ouvre(jour):
            jour -= UN_JOUR
    return datetime.datetime.combine(jour, datetime.time(8))


def _ouvre(jour: datetime.date) -> bool:
    ferie = (jour.month, jour.day) in FERIES or (jour - paques(jour.year)).days in FERIES_APRES_PAQUES
    return jour.weekday() < SAMEDI and not ferie


def paques(annee: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (Meeus's algorithm)."""
    a, (b, c) = annee % 19, divmod(annee, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    mois, jour = divmod(h + n - 7 * m + 114, 31)
    return datetime.date(annee, mois, jour + 1)
