"""The words in which shapes are written: JSON Schemas (draft 2020-12) of one kind of value each."""

from typing import Any

Forme = dict[str, Any]


def objet(description: str, facultatifs: tuple[str, ...] = (), /, **champs: Forme) -> Forme:
    """An object with exactly these members, all required but `facultatifs`."""
    exiges = [nom for nom in champs if nom not in facultatifs]
    return {
        "type": "object", "description": description, "properties": champs, "required": exiges,
        "additionalProperties": False,
    }  # fmt: skip


def texte(description: str, **autres: Any) -> Forme:
    return {"type": "string", "description": description, **autres}


def saisie(description: str, au_plus: int) -> Forme:
    """A text that the application sends."""
    return texte(description, minLength=1, maxLength=au_plus)


def instant(description: str) -> Forme:
    return texte(description, format="date-time")


def jour(description: str) -> Forme:
    return texte(description, format="date")


def mois(description: str) -> Forme:
    return texte(description, pattern=r"^\d{4}-(0[1-9]|1[0-2])$")


def centimes(description: str) -> Forme:
    return {"type": "integer", "description": f"{description}, en centimes d'euro."}


def nombre(description: str) -> Forme:
    return {"type": "integer", "description": description}


def vrai(description: str) -> Forme:
    return {"type": "boolean", "description": description}


def ou_rien(forme: Forme) -> Forme:
    """The same, or null."""
    if "$ref" in forme:
        return {"oneOf": [forme, {"type": "null"}]}
    return {**forme, "type": [forme["type"], "null"]}


def de(nom: str) -> Forme:
    return {"$ref": f"#/components/schemas/{nom}"}


def liste(forme: Forme, description: str) -> Forme:
    return {"type": "array", "items": forme, "description": description}
