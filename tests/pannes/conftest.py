import pytest


@pytest.fixture
def monde(base):
    """Sixteen fictitious households in several Caf; the files written are gone afterwards."""
    from limpide.paiements.fichiers import dossier_des_virements
    from tests.banc.mois import peupler

    peupler(16)
    yield
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()
