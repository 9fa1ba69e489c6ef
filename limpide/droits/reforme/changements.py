"""Parameters laid over those of the law: read from the command or a file, checked, and the table that rules read."""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.bareme import Nombre, Parametre, bareme_compile, en_lettres, mois_couvert, parametres
from limpide.droits.francais import nombre
from limpide.droits.lot.execution import CalculImpossible

Tableau = npt.NDArray[Any]


@dataclass(frozen=True)
class Changement:
    """One parameter, its value in the law for the month, and the other one."""

    parametre: Parametre
    avant: Nombre
    apres: Nombre

    @property
    def phrase(self) -> str:
        """What changes, in words, with its article."""
        p = self.parametre
        return f"{p.libelle} ({p.article}) : {_ecrire(self.avant)} → {_ecrire(self.apres)} {p.unite}"


def lire_changements(mots: Sequence[str], fichier: Path | None, mois: str) -> list[Changement]:
    """Those of the command (`nom=valeur`) and of a file; `CalculImpossible` says which one is wrong and why."""
    demandes: dict[str, object] = {}
    if fichier is not None:
        demandes |= _lire_fichier(fichier)
    for mot in mots:
        nom, egal, valeur = mot.partition("=")
        if not egal:
            raise CalculImpossible(f"« {mot} » : attendu un paramètre et sa valeur, comme bmaf=500 ou bmaf=+2%.")
        demandes[nom.strip()] = valeur.strip()
    if not demandes:
        raise CalculImpossible("Rien à changer : --changer PARAMETRE=VALEUR, ou --fichier reforme.toml.")
    return [_changement(nom, valeur, mois_couvert(mois)) for nom, valeur in demandes.items()]


def _lire_fichier(fichier: Path) -> dict[str, object]:
    try:
        lu = tomllib.loads(fichier.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as erreur:
        raise CalculImpossible(f"{fichier} ne peut pas être lu : {erreur}") from erreur
    table = lu.get("parametres")
    if not isinstance(table, dict) or set(lu) != {"parametres"}:
        raise CalculImpossible(
            f"{fichier} : attendu une seule table, [parametres], avec un nom et une valeur par ligne."
        )
    return table


def _changement(nom: str, valeur: object, mois: int) -> Changement:
    connus = parametres()
    if nom not in connus:
        proches = get_close_matches(nom, connus, 3, 0.5)
        details = " ; ".join(f"{p} ({connus[p].libelle}, {connus[p].article})" for p in proches)
        indice = f"Vouliez-vous dire : {details} ?" if proches else "« /algorithmes/ » les liste tous."
        raise CalculImpossible(f"« {nom} » n'est pas un paramètre de la loi. {indice}")
    parametre = connus[nom]
    if parametre.selon_contrat:
        raise CalculImpossible(f"« {nom} » ({parametre.libelle}) suit la date de chaque contrat : il ne se change pas.")
    avant = parametre.en(mois).valeur
    if not isinstance(avant, tuple) and (math.isnan(avant) or mois < parametre.sans_objet_avant):
        raise CalculImpossible(f"« {nom} » ({parametre.libelle}) n'existe pas encore en {en_lettres(mois)}.")
    return Changement(parametre, avant, _lire_valeur(parametre, avant, valeur))


def _lire_valeur(parametre: Parametre, avant: Nombre, valeur: object) -> Nombre:
    """The other value, in the shape of the parameter: a number, several separated by « ; », or a percentage more."""
    if isinstance(valeur, str) and valeur.endswith("%"):
        facteur = 1 + _nombre(parametre, valeur[:-1]) / 100
        if valeur[0] not in "+-":
            raise CalculImpossible(f"« {parametre.nom}={valeur} » : un pourcentage s'écrit avec son signe, comme +2%.")
        return tuple(v * facteur for v in avant) if isinstance(avant, tuple) else _un(parametre, avant * facteur)
    morceaux = valeur if isinstance(valeur, list) else valeur.split(";") if isinstance(valeur, str) else [valeur]
    nombres = [_nombre(parametre, morceau) for morceau in morceaux]
    attendus = len(avant) if isinstance(avant, tuple) else 1
    if len(nombres) != attendus:
        raise CalculImpossible(
            f"« {parametre.nom} » ({parametre.libelle}) : {len(nombres)} valeurs données, {attendus} attendues."
        )
    return tuple(nombres) if isinstance(avant, tuple) else _un(parametre, nombres[0])


def _nombre(parametre: Parametre, texte: Any) -> float:
    try:
        lu = (
            math.nan if isinstance(texte, bool) else float(texte.replace(",", ".") if isinstance(texte, str) else texte)
        )
    except (TypeError, ValueError):
        lu = math.nan
    if not math.isfinite(lu):
        raise CalculImpossible(f"« {parametre.nom} » ({parametre.libelle}) : trouvé {texte} ; attendu : un nombre.")
    return lu


def _un(parametre: Parametre, lu: float) -> Nombre:
    if not parametre.entier:
        return lu
    if lu != int(lu):
        raise CalculImpossible(f"« {parametre.nom} » ({parametre.libelle}) : trouvé {lu} ; attendu : un nombre entier.")
    return int(lu)


def bareme_reforme(changements: Sequence[Changement], mois: str) -> Tableau:
    """The parameters of the window with these values, every month of it: as if in force for long."""
    bareme = bareme_compile(mois).copy()
    for changement in changements:
        bareme[changement.parametre.nom] = np.asarray(changement.apres)
    bareme.flags.writeable = False
    return bareme


def _ecrire(valeur: Nombre) -> str:
    return " ; ".join(nombre(v) for v in valeur) if isinstance(valeur, tuple) else nombre(valeur)
