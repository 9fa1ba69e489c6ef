"""What a fictitious household is made of, and the shares that the world is calibrated on."""

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

CALAGE: dict[str, Any] = tomllib.loads(files("limpide.monde").joinpath("calage.toml").read_text("utf-8"))

Valeur = float | int | str | bool | dt.date


@dataclass(frozen=True)
class FaitSynthetique:
    """One dated fact: `valeur` in the unit of its nature (euros, enumeration, yes/no), `fin` excluded."""

    nature: str
    valeur: Valeur
    debut: dt.date
    fin: dt.date | None = None

    @property
    def connu_le(self) -> dt.date:
        """When the Caf learnt it: a closed period is declared once over, an open one when it starts."""
        return self.fin or self.debut


@dataclass
class Membre:
    """One person of a household. `parti_le`: the day when they left it, if they did."""

    role: str
    nom: str
    prenom: str
    naissance: dt.date
    nir: str
    nee_a_l_etranger: bool
    garde_alternee_depuis: dt.date | None = None
    parti_le: dt.date | None = None
    faits: list[FaitSynthetique] = field(default_factory=list)


@dataclass
class FoyerSynthetique:
    """One household and its file."""

    rang: int
    organisme: str
    residence: str
    iban: str
    ouvert_le: dt.date
    membres: list[Membre]
    faits: list[FaitSynthetique]
    profil: str
    clos_le: dt.date | None = None


def mois_decale(mois: dt.date, ecart: int) -> dt.date:
    """The first day of the month `ecart` months later (or earlier if negative)."""
    rang = mois.year * 12 + mois.month - 1 + ecart
    return dt.date(rang // 12, rang % 12 + 1, 1)
