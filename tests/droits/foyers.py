"""Small households for the tests of the law: a valid one, to be changed by the field."""

import copy
from typing import Any

from limpide.droits.situation import Situation

FAMILLE: dict[str, Any] = {
    "mois": "2026-11",
    "foyer": {
        "residence": "metropole",
        "statut_occupation_logement": "locataire_vide",
        "aide_logement": 200.0,
        "prestations_familiales_base_ressources": 20000.0,
    },
    "personnes": [
        {"role": "demandeur", "date_naissance": "1990-05-31", "salaire_net": 800.0, "nationalite": "francaise"},
        {"role": "enfant", "date_naissance": "2015-02-03"},
        {"role": "enfant", "date_naissance": "2021-06-18"},
    ],
}


def famille(mois: str = "2026-11", **faits: Any) -> dict[str, Any]:
    """A lone parent with two children; `faits` change the household (`foyer__x`) or a person (`p0__x`)."""
    donnees = copy.deepcopy(FAMILLE) | {"mois": mois}
    for cle, valeur in faits.items():
        sujet, _, nom = cle.partition("__")
        cible = donnees["foyer"] if sujet == "foyer" else donnees["personnes"][int(sujet[1:])]
        cible[nom] = valeur
    return donnees


def situation(mois: str = "2026-11", **faits: Any) -> Situation:
    return Situation.depuis_dict(famille(mois, **faits))
