"""The simulated SNGI: its own synthetic register of identities, and how it compares (see ID-11).

Same spelling: `concordant`. Same letters once accents, hyphens and the order of forenames are set aside: `proche`.
Otherwise `different`. A waiting number is answered with the NIR that replaces it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from limpide.identite.noms import normaliser
from limpide.monde.simulateurs import Incomprise, PartenaireSimule

NOMS = ("nom", "prenoms")
CHEMIN = "/v1/identifications"


@dataclass(frozen=True)
class Inscrit:
    """One identity of the register; `nia`: the waiting number it was first known by; `homonymes`: others alike."""

    nir: str = field(repr=False)
    nom: str
    prenoms: str
    date_naissance: str
    lieu_naissance: str = ""
    pays_naissance: str = "99100"
    nia: str = field(default="", repr=False)
    homonymes: int = 0


def sngi(inscrits: Iterable[Inscrit]) -> PartenaireSimule:
    """The partner, with this register."""
    par_numero = {numero: i for i in inscrits for numero in (i.nir, i.nia) if numero}

    def identifier(question: Mapping[str, Any]) -> dict[str, Any]:
        if not {"cle", "numero", "genre", "nom", "prenoms", "date_naissance"} <= set(question):
            raise Incomprise("champ manquant")
        inscrit = par_numero.get(question["numero"])
        if inscrit is None:
            return {"cle": question["cle"], "resultat": "inconnu", "ecarts": []}
        if inscrit.homonymes:
            return {"cle": question["cle"], "resultat": "plusieurs", "ecarts": []}
        reponse = {"cle": question["cle"], **comparer(inscrit, question)}
        if question["genre"] == "nia" and reponse["resultat"] == "concordant":
            reponse["nir"] = inscrit.nir
        return reponse

    return PartenaireSimule("sngi", {CHEMIN: identifier})


def comparer(inscrit: Inscrit, question: Mapping[str, Any]) -> dict[str, Any]:
    """The word of the convention, and the names of the fields that differ."""
    champs = ("nom", "prenoms", "date_naissance", "lieu_naissance", "pays_naissance")
    ecarts = [c for c in champs if question.get(c, "") != getattr(inscrit, c)]
    graves = [
        c for c in ecarts if c not in ("nom", "prenoms") or _lettres(question[c]) != _lettres(getattr(inscrit, c))
    ]
    resultat = "concordant" if not ecarts else "different" if graves else "proche"
    return {"resultat": resultat, "ecarts": ecarts}


def _lettres(nom: str) -> list[str]:
    return sorted(normaliser(nom).split())
