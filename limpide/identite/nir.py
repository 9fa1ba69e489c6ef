"""The French social security number: NIR (13 characters and a key) and its waiting form, the NIA.

`lire_numero` tells a valid number from an invalid one, and which part is wrong (ID-01 to ID-05, ID-10). Nothing
here infers sex, age or origin: the number identifies, the civil status states (ID-06). Error messages never
repeat what was typed, so that they may be logged.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from .confidentiel import Confidentiel

SEXES = "12"
SEXES_PROVISOIRES = "78"
PREMIERE_ANNEE_CORSE_UNIQUE = 76
"""Births in Corsica have department 2A or 2B since 1 January 1976, 20 before (two digits of the year)."""
LONGUEUR_CORPS, LONGUEUR = 13, 15
LONGUEURS_NTT = range(16, 41)

_TOLERES = re.compile(r"[\s.\u00a0\u202f]+")
_CORSE = {"2A": 1_000_000, "2B": 2_000_000}


class Partie(StrEnum):
    """Where the error is."""

    LONGUEUR = "longueur"
    CARACTERES = "caractères"
    SEXE = "sexe"
    ANNEE = "année"
    MOIS = "mois"
    LIEU = "lieu de naissance"
    ORDRE = "numéro d'ordre"
    CLE = "clé"
    GENRE = "genre"


class NumeroInvalide(ValueError):
    """A number that cannot be one; `partie` says where, the message says what was expected."""

    def __init__(self, partie: Partie, message: str) -> None:
        super().__init__(message)
        self.partie = partie


class Numero(Confidentiel):
    """A number of 15 characters, body as given (2A and 2B kept, ID-03) and key. Shown masked."""

    __slots__ = ()

    @property
    def corps(self) -> str:
        return self.en_clair()[:LONGUEUR_CORPS]

    @property
    def cle(self) -> str:
        return self.en_clair()[LONGUEUR_CORPS:]

    def masque(self) -> str:
        """Last three digits of the body and key: enough for the owner to recognise it."""
        return f"• •• •• •• ••• {self.corps[-3:]} {self.cle}"

    def complet(self) -> str:
        """The number in groups, for screens whose purpose needs it whole."""
        n = self.en_clair()
        return " ".join((n[0], n[1:3], n[3:5], n[5:7], n[7:10], n[10:13], n[13:]))


@dataclass(frozen=True)
class Lecture:
    """What was read: the number, whether its key had to be computed, and what deserves a look."""

    numero: Numero
    cle_calculee: bool
    provisoire: bool
    avertissements: tuple[str, ...]


def cle_de_controle(corps: str) -> str:
    """Key of a body of 13 characters: 97 − (N mod 97), with N lowered by one or two millions for 2A and 2B."""
    departement = corps[5:7]
    chiffres = corps.replace(departement, "20", 1) if departement in _CORSE else corps
    nombre = int(chiffres) - _CORSE.get(departement, 0)
    return f"{97 - nombre % 97:02d}"


def lire_numero(saisie: str) -> Lecture:
    """Read a NIR or a NIA as typed. Raises `NumeroInvalide`."""
    texte = _TOLERES.sub("", saisie).upper()
    _verifier_longueur(texte)
    corps, cle = texte[:LONGUEUR_CORPS], texte[LONGUEUR_CORPS:]
    _verifier_caracteres(corps)
    avertissements = (*_verifier_sexe(corps), *_verifier_mois(corps), *_verifier_lieu(corps))
    if corps[10:13] == "000":
        raise NumeroInvalide(Partie.ORDRE, "Le numéro d'ordre (caractères 11 à 13) va de 001 à 999.")
    attendue = cle_de_controle(corps)
    if cle and cle != attendue:
        raise NumeroInvalide(
            Partie.CLE,
            "La clé (les deux derniers chiffres) ne correspond pas au numéro : vérifiez chaque caractère.",
        )
    return Lecture(
        numero=Numero(corps + attendue),
        cle_calculee=not cle,
        provisoire=corps[0] in SEXES_PROVISOIRES,
        avertissements=avertissements,
    )


def _verifier_longueur(texte: str) -> None:
    if not texte:
        raise NumeroInvalide(Partie.LONGUEUR, "Le numéro de sécurité sociale est nécessaire.")
    if len(texte) in LONGUEURS_NTT and texte[0] in SEXES and texte[1:].isalnum():
        raise NumeroInvalide(
            Partie.GENRE,
            "Ceci ressemble à un numéro technique temporaire d'employeur (NTT) : il n'ouvre aucun droit. "
            "Indiquez un NIR ou un numéro d'attente (NIA).",
        )
    if len(texte) not in (LONGUEUR_CORPS, LONGUEUR):
        raise NumeroInvalide(
            Partie.LONGUEUR,
            f"Le numéro compte 15 caractères avec sa clé, ou 13 sans elle ; {len(texte)} ont été saisis.",
        )
    if len(texte) == LONGUEUR and not _chiffres(texte[LONGUEUR_CORPS:]):
        raise NumeroInvalide(Partie.CLE, "La clé (les deux derniers caractères) est faite de deux chiffres.")


def _verifier_caracteres(corps: str) -> None:
    chiffres = corps[:5] + corps[7:]
    if corps[5:7] in _CORSE:
        if not _chiffres(chiffres):
            raise NumeroInvalide(Partie.CARACTERES, "Seul le département de naissance peut contenir une lettre.")
    elif not _chiffres(corps):
        if _chiffres(chiffres):
            raise NumeroInvalide(
                Partie.LIEU, "Le département de naissance (caractères 6 et 7) est un nombre, ou 2A, ou 2B."
            )
        raise NumeroInvalide(Partie.CARACTERES, "Le numéro ne contient que des chiffres, sauf 2A ou 2B pour la Corse.")


def _verifier_sexe(corps: str) -> tuple[str, ...]:
    if corps[0] in SEXES:
        return ()
    if corps[0] in SEXES_PROVISOIRES:
        return ("Numéro provisoire : son premier chiffre est 7 ou 8.",)
    raise NumeroInvalide(Partie.SEXE, "Le premier chiffre est 1 ou 2 (7 ou 8 pour un numéro provisoire).")


def _verifier_mois(corps: str) -> tuple[str, ...]:
    mois = int(corps[3:5])
    if 1 <= mois <= 12:
        return ()
    if 20 <= mois <= 42 or 50 <= mois <= 99:
        return ("Mois de naissance fictif ou incomplet : il ne dit rien de la date de naissance.",)
    raise NumeroInvalide(
        Partie.MOIS,
        "Le mois (caractères 4 et 5) va de 01 à 12, ou de 20 à 42 et de 50 à 99 s'il est incomplet.",
    )


def _verifier_lieu(corps: str) -> tuple[str, ...]:
    departement, reste, annee = corps[5:7], corps[7:10], int(corps[1:3])
    if departement == "00" or reste == "000":
        raise NumeroInvalide(Partie.LIEU, "Le lieu de naissance (caractères 6 à 10) ne peut pas être nul.")
    if departement == "20" and annee >= PREMIERE_ANNEE_CORSE_UNIQUE:
        return ("Département 20 : les naissances en Corse depuis 1976 portent 2A ou 2B.",)
    return ()


def _chiffres(texte: str) -> bool:
    return texte.isascii() and texte.isdigit()
