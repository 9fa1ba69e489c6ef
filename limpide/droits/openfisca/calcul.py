"""`/calculate` and `/trace`: the values asked for (`null`), family by family and month by month."""

import copy
from typing import Any

from limpide.droits.explication import Phrase, raconter

from .demandes import Demande, avec_familles, demandes_de
from .entites import ENTITES, INDIVIDUS
from .foyers import Foyers
from .trace import Trace
from .variables import calculees


def calculer(donnees: Any) -> dict[str, Any]:
    """The situation where each `null` is replaced by its value. `Refus` says what is wrong, where."""
    demandes = demandes_de(donnees)
    complete = copy.deepcopy(donnees)
    foyers = Foyers(avec_familles(donnees))
    for demande, valeur in zip(demandes, foyers.valeurs(demandes), strict=True):
        complete[demande.entite][demande.instance][demande.nom][demande.periode] = valeur
    reponse: dict[str, Any] = complete
    return reponse


def tracer_situation(donnees: Any) -> dict[str, Any]:
    """The steps of each value asked for, in OpenFisca's flat form; and ours, in French, under `limpide`."""
    demandes = demandes_de(donnees)
    complete = avec_familles(donnees)
    foyers = Foyers(complete)
    foyers.valeurs(demandes)
    trace = Trace(foyers)
    limpide: dict[str, Any] = {"explications": {}, "suppositions": {}, "variables_sans_effet": {}}
    for demande in demandes:
        trace.ajouter(demande)
        famille, foyer = foyers.famille(demande), foyers.du_mois(demande)
        limpide["suppositions"][famille] = list(foyer.suppositions)
        limpide["variables_sans_effet"][famille] = list(foyer.ignores)
        for code, recit in _recits(demande, foyers):
            limpide["explications"].setdefault(famille, {}).setdefault(code, {})[demande.mois] = recit
    return {
        "trace": trace.etapes,
        "entitiesDescription": {e: list(complete.get(e) or donnees[INDIVIDUS]) for e in ENTITES},
        "requestedCalculations": [f"{demande.nom}<{demande.periode}>" for demande in demandes],
        "limpide": limpide,
    }


def _recits(demande: Demande, foyers: Foyers) -> list[tuple[str, dict[str, Any]]]:
    """The explanation of each right (or figure) that this value is of, by its code."""
    foyer, calculee = foyers.du_mois(demande), calculees()[demande.nom]
    if calculee.quoi == "quotient":
        return [(demande.nom, {"conclusion": "", "etapes": _phrases(foyer.derives.quotient.phrases)})]
    if calculee.quoi == "affiliation":
        phrases = [phrase for dite in foyer.affiliations.values() for phrase in dite.phrases]
        return [(demande.nom, {"conclusion": "", "etapes": _phrases(phrases)})]
    recits = [(droit.code, raconter(foyer.resultats[droit.code])) for droit in calculee.droits]
    return [(code, {"conclusion": r.conclusion, "etapes": _phrases(r.phrases)}) for code, r in recits]


def _phrases(phrases: Any) -> list[dict[str, Any]]:
    return [_phrase(phrase) for phrase in phrases]


def _phrase(phrase: Phrase) -> dict[str, Any]:
    return {"texte": phrase.texte, "articles": list(phrase.articles), "etapes": _phrases(phrase.details)}
