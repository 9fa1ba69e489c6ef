from collections.abc import Iterator

import pytest


@pytest.fixture
def amina(base: None) -> Iterator[int]:
    """A household with everything, whose relation ended eight years ago; its file's number."""
    from limpide.paiements.fichiers import dossier_des_virements  # Django is not ready when this file is read
    from tests.registre.conservation.gestes import une_vie_passee

    yield une_vie_passee()
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()
