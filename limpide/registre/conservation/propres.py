"""Clocks of systems that don't follow the file (RET-11): declared here for those to build, run by those that exist.

A test reads the sheet of each system and finds the same duration, or the same event, in its words.
"""

from dataclasses import dataclass

from limpide.registre.conservation.durees import Duree


@dataclass(frozen=True)
class HorlogePropre:
    """What one system's retention counts from, and how long; `evenement` alone when the end is not a duration."""

    systeme: str
    evenement: str
    duree: Duree | None = None
    sort: str = "suppression"


PROPRES = (
    HorlogePropre("S01", "fin de l'expérimentation"),
    HorlogePropre("S22", "le temps de l'étude", sort="anonymisation"),
    HorlogePropre("S30", "deux ans au plus", Duree(annees=2, source="CNIL, délibération n° 84-36 du 13 novembre 1984")),
    HorlogePropre("S31", "fin de la collecte"),
    HorlogePropre("S38", "durée limitée"),
    HorlogePropre("S47", "traces de consultation", Duree(annees=1, source="CSS R114-28")),
)
