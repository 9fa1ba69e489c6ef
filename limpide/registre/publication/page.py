"""The page « Informatique et libertés » in its own order: nine sections, and what stands in each."""

import dataclasses
import unicodedata
from collections.abc import Iterable

from limpide.registre.actes import phrase
from limpide.registre.collecte import Registre
from limpide.registre.systeme import Systeme

TITRES = {
    1: "Délibérations CNIL et actes réglementaires relatifs aux traitements à caractère national des Caf",
    2: "Autres traitements de données personnelles à caractère national mis en œuvre par les Caf",
    3: "Conditions générales d'utilisation de l'Espace Mon Compte",
    4: "Durées de conservation",
    5: "Demandes de droits au titre de la loi Informatique et Libertés",
    6: "Homologation RGS des téléservices",
    7: "Utilisation de cookies",
    8: "Répertoire national commun de la protection sociale (Rncps)",
    9: "Authentification et immatriculation",
}
ETATS = {
    "construit": ("En service ici", "success"),
    "en_partie": ("En service en partie", "info"),
    "a_construire": ("Pas encore construit", "new"),
    "remplace": ("Remplacé", "warning"),
    "clos": ("Clos", "warning"),
}
"""State of a system in this software: word, and tone of its badge."""


@dataclasses.dataclass(frozen=True)
class Entree:
    """One system as the page lists it."""

    systeme: Systeme
    etat: str
    actes: tuple[str, ...]

    @property
    def mot(self) -> str:
        return ETATS[self.etat][0]

    @property
    def ton(self) -> str:
        return ETATS[self.etat][1]


@dataclasses.dataclass(frozen=True)
class Section:
    """One section of the page and the systems it tells of."""

    numero: int
    titre: str
    entrees: tuple[Entree, ...]


def etat_de(registre: Registre, systeme: Systeme) -> str:
    """Where a system stands here: one of `ETATS`."""
    if systeme.statut != "vivant":
        return systeme.statut
    if not registre.construit(systeme.code):
        return "a_construire"
    return "en_partie" if systeme.reste else "construit"


def entree(registre: Registre, systeme: Systeme) -> Entree:
    """A system with its state and its acts in words."""
    return Entree(systeme, etat_de(registre, systeme), tuple(phrase(acte) for acte in systeme.actes))


def sections(registre: Registre, cherche: str = "", etat: str = "") -> list[Section]:
    """Every section in the page's order; with a search, only the systems that match stay in them."""
    entrees = [entree(registre, systeme) for systeme in registre.systemes.values()]
    gardees = [e for e in entrees if (not etat or e.etat == etat) and _repond(e, cherche)]
    return [
        Section(numero, titre, tuple(e for e in gardees if e.systeme.section == numero))
        for numero, titre in TITRES.items()
    ]


def _repond(ici: Entree, cherche: str) -> bool:
    systeme = ici.systeme
    textes = (systeme.code, systeme.nom, systeme.texte, systeme.information, *systeme.alias, *ici.actes)
    foin = _simple(" ".join((*textes, *systeme.finalites, *systeme.donnees, *systeme.destinataires)))
    return all(mot in foin for mot in _simple(cherche).split())


def _simple(texte: str) -> str:
    """Small letters without accents."""
    return unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode().lower()


def comptes(registre: Registre) -> list[tuple[str, str, int]]:
    """(state, its word, how many systems), in the order of `ETATS`; the zero ones left out."""
    etats = [etat_de(registre, systeme) for systeme in registre.systemes.values()]
    return [(etat, mot, etats.count(etat)) for etat, (mot, _) in ETATS.items() if etat in etats]


def en_liste(textes: Iterable[str]) -> str:
    """« a, b et c »."""
    *debut, fin = textes
    return f"{', '.join(debut)} et {fin}" if debut else fin
