"""A reform: what it changes, household by household, is what the tables add up to; the law's files stay as they are."""

import csv
import json
import re

import pytest

from limpide.__main__ import main
from limpide.droits.bareme import bareme_compile, parametres
from limpide.droits.calcul import catalogue_droits
from limpide.droits.empreinte import calculer_empreinte
from limpide.droits.lot.chaine import liquider_bloc
from limpide.droits.lot.execution import CalculImpossible
from limpide.droits.lot.lecture import Fiches, lire_groupe, ouvrir
from limpide.droits.reforme.changements import bareme_reforme, lire_changements
from limpide.droits.reforme.dessin import Serie, en_barres

from .conftest import FOYERS, MOIS


def reformer(capsys, population, *options):
    assert main(["reforme", str(population), "--mois", MOIS, "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def hausse(population, capsys):
    return reformer(capsys, population, "--changer", "rsa_montant=800", "ppa_montant=-1%")


def test_the_tables_add_up_to_what_each_household_gains_or_loses(population, hausse):
    codes = [droit.code for droit in catalogue_droits()]
    du_mois = [droit.code for droit in catalogue_droits() if not (droit.annuel or droit.unique)]
    ouverte, bareme = (
        ouvrir(population),
        bareme_reforme(lire_changements(["rsa_montant=800", "ppa_montant=-1%"], None, MOIS), MOIS),
    )
    ecarts = []
    for rang in range(4):
        for _, foyers, personnes in Fiches(ouverte).blocs(lire_groupe(ouverte, rang, MOIS)):
            avant = liquider_bloc(MOIS, foyers.copy(), personnes, codes, dits=ouverte.dits)
            apres = liquider_bloc(MOIS, foyers.copy(), personnes, codes, dits=ouverte.dits, bareme=bareme)
            net = [sum(r[f"{c}_centimes"] - r[f"{c}_crds"] for c in du_mois) for r in (avant, apres)]
            ecarts += (net[1] - net[0]).tolist()
    assert hausse["foyers"] == FOYERS
    assert hausse["gagnants"] == sum(e > 0 for e in ecarts) > 50
    assert hausse["perdants"] == sum(e < 0 for e in ecarts) > 50
    assert hausse["cout_mensuel_centimes"] == sum(ecarts)
    for tables in ("deciles", "situations"):
        for nom, total in (("foyers", FOYERS), ("gagnants", hausse["gagnants"]), ("perdants", hausse["perdants"])):
            assert sum(ligne[nom] for ligne in hausse[tables]) == total
        assert sum(ligne["cout_centimes"] for ligne in hausse[tables]) == sum(ecarts)
    par_droit = {d["droit"]: d["cout_centimes"] for d in hausse["droits"]}
    assert sum(par_droit[code] for code in du_mois) == sum(ecarts)
    assert par_droit["rsa"] > 0 > par_droit["ppa"]
    assert all(par_droit[c] == sum(d["cout_par_droit_centimes"][c] for d in hausse["deciles"]) for c in codes)
    variations = {v["variation"].replace("\u00a0", " "): v["foyers"] for v in hausse["variations"]}
    assert variations["ni gain ni perte"] == sum(e == 0 for e in ecarts)
    assert variations["gagne de 20 € à 50 €"] == sum(2_000 < e <= 5_000 for e in ecarts)
    assert variations["perd moins de 5 €"] == sum(-500 < e < 0 for e in ecarts)


def test_tenths_are_ordered_and_of_about_the_same_size(hausse):
    niveaux = [d["niveau_de_vie_moyen_centimes"] for d in hausse["deciles"]]
    assert niveaux == sorted(niveaux)
    assert all(FOYERS / 10 * 0.6 < d["foyers"] < FOYERS / 10 * 1.4 for d in hausse["deciles"])


def test_the_same_parameters_change_nothing(population, capsys):
    valeur = parametres()["bmaf"].en(202611).valeur
    rien = reformer(capsys, population, "--changer", f"bmaf={valeur}", "--fils", "1")
    assert (rien["gagnants"], rien["perdants"], rien["cout_mensuel_centimes"]) == (0, 0, 0)


def test_a_benefit_that_others_count_moves_them_too(population, capsys):
    """The monthly base moves family benefits, which the RSA then counts: it falls where they rise."""
    hausse = reformer(capsys, population, "--changer", "bmaf=+10%")
    couts = {d["droit"]: d["cout_centimes"] for d in hausse["droits"]}
    assert couts["af"] > 0
    assert couts["cf"] > 0
    assert couts["rsa"] < 0


def test_nothing_of_the_law_is_touched(population, capsys):
    avant, table = calculer_empreinte(), bareme_compile(MOIS).copy()
    reformer(capsys, population, "--changer", "bmaf=1000")
    assert calculer_empreinte() == avant
    assert [tuple(map(str, ligne)) for ligne in bareme_compile(MOIS)] == [tuple(map(str, ligne)) for ligne in table]


def test_the_page_stands_alone_with_its_charts_and_tables(population, capsys, tmp_path):
    fichier = tmp_path / "reforme.toml"
    fichier.write_text("[parametres]\nrsa_montant = 700.5\n")
    assert (
        main(["reforme", str(population), "--mois", MOIS, "--fichier", str(fichier), "--sortie", str(tmp_path / "r")])
        == 0
    )
    dit = capsys.readouterr().out
    page = (tmp_path / "r" / "reforme.html").read_text()
    assert page.count("<svg") == 3
    assert page.count("<table>") == page.count("<caption>") == 4
    assert 'lang="fr"' in page
    assert not re.search(r"<script|src=|href=", page)
    for texte in ("CASF L262-2", "700,5", "dixième"):
        assert texte in page
    assert "CASF L262-2" in dit
    ecrit = json.loads((tmp_path / "r" / "reforme.json").read_text())
    lignes = list(csv.DictReader((tmp_path / "r" / "deciles.csv").read_text().splitlines()))
    assert [int(ligne["gagnants"]) for ligne in lignes] == [d["gagnants"] for d in ecrit["deciles"]]
    assert int(lignes[0]["cout_par_droit_rsa_centimes"]) == ecrit["deciles"][0]["cout_par_droit_centimes"]["rsa"]


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        (
            ["rsa_monttant=5"],
            r"Vouliez-vous dire : rsa_montant \(Montant forfaitaire d'une personne seule, CASF L262-2\)",
        ),
        (["xyzzyx=5"], "n'est pas un paramètre de la loi"),
        (["bmaf"], "attendu un paramètre et sa valeur"),
        (["bmaf=beaucoup"], "trouvé beaucoup ; attendu : un nombre"),
        (["bmaf=inf"], "attendu : un nombre"),
        (["bmaf=1;2"], "2 valeurs données, 1 attendues"),
        (["bmaf=2%"], "avec son signe"),
        (["rsa_age_minimum=24.5"], "attendu : un nombre entier"),
        (["acc_al_zone_1=+2%"], "suit la date de chaque contrat"),
        ([], "Rien à changer"),
    ],
)
def test_what_cannot_be_changed_is_said(mots, dit):
    with pytest.raises(CalculImpossible, match=dit):
        lire_changements(mots, None, MOIS)


def test_a_list_keeps_its_shape():
    nom, valeur = next(
        (n, p.en(202611).valeur)
        for n, p in parametres().items()
        if isinstance(p.en(202611).valeur, tuple) and not p.selon_contrat
    )
    double = ";".join(str(2 * v) for v in valeur)
    (changement,) = lire_changements([f"{nom}={double}"], None, MOIS)
    (en_pourcent,) = lire_changements([f"{nom}=+100%"], None, MOIS)
    assert changement.apres == en_pourcent.apres == tuple(2 * v for v in valeur)
    assert bareme_reforme([changement], MOIS)[nom][0].tolist() == list(changement.apres)
    with pytest.raises(CalculImpossible, match=f"{len(valeur)} attendues"):
        lire_changements([f"{nom}={double};1"], None, MOIS)


@pytest.mark.parametrize(
    ("texte", "dit"), [("bmaf = 500", r"une seule table, \[parametres\]"), ("[parametres", "ne peut pas être lu")]
)
def test_a_file_that_is_not_a_reform_is_refused(tmp_path, texte, dit):
    (tmp_path / "r.toml").write_text(texte)
    with pytest.raises(CalculImpossible, match=dit):
        lire_changements([], tmp_path / "r.toml", MOIS)


def test_bars_go_down_from_zero_for_losses():
    svg = en_barres("Un titre", ["1", "2"], [Serie("gain", [10.0, -5.0])], "€")
    hauteurs = [
        (float(y), float(h))
        for y, h in re.findall(
            r'<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="#000091"><title>', svg
        )
    ]
    (haut, premiere), (zero, seconde) = hauteurs
    assert haut + premiere == pytest.approx(zero, abs=0.2)
    assert premiere == pytest.approx(2 * seconde, abs=0.3)
