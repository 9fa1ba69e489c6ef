"""The synthetic population: the same for the same seed, calibrated on what is published."""

import json

import pytest

from limpide.__main__ import main
from limpide.droits.lot.colonnes import FOYERS, PERSONNES
from limpide.droits.population.composition import CALAGE
from limpide.droits.population.ecriture import ecrire_population
from limpide.droits.population.tirage import tirer_morceau

from .conftest import FOYERS as NOMBRE
from .conftest import MOIS, PAR_GROUPE


def test_the_same_seed_writes_the_same_bytes_on_any_number_of_threads(population, tmp_path):
    for graine in (3, 4):
        autre = tmp_path / str(graine)
        autre.mkdir()
        list(ecrire_population(autre, NOMBRE, graine, MOIS, 1, PAR_GROUPE))
        for nom in (FOYERS, PERSONNES):
            assert ((autre / nom).read_bytes() == (population / nom).read_bytes()) == (graine == 3)


def test_a_piece_depends_on_its_rank_alone():
    deux, encore = tirer_morceau(9, 2, 50, MOIS), tirer_morceau(9, 2, 50, MOIS)
    for nom, valeurs in deux.personnes.items():
        assert valeurs.tobytes() == encore.personnes[nom].tobytes(), nom
    assert (
        tirer_morceau(9, 3, 50, MOIS).personnes["date_naissance"].tobytes()
        != deux.personnes["date_naissance"].tobytes()
    )


def test_every_figure_has_its_source():
    sans = [
        nom
        for nom, table in CALAGE.items()
        for morceau in ([table] if "source" in table else table.values())
        if nom != "ressources" and not morceau.get("source")
    ]
    assert sans == []


def test_the_report_holds_the_drawn_counts_beside_the_published_ones(tmp_path, capsys):
    dossier = tmp_path / "population"
    assert main(["population", str(dossier), "--foyers", "12000", "--mois", MOIS, "--json"]) == 0
    rapport = json.loads(capsys.readouterr().out)
    assert rapport == json.loads((dossier / "rapport.json").read_text())
    lignes = {(ligne["theme"], ligne["quoi"]): ligne for ligne in rapport["comparaisons"]}
    for quoi in ("af", "rsa", "ppa", "asf", "ars", "cf", "aah", "aide_logement"):
        assert abs(lignes["droits", quoi]["ecart"]) < 0.15, lignes["droits", quoi]
    assert lignes["structure", "personnes"]["ecart"] == pytest.approx(0, abs=0.03)
    assert all(ligne["source"] for ligne in lignes.values())
    assert rapport["foyers"] == 12_000
    assert rapport["octets"][PERSONNES] > 50_000


@pytest.mark.parametrize(
    ("options", "dit"), [(["--mois", "2031-01"], "n'est pas couvert"), (["--foyers", "0"], "au moins un foyer")]
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(tmp_path, capsys, options, dit):
    assert main(["population", str(tmp_path / "non"), *options]) == 2
    assert dit in capsys.readouterr().err
    assert not (tmp_path / "non").exists()


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path, capsys):
    (tmp_path / "note").write_text("à moi")
    assert main(["population", str(tmp_path)]) == 2
    assert "n'est pas vide" in capsys.readouterr().err
    assert [f.name for f in tmp_path.iterdir()] == ["note"]
