"""Dated parameters of the law: amounts, rates, ages, read from the `bareme.toml` of each folder.

One table per parameter; its name is what rules read (`b[k].bmaf`), unique over all folders:

    [bmaf]
    libelle = "Base mensuelle de calcul des allocations familiales"
    unite = "EUR/mois"                      # free text: EUR/mois, EUR/heure, EUR/an, part, ans, mois, heures…
    article = "CSS L551-1"
    verifie_jusque = "2026-12"              # last month for which someone checked that the last value still holds
    valeurs = [
      { debut = "2024-04", valeur = 466.44, reference = "décret n° …" },
      { debut = "2025-04", valeur = 474.37, reference = "instruction n° …" },
    ]

A value holds from the first day of `debut` until the next one, the last one until `verifie_jusque`. It is a
number, or a list of numbers (read as an array). `fin = "2025-12"` closes a value early. `sans_objet_avant =
"2025-03"` in the table says that the parameter did not exist before, `sans_objet_depuis = "2021-04"` that it exists no
more from that month on: it is then NaN (-1 if it is a whole number).

`selon_contrat = true` in the table says that `debut` is the month of a contract, whatever the month computed (the
ceilings of a home loan): rules then read every line at once, the month of its contract last.

A month outside 2020-01…2026-12 is refused (`MoisHorsBareme`). A month of the window without a checked value is
refused (`BaremeLacunaire`): nobody formalised it, so it is not guessed.
"""

import tomllib
from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .faits import MOIS_FENETRE

PREMIER_MOIS, DERNIER_MOIS = 202001, 202612
ICI = Path(__file__).parent
OBLIGATOIRES = ("libelle", "unite", "article", "verifie_jusque", "valeurs")
FACULTATIFS = ("sans_objet_avant", "sans_objet_depuis", "selon_contrat", "note", "url")

SANS_OBJET = "sans objet"
"""Reference of a value that does not exist in a month: the parameter came later, or is over."""

CALENDRIER = ("mois", "rang_mois", "debut_mois")
"""Of each month: itself (202611), the months from year 0 to it, the days from 1970 to its first."""

Nombre = int | float | tuple[float, ...]
MOIS_FRANCAIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


class MoisHorsBareme(ValueError):
    """A month that this version of the law does not cover, or that is not a month."""


class BaremeLacunaire(ValueError):
    """A parameter file that does not say what it must: missing value, source, unit, or date not checked."""


@dataclass(frozen=True)
class Valeur:
    """A value and the months it holds for, both ends included, as 202604."""

    debut: int
    fin: int
    valeur: Nombre
    reference: str


@dataclass(frozen=True)
class Parametre:
    """One parameter of the law and its dated values; `dossier` is the folder that states it."""

    nom: str
    dossier: str
    libelle: str
    unite: str
    article: str
    verifie_jusque: int
    valeurs: tuple[Valeur, ...]
    sans_objet_avant: int = 0
    sans_objet_depuis: int = 999912
    selon_contrat: bool = False

    def en(self, mois: int) -> Valeur:
        """The value in force in a month (202604); `BaremeLacunaire` if nobody stated or checked one.

        Of a parameter that follows the contract: that of the latest contracts.
        """
        if mois < self.sans_objet_avant:
            return Valeur(0, self.sans_objet_avant - 1, self._sans_objet(), SANS_OBJET)
        if mois >= self.sans_objet_depuis:
            return Valeur(self.sans_objet_depuis, self.verifie_jusque, self._sans_objet(), SANS_OBJET)
        for valeur in reversed(self.valeurs):
            if valeur.debut <= mois <= valeur.fin:
                return valeur
        raise BaremeLacunaire(
            f"{self.dossier}/bareme.toml, « {self.nom} » : aucune valeur vérifiée pour {en_lettres(mois)} "
            f"(vérifié jusqu'à {en_lettres(self.verifie_jusque)})."
        )

    def pour_les_regles(self, mois: int) -> Nombre | tuple[tuple[float, ...], ...]:
        """What rules read in a month: the value, or every line of what follows the contract, its month last."""
        if not self.selon_contrat:
            return self.en(mois).valeur
        return tuple((*v.valeur, float(v.debut)) for v in self.valeurs if isinstance(v.valeur, tuple))

    def _sans_objet(self) -> Nombre:
        modele = self.valeurs[0].valeur
        if isinstance(modele, tuple):
            return tuple(np.nan for _ in modele)
        return -1 if self.entier else np.nan

    @property
    def entier(self) -> bool:
        return all(isinstance(v.valeur, int) for v in self.valeurs)


def lire_mois(texte: str) -> int:
    """Read "2026-11" as 202611. Refuses what is not a month, in French."""
    partie = texte.split("-") if isinstance(texte, str) else []
    if len(partie) == 2 and all(p.isascii() and p.isdigit() for p in partie):
        annee, mois = int(partie[0]), int(partie[1])
        if len(partie[0]) == 4 and len(partie[1]) == 2 and 1 <= mois <= 12:
            return annee * 100 + mois
    raise MoisHorsBareme(f"« {texte} » n'est pas un mois : attendu année et mois, comme 2026-11.")


def ecrire_mois(mois: int) -> str:
    return f"{mois // 100:04d}-{mois % 100:02d}"


def en_lettres(mois: int) -> str:
    """202611 → « novembre 2026 »."""
    return f"{MOIS_FRANCAIS[mois % 100 - 1]} {mois // 100}"


def decaler(mois: int, nombre: int) -> int:
    """The month that many months later."""
    rang = (mois // 100) * 12 + mois % 100 - 1 + nombre
    return rang // 12 * 100 + rang % 12 + 1


def mois_couvert(texte: str) -> int:
    """The month asked for, if this version of the law covers it; else `MoisHorsBareme`."""
    mois = lire_mois(texte)
    if not PREMIER_MOIS <= mois <= DERNIER_MOIS:
        raise MoisHorsBareme(
            f"Le mois {texte} n'est pas couvert : les barèmes vont de {en_lettres(PREMIER_MOIS)} "
            f"à {en_lettres(DERNIER_MOIS)}."
        )
    return mois


def mois_couverts() -> list[str]:
    """Every month covered, "2020-01" to "2026-12"."""
    mois, tous = PREMIER_MOIS, []
    while mois <= DERNIER_MOIS:
        tous.append(ecrire_mois(mois))
        mois = decaler(mois, 1)
    return tous


def mois_fenetre(mois: int) -> list[int]:
    """The months M-6…M of the window of a month."""
    return [decaler(mois, k - MOIS_FENETRE + 1) for k in range(MOIS_FENETRE)]


def fichiers_baremes() -> list[Path]:
    return sorted(ICI.glob("*/bareme.toml"))


@lru_cache(maxsize=1)
def parametres() -> dict[str, Parametre]:
    """Every parameter of every folder, by name."""
    tous: dict[str, Parametre] = {}
    for fichier in fichiers_baremes():
        for parametre in lire_bareme(fichier.read_text(encoding="utf-8"), fichier.parent.name):
            if parametre.nom in tous:
                autre = tous[parametre.nom].dossier
                raise BaremeLacunaire(f"« {parametre.nom} » est défini deux fois : {autre} et {parametre.dossier}.")
            tous[parametre.nom] = parametre
    return tous


def lire_bareme(texte: str, dossier: str) -> list[Parametre]:
    """Read one parameter file (format above); `BaremeLacunaire` names the table and what it lacks."""
    try:
        tables = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise BaremeLacunaire(f"{dossier}/bareme.toml : {erreur}") from erreur
    return [_lire_parametre(nom, table, dossier) for nom, table in tables.items()]


def _lire_parametre(nom: str, table: Any, dossier: str) -> Parametre:
    ou = f"{dossier}/bareme.toml, « {nom} »"
    if not isinstance(table, Mapping) or not nom.isidentifier():
        raise BaremeLacunaire(f"{ou} : chaque paramètre est une table, nommée comme une variable.")
    manquants = [c for c in OBLIGATOIRES if not table.get(c)]
    inconnus = sorted(set(table) - set(OBLIGATOIRES) - set(FACULTATIFS))
    if manquants or inconnus:
        raise BaremeLacunaire(f"{ou} : manque {manquants or 'rien'}, inconnu {inconnus or 'rien'}.")
    jusque = lire_mois(table["verifie_jusque"])
    valeurs = _lire_valeurs(ou, table["valeurs"], jusque)
    avant = lire_mois(table["sans_objet_avant"]) if "sans_objet_avant" in table else 0
    depuis = lire_mois(table["sans_objet_depuis"]) if "sans_objet_depuis" in table else 999912
    valeurs = tuple(replace(valeur, fin=min(valeur.fin, decaler(depuis, -1))) for valeur in valeurs)
    contrat = table.get("selon_contrat", False)
    if contrat and not isinstance(valeurs[0].valeur, tuple):
        raise BaremeLacunaire(f"{ou} : ce qui suit la date du contrat est une liste de nombres.")
    return Parametre(
        nom, dossier, table["libelle"], table["unite"], table["article"], jusque, valeurs, avant, depuis, contrat
    )


def _lire_valeurs(ou: str, lignes: Any, jusque: int) -> tuple[Valeur, ...]:
    """Values in the order of time, each closed by the next; the last holds until it was checked."""
    debuts = [lire_mois(ligne.get("debut", "")) for ligne in lignes]
    if debuts != sorted(set(debuts)):
        raise BaremeLacunaire(f"{ou} : les dates de début se suivent, sans répétition.")
    valeurs = []
    for ligne, suivant in zip(lignes, [*debuts[1:], None], strict=True):
        if not ligne.get("reference") or "valeur" not in ligne:
            raise BaremeLacunaire(f"{ou} : chaque valeur a un début, une valeur et une référence.")
        fin = decaler(suivant, -1) if suivant else jusque
        if "fin" in ligne:
            fin = min(fin, lire_mois(ligne["fin"]))
        valeurs.append(Valeur(lire_mois(ligne["debut"]), fin, _lire_nombre(ou, ligne["valeur"]), ligne["reference"]))
    if len({_forme(v.valeur) for v in valeurs}) != 1:
        raise BaremeLacunaire(f"{ou} : toutes les valeurs ont la même forme.")
    return tuple(valeurs)


def _lire_nombre(ou: str, valeur: Any) -> Nombre:
    if isinstance(valeur, list) and valeur and all(type(v) in (int, float) for v in valeur):
        return tuple(float(v) for v in valeur)
    if type(valeur) is int or type(valeur) is float:
        return valeur
    raise BaremeLacunaire(f"{ou} : {valeur!r} n'est ni un nombre ni une liste de nombres.")


def _forme(valeur: Nombre) -> int:
    return len(valeur) if isinstance(valeur, tuple) else 0


def dtype_bareme() -> np.dtype[Any]:
    """The record of one month: what `CALENDRIER` says of it, then every parameter."""
    champs: list[Any] = [(nom, "i4") for nom in CALENDRIER]
    for parametre in parametres().values():
        forme = _forme(parametre.valeurs[0].valeur)
        genre = "i8" if parametre.entier else "f8"
        tailles = (len(parametre.valeurs), forme + 1) if parametre.selon_contrat else (forme,)
        champs.append((parametre.nom, "f8", tailles) if forme else (parametre.nom, genre))
    return np.dtype(champs, align=True)


@lru_cache(maxsize=64)
def _ligne(mois: int) -> tuple[Any, ...]:
    debut = (date(mois // 100, mois % 100, 1) - date(1970, 1, 1)).days
    rang = mois // 100 * 12 + mois % 100 - 1
    return (mois, rang, debut, *(p.pour_les_regles(mois) for p in parametres().values()))


@lru_cache(maxsize=1)
def _genre_ligne() -> Any:
    return namedtuple("Bareme", [*CALENDRIER, *parametres()])  # noqa: PYI024 - fields known at run time


@lru_cache(maxsize=64)
def bareme_lisible(mois: str) -> tuple[Any, ...]:
    """The parameters of the seven months of the window as Python objects: `b[6].bmaf` is that of the month."""
    genre = _genre_ligne()
    return tuple(genre(*_ligne(m)) for m in mois_fenetre(mois_couvert(mois)))


@lru_cache(maxsize=64)
def bareme_compile(mois: str) -> npt.NDArray[Any]:
    """The same as an array of records, for compiled rules."""
    lignes = np.array([_ligne(m) for m in mois_fenetre(mois_couvert(mois))], dtype=dtype_bareme())
    lignes.flags.writeable = False
    return lignes


def parametres_du_mois(mois: str) -> list[dict[str, Any]]:
    """What applies in a month, for the page that shows it: label, value, unit, since when, article, source."""
    numero = mois_couvert(mois)
    lignes = []
    for parametre in parametres().values():
        valeur = parametre.en(numero)
        if valeur.reference == SANS_OBJET:
            continue
        lignes.append(
            {
                "nom": parametre.nom,
                "dossier": parametre.dossier,
                "libelle": parametre.libelle,
                "valeur": valeur.valeur,
                "unite": parametre.unite,
                "depuis": ecrire_mois(valeur.debut) if valeur.debut else None,
                "article": parametre.article,
                "reference": valeur.reference,
                "verifie_jusque": ecrire_mois(parametre.verifie_jusque),
            }
        )
    return lignes
