"""The RNCPS on HTTP, and an agent in Amina's file; `presents` is each file's own world.

Models are imported inside: this file is read before Django is set up.
"""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def repertoire(presents: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    """The directory on HTTP, where the product looks for it; the Caf published first."""
    from limpide.dossiers import rncps
    from limpide.monde.rncps import Repertoire
    from limpide.monde.rncps import rncps as simuler
    from limpide.monde.simulateurs import Simulateur

    tenu = Repertoire()
    serveur = Simulateur(simuler(tenu), port=0)
    monkeypatch.setenv("LIMPIDE_RNCPS_URL", serveur.adresse("rncps"))
    with serveur.ouvert():
        rncps.publier()
        yield tenu, serveur.partenaires["rncps"]


@pytest.fixture
def agent(presents: Any) -> tuple[Any, str]:
    """The agent's browser in Amina's file, and the address of the page."""
    from tests.banc import ecrans

    dossier, _ = ecrans.fiche_d_amina()
    return ecrans.ouvrir(ecrans.agent(presents), dossier), f"/agent/dossier/{dossier}/rncps/"
