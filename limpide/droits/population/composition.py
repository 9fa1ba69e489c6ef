"""Who lives in the households of a piece: kind, number of children, ages, region, level of resources."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.faits import NATURES
from limpide.droits.situation import CONJOINT, DEMANDEUR, ENFANT

Vecteur = npt.NDArray[Any]
CALAGE: dict[str, Any] = tomllib.loads(files(__package__).joinpath("calage.toml").read_text("utf-8"))
SITUATIONS = ("seul_sans_enfant", "couple_sans_enfant", "monoparental", "couple_avec_enfants")
NIVEAUX = ("aah", "tres_faibles", "modestes", "autres")
AAH, TRES_FAIBLES, MODESTES, AUTRES = range(len(NIVEAUX))
REGIONS = tuple(CALAGE["regions"])
JOURS_PAR_AN = 365.25


@dataclass(frozen=True)
class Composition:
    """Households (arrays of `nombre`) and their persons, one after the other."""

    nombre: int
    situation: Vecteur
    region: Vecteur
    residence: Vecteur
    niveau: Vecteur
    etudiant: Vecteur
    retraite: Vecteur
    couple: Vecteur
    enfants: Vecteur
    foyer: Vecteur
    role: Vecteur
    age: Vecteur
    """Years, of each person."""

    @property
    def membres(self) -> Vecteur:
        return 1 + self.couple + self.enfants


def parts_des_regions() -> tuple[Vecteur, Vecteur]:
    """Part of the households and code of residence of each region; those without a count share what remains."""
    total = CALAGE["foyers"]["total"]
    foyers = np.array([region["foyers"] for region in CALAGE["regions"].values()], float)
    foyers[foyers == 0] = total - foyers.sum()
    lieux = NATURES["residence"].valeurs
    return foyers / total, np.array([lieux.index(r["residence"]) for r in CALAGE["regions"].values()])


def composer(nombre: int, hasard: np.random.Generator) -> Composition:
    """Draw the persons of `nombre` households."""
    situation = hasard.choice(len(SITUATIONS), nombre, p=[CALAGE["composition"][nom] for nom in SITUATIONS])
    parts, residences = parts_des_regions()
    region = hasard.choice(len(parts), nombre, p=parts)
    couple, avec_enfants = np.isin(situation, (1, 3)), situation >= 2
    enfants = np.zeros(nombre, np.int64)
    for rang in (2, 3):
        ceux = situation == rang
        enfants[ceux] = 1 + hasard.choice(5, int(ceux.sum()), p=CALAGE["enfants"][SITUATIONS[rang]])
    niveau = _niveaux(situation, hasard)
    au_dessus = (situation == 0) & (niveau == AUTRES)
    u = hasard.random(nombre)
    retraite = au_dessus & (u < CALAGE["au_dessus"]["retraites"])
    etudiant = au_dessus & ~retraite & (u < CALAGE["au_dessus"]["retraites"] + CALAGE["au_dessus"]["etudiants"])
    taille = 1 + couple + enfants
    foyer = np.repeat(np.arange(nombre), taille)
    rang = np.arange(len(foyer)) - np.repeat(np.cumsum(taille) - taille, taille)
    role = np.where(rang == 0, DEMANDEUR, np.where(rang < 1 + couple[foyer], CONJOINT, ENFANT)).astype(np.int8)
    age = _ages(foyer, role, avec_enfants, etudiant, retraite, hasard)
    return Composition(
        nombre, situation, region, residences[region], niveau, etudiant, retraite, couple, enfants, foyer, role, age
    )


def _niveaux(situation: Vecteur, hasard: np.random.Generator) -> Vecteur:
    niveau = np.full(len(situation), AUTRES)
    u = hasard.random(len(situation))
    for rang, nom in enumerate(SITUATIONS):
        parts = CALAGE["ressources"][nom]
        bornes = np.cumsum([parts[n] for n in NIVEAUX[:AUTRES]])
        ceux = situation == rang
        niveau[ceux] = np.searchsorted(bornes, u[ceux], "right")
    return niveau


def _ages(
    foyer: Vecteur,
    role: Vecteur,
    avec_enfants: Vecteur,
    etudiant: Vecteur,
    retraite: Vecteur,
    hasard: np.random.Generator,
) -> Vecteur:
    """Children first, parents twenty to thirty-four years older than the eldest, partners of about the same age."""
    n, nombre = len(foyer), len(avec_enfants)
    age = np.where(role == ENFANT, hasard.uniform(0, 19.9, n), 0.0)
    aine = np.zeros(nombre)
    np.maximum.at(aine, foyer, age)
    parent = np.maximum(aine + hasard.uniform(20, 34, nombre), 20.5)
    seul = np.where(hasard.random(nombre) < 0.8, hasard.uniform(25, 63, nombre), hasard.uniform(18.5, 25, nombre))
    seul = np.where(
        etudiant, hasard.uniform(18.5, 25, nombre), np.where(retraite, hasard.uniform(63, 85, nombre), seul)
    )
    demandeur = np.where(avec_enfants, parent, seul)
    conjoint = np.maximum(demandeur + hasard.normal(0, 3, nombre), 19)
    return np.asarray(np.where(role == DEMANDEUR, demandeur[foyer], np.where(role == CONJOINT, conjoint[foyer], age)))
