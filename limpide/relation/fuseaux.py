"""The clock of each Caf: the database keeps one time for all, each page says the hour where one lives."""

import datetime as dt
import zoneinfo

from django.utils.formats import date_format

METROPOLE = zoneinfo.ZoneInfo("Europe/Paris")
OUTRE_MER = {
    "971": ("America/Guadeloupe", "heure de la Guadeloupe"),
    "972": ("America/Martinique", "heure de la Martinique"),
    "973": ("America/Cayenne", "heure de la Guyane"),
    "974": ("Indian/Reunion", "heure de La Réunion"),
    "975": ("America/Miquelon", "heure de Saint-Pierre-et-Miquelon"),
    "976": ("Indian/Mayotte", "heure de Mayotte"),
}
"""By département of the Caf: zone of the IANA database, and how it is said."""


def fuseau(departement: str) -> zoneinfo.ZoneInfo:
    """The zone of a Caf, by its département."""
    return zoneinfo.ZoneInfo(OUTRE_MER[departement][0]) if departement in OUTRE_MER else METROPOLE


def jour_la_bas(instant: dt.datetime, departement: str) -> dt.date:
    return instant.astimezone(fuseau(departement)).date()


def minuit(jour: dt.date, departement: str) -> dt.datetime:
    """When that day starts there."""
    return dt.datetime.combine(jour, dt.time(), fuseau(departement))


def heure(instant: dt.datetime, departement: str) -> str:
    """« 9 h 30 », at the clock of the Caf."""
    la_bas = instant.astimezone(fuseau(departement))
    return f"{la_bas.hour} h {la_bas.minute:02}" if la_bas.minute else f"{la_bas.hour} h"


def moment(debut: dt.datetime, departement: str) -> str:
    """« mardi 1 décembre 2026 à 9 h 30 », and whose hour it is when it isn't the mainland's."""
    jour = date_format(jour_la_bas(debut, departement), "l j F Y")
    ailleurs = f" ({OUTRE_MER[departement][1]})" if departement in OUTRE_MER else ""
    return f"{jour} à {heure(debut, departement)}{ailleurs}"
