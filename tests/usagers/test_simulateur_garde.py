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


def test_the_care_of_a_young_child_is_asked_and_the_cmg_simulated(client: Any) -> None:
    """The example of the Caf (3,000 euros a month, 125 hours), a year later: 376.96 euros by the formula."""
    exemple = TOUT | {
        "couple": "oui", "nombre_enfants": "1", "a1_date_naissance": "24/03/1990",
        "a1_nationalite": "francaise", "a1_activite": "actif", "a1_enceinte": "non", "a1_type_conges": "non_renseigne",
        "e0_date_naissance": "03/05/2024", "prestations_familiales_base_ressources": "36 000", "biactivite": "oui",
    }  # fmt: skip
    garde = {"e0_mode_garde": "assistant_maternel", "e0_garde_heures": "125", "e0_garde_cout": "606,25"}
    assert 'name="e0_mode_garde"' in client.post(ADRESSE, exemple | {"etape": "1"}).content.decode()
    page = texte(client.post(ADRESSE, exemple | garde | {"etape": "4"}))
    carte = page.partition("Complément de libre choix du mode de garde")[2][:200]
    assert "376,97 €" in carte.replace("\u00a0", " ").replace("\u202f", " ")
    inconnu = texte(client.post(ADRESSE, exemple | garde | {"e0_garde_cout": "", "etape": "4"}))
    depense = "Dépense de garde de l'enfant pour le mois (salaire net, entretien et repas, ou facture)"
    assert f"Il manque : {depense}. " in inconnu


def test_what_the_reform_of_the_cmg_takes_is_asked_of_the_spring_then_of_september(client: Any) -> None:
    """In September 2025 the spring is asked; later, what was fixed; before, nothing."""
    foyer = TOUT | {
        "mois": "2025-09", "couple": "oui", "nombre_enfants": "1", "a1_date_naissance": "24/03/1990",
        "a1_nationalite": "francaise", "a1_activite": "actif", "a1_enceinte": "non", "a1_type_conges": "non_renseigne",
        "e0_date_naissance": "03/05/2024", "prestations_familiales_base_ressources": "36 000", "biactivite": "oui",
        "e0_mode_garde": "assistant_maternel", "e0_garde_heures": "125", "e0_garde_cout": "606,25",
    }  # fmt: skip
    printemps = {"f_cmg_2025": "1 200", "e0_garde_2025_heures": "375", "e0_garde_2025_cout": "1 818,75"}
    assert 'name="f_cmg_2025"' in client.post(ADRESSE, foyer | {"etape": "1"}).content.decode()
    assert 'name="f_cmg_2025"' not in client.post(ADRESSE, foyer | {"etape": "1", "mois": "2025-08"}).content.decode()
    page = texte(client.post(ADRESSE, foyer | printemps | {"etape": "4"})).replace("\u00a0", " ")
    assert "jusqu'à 25,87 € de plus ce mois-ci" in page  # 400 - 374.13
    assert "au plus tard jusqu'en août 2027" in page
    sans = texte(client.post(ADRESSE, foyer | {"etape": "4"}))
    assert "Complément transitoire de la garde d'enfants" not in sans
    plus_tard = foyer | {"mois": "2026-01", "f_cmg_differentiel": "25,87"}
    assert 'name="f_cmg_differentiel"' in client.post(ADRESSE, plus_tard | {"etape": "1"}).content.decode()
    apres = texte(client.post(ADRESSE, plus_tard | {"etape": "4"})).replace("\u00a0", " ")
    assert "jusqu'à 25,87 € de plus ce mois-ci" in apres


def test_the_quotient_and_the_affiliation_are_told_where_they_can_be(client: Any) -> None:
    sans = texte(client.post(ADRESSE, TOUT | {"etape": "4"}))
    assert "Votre quotient familial serait" not in sans
    avec = texte(client.post(ADRESSE, TOUT | {"etape": "4", "revenus_imposables_bruts": "15 900"}))
    assert "Votre quotient familial serait de" in avec
    assert "Votre foyer compte 3 parts" in avec
    assert "Retraite des parents au foyer et des aidants (AVPF, AVA)" in avec
