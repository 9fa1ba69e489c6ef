"""Refusals of a request, in the shape OpenFisca's clients know: a message at the path of what is wrong."""

from typing import Any


class Refus(ValueError):
    """`erreur` is the JSON body: nested objects down to the message; `code` the HTTP status (400 or 404)."""

    def __init__(self, chemin: tuple[str, ...], message: str, code: int = 400) -> None:
        self.chemin, self.message, self.code = chemin, message, code
        super().__init__(f"{'.'.join(chemin)} : {message}")

    @property
    def erreur(self) -> dict[str, Any]:
        corps: Any = self.message
        for cle in reversed(self.chemin or ("error",)):
            corps = {cle: corps}
        nu: dict[str, Any] = corps
        return nu
