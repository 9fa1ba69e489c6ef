"""A small comparison with OpenFisca-France: the command's own code, on fewer households."""

from collections.abc import Iterator

import pytest

from differentiel.comparaison import DROITS, Comparaison, comparer_mois, dresser_bilans, droits_compares, mois_tires
from differentiel.openfisca import OpenFisca

pytestmark = pytest.mark.openfisca

FOYERS, GRAINE = 400, 7
MOIS = ("2020-05", "2022-12", "2023-08", "2026-11")
EGALITE = 0.99
"""On this few households, one fault already shows; the command asks for 99.9 % on many more."""


PARTS_OUVERTES = {
    "cf": 40, "ars": 10, "paje_base": 20, "paje_naissance": 800, "paje_adoption": 800, "aeeh": 30, "aah": 20,
    "caah": 300, "paje_cmg": 10, "aefa": 12, "apl": 12, "alf": 20, "als": 80,
}  # fmt: skip
"""One household in so many, at least, has the right: in five, unless it takes three children or a low income."""


@pytest.fixture(scope="module")
def comparaisons() -> Iterator[list[Comparaison]]:
    with OpenFisca() as openfisca:
        yield [comparer_mois(openfisca, mois, FOYERS, GRAINE) for mois in MOIS]


@pytest.mark.preuve(
    "Les droits calculés égalent ceux d'OpenFisca-France, hors des différences qu'un article explique",
    systemes=("S06", "S02", "S03"),
)
@pytest.mark.parametrize("droit", DROITS)
def test_agreement_outside_the_explained_classes(comparaisons: list[Comparaison], droit: str) -> None:
    bilan = dresser_bilans(comparaisons)[droit]
    assert bilan.foyers == FOYERS * sum(droit in droits_compares(mois) for mois in MOIS)
    assert bilan.foyers >= FOYERS
    attendus = bilan.foyers / PARTS_OUVERTES.get(droit, 5)
    assert bilan.positifs > attendus, "le tirage n'ouvre presque aucun droit : il ne prouve rien"
    assert bilan.hors_classes > bilan.foyers / 3, "presque tout serait « expliqué »"
    assert bilan.taux_hors_classes >= EGALITE


def test_months_drawn_cover_both_ends() -> None:
    assert mois_tires(2, 1) != mois_tires(2, 2)
    assert {"2020-01", "2026-12", "2026-08", "2020-08"} <= set(mois_tires(5, 3))
    assert len(mois_tires(99, 1)) == 84
