"""A small world whose citizens have an account and an address, writers accredited, and a real SMTP server."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

SITE = "https://caf.exemple.test"
REDACTRICE, VALIDEUR = "agent.paris", "agent.nord"


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    from tests.banc.ecrans import peupler  # Django is not ready when this file is read

    return peupler(16, ())


@pytest.fixture
def boite(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from limpide.monde.messagerie import Messagerie

    messagerie = Messagerie()
    with messagerie.smtp_ouvert(0) as port:
        monkeypatch.setenv("LIMPIDE_SMTP_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("LIMPIDE_ADRESSE", SITE)
        yield messagerie


@pytest.fixture
def habilites(presents: dict[str, Any]) -> None:
    from django.utils import timezone

    from limpide.infolettres import redaction

    fin = timezone.localdate() + dt.timedelta(days=90)
    for agent in (REDACTRICE, VALIDEUR):
        redaction.habiliter(agent, "nationale", "Décision n° 4", fin)
    redaction.habiliter(REDACTRICE, "locale", "Décision n° 5", fin)


@pytest.fixture
def abonnes(presents: dict[str, Any]) -> int:
    """Every open account, subscribed as the day's task does."""
    from limpide.infolettres import abonnements

    return abonnements.rattraper(executer=True)


@pytest.fixture(autouse=True)
def services_ouverts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server remembers of the accreditations of online services is given to it."""
    from limpide.registre import homologations
    from tests.banc.homologations import homologations_de_papier

    monkeypatch.setattr(homologations._memoire, "decisions", homologations_de_papier)
