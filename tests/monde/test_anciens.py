"""The demonstration's old files: each step of the retention has some, the books are right before and after."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from limpide.monde import anciens, chargement
from limpide.paiements.audit import auditer
from limpide.registre.conservation.cycle import examiner


def dossiers() -> int:
    from limpide.dossiers.models import Dossier

    return Dossier._base_manager.using("proprietaire").count()


@pytest.mark.preuve("La démonstration montre des dossiers à archiver, à prévenir et à effacer, et les efface vraiment")
def test_each_age_shows_its_step_and_the_purge_erases_the_oldest(base: None) -> None:
    chargement.charger(3, 5, dt.date(2026, 11, 1))
    assert anciens.charger(1, timezone.localdate()) == 13
    assert auditer().ecart == ""
    bilan = examiner()
    assert (bilan.en_base, bilan.a_archiver, bilan.archives) == (3, 3, 3)
    assert (bilan.a_prevenir, bilan.prevenus, bilan.a_effacer) == (2, 0, 2)
    assert (bilan.a_redater, bilan.a_reprendre, dict(bilan.tenus)) == (0, 0, {})
    assert anciens.charger(1, timezone.localdate()) == 0
    call_command("conservation", "purger", "--executer", stdout=io.StringIO())
    assert dossiers() == 3 + 11
    assert auditer().ecart == ""
    assert anciens.charger(1, timezone.localdate()) == 0
