"""Durations, typed once: the text that people read and the date that the engine computes come from the same value."""

import calendar
import datetime as dt
from dataclasses import dataclass

_LETTRES = {1: "un", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 13: "treize"}
_RANGS = {1: "première", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", 6: "sixième"}


@dataclass(frozen=True, slots=True)
class Duree:
    """Years, months and days, as the law counts them. `source`: the article that says so.

    `proposee`: no text gives it, it is ours; the pages say so. A check asks for one or the other.

    `annees_civiles`: until 31 December of that calendar year after the date; it stands alone.
    """

    annees: int = 0
    mois: int = 0
    jours: int = 0
    source: str = ""
    annees_civiles: int = 0
    proposee: bool = False

    def __post_init__(self) -> None:
        if self.annees_civiles and (self.annees or self.mois or self.jours):
            raise ValueError("une durée en années civiles ne compte ni années, ni mois, ni jours")

    def apres(self, jour: dt.date) -> dt.date:
        """The first day on which it is over: the same day, that much later (the last of the month if there is none)."""
        if self.annees_civiles:
            return dt.date(jour.year + self.annees_civiles + 1, 1, 1)
        rang = jour.year * 12 + jour.month - 1 + self.annees * 12 + self.mois
        annee, mois = rang // 12, rang % 12 + 1
        dernier = calendar.monthrange(annee, mois)[1]
        return dt.date(annee, mois, min(jour.day, dernier)) + dt.timedelta(days=self.jours)

    def ecoulee(self, colonne: str) -> str:
        """SQL condition: it is over since the date of this column."""
        if self.annees_civiles:
            return f"date_trunc('year', {colonne}) <= now() - interval '{self.annees_civiles + 1} years'"
        return f"{colonne} <= now() - interval '{self.annees} years {self.mois} months {self.jours} days'"

    @property
    def nulle(self) -> bool:
        """At once: nothing to found."""
        return not (self.annees or self.mois or self.jours or self.annees_civiles)

    @property
    def dite(self) -> str:
        """In words, and whether it is ours."""
        return f"{self} (durée proposée)" if self.proposee else str(self)

    def __str__(self) -> str:
        if self.annees_civiles:
            return f"jusqu'à la fin de la {_RANGS[self.annees_civiles]} année civile"
        parties = [
            f"{_LETTRES.get(nombre, str(nombre))} {mot}{'s' if nombre > 1 and not mot.endswith('s') else ''}"
            for nombre, mot in ((self.annees, "an"), (self.mois, "mois"), (self.jours, "jour"))
            if nombre
        ]
        return " et ".join(parties) or "aussitôt"


_PRESCRIPTION = "CSS L553-1 et L845-4, CASF L262-45 : l'action en paiement ou en remboursement se prescrit par deux ans"

JOURNALISATION = (
    "CNIL, délibération n° 2021-122 du 14 octobre 2021 sur la journalisation : de six mois à un an, trois ans au plus "
    "pour ce qui sert au contrôle interne"
)

APRES_LA_RELATION = Duree(
    annees=6, source="Page « Informatique et libertés » de la Cnaf, section 4 : six ans au plus après la relation"
)
"""RET-02: from the end of the relation to the erasure; never longer, save a litigation (RET-03)."""

EN_BASE_ACTIVE = Duree(annees=2, source=_PRESCRIPTION)
"""From the end of the relation to the archive: as long as a payment or a debt of the file may still be claimed."""

CONTENTIEUX_POSSIBLE = Duree(annees=2, source=_PRESCRIPTION)
"""RET-04: how long somebody to whom no right was ever opened may still bring a litigation."""

GRACE = Duree(jours=30, proposee=True)
"""Between the notice to the person and the erasure."""

FICHIER_DE_VIREMENTS = Duree(
    mois=13, source="Code monétaire et financier, L133-24 : une opération se conteste dans les treize mois du débit"
)

RATTACHEMENT_RNCPS = Duree(annees_civiles=5, source="CSS R114-28")
"""RN-07: what was published of an attachment, after its end."""
