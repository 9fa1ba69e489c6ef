"""What OpenFisca-France calls things: is a name one of its variables, whose is it, what does Limpide make of it.

A value given under a name that Limpide does not read is never passed over in silence. Where it only serves to compute
facts that Limpide reads (gross pay, from which the net one comes), those facts are told unknown unless they are given
too: a right that needs them then says so, the others are computed. Where it could change a right in a way we cannot
tell, it is refused. A value that says nothing (zero, no, OpenFisca's default) is left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FICHIER = Path(__file__).with_name("noms_openfisca.txt")
PLURIELS = {"individu": "individus", "famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}
_SALAIRE = ("salaire_net", "logement_salaires")
_CHOMAGE = ("chomage_net", "logement_chomage")
_RETRAITE = ("retraite_nette", "logement_pensions")
_PLACEMENTS = ("revenus_capital", "revenus_locatifs", "revenus_imposables_n2")
NOURRIT = {
    **dict.fromkeys(
        (
            "salaire_de_base", "salaire_imposable", "salaire_super_brut", "traitement_indiciaire_brut",
            "primes_fonction_publique", "primes_salaires", "hsup", "heures_remunerees_volume", "categorie_salarie",
            "contrat_de_travail", "contrat_de_travail_type", "contrat_de_travail_debut", "contrat_de_travail_fin",
            "effectif_entreprise", "avantage_en_nature", "allegement_fillon_mode_recouvrement",
        ),
        _SALAIRE,
    ),
    **dict.fromkeys(("chomage_brut", "chomage_imposable"), _CHOMAGE),
    **dict.fromkeys(("retraite_brute", "retraite_imposable"), _RETRAITE),
    "rpns_imposables": ("rpns_autres_revenus",),
    "charges_locatives": (),  # the housing benefit counts a fixed sum of charges (CCH D823-16)
    "statut_marital": (),
    "scolarite": (),
}  # fmt: skip
"""Variables that only serve to compute facts that we read, or nothing in these rights.

Named here are those facts that silence tells (no pay, no pension); the yearly income of two years ago is unknown anyway
unless it is given.
"""
CASES_DE_PLACEMENTS = ("f2", "f3", "f4")
"""How the boxes of an income declaration that tell of capital, gains and rents begin."""


@dataclass(frozen=True)
class Nom:
    """One of OpenFisca's variables: the plural name of its entity, what it is when nobody tells it."""

    entite: str
    defaut: Any


@lru_cache(maxsize=1)
def noms_openfisca() -> dict[str, Nom]:
    """Its variables by name."""
    noms: dict[str, Nom] = {}
    for ligne in FICHIER.read_text(encoding="utf-8").splitlines():
        if not ligne.startswith("#"):
            nom, entite, defaut = ligne.split(" ", 2)
            noms[nom] = Nom(PLURIELS[entite], json.loads(defaut))
    return noms


def faits_nourris(nom: str) -> tuple[str, ...] | None:
    """The facts that this variable would serve to compute; None if it may change a right by another way."""
    if nom in NOURRIT:
        return NOURRIT[nom]
    trouve = noms_openfisca().get(nom)
    if trouve is None or trouve.entite != "foyers_fiscaux":
        return None
    return _PLACEMENTS if nom.startswith(CASES_DE_PLACEMENTS) else ()


def ne_dit_rien(nom: str, brut: Any) -> bool:
    """Zero, no, nothing, or what OpenFisca supposes when nobody tells: leaving it out changes nothing."""
    trouve = noms_openfisca().get(nom)
    valeurs = brut.values() if isinstance(brut, Mapping) else [brut]
    return all(valeur is None or (trouve is not None and valeur == trouve.defaut) for valeur in valeurs)
