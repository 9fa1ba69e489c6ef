"""What the application sends: a JSON object, checked against the shape that the OpenAPI document publishes."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from limpide.usagers.mobile import problemes
from limpide.usagers.mobile.formes import FORMES
from limpide.usagers.mobile.problemes import Refus

OCTETS_AU_PLUS = 16 * 1024
EN_MOTS = {"string": "un texte", "boolean": "true ou false", "integer": "un nombre entier", "object": "un objet",
           "array": "une liste"}  # fmt: skip
GENRES = {"string": str, "boolean": bool, "integer": int, "object": dict, "array": list}
MEMBRES_AU_PLUS = 400


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
    genres = champ["type"] if isinstance(champ["type"], list) else [champ["type"]]
    genre = next((g for g in genres if isinstance(valeur, GENRES[g])), None)
    if genre is None or (genre == "integer" and isinstance(valeur, bool)):
        return f"Écrivez {' ou '.join(EN_MOTS[g] for g in genres)}."
    return _DANS[genre](champ, valeur) if genre in _DANS else ""


def _du_texte(champ: dict[str, Any], valeur: str) -> str:
    if "\0" in valeur:
        return "Ce texte contient un signe qui ne s'écrit pas."
    if len(valeur) > champ["maxLength"]:
        return f"{champ['maxLength']} signes au plus."
    return "Ce champ est vide." if len(valeur) < champ.get("minLength", 0) else ""


def _du_nombre(champ: dict[str, Any], valeur: int) -> str:
    dans = champ["minimum"] <= valeur <= champ["maximum"]
    return "" if dans else f"De {champ['minimum']} à {champ['maximum']}."


def _des_membres(membre: dict[str, Any], valeurs: Iterable[Any]) -> str:
    """The first fault among them."""
    return next((faute for v in valeurs if (faute := _faute(membre, v, exige=True))), "")


_DANS: dict[str, Callable[[dict[str, Any], Any], str]] = {
    "string": _du_texte,
    "integer": _du_nombre,
    "array": lambda champ, valeur: _des_membres(champ["items"], valeur),
    "object": lambda champ, valeur: (
        _des_membres(champ["additionalProperties"], valeur.values())
        if len(valeur) <= MEMBRES_AU_PLUS
        else f"{MEMBRES_AU_PLUS} membres au plus."
    ),
}
