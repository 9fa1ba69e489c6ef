import logging

import numpy as np
import pytest

from limpide.droits.moteur.compilation import charger_noyau, dossier_cache
from limpide.droits.situation import FOYER, PERSONNE, dtype_droits, foyers_vierges, personnes_vierges, resumer
from tests.droits.moteur.essai import DROIT

BAREME = np.dtype([("mois", "i4"), ("debut_mois", "i4")])
FORMES = {"FOYER": FOYER, "PERSONNE": PERSONNE, "BAREME": BAREME, "DROITS": dtype_droits(["essai"])}


@pytest.fixture(scope="module")
def noyau(tmp_path_factory):
    with pytest.MonkeyPatch.context() as environnement:
        environnement.setenv("LIMPIDE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield charger_noyau([DROIT], "essai" * 8, FORMES)


def lot():
    """Three households: two children and a wage; unknown wage; no child."""
    foyers, personnes = foyers_vierges([3, 3, 1]), personnes_vierges([0, 2, 2, 0, 2, 2, 0])
    personnes["date_naissance"] = 15000
    personnes["salaire_net"][[0, 6]] = 500.0
    resumer(personnes)
    return foyers, personnes


@pytest.mark.parametrize(("mois", "attendu"), [(202603, 15000), (202604, 17001)])
def test_a_batch_gives_amount_reason_and_missing_fact(noyau, mois, attendu):
    foyers, personnes = lot()
    b, droits = np.zeros(7, BAREME), np.zeros(3, FORMES["DROITS"])
    b["mois"], b["debut_mois"] = mois, 20000
    noyau(foyers, personnes, b, droits, 0, 3)
    assert droits["essai_centimes"].tolist() == [attendu, 0, 0]
    assert droits["essai_motif"].tolist() == [0, 1, 6]
    assert droits["essai_manque"].tolist() == [0, 40, 0]
    assert droits["essai_crds"].tolist() == [attendu // 200 + (attendu % 200 >= 100), 0, 0]
    assert np.isnan(droits["essai"]).tolist() == [False, True, False]


def test_only_the_households_asked_for_are_written(noyau):
    foyers, personnes = lot()
    b, droits = np.zeros(7, BAREME), np.zeros(3, FORMES["DROITS"])
    b["mois"], b["debut_mois"] = 202603, 20000
    noyau(foyers, personnes, b, droits, 2, 3)
    assert droits["essai_motif"].tolist() == [0, 0, 6]


def test_other_records_or_bounds_are_refused_before_any_memory_is_read(noyau):
    foyers, personnes = lot()
    b, droits = np.zeros(7, BAREME), np.zeros(3, FORMES["DROITS"])
    with pytest.raises(IndexError):
        noyau(foyers, personnes, b, droits, 0, 4)
    with pytest.raises(TypeError):
        noyau(foyers[::2], personnes, b, droits, 0, 1)
    with pytest.raises(TypeError):
        noyau(personnes, personnes, b, droits, 0, 1)


def test_a_folder_that_refuses_writing_is_told_and_replaced(tmp_path, monkeypatch, caplog):
    obstacle = tmp_path / "fichier"
    obstacle.write_text("")
    monkeypatch.setenv("LIMPIDE_CACHE", str(obstacle))
    with caplog.at_level(logging.WARNING, logger="limpide.droits"):
        dossier = dossier_cache("a" * 64)
    assert dossier.is_dir()
    assert obstacle not in dossier.parents
    assert "recompilées à chaque démarrage" in caplog.text


def test_the_cache_folder_is_named_after_the_rules(tmp_path, monkeypatch):
    monkeypatch.delenv("LIMPIDE_CACHE", raising=False)
    monkeypatch.setenv("LIMPIDE_HOME", str(tmp_path))
    assert dossier_cache("a" * 64) != dossier_cache("b" * 64)
    assert tmp_path in dossier_cache("a" * 64).parents
