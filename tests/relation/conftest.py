"""Amina, her Caf's agent, the other Caf's, and real mailboxes."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    from tests.banc.ecrans import peupler  # Django is not ready when this file is read

    return peupler(8, ())


@pytest.fixture
def monde(presents: dict[str, Any]) -> dict[str, Any]:
    from tests.banc import ecrans

    return {
        "amina": ecrans.allocataire(presents), "agent": ecrans.agent(presents),
        "nord": ecrans.agent(presents, ecrans.AGENT_NORD), "presents": presents, "dossier": ecrans.fiche_d_amina()[0],
    }  # fmt: skip


@pytest.fixture(autouse=True)
def services_ouverts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server remembers of the accreditations of online services is given to it."""
    from limpide.registre import homologations
    from tests.banc.homologations import homologations_de_papier

    monkeypatch.setattr(homologations._memoire, "decisions", homologations_de_papier)


@pytest.fixture
def boite(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from limpide.monde.messagerie import Messagerie

    messagerie = Messagerie()
    with messagerie.smtp_ouvert(0) as port:
        monkeypatch.setenv("LIMPIDE_SMTP_URL", f"smtp://127.0.0.1:{port}")
        yield messagerie
