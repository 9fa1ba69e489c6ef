"""Every status has a term for the agent and a sentence for the citizen."""

import pytest

from limpide.dossiers import lexique
from limpide.droits.moteur import Motif


def valeurs(nom: str) -> set[str]:
    from limpide.dossiers import models
    from limpide.identite.models import Qualite, StatutIdentite
    from limpide.paiements.models import Creance
    from limpide.registre.models import LigneJournal

    return {
        "MOTIFS": {motif.name for motif in Motif},
        "ROLES": set(Qualite.values),
        "SOURCES": set(models.SourceFait.values),
        "DEMANDES": set(models.EtatDemande.values),
        "PIECES": set(models.EtatPiece.values),
        "CREANCES": set(Creance.Etat.values),
        "AUTOMATISATIONS": set(models.Decision.Automatisation.values),
        "REVUES": set(models.RevueDecision.Avis.values),
        "ACTIONS": set(LigneJournal.ACTIONS),
        "IDENTITES": set(StatutIdentite.values),
    }[nom]


TABLES = [
    "MOTIFS", "ROLES", "SOURCES", "DEMANDES", "PIECES", "CREANCES", "AUTOMATISATIONS", "REVUES", "ACTIONS", "IDENTITES",
]  # fmt: skip


@pytest.mark.parametrize("nom", TABLES)
def test_every_status_has_its_words(nom: str) -> None:
    assert set(getattr(lexique, nom)) == valeurs(nom)


def test_no_table_of_words_is_left_untested() -> None:
    assert {n for n, v in vars(lexique).items() if n.isupper() and isinstance(v, dict)} == set(TABLES)


@pytest.mark.parametrize("nom", TABLES)
def test_the_words_are_words(nom: str) -> None:
    for code, mots in getattr(lexique, nom).items():
        assert mots.agent[:1].isupper(), code
        assert mots.allocataire[:1].isupper(), code
        assert "_" not in mots.agent + mots.allocataire, code
