"""Values that must not be shown by accident: `str`, `repr`, formats and pickles never give them away.

`en_clair()` is the only way out, easy to find in a review.
"""

from abc import ABC, abstractmethod
from typing import NoReturn


class Confidentiel(ABC):
    """Immutable text whose only free display is a mask (ID-13)."""

    __slots__ = ("__valeur",)

    def __init__(self, valeur: str) -> None:
        self.__valeur = valeur

    def en_clair(self) -> str:
        """The value itself. Never for a log, a URL, a file name or the subject of a message."""
        return self.__valeur

    @abstractmethod
    def masque(self) -> str:
        """What may be shown to anyone."""

    def __str__(self) -> str:
        return self.masque()

    def __format__(self, _format: str) -> str:
        return self.masque()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} masqué>"

    def __eq__(self, autre: object) -> bool:
        return type(autre) is type(self) and autre.en_clair() == self.__valeur  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self), self.__valeur))

    def __reduce_ex__(self, _protocole: object) -> NoReturn:
        raise TypeError("Une valeur confidentielle ne s'enregistre pas : elle se chiffre.")


class TexteScelle(Confidentiel):
    """A text that is kept encrypted and never shown by accident: a draft, a sealed declaration."""

    __slots__ = ()

    def masque(self) -> str:
        return "•••"
