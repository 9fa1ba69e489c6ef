"""What the simulator asks of the parents of young children, and what it answers."""

from typing import Any

from .test_simulateur import ADRESSE, TOUT, texte


def test_a_parent_of_a_young_child_is_asked_of_the_prepare_and_it_is_simulated(client: Any) -> None:
    """Asked where a child is under three; simulated with the date, the quarters and the months of maternity."""
    petit = TOUT | {"e1_date_naissance": "01/03/2025"}
    assert 'name="a0_prepare_choix"' in client.post(ADRESSE, petit | {"etape": "1"}).content.decode()
    assert 'name="a0_prepare_choix"' not in client.post(ADRESSE, TOUT | {"etape": "1"}).content.decode()
    choix = {
        "a0_prepare_choix": "mi_temps", "a0_prepare_depuis": "10/07/2025", "a0_prepare_trimestres": "10",
        "a0_prepare_mois_indemnises": "2",
    }  # fmt: skip
    page = texte(client.post(ADRESSE, petit | choix | {"etape": "4"}))
    carte = page.partition("Prestation partagée d'éducation de l'enfant")[2][:200]
    assert "297,17 €" in carte.replace("\u00a0", " ").replace("\u202f", " ")
    assert "La prestation partagée d'éducation de l'enfant calculée ici est supposée déjà reçue" in page
    incomplet = texte(client.post(ADRESSE, petit | choix | {"a0_prepare_trimestres": "", "etape": "4"}))
    assert "Trimestres d'activité validés" in incomplet
