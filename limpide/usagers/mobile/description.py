"""The OpenAPI 3.1 document, written from the operations that serve: nothing in it is told apart from the code."""

import re
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from limpide.registre.vues import sans_donnees
from limpide.usagers.mobile import PREFIXE, problemes
from limpide.usagers.mobile.formes import FORMES, de
from limpide.usagers.mobile.operations import DOSSIER, LIBRE, OPERATIONS, PORTE, SORTIE, Operation, refus_de
from limpide.usagers.mobile.publication import publier

VERSION = "1.1.0"
PRESENTATION = (
    "Mon Compte, pour une application : les mêmes données, les mêmes conditions d'utilisation et les mêmes refus que "
    "sur le site. Chacun n'y lit que son propre dossier : agir pour une personne protégée se fait sur le site."
)
PLACES = re.compile(r"<(\w+):(\w+)>")
GENRES_DE_PLACE = {
    "str": {"type": "string", "maxLength": 64},
    "int": {"type": "integer", "minimum": 0},
    "uuid": {"type": "string", "format": "uuid"},
}
EN_CLAIR = {
    LIBRE: "Sans jeton.",
    SORTIE: "Avec un jeton d'accès, même quand l'accès est suspendu ou les conditions refusées.",
    PORTE: "Avec un jeton d'accès, avant même d'avoir accepté les conditions.",
    DOSSIER: "Avec un jeton d'accès, les conditions acceptées et une coordonnée confirmée.",
}

PARTIES = {
    "entree": "Entrer et sortir",
    "conditions": "Conditions d'utilisation",
    "compte": "Compte",
    "droits": "Droits, paiements et décisions",
    "aides": "Demander une aide",
    "demandes": "Suivre ses demandes",
    "documents": "Documents",
}
"""Modules of the operations, in the order in which one reads them."""


def parties() -> list[tuple[str, list[Operation]]]:
    """(title, operations) of each part."""
    rangees = {module: [] for module in PARTIES}  # type: dict[str, list[Operation]]
    for quoi, vue in OPERATIONS.items():
        rangees[vue.__module__.rpartition(".")[2]].append(quoi)
    return [(PARTIES[module], rangee) for module, rangee in rangees.items()]


@cache
def document() -> dict[str, Any]:
    """The whole document, ready to be written in JSON."""
    chemins: dict[str, Any] = {}
    for partie, operations in parties():
        for quoi in operations:
            chemins.setdefault(chemin_de(quoi), {})[quoi.methode.lower()] = {"tags": [partie], **_decrire(quoi)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "API de l'application mobile",
            "version": VERSION,
            "description": PRESENTATION,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": PREFIXE.removesuffix("/")}],
        "tags": [{"name": nom} for nom in PARTIES.values()],
        "paths": chemins,
        "components": {
            "schemas": FORMES,
            "securitySchemes": {"jeton": {"type": "http", "scheme": "bearer", "description": "Jeton d'accès opaque."}},
        },
    }


def chemin_de(quoi: Operation) -> str:
    """As OpenAPI writes it: « /mois/{mois}/ »."""
    return "/" + PLACES.sub(r"{\2}", quoi.chemin)


def _decrire(quoi: Operation) -> dict[str, Any]:
    dite: dict[str, Any] = {
        "operationId": quoi.nom,
        "summary": quoi.resume,
        "description": EN_CLAIR[quoi.acces],
        "responses": {str(quoi.statut): _succes(quoi)} | _refus(quoi),
        "security": [] if quoi.acces == LIBRE else [{"jeton": []}],
    }
    if places := PLACES.findall(quoi.chemin):
        dite["parameters"] = [
            {"name": nom, "in": "path", "required": True, "schema": GENRES_DE_PLACE[genre]} for genre, nom in places
        ]
    if quoi.corps:
        dite["requestBody"] = {"required": True, "content": {"application/json": {"schema": de(quoi.corps)}}}
    if quoi.fichiers:
        dite["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": de("Fichiers")}}}
    return dite


def _succes(quoi: Operation) -> dict[str, Any]:
    if not quoi.reponse:
        return {"description": "C'est fait."}
    return {"description": quoi.resume, "content": {"application/json": {"schema": de(quoi.reponse)}}}


def _refus(quoi: Operation) -> dict[str, Any]:
    """One answer for each status, which names the codes it may hold."""
    par_statut: dict[str, list[problemes.Probleme]] = {}
    for probleme in refus_de(quoi):
        par_statut.setdefault(str(probleme.statut), []).append(probleme)
    return {
        statut: {
            "description": " ".join(f"`{p.code}` : {p.titre}" for p in ceux),
            "content": {problemes.GENRE_DE_CONTENU: {"schema": {
                "allOf": [de("Probleme"), {"properties": {"code": {"enum": [p.code for p in ceux]}}}],
            }}},
        }
        for statut, ceux in par_statut.items()
    }  # fmt: skip


def _montrer(quoi: Operation) -> dict[str, Any]:
    return {
        "quoi": quoi, "chemin": f"{PREFIXE}{chemin_de(quoi)[1:]}", "acces": EN_CLAIR[quoi.acces], "refus": quoi.refus,
    }  # fmt: skip


@require_safe
@sans_donnees("La description publiée d'une interface, la même pour tous")
def openapi(request: HttpRequest) -> HttpResponse:
    return publier(request, document())


openapi.operation = Operation(  # type: ignore[attr-defined]
    chemin="openapi.json", methode="GET", resume="Cette description", acces=LIBRE, nom="openapi"
)


@require_safe
@sans_donnees("La description publiée d'une interface, la même pour tous")
def developpeurs(request: HttpRequest) -> HttpResponse:
    """The same, to read: how to begin, each operation, each refusal."""
    lues = [(titre, [_montrer(quoi) for quoi in operations]) for titre, operations in parties()]
    contexte = {
        "parties": lues, "problemes": problemes.CATALOGUE, "presentation": PRESENTATION, "version": VERSION,
        "prefixe": PREFIXE,
    }  # fmt: skip
    return render(request, "usagers/mobile/developpeurs.html", contexte)
