import pytest


@pytest.fixture
def monde(base):
    """Twenty-five fictitious households in several Caf."""
    from limpide.paiements.fichiers import dossier_des_virements  # Django is not ready when this file is read
    from tests.banc.mois import peupler

    peupler()
    yield
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()
