"""A start-up check of the room: no processing that runs by itself may sign a human decision."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from limpide.registre.collecte import registre
from limpide.registre.declaration import DeclarationInvalide

HUMAINES = "paiements.DecisionHumaine"


def verifier_les_signatures(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Whoever may create a human decision is an agent, and nothing else."""
    try:
        traitements = registre().traitements.values()
    except DeclarationInvalide:
        return []  # already reported by the register
    return [
        Error(
            f"« {t.cle} » peut signer une décision humaine sans être réservé aux agents : une règle ne signe pas.",
            id="paiements.E001",
        )
        for t in traitements
        if HUMAINES in t.creer and t.genres != ("agent",)
    ]
