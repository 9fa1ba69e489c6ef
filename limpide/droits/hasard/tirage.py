"""One draw of households: composition, then who they are, then what they receive."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from limpide.droits.situation import NATURES, foyers_vierges, personnes_vierges, resumer

from .composition import composer
from .enfants import accompagner, perdre_un_enfant
from .garde import arreter_de_travailler, faire_garder
from .handicap import reconnaitre_le_handicap
from .inconnues import oublier
from .logement import louer
from .personnes import decrire_logement, decrire_personnes
from .revenus import dater_les_arrets, interrompre, verser_prestations, verser_revenus
from .soutien import priver_de_soutien

Hasards = dict[str, np.random.Generator]
Foyers = npt.NDArray[np.void]
Personnes = npt.NDArray[np.void]

THEMES = (
    "composition", "personnes", "logement", "revenus", "interruptions", "prestations", "inconnues", "soutien", "garde",
    "enfants", "location", "handicap",
)  # fmt: skip


@dataclass(frozen=True)
class Tirage:
    """Which corners of the law a draw may reach. Proportions are between 0 and 1."""

    inconnues: float = 0.0
    """Share of households that have a few unknown facts."""
    mouvements: float = 0.0
    """Share of households in which somebody arrives or leaves during the window."""
    trimestres: bool = False
    """Whether the month may be the second or the third of the quarter of rights."""
    negatifs: bool = False
    """Whether the self-employed may declare losses."""
    residences: tuple[str, ...] = ("metropole", "guadeloupe", "martinique", "guyane", "la_reunion")
    """Places of residence that may be drawn, the first one nine times out of ten."""
    prestations_variables: bool = True
    """Whether benefits received may change from one month of the window to the next."""
    rarete: float = 1.0
    """How often corners are drawn: below 1, more ordinary families, fewer of each corner."""
    etats_libres: bool = False
    """Whether flags may contradict the amounts beside them (an interruption, and no income that stops)."""
    ages_cibles: tuple[int, ...] = field(default=(0, 3, 6, 11, 14, 16, 18, 20, 21, 25))
    """Ages around which children are drawn."""


TOUTES_RESIDENCES = NATURES["residence"].valeurs

TIRAGE_COMPLET = Tirage(
    inconnues=0.15,
    mouvements=0.15,
    etats_libres=True,
    trimestres=True,
    negatifs=True,
    residences=TOUTES_RESIDENCES,
)
"""Everything the records can say, including what nobody knows."""

TIRAGE_COMPARABLE = Tirage(rarete=0.4)
"""Only what OpenFisca-France can be told too: nothing unknown, nobody moving in or out."""


def tirer(nombre: int, graine: int, mois: str, tirage: Tirage = TIRAGE_COMPLET) -> tuple[Foyers, Personnes]:
    """`nombre` households for the month `mois` ("AAAA-MM"); the same arguments give the same bytes.

    Each theme has its own stream of random numbers, so that changing the draw of incomes leaves the
    families as they were.
    """
    hasards: Hasards = {theme: np.random.default_rng([graine, rang]) for rang, theme in enumerate(THEMES)}
    reference = np.datetime64(mois, "M")
    composition = composer(nombre, reference, hasards["composition"], tirage)
    foyers = foyers_vierges(composition.fin - composition.debut)
    personnes = personnes_vierges(composition.role)
    decrire_personnes(personnes, composition, hasards["personnes"], tirage)
    decrire_logement(foyers, composition, hasards["logement"], tirage)
    verser_revenus(personnes, composition, hasards["revenus"], tirage)
    interrompre(personnes, hasards["interruptions"], tirage)
    dater_les_arrets(personnes, composition, hasards["interruptions"], tirage)
    verser_prestations(foyers, composition, hasards["prestations"], tirage)
    priver_de_soutien(personnes, composition, hasards["soutien"], tirage)
    arreter_de_travailler(personnes, composition, hasards["garde"], tirage)
    accompagner(personnes, composition, hasards["enfants"], tirage)
    perdre_un_enfant(foyers, composition, hasards["enfants"], tirage)
    faire_garder(foyers, personnes, composition, hasards["garde"], tirage)
    louer(foyers, personnes, composition, hasards["location"], tirage)
    reconnaitre_le_handicap(personnes, composition, hasards["handicap"], tirage)
    if tirage.inconnues:
        oublier(foyers, personnes, composition, hasards["inconnues"], tirage.inconnues)
    resumer(foyers)
    resumer(personnes)
    return foyers, personnes
