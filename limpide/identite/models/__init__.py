"""Tables of the room, one file per theme."""

from .banque import CoordonneesBancaires
from .comptes import Compte, GenreCompte
from .organismes import Organisme
from .personnes import (
    Affiliation,
    GenreNumero,
    Immatriculation,
    Personne,
    Qualite,
    Sexe,
    StatutIdentite,
)
from .protection import MesureProtection

__all__ = [
    "Affiliation",
    "Compte",
    "CoordonneesBancaires",
    "GenreCompte",
    "GenreNumero",
    "Immatriculation",
    "MesureProtection",
    "Organisme",
    "Personne",
    "Qualite",
    "Sexe",
    "StatutIdentite",
]
