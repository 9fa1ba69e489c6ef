"""The site's static files, read once a run: each test client starts the server's middlewares anew."""

from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def _statiques_lus_une_fois() -> None:
    from whitenoise.middleware import WhiteNoiseMiddleware

    lire = WhiteNoiseMiddleware.add_files_from_finders
    lus: dict[str, Any] = {}

    def lire_une_fois(serveur: Any) -> None:
        if not lus:
            lire(serveur)
            lus.update(serveur.files)
        serveur.files.update(lus)

    WhiteNoiseMiddleware.add_files_from_finders = lire_une_fois
