"""The zone of a commune for housing benefits: by its name as people write it, never guessed."""

import csv
from pathlib import Path

import pytest

from limpide.droits.logement.zones import zone_de, zone_du_code


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
