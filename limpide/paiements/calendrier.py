"""When rights are paid: monthly, in arrears (CSS L553-3 and R552-2), on the fifth of the next month.

The fifth is the date that the ministerial order fixes for the Caf; a Saturday or a Sunday brings it back to Friday.
"""

import datetime

from limpide.dossiers.mois import decaler

JOUR_DE_PAIEMENT = 5
JOURS_DE_PRESENTATION = 2
"""Days before execution at which the file is dated: banks ask for the file at least one working day ahead."""
VENDREDI = 4


def date_de_paiement(mois: datetime.date) -> datetime.date:
    """The day on which the rights of this month reach the accounts."""
    jour = decaler(mois, 1).replace(day=JOUR_DE_PAIEMENT)
    return jour - datetime.timedelta(days=max(0, jour.weekday() - VENDREDI))


def date_de_presentation(mois: datetime.date) -> datetime.datetime:
    """Creation time written in the file: it depends on the month alone, so that the file made again is the same."""
    jour = date_de_paiement(mois) - datetime.timedelta(days=JOURS_DE_PRESENTATION)
    return datetime.datetime.combine(jour, datetime.time(8))
