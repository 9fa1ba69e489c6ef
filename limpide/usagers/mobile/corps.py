"""What the application sends: a JSON object, checked against the shape that the OpenAPI document publishes."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from limpide.usagers.mobile import problemes
from limpide.usagers.mobile.formes import FORMES
from limpide.usagers.mobile.problemes import Refus

OCTETS_AU_PLUS = 16 * 1024
EN_MOTS = {"string": "un texte", "boolean": "true ou false"}
GENRES = {"string": str, "boolean": bool}


def lire(request: HttpRequest, forme: str) -> dict[str, Any]:
    """The object sent, exactly of this shape. Raises Refus, which names each field at fault and what was expected."""
    if request.content_type != "application/json":
        raise Refus(problemes.FORMAT)
    lu = _objet(request)
    attendue = FORMES[forme]
    fautes = {nom: "Ce champ n'existe pas." for nom in lu if nom not in attendue["properties"]}
    for nom, champ in attendue["properties"].items():
        if faute := _faute(champ, lu.get(nom), nom in attendue["required"]):
            fautes[nom] = faute
    if fautes:
        raise Refus(problemes.SAISIE, champs=fautes)
    return lu


def _objet(request: HttpRequest) -> dict[str, Any]:
    try:
        brut = request.body
    except RequestDataTooBig:
        raise Refus(problemes.TROP_LOURD) from None
    if len(brut) > OCTETS_AU_PLUS:
        raise Refus(problemes.TROP_LOURD, f"{OCTETS_AU_PLUS} octets au plus.")
    try:
        lu = json.loads(brut.decode())
        json.dumps(lu, ensure_ascii=False).encode()  # half of a character can be written in JSON, and is no text
    except (ValueError, RecursionError):
        raise Refus(problemes.JSON_ILLISIBLE) from None
    if not isinstance(lu, dict):
        raise Refus(problemes.JSON_ILLISIBLE)
    return lu


def _faute(champ: dict[str, Any], valeur: Any, exige: bool) -> str:
    """What is wrong with this value; empty when nothing is."""
    if valeur is None:
        return "Ce champ est nécessaire." if exige else ""
    if not isinstance(valeur, GENRES[champ["type"]]):
        return f"Écrivez {EN_MOTS[champ['type']]}."
    if champ["type"] == "string":
        if "\0" in valeur:
            return "Ce texte contient un signe qui ne s'écrit pas."
        if len(valeur) > champ["maxLength"]:
            return f"{champ['maxLength']} signes au plus."
        if len(valeur) < champ.get("minLength", 0):
            return "Ce champ est vide."
    return ""
