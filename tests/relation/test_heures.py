"""The hour of each Caf, and the file for one's calendar: no database."""

import datetime as dt
import uuid

from limpide.relation import fuseaux
from limpide.relation.agenda import Plage
from limpide.relation.calendrier_ics import en_ics
from limpide.relation.models import RendezVous


def plage(du: dt.date, au: dt.date, **autres: object) -> Plage:
    champs = {
        "jours": frozenset({0, 1, 2, 3, 4}), "de": dt.time(9), "a": dt.time(10, 40), "minutes": 45, "mode": "telephone",
        "lieu": "", "motif": "", **autres,
    }  # fmt: skip
    return Plage(du, au, **champs)  # type: ignore[arg-type]


def test_each_weekday_from_a_date_to_another_at_the_clock_of_the_caf() -> None:
    vendredi, mardi = dt.date(2026, 10, 23), dt.date(2026, 10, 27)  # the mainland's clock changes on the Sunday
    moments = list(plage(vendredi, mardi).moments("75"))
    assert [f"{d.astimezone(dt.UTC):%d %H:%M}" for d, _ in moments] == [
        "23 07:00", "23 07:45", "26 08:00", "26 08:45", "27 08:00", "27 08:45",
    ]  # fmt: skip
    assert {fuseaux.heure(d, "75") for d, _ in moments} == {"9 h", "9 h 45"}
    assert list(plage(vendredi + dt.timedelta(days=1), vendredi + dt.timedelta(days=2)).moments("75")) == []


def test_overseas_lives_at_its_own_hour() -> None:
    jour = dt.date(2026, 12, 1)
    debuts = {d: next(plage(jour, jour).moments(d))[0].astimezone(dt.UTC) for d in ("59", "971", "974", "976")}
    assert {d: f"{quand:%d %H:%M}" for d, quand in debuts.items()} == {
        "59": "01 08:00", "971": "01 13:00", "974": "01 05:00", "976": "01 06:00",
    }  # fmt: skip
    assert fuseaux.moment(debuts["974"], "974") == "mardi 1 décembre 2026 à 9 h (heure de La Réunion)"
    assert fuseaux.moment(debuts["59"], "59") == "mardi 1 décembre 2026 à 9 h"
    tard = dt.datetime(2026, 12, 1, 21, 30, tzinfo=dt.UTC)
    assert [fuseaux.jour_la_bas(tard, d).day for d in ("75", "974", "971")] == [1, 2, 1]
    assert fuseaux.minuit(jour, "974").astimezone(dt.UTC) == dt.datetime(2026, 11, 30, 20, tzinfo=dt.UTC)


def test_the_calendar_file_is_folded_escaped_and_names_nobody() -> None:
    debut = dt.datetime(2026, 12, 1, 9, tzinfo=fuseaux.fuseau("75"))
    lieu = (
        "2e étage, bureau « éphémère » ; escalier C\\D, entrée par la cour, après la grille\r\nATTENDEE:mailto:x@y.test"
    )
    tenu = RendezVous(
        id=uuid.UUID(int=7), mode="place", lieu=lieu, debut=debut, fin=debut + dt.timedelta(minutes=30), motif="dette"
    )
    brut = en_ics(tenu, debut - dt.timedelta(days=2))
    assert brut.endswith(b"END:VCALENDAR\r\n")
    lignes = brut.split(b"\r\n")
    assert max(map(len, lignes)) <= 75
    deplie = brut.decode().replace("\r\n ", "")
    assert "DTSTART:20261201T080000Z\r\nDTEND:20261201T083000Z\r\n" in deplie
    assert (
        "LOCATION:2e étage\\, bureau « éphémère » \\; escalier C\\\\D\\, entrée par la cour\\, après la grille\\n"
        "ATTENDEE:mailto:x@y.test\r\n"
    ) in deplie
    assert "\r\nATTENDEE" not in deplie
    assert "dette" not in deplie
