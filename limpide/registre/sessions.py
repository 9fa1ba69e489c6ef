"""Sessions in the database, read and written only under the processing `authentification`.

Inside another processing the store never touches the database: the middleware has loaded the session before
the view and saves it after.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as SessionsDjango

from limpide.registre.contexte import SYSTEME, refuser, traitement, traitement_courant

TRAITEMENT = "authentification"


@contextlib.contextmanager
def sous_authentification() -> Iterator[None]:
    """Open `authentification` unless it already is; any other open processing is refused."""
    cours = traitement_courant()
    if cours is None:
        with traitement(TRAITEMENT, acteur=SYSTEME, motif="Tenue de la session"):
            yield
    elif cours.cle == TRAITEMENT:
        yield
    else:
        raise refuser(
            f"la session ne se lit ni ne s'écrit dans « {cours.cle} » : l'intergiciel s'en charge",
            objet="sessions.Session",
        )


class SessionStore(SessionsDjango):
    """Django's own store, each access to the database under its processing."""

    def load(self) -> Any:
        with sous_authentification():
            return super().load()

    def exists(self, session_key: str) -> bool:
        with sous_authentification():
            return super().exists(session_key)

    def save(self, must_create: bool = False) -> None:
        with sous_authentification():
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        with sous_authentification():
            super().delete(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        with sous_authentification():
            super().clear_expired()
