"""The catalogue of parameters: every dated value of the law, with its source, by `<folder>/<name>`."""

from typing import Any

from limpide.droits.bareme import Parametre, ecrire_mois, parametres
from limpide.droits.calcul import catalogue_droits


def _identifiant(parametre: Parametre) -> str:
    return f"{parametre.dossier}.{parametre.nom}"


def parametres_publies(adresse: str) -> dict[str, Any]:
    """What `/parameters` answers; `adresse` is the address of the API, with its last slash."""
    return {
        _identifiant(p): {
            "description": p.libelle,
            "href": f"{adresse}parameter/{_identifiant(p).replace('.', '/')}",
        }
        for p in parametres().values()
    }


def parametre(identifiant: str) -> dict[str, Any] | None:
    """What `/parameter/<folder>/<name>` answers (`<folder>.<name>` is understood), or `/parameter/<folder>`, a node.

    None if there is none.
    """
    dossier, _, nom = identifiant.replace(".", "/").partition("/")
    if not nom:
        return _noeud(dossier)
    trouve = parametres().get(nom)
    if trouve is None or trouve.dossier != dossier:
        return None
    valeurs: dict[str, Any] = {
        _jour(v.debut): list(v.valeur) if isinstance(v.valeur, tuple) else v.valeur for v in trouve.valeurs
    }
    if trouve.sans_objet_depuis <= trouve.verifie_jusque:
        valeurs[_jour(trouve.sans_objet_depuis)] = None
    return {
        "id": _identifiant(trouve),
        "description": trouve.libelle,
        "metadata": {
            "unit": trouve.unite,
            "reference": {_jour(v.debut): v.reference for v in trouve.valeurs},
            "last_value_still_valid_on": _jour(trouve.verifie_jusque),
            "article": trouve.article,
        },
        "source": f"limpide/droits/{dossier}/bareme.toml",
        "values": valeurs,
    }


def _noeud(dossier: str) -> dict[str, Any] | None:
    """A folder of parameters, by name; None if it states none."""
    siens = {p.nom: {"description": p.libelle} for p in parametres().values() if p.dossier == dossier}
    if not siens:
        return None
    droit = next((d for d in catalogue_droits() if d.code == dossier), None)
    return {
        "id": dossier,
        "description": droit.libelle if droit else dossier.replace("_", " ").capitalize(),
        "metadata": {},
        "source": f"limpide/droits/{dossier}/bareme.toml",
        "subparams": siens,
    }


def _jour(mois: int) -> str:
    return f"{ecrire_mois(mois)}-01"
