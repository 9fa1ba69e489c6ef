"""A freeze is set once, lifted once by its own reference, and never edited."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connections

from limpide.registre import collecte
from limpide.registre.conservation.gels import COLONNES_CREEES, COLONNES_GEL, COLONNES_LEVEE, RienAGeler, degeler, geler
from limpide.registre.conservation.modeles import Gel
from limpide.registre.contexte import Acteur, traitement
from limpide.registre.installation import installer
from tests.registre.conftest import declarer

DPD = Acteur("dpd", 3, "Délégué")
ESSAI = declarer(
    "essai_gel",
    perimetre="national",
    genres=("dpd",),
    lire={"registre.Gel": COLONNES_GEL},
    creer={"registre.Gel": COLONNES_CREEES},
    modifier={"registre.Gel": COLONNES_LEVEE},
)


@pytest.fixture(scope="module")
def installe(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The house's register plus the processing of this test."""
    origine = collecte._declarations
    collecte._declarations = lambda: [*origine(), ("essais", ESSAI)]  # type: ignore[assignment]
    try:
        with django_db_blocker.unblock():
            collecte.registre.cache_clear()
            installer()
            yield
    finally:
        collecte._declarations = origine
        collecte.registre.cache_clear()
        with django_db_blocker.unblock():
            installer()


@pytest.fixture
def ouvert(installe: None, base: None) -> Any:
    return lambda: traitement("essai_gel", acteur=DPD, motif="Essai")


def poses() -> list[tuple[Any, ...]]:
    champs = ("dossier_id", "motif", "reference", "pose_par", "leve_par")
    return list(Gel.objects.using("proprietaire").order_by("pk").values_list(*champs))


@pytest.mark.preuve("RET-12 : une demande sur les données gèle l'effacement jusqu'à sa réponse")
def test_set_twice_is_one_freeze_and_each_reference_is_lifted_alone(ouvert: Any) -> None:
    with ouvert():
        geler(organisme="751", motif="demande_de_droits", reference="demande:1", dossier=12)
        geler(organisme="751", motif="demande_de_droits", reference="demande:1", dossier=12)
        geler(organisme="751", motif="demande_de_droits", reference="demande:2", dossier=12)
    with ouvert():
        assert degeler(motif="demande_de_droits", reference="demande:1") == 1
        assert degeler(motif="demande_de_droits", reference="demande:1") == 0
    assert poses() == [
        (12, "demande_de_droits", "demande:1", "compte 3", "compte 3"),
        (12, "demande_de_droits", "demande:2", "compte 3", ""),
    ]


def test_a_freeze_names_something(ouvert: Any) -> None:
    with pytest.raises(RienAGeler), ouvert():
        geler(organisme="751", motif="dette", reference="x")
    with pytest.raises(RienAGeler), ouvert():
        geler(organisme="751", motif="dette", reference=" ", dossier=12)
    assert poses() == []


@pytest.mark.parametrize("ordre", ["DELETE FROM registre_gel", "UPDATE registre_gel SET motif = 'dette'"])
def test_not_even_the_owner_drops_a_freeze(ouvert: Any, ordre: str) -> None:
    with ouvert():
        geler(organisme="751", motif="justice", reference="j:1", dossier=12)
    with pytest.raises(IntegrityError, match="se pose une fois"), connections["proprietaire"].cursor() as curseur:
        curseur.execute(ordre)
    assert len(poses()) == 1
