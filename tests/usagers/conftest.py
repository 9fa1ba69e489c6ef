from typing import Any

import pytest

FOYERS_POUR_SE_CONNECTER = 8


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    """The demonstration's world and its accounts."""
    from tests.banc.ecrans import peupler  # Django is not ready when this file is read

    return peupler()


@pytest.fixture
def comptes_seuls(base: None) -> dict[str, Any]:
    """The accounts, and a few households of which nothing is liquidated yet: enough to log in."""
    from tests.banc.ecrans import peupler

    return peupler(FOYERS_POUR_SE_CONNECTER, ())


@pytest.fixture(autouse=True)
def services_ouverts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulator needs no database; what the server remembers of the accreditations is given to it."""
    from limpide.registre import homologations
    from tests.banc.homologations import homologations_de_papier

    monkeypatch.setattr(homologations._memoire, "decisions", homologations_de_papier)
