"""The OpenAPI description of the addresses, made from the same catalogues as the answers."""

from functools import lru_cache
from typing import Any

from limpide.droits.annee_openfisca import IMPOSABLES
from limpide.droits.bareme import mois_couverts, parametres
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif
from limpide.droits.periodes_openfisca import PERIODE

from .entites import ENTITES, INDIVIDUS, ROLES, entite_du_fait
from .variables import calculees, variable

VERSION = "1"
TYPES = {"Float": "number", "Int": "integer", "Boolean": "boolean", "String": "string", "Date": "string"}
EXEMPLE = {
    "individus": {
        "parent1": {"date_naissance": {"ETERNITY": "1990-03-14"}, "salaire_net": {"2026": 18000}},
        "enfant1": {"date_naissance": {"ETERNITY": "2018-05-02"}},
        "enfant2": {"date_naissance": {"ETERNITY": "2021-11-20"}},
    },
    "familles": {
        "famille1": {
            "parents": ["parent1"],
            "enfants": ["enfant1", "enfant2"],
            "prestations_familiales_base_ressources": {"2026-11": 17000},
            "af": {"2026-11": None},
        }
    },
}
REFUS = {"$ref": "#/components/schemas/Refus"}
MEMBRES = {"type": ["array", "string"], "items": {"type": "string"}}
PERIODES = {"pattern": PERIODE.pattern.replace("$", "|ETERNITY|eternity)$").replace("^", "^(?:")}
"""What a period may be: `lire_openfisca` reads it with the same expression."""


def _json(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _refus(*codes: str) -> dict[str, Any]:
    textes = {
        "400": "La demande est incorrecte : le message est au bout du chemin fautif.",
        "404": "Rien de ce nom, ou une variable que Limpide ne calcule pas.",
        "405": "Cette adresse ne répond pas à ce verbe.",
        "413": "La demande est trop longue.",
        "415": "La demande n'est pas en JSON.",
        "429": "Trop de demandes : attendre le nombre de secondes de l'en-tête Retry-After.",
        "503": "Le service est fermé.",
    }
    return {code: _json(REFUS, textes[code]) for code in (*codes, "429", "503")}


def _lecture(resume: str, schema: dict[str, Any], parametre: str = "") -> dict[str, Any]:
    operation: dict[str, Any] = {"summary": resume, "responses": {"200": _json(schema, resume)} | _refus()}
    if parametre:
        operation["parameters"] = [
            {"name": parametre, "in": "path", "required": True, "schema": {"type": "string", "pattern": r"^[\w.]+$"}}
        ]
        operation["responses"] |= _refus("404")
    return {"get": operation}


def _calcul(resume: str, schema: dict[str, Any]) -> dict[str, Any]:
    demande = {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Situation"}}},
    }
    reponses = {"200": _json(schema, resume)} | _refus("400", "404", "413", "415")
    return {"post": {"summary": resume, "requestBody": demande, "responses": reponses}}


def _objet(**champs: Any) -> dict[str, Any]:
    return {"type": "object", "properties": champs}


@lru_cache(maxsize=1)
def _schemas() -> dict[str, Any]:
    catalogue = {
        "type": "object",
        "additionalProperties": _objet(description={"type": "string"}, href={"type": "string"}),
    }
    return {
        "Situation": {
            "type": "object",
            "required": ["individus"],
            "additionalProperties": False,
            "properties": {e: _instances(e) for e in ENTITES},
            "example": EXEMPLE,
        },
        "Refus": {"type": "object"},
        "Catalogue": catalogue,
        "Variable": _objet(id={"type": "string"}, description={"type": "string"}, valueType={"enum": sorted(TYPES)}),
        "Parametre": _objet(id={"type": "string"}, description={"type": "string"}, values={"type": "object"}),
        "Entites": {"type": "object"},
        "Etape": _objet(
            dependencies={"type": "array", "items": {"type": "string"}},
            parameters={"type": "object"},
            value={"type": "array"},
            calculation_time={"type": "number", "description": "Secondes mesurées, étapes comprises"},
            formula_time={"type": "number", "description": "Secondes mesurées, sans les étapes"},
            label={"type": "string"},
            references={"type": "array", "items": {"type": "string"}},
        ),
        "Trace": _objet(
            trace={"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Etape"}},
            entitiesDescription={"type": "object", "additionalProperties": {"type": "array"}},
            requestedCalculations={"type": "array", "items": {"type": "string"}},
            limpide={"type": "object"},
        ),
    }


def _instances(entite: str) -> dict[str, Any]:
    """One key each; a person at least."""
    obligatoire = {"minProperties": 1} if entite == "individus" else {}
    return {"type": "object", "additionalProperties": _entite(entite)} | obligatoire


def _entite(entite: str) -> dict[str, Any]:
    champs: dict[str, Any] = dict.fromkeys(ROLES.get(entite, ()), MEMBRES)
    noms = [n for n in NATURES if n not in calculees() and entite_du_fait(n) == entite]
    for nom in (*noms, *(nom for nom, calculee in calculees().items() if calculee.entite == entite)):
        decrite = variable(nom) or {}
        genre: dict[str, Any] = {"type": [TYPES[decrite["valueType"]], "null"]}
        if "possibleValues" in decrite:
            genre["enum"] = [*decrite["possibleValues"], None]
        champs[nom] = {"type": "object", "propertyNames": PERIODES, "additionalProperties": genre}
    if entite == INDIVIDUS:
        montants: dict[str, Any] = {"type": ["number", "null"]}
        champs |= {
            nom: {"type": "object", "propertyNames": PERIODES, "additionalProperties": montants} for nom in IMPOSABLES
        }
    return {"type": "object", "properties": champs}


def specification(adresse: str) -> dict[str, Any]:
    """What `/spec` answers: OpenAPI 3.1; `adresse` is the address of the API."""
    mois = mois_couverts()
    montants = [nom for nom, calculee in calculees().items() if calculee.quoi in {"montant", "part"}]
    ref = {nom: {"$ref": f"#/components/schemas/{nom}"} for nom in _schemas()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Limpide, au format de l'interface d'OpenFisca",
            "version": VERSION,
            "description": (
                f"Calcule {', '.join(montants)} pour chaque mois"
                f" de {mois[0]} à {mois[-1]}. Une valeur « null » est demandée ; elle revient calculée. Rien n'est"
                " enregistré. Les revenus imposables d'une année entière (salaire_imposable, chomage_imposable,"
                " retraite_imposable, rpns_imposables), donnés pour chaque adulte, valent déclaration de ses revenus :"
                " ceux de l'avant-dernière année donnent prestations_familiales_base_ressources et biactivite, les"
                " natures que rien ne dit étant supposées nulles (« suppositions » de /trace). Une année dite en partie"
                " est refusée, avec les mois qui manquent."
                f" {len(parametres())} paramètres datés, motifs : {', '.join(m.name for m in Motif)}."
            ),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": adresse}],
        "paths": {
            "/calculate": _calcul("La situation, où chaque « null » est remplacé par sa valeur", ref["Situation"]),
            "/trace": _calcul("Les étapes de chaque valeur demandée, et leur explication en français", ref["Trace"]),
            "/variables": _lecture("Les variables lues et calculées", ref["Catalogue"]),
            "/variable/{variableID}": _lecture(
                "Une variable, avec ses règles et leurs articles", ref["Variable"], "variableID"
            ),
            "/parameters": _lecture("Les paramètres de la loi", ref["Catalogue"]),
            "/parameter/{parameterID}": _lecture(
                "Un paramètre, ses valeurs datées et leurs sources", ref["Parametre"], "parameterID"
            ),
            "/entities": _lecture("Les entités d'une situation", ref["Entites"]),
            "/spec": _lecture("Cette description", {"type": "object"}),
        },
        "components": {"schemas": _schemas()},
    }
