"""Draws for the properties, and the small changes they compare: one more child, more income, children
reordered."""

from collections.abc import Iterator
from typing import Any

import hypothesis.strategies as st
import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import mois_couverts
from limpide.droits.hasard import TIRAGE_COMPARABLE, Tirage, tirer
from limpide.droits.situation import ENFANT, NATURES, Situation, personnes_vierges, resumer

Foyers = npt.NDArray[np.void]
Personnes = npt.NDArray[np.void]

MOIS = mois_couverts()
CONNUS = Tirage(mouvements=0.1, trimestres=True, negatifs=True, etats_libres=True)
"""Everything may happen, nothing is unknown."""

graines = st.integers(0, 2**32 - 1)
mois_tires = st.sampled_from(MOIS)


def tirage_connu(mois: str, graine: int, nombre: int = 300) -> tuple[Foyers, Personnes]:
    """Households without any unknown fact."""
    return tirer(nombre, graine, mois, CONNUS)


def tirage_ordinaire(mois: str, graine: int, nombre: int = 300) -> tuple[Foyers, Personnes]:
    """Households without any unknown fact, nobody moving, flags in accordance with amounts."""
    return tirer(nombre, graine, mois, TIRAGE_COMPARABLE)


def situations(mois: str, foyers: Foyers, personnes: Personnes) -> Iterator[Situation]:
    """The households one by one, as `liquider` takes them."""
    for rang, foyer in enumerate(foyers):
        membres = personnes[foyer["debut"] : foyer["fin"]]
        yield Situation(mois, foyers[rang : rang + 1].copy(), membres.copy())


def appartenance(foyers: Foyers) -> npt.NDArray[np.int64]:
    """Household of each person."""
    return np.repeat(np.arange(len(foyers)), foyers["fin"] - foyers["debut"])


def avec_un_enfant(mois: str, foyers: Foyers, personnes: Personnes, age: int = 5) -> tuple[Foyers, Personnes]:
    """The same households with one more child, of that age, living there all the time."""
    enfants = personnes_vierges(np.full(len(foyers), ENFANT))
    naissance = (np.datetime64(mois, "M") - 12 * age).astype("datetime64[D]") + 9
    enfants["date_naissance"] = naissance.astype(np.int64)
    enfants["nationalite"] = 0
    enfants["duree_possession_titre_sejour"] = 0
    enfants["activite"] = 2
    resumer(enfants)
    agrandis = foyers.copy()
    rangs = np.arange(len(foyers))
    agrandis["debut"], agrandis["fin"] = foyers["debut"] + rangs, foyers["fin"] + rangs + 1
    reunis = np.zeros(len(personnes) + len(foyers), personnes.dtype)
    reunis[np.arange(len(personnes)) + appartenance(foyers)] = personnes
    reunis[agrandis["fin"] - 1] = enfants
    return agrandis, reunis


def enfants_melanges(foyers: Foyers, personnes: Personnes, graine: int) -> Personnes:
    """The same households, their children written in another order."""
    hasard = np.random.default_rng(graine)
    adulte = personnes["role"] != ENFANT
    cle = np.where(adulte, personnes["role"], 2 + hasard.random(len(personnes)))
    return personnes[np.lexsort((cle, appartenance(foyers)))]


def ecrire(personnes: Personnes, noms: Any, valeur: float) -> None:
    """Set incomes to one value over the whole window, and the shortcuts with them."""
    for nom in noms:
        personnes[nom][:] = valeur
    resumer(personnes)


def sans_revenu(personnes: Personnes) -> npt.NDArray[np.bool_]:
    """Persons without any income at all, yearly ones included."""
    noms = [n.nom for n in NATURES.values() if n.sujet == "personne" and n.type == "euros"]
    return np.all([(personnes[nom].reshape(len(personnes), -1) == 0).all(axis=1) for nom in noms], axis=0)


def seuls(foyers: Foyers, personnes: Personnes) -> tuple[Foyers, Personnes]:
    """These households with their own persons only, one after the other."""
    membres = np.concatenate([personnes[f["debut"] : f["fin"]] for f in foyers]) if len(foyers) else personnes[:0]
    gardes, rangs = foyers.copy(), np.cumsum(foyers["fin"] - foyers["debut"])
    gardes["debut"], gardes["fin"] = rangs - (foyers["fin"] - foyers["debut"]), rangs
    copie = np.zeros(len(membres), personnes.dtype)
    copie[:] = membres
    return gardes, copie
