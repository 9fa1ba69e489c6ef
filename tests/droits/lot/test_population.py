"""The synthetic population: the same for the same seed, calibrated on what is published."""

import json

import pytest

from limpide.__main__ import main
from limpide.droits.lot.chaine import liquider_bloc
from limpide.droits.lot.colonnes import FOYERS, PERSONNES
from limpide.droits.lot.lecture import Fiches, lire_groupe, ouvrir
from limpide.droits.population.composition import CALAGE
from limpide.droits.population.ecriture import ecrire_population
from limpide.droits.population.tirage import tirer_morceau
from limpide.droits.situation import ENFANT, codes_droits

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


def test_what_few_families_live_is_drawn_at_the_counts_told_and_apart_from_the_rest(monkeypatch):
    """A hundred times as many, to have some in one piece: each opens its right where the law opens it."""
    for nom, table in CALAGE["rares"].items():
        cle = "foyers" if "foyers" in table else "par_an"
        monkeypatch.setitem(CALAGE["rares"], nom, table | {cle: table[cle] * 100})
    morceau = tirer_morceau(5, 0, 20_000, MOIS)
    p, c = morceau.personnes, morceau.composition
    echelle = 20_000 / CALAGE["foyers"]["total"]
    for fait, attendus in (("ajpp_demi_journees", 900_000), ("ajpa_demi_journees", 150_000)):
        assert abs((p[fait] > 0).sum() / (attendus * echelle) - 1) < 0.15, fait
    assert abs((p["adoption"] == 1).sum() / (3 * 121_600 * echelle) - 1) < 0.15
    assert abs((morceau.foyers["deces_enfant"] > 0).sum() / (450_000 / 12 * echelle) - 1) < 0.3
    assert (p["date_adoption"][p["adoption"] == 1] >= p["date_naissance"][p["adoption"] == 1]).all()
    accords = p["ajpp_accord_medical"] == 1
    assert accords.sum() == (p["ajpp_demi_journees"] > 0).sum()
    assert set(c.foyer[accords]) == set(c.foyer[p["ajpp_demi_journees"] > 0])
    assert not accords[c.role != ENFANT].any()
    for nom, table in CALAGE["rares"].items():
        monkeypatch.setitem(CALAGE["rares"], nom, dict.fromkeys(table, 0))
    sans = tirer_morceau(5, 0, 20_000, MOIS)
    assert not (sans.personnes["ajpp_demi_journees"] > 0).any()
    assert all((sans.personnes[nom] == p[nom]).all() for nom in ("date_naissance", "salaire_net_m0", "activite"))


def test_rare_rights_are_opened_by_the_law(monkeypatch, tmp_path):
    for nom, table in CALAGE["rares"].items():
        cle = "foyers" if "foyers" in table else "par_an"
        monkeypatch.setitem(CALAGE["rares"], nom, table | {cle: table[cle] * 300})
    list(ecrire_population(tmp_path, 6000, 2, MOIS, 1))
    population = ouvrir(tmp_path)
    codes = ("paje_adoption", "ajpp", "ajpa", "aah", "caah", "allocation_deces")
    ouverts = dict.fromkeys(codes, 0)
    for _, foyers, personnes in Fiches(population).blocs(lire_groupe(population, 0, MOIS)):
        bloc = liquider_bloc(MOIS, foyers, personnes, codes_droits(), dits=population.dits)
        for code in codes:
            ouverts[code] += int((bloc[f"{code}_centimes"] > 0).sum())
    assert all(ouverts.values()), ouverts
    assert ouverts["caah"] < ouverts["aah"]


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
    for quoi in ("af", "rsa", "ppa", "asf", "ars", "cf", "aah", "apl", "alf", "aide_logement"):
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
