"""An appointment as a file for one's own calendar (RFC 5545): when, and where. No name, no number, no motive.

Times are in UTC: the calendar shows them at the hour of whoever reads, and no zone has to be described.
"""

import datetime as dt
import uuid

from .models import Mode, RendezVous

OCTETS_PAR_LIGNE = 75
TITRE = "Rendez-vous avec la Caf"


def en_ics(tenu: RendezVous, quand: dt.datetime) -> bytes:
    """The whole file. `quand`: when it is made."""
    ou = tenu.lieu if tenu.mode == Mode.SUR_PLACE else "Par téléphone : la Caf vous appelle"
    lignes = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Limpide//Rendez-vous//FR", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{uuid.UUID(str(tenu.pk))}", f"DTSTAMP:{_utc(quand)}", f"DTSTART:{_utc(tenu.debut)}",
        f"DTEND:{_utc(tenu.fin)}", f"SUMMARY:{_texte(TITRE)}", f"LOCATION:{_texte(ou)}", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return b"".join(_plier(ligne) for ligne in lignes)


def _utc(instant: dt.datetime) -> str:
    return f"{instant.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _texte(valeur: str) -> str:
    """A TEXT value (§ 3.3.11): what has a meaning in the format is escaped, a line break can't open a new line."""
    for signe in ("\\", ";", ","):
        valeur = valeur.replace(signe, f"\\{signe}")
    return "\\n".join(valeur.splitlines())


def _plier(ligne: str) -> bytes:
    """75 octets a line at most, continued after a space (§ 3.1), never inside a character."""
    morceaux, courant, place = [], b"", OCTETS_PAR_LIGNE
    for signe in ligne:
        octets = signe.encode()
        if len(courant) + len(octets) > place:
            morceaux.append(courant)
            courant, place = b"", OCTETS_PAR_LIGNE - 1
        courant += octets
    return b"\r\n ".join([*morceaux, courant]) + b"\r\n"
