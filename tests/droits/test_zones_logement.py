"""The zone of a commune for housing benefits: by its name as people write it, never guessed."""

import csv
from pathlib import Path

import pytest

from limpide.droits.logement.zones import _codes_postaux, lieux_du_code_postal, zone_de, zone_du_code


@pytest.mark.parametrize(
    ("departement", "commune", "zone"),
    [
        ("75", "Paris 12e", "zone_1"),
        ("93", "ST DENIS", "zone_1"),
        ("69", "Lyon 3e arrondissement", "zone_2"),
        ("59", "Lille Cedex 9", "zone_2"),
        ("974", "Saint-Denis", "zone_2"),
        ("2A", "Ajaccio", "zone_2"),
        ("18", "Bourges", "zone_3"),
        ("29", "Quimper", None),
        ("44", "Nante", None),
    ],
)
def test_a_commune_is_found_by_its_name_in_its_departement(departement: str, commune: str, zone: str | None) -> None:
    assert zone_de(departement, commune) == zone


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("75112", "zone_1"),
        ("69123", "zone_2"),
        ("69385", "zone_2"),
        ("2A004", "zone_2"),
        ("97105", "zone_2"),
        ("29232", "zone_3"),
        ("18033", "zone_3"),
        ("18999", None),
        ("99101", None),
        ("97502", None),
        ("6912A", None),
    ],
)
def test_une_commune_se_trouve_par_son_code(code: str, zone: str | None) -> None:
    assert zone_du_code(code) == zone


def test_a_postal_code_names_communes_only_where_one_must_choose() -> None:
    assert [(lieu.nom, lieu.zone) for lieu in lieux_du_code_postal("06000")] == [("Nice", "zone_2")]
    assert [(lieu.nom, lieu.zone) for lieu in lieux_du_code_postal("67110")] == [("", "zone_3")]
    assert {lieu.nom: lieu.zone for lieu in lieux_du_code_postal("14740")}["Lasson (Rots)"] == "zone_3"
    assert lieux_du_code_postal("97400") == lieux_du_code_postal("99999") == ()


def test_the_list_of_postal_codes_says_what_the_list_of_names_says() -> None:
    """Made from the codes of Insee, it is read again here by the names of the ministry's list."""
    lieux = [(code, lieu) for code in _codes_postaux() for lieu in lieux_du_code_postal(code)]
    assert len({code for code, _ in lieux}) > 6000
    for code, lieu in lieux:
        attendue = zone_de("2A" if code.startswith("20") else code[:2], lieu.nom) if lieu.nom else None
        assert attendue in (lieu.zone, None), (code, lieu)
        pareils = [autre for autre in lieux_du_code_postal(code) if autre != lieu]
        assert not pareils or {autre.zone for autre in lieux_du_code_postal(code)} != {lieu.zone}, code
        assert lieu.nom or not pareils, code


@pytest.mark.openfisca
def test_les_codes_sont_ceux_de_la_liste_publiee() -> None:
    """The list that OpenFisca-France carries, code by code; and the names of ours, where one name is one commune."""
    (liste,) = (
        Path(__file__)
        .parents[2]
        .glob(".venv-openfisca/lib/python*/site-packages/openfisca_france/assets/apl/20110914_zonage.csv")
    )
    with liste.open(encoding="utf-8", newline="") as fichier:
        communes = list(csv.DictReader(fichier))
    zones = {commune["CODGEO"]: f"zone_{commune['Zonage'][0]}" for commune in communes}
    assert {code: zone_du_code(code) for code in zones} == zones
    noms = [(c["DEP"], c["LIBCOM_2014"], zones[c["CODGEO"]]) for c in communes if c["Zonage"] != "3"]
    assert len(noms) > 3000
    assert [(d, nom) for d, nom, zone in noms if zone_de(d, nom) not in (zone, None)] == []
