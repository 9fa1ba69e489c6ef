from pathlib import Path

import pytest

from limpide.droits.population.ecriture import ecrire_population

MOIS, FOYERS, PAR_GROUPE = "2026-11", 1200, 300


@pytest.fixture(scope="session")
def population(tmp_path_factory) -> Path:
    """Twelve hundred households in four row groups."""
    dossier = tmp_path_factory.mktemp("population")
    assert len(list(ecrire_population(dossier, FOYERS, 3, MOIS, 2, PAR_GROUPE))) == 4
    return dossier
