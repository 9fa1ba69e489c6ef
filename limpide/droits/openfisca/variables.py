"""The catalogue of variables: what may be given (the facts), and what is computed (the rights)."""

import inspect
from functools import lru_cache
from pathlib import Path
from typing import Any

from limpide.droits.calcul import catalogue_droits
from limpide.droits.faits import NATURES, Nature
from limpide.droits.moteur import Droit, Motif
from limpide.droits.moteur.regle import entree_de

from .entites import CLES, FAMILLES, entite_du_fait

RACINE = Path(__file__).parents[3]
GENRES = {"euros": "Float", "booleen": "Boolean", "enumeration": "String", "date": "Date", "entier": "Int"}
PERIODES = {"mois": "MONTH", "annee": "YEAR", "etat": "MONTH"}


@lru_cache(maxsize=1)
def calculees() -> dict[str, tuple[Droit, str]]:
    """Computed variables by name: the right, and what of it (its amount, its reason, its CRDS)."""
    toutes: dict[str, tuple[Droit, str]] = {}
    for droit in catalogue_droits():
        toutes[droit.code] = (droit, "montant")
        toutes[f"{droit.code}_motif"] = (droit, "motif")
        if droit.crds is not None:
            toutes[f"{droit.code}_crds"] = (droit, "crds")
    return toutes


def variables_publiees(adresse: str) -> dict[str, Any]:
    """What `/variables` answers; `adresse` is the address of the API, with its last slash."""
    descriptions = {nom: _description(*cible) for nom, cible in calculees().items()}
    descriptions |= {nom: nature.libelle for nom, nature in NATURES.items()}
    return {
        nom: {"description": description, "href": f"{adresse}variable/{nom}"}
        for nom, description in descriptions.items()
    }


def _description(droit: Droit, quoi: str) -> str:
    suites = {"montant": "", "motif": ", motif", "crds": ", CRDS retenue"}
    return f"{droit.libelle}{suites[quoi]}"


def variable(nom: str) -> dict[str, Any] | None:
    """What `/variable/<nom>` answers; None if there is none of that name."""
    if nom in calculees():
        return _calculee(nom, *calculees()[nom])
    return _donnee(NATURES[nom]) if nom in NATURES else None


def _donnee(nature: Nature) -> dict[str, Any]:
    decrite: dict[str, Any] = {
        "id": nature.nom,
        "description": nature.libelle,
        "valueType": GENRES[nature.type],
        "defaultValue": _defaut(nature),
        "definitionPeriod": "ETERNITY" if nature.type == "date" else PERIODES[nature.periodicite],
        "entity": CLES[entite_du_fait(nature.nom)],
    }
    if nature.defaut_si_absent:
        decrite["documentation"] = nature.defaut_si_absent.raison
    if nature.type == "enumeration":
        libelles = nature.libelles_valeurs or nature.valeurs
        decrite["possibleValues"] = dict(zip(nature.valeurs, libelles, strict=True))
    return decrite


def _defaut(nature: Nature) -> Any:
    """What is taken when nothing is said; None where nothing is (the right is then unknown)."""
    defaut = nature.defaut_si_absent
    if defaut is None or defaut.roles != "tous":
        return None
    if nature.type == "booleen":
        return bool(defaut.valeur)
    return nature.valeurs[int(defaut.valeur)] if nature.type == "enumeration" else defaut.valeur


def _calculee(nom: str, droit: Droit, quoi: str) -> dict[str, Any]:
    fonction = {"montant": droit.montant, "motif": droit.motif, "crds": droit.crds}[quoi]
    assert fonction is not None
    entree = entree_de(fonction)
    articles = list(dict.fromkeys(article for v in entree.variantes for article in v.articles))
    decrite: dict[str, Any] = {
        "id": nom,
        "description": _description(droit, quoi),
        "valueType": "String" if quoi == "motif" else "Float",
        "defaultValue": Motif.INCONNU.name if quoi == "motif" else 0,
        "definitionPeriod": "MONTH",
        "entity": CLES[FAMILLES],
        "references": articles,
        "formulas": {v.depuis.isoformat(): _formule(v.fonction) for v in entree.variantes},
    }
    if quoi == "motif":
        decrite["possibleValues"] = {motif.name: motif.phrase for motif in Motif}
    return decrite


def _formule(fonction: Any) -> dict[str, str]:
    lignes, debut = inspect.getsourcelines(fonction)
    fichier = Path(inspect.getsourcefile(fonction) or "").resolve().relative_to(RACINE).as_posix()
    formule = {"source": f"{fichier}#L{debut}-L{debut + len(lignes) - 1}", "content": "".join(lignes)}
    if fonction.__doc__:
        formule["documentation"] = inspect.cleandoc(fonction.__doc__)
    return formule
