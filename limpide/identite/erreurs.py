"""What is refused to a person who types, said field by field, in French."""

import contextlib
from collections.abc import Iterator, Mapping
from functools import cache

from django.apps import apps
from django.db import IntegrityError

PARTOUT = "__all__"
"""The field of a message that concerns no single field (Django forms' word)."""


class ErreurSaisie(ValueError):
    """Input refused: nothing was written. `champs` maps each field to its French message."""

    def __init__(self, champs: Mapping[str, str]) -> None:
        self.champs = dict(champs)
        super().__init__(" ".join(self.champs.values()))


@cache
def _messages() -> dict[str, str]:
    """Message of each database constraint of the project, from the models that declare them."""
    return {
        contrainte.name: str(contrainte.violation_error_message)
        for modele in apps.get_models()
        for contrainte in modele._meta.constraints
    }


def message_de(erreur: IntegrityError) -> tuple[str, str]:
    """Name of the violated constraint and its French message. Unknown constraints keep their error."""
    diagnostic = getattr(erreur.__cause__, "diag", None)
    nom = getattr(diagnostic, "constraint_name", None) or ""
    if nom in _messages():
        return nom, _messages()[nom]
    if diagnostic is not None and diagnostic.context and "RAISE" in diagnostic.context:
        return nom, str(diagnostic.message_primary)  # written in French in our triggers
    raise erreur


@contextlib.contextmanager
def refus_en_francais(champs: Mapping[str, str] | None = None) -> Iterator[None]:
    """Turn a database refusal into an `ErreurSaisie`; `champs` tells which field each constraint belongs to."""
    try:
        yield
    except IntegrityError as erreur:
        nom, message = message_de(erreur)
        raise ErreurSaisie({(champs or {}).get(nom, PARTOUT): message}) from erreur
