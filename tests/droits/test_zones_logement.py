"""The zone of a commune for housing benefits: by its name as people write it, never guessed."""

import pytest

from limpide.droits.logement.zones import zone_de


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
