from collections.abc import Iterator
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


@pytest.fixture
def boite(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Both channels open, a real SMTP server and the text messages over HTTP, and what they receive."""
    from limpide.monde.messagerie import Messagerie
    from limpide.monde.simulateurs import Simulateur

    messagerie = Messagerie()
    serveur = Simulateur(messagerie.partenaire_sms(), port=0)
    with messagerie.smtp_ouvert(0) as port, serveur.ouvert():
        monkeypatch.setenv("LIMPIDE_SMTP_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("LIMPIDE_SMS_URL", serveur.adresse("sms"))
        yield messagerie
