"""Tables of the room, one file per theme."""

from .acces import MOTIFS_ACCES, CanalConnexion, Connexion, EtapeAcces, FinConnexion, GenreEtapeAcces, MoyenConnexion
from .agents import LienAgent, QualiteLien
from .banque import CoordonneesBancaires
from .certification import Certification, Resultat, Suite
from .comptes import Compte, GenreCompte
from .contacts import GenreContact, MessageContact, ObjetMessage, PointDeContact
from .cycle import CauseEtat, EtapeNia, EtatIdentite, GenreEtape, Reunion
from .facteurs import CleAcces, CleDeFacteur, CodeSecours, SecondFacteur
from .franceconnect import LienFranceConnect
from .mobile import JetonMobile
from .organismes import Organisme
from .personnes import (
    Affiliation,
    CauseCloture,
    GenreNumero,
    Immatriculation,
    Personne,
    Qualite,
    Sexe,
    StatutIdentite,
)
from .protecteurs import (
    AccesProtecteur,
    DemandeProtecteur,
    EtatAccesProtecteur,
    EtatDemandeProtecteur,
    EtatRib,
    RibPropose,
)
from .protection import MesureProtection
from .scelles import AncienEtatCivil

__all__ = [
    "MOTIFS_ACCES",
    "AccesProtecteur",
    "Affiliation",
    "AncienEtatCivil",
    "CanalConnexion",
    "CauseCloture",
    "CauseEtat",
    "Certification",
    "CleAcces",
    "CleDeFacteur",
    "CodeSecours",
    "Compte",
    "Connexion",
    "CoordonneesBancaires",
    "DemandeProtecteur",
    "EtapeAcces",
    "EtapeNia",
    "EtatAccesProtecteur",
    "EtatDemandeProtecteur",
    "EtatIdentite",
    "EtatRib",
    "FinConnexion",
    "GenreCompte",
    "GenreContact",
    "GenreEtape",
    "GenreEtapeAcces",
    "GenreNumero",
    "Immatriculation",
    "JetonMobile",
    "LienAgent",
    "LienFranceConnect",
    "MessageContact",
    "MesureProtection",
    "MoyenConnexion",
    "ObjetMessage",
    "Organisme",
    "Personne",
    "PointDeContact",
    "Qualite",
    "QualiteLien",
    "Resultat",
    "Reunion",
    "RibPropose",
    "SecondFacteur",
    "Sexe",
    "StatutIdentite",
    "Suite",
]
