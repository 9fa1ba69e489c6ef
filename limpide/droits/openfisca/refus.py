"""Refusals of a request, in the shape OpenFisca's clients know: a message at the path of what is wrong."""

from collections.abc import Sequence
from typing import Any


class Refus(ValueError):
    """`erreur` is the JSON body: nested objects down to the message; `code` the HTTP status (400 or 404)."""

    def __init__(self, chemin: tuple[str, ...], message: str, code: int = 400) -> None:
        self.chemin, self.message, self.code = chemin, message, code
        self.autres: tuple[Refus, ...] = ()
        """Refused in the same request, at other paths."""
        super().__init__(f"{'.'.join(chemin)} : {message}")

    @classmethod
    def ensemble(cls, refuses: Sequence["Refus"]) -> "Refus":
        """One refusal that says them all, each at its path: the first, with the others."""
        premier = refuses[0]
        chemins = {premier.chemin}
        for autre in refuses[1:]:
            if not any(autre.chemin[: len(c)] == c or c[: len(autre.chemin)] == autre.chemin for c in chemins):
                chemins.add(autre.chemin)
                premier.autres += (autre,)
        return premier

    @property
    def erreur(self) -> dict[str, Any]:
        corps: dict[str, Any] = {}
        for refus in (self, *self.autres):
            *parents, feuille = refus.chemin or ("error",)
            niveau = corps
            for cle in parents:
                niveau = niveau.setdefault(cle, {})
            niveau[feuille] = refus.message
        return corps
