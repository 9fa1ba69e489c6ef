"""Durations, typed once: the text that people read and the date that the engine computes come from the same value."""

import calendar
import datetime as dt
from dataclasses import dataclass

_LETTRES = {1: "un", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 13: "treize"}


@dataclass(frozen=True, slots=True)
class Duree:
    """Years, months and days, as the law counts them. `source`: the article that says so."""

    annees: int = 0
    mois: int = 0
    jours: int = 0
    source: str = ""

    def apres(self, jour: dt.date) -> dt.date:
        """The same day, that much later; the last day of the month when that day doesn't exist."""
        rang = jour.year * 12 + jour.month - 1 + self.annees * 12 + self.mois
        annee, mois = rang // 12, rang % 12 + 1
        dernier = calendar.monthrange(annee, mois)[1]
        return dt.date(annee, mois, min(jour.day, dernier)) + dt.timedelta(days=self.jours)

    @property
    def sql(self) -> str:
        """As PostgreSQL writes an interval."""
        return f"{self.annees} years {self.mois} months {self.jours} days"

    def __str__(self) -> str:
        parties = [
            f"{_LETTRES.get(nombre, str(nombre))} {mot}{'s' if nombre > 1 and not mot.endswith('s') else ''}"
            for nombre, mot in ((self.annees, "an"), (self.mois, "mois"), (self.jours, "jour"))
            if nombre
        ]
        return " et ".join(parties) or "aussitôt"


_PRESCRIPTION = "CSS L553-1 et L845-4, CASF L262-45 : l'action en paiement ou en remboursement se prescrit par deux ans"

APRES_LA_RELATION = Duree(
    annees=6, source="Page « Informatique et libertés » de la Cnaf, section 4 : six ans au plus après la relation"
)
"""RET-02: from the end of the relation to the erasure; never longer, save a litigation (RET-03)."""

EN_BASE_ACTIVE = Duree(annees=2, source=_PRESCRIPTION)
"""From the end of the relation to the archive: as long as a payment or a debt of the file may still be claimed."""

CONTENTIEUX_POSSIBLE = Duree(annees=2, source=_PRESCRIPTION)
"""RET-04: how long somebody to whom no right was ever opened may still bring a litigation."""

GRACE = Duree(jours=30)
"""Between the notice to the person and the erasure."""

FICHIER_DE_VIREMENTS = Duree(
    mois=13, source="Code monétaire et financier, L133-24 : une opération se conteste dans les treize mois du débit"
)
