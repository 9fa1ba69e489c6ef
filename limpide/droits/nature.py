"""What one fact is: its type, its values, what silence means; and the short ways to write one.

The facts themselves are in `faits` and its parts (`faits_*.py`): this file holds none.
"""

from dataclasses import dataclass, field
from typing import Literal

Sujet = Literal["personne", "foyer"]
Type = Literal["euros", "booleen", "enumeration", "date", "entier"]
Periodicite = Literal["mois", "annee", "etat"]
Sensibilite = Literal["", "sante", "sejour"]
Groupe = Literal["", "salaire", "activite", "remplacement", "autre", "prestation"]

MOIS_FENETRE = 7
"""Monthly facts are known over seven months: the month computed and the six before it."""
ROLES = ("demandeur", "conjoint", "enfant")
INCONNU = -1
DATE_INCONNUE = -(2**31)


@dataclass(frozen=True)
class Defaut:
    """What is taken when nobody stated the fact, and why that is fair."""

    valeur: float
    raison: str
    roles: Literal["tous", "enfants"] = "tous"


@dataclass(frozen=True)
class Nature:
    """One kind of fact. `groupe` gathers monthly amounts that rules may skip together (see `situation`)."""

    nom: str
    code: int
    sujet: Sujet
    type: Type
    periodicite: Periodicite
    libelle: str
    valeurs: tuple[str, ...] = ()
    sensible: Sensibilite = ""
    defaut_si_absent: Defaut | None = None
    groupe: Groupe = ""
    signe: bool = False
    """True if the amount may be negative (losses of the self-employed)."""
    libelles_valeurs: tuple[str, ...] = field(default=(), compare=False)
    sans_valeur: Literal["inconnu", "jamais"] = "inconnu"
    """What no value says: nobody told it, or it never happened (a date of claim: nothing was claimed)."""


NON_DECLARE = Defaut(
    0.0,
    "Une ressource qui n'est pas déclarée est tenue pour nulle : la déclaration trimestrielle engage celui qui la"
    " signe.",
)
NON_DECLARE_ENFANT = Defaut(
    0.0, "Un enfant est tenu pour n'avoir pas de salaire tant que rien n'est déclaré.", "enfants"
)
NON_SIGNALE = Defaut(0, "Cette situation se signale ; sans déclaration, elle est tenue pour absente.")
NON_PERCU = Defaut(0.0, "Cette prestation n'est pas versée au foyer tant que rien ne l'indique.")


def revenu(code: int, nom: str, libelle: str, groupe: Groupe, **plus: object) -> Nature:
    """A monthly income of a person; `groupe` says which."""
    plus.setdefault("defaut_si_absent", NON_DECLARE)
    return Nature(nom, code, "personne", "euros", "mois", libelle, groupe=groupe, **plus)  # type: ignore[arg-type]


def annuel(code: int, nom: str, libelle: str, **plus: object) -> Nature:
    """A yearly amount of a person."""
    plus.setdefault("defaut_si_absent", NON_DECLARE)
    return Nature(nom, code, "personne", "euros", "annee", libelle, **plus)  # type: ignore[arg-type]


def oui_non(code: int, nom: str, libelle: str, **plus: object) -> Nature:
    """Yes or no, told of a person unless `sujet` says otherwise."""
    plus.setdefault("sujet", "personne")
    plus.setdefault("defaut_si_absent", NON_SIGNALE)
    return Nature(nom, code, type="booleen", periodicite="etat", libelle=libelle, **plus)  # type: ignore[arg-type]


def prestation(code: int, nom: str, libelle: str, **plus: object) -> Nature:
    """A monthly benefit of the household."""
    plus.setdefault("defaut_si_absent", NON_PERCU)
    return Nature(nom, code, "foyer", "euros", "mois", libelle, groupe="prestation", **plus)  # type: ignore[arg-type]
