"""The public simulator: which parent receives for a child who lives with both in turn, asked only where it matters."""

from typing import Any

from tests.usagers.test_simulateur import ADRESSE, TOUT, texte

ALTERNES = TOUT | {"e0_garde_alternee": "oui", "e1_garde_alternee": "oui"}


def test_no_right_waits_for_a_designated_parent_whom_nobody_asks_about(client: Any) -> None:
    """Two children of six and eight, with both parents in turn: nothing that they open depends on it."""
    assert "allocataire_unique" not in client.post(ADRESSE, ALTERNES | {"etape": "1"}).content.decode()
    page = texte(client.post(ADRESSE, ALTERNES | {"etape": "4"}))
    assert "est celui désigné" not in page
    assert "Allocation de base de la Paje : La condition d'âge de ce droit n'est pas remplie." in page


def test_a_shared_child_is_asked_about_where_a_baby_makes_it_matter(client: Any) -> None:
    """The ceiling of the allowance of one child counts the others."""
    bebe = ALTERNES | {"e1_garde_alternee": "non", "e1_date_naissance": "01/03/2025"}
    page = client.post(ADRESSE, bebe | {"etape": "1"}).content.decode()
    assert 'name="e0_allocataire_unique"' in page
    assert 'name="e1_allocataire_unique"' not in page
    page = texte(client.post(ADRESSE, bebe | {"etape": "4", "e0_allocataire_unique": "non"}))
    assert "198,16" in page


def test_a_shared_child_is_asked_about_where_another_is_expected(client: Any) -> None:
    attente = ALTERNES | {"a0_enceinte": "oui", "a0_date_debut_grossesse": "10/05/2026"}
    for etape, demande in (("1", False), ("3", True)):
        page = client.post(ADRESSE, attente | {"etape": etape}).content.decode()
        assert ('name="e0_allocataire_unique"' in page) is demande
    assert "Choisissez une réponse." in texte(client.post(ADRESSE, attente | {"etape": "4"}))
    designe = {"etape": "4", "e0_allocataire_unique": "oui", "e1_allocataire_unique": "non"}
    page = texte(client.post(ADRESSE, attente | designe))
    assert "est celui désigné" not in page
    assert "Prime à la naissance" in page
