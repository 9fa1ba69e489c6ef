"""The simulator of the parents of a young child, in a browser: a parent who stops work, a childminder, the figures."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.navigateur


def test_a_parent_alone_of_a_baby_from_end_to_end(page: Any, page_axe: Any) -> None:
    page_axe(page, "/simulateur/")
    page.check("#id_couple_1", force=True)
    page.fill("#id_nombre_enfants", "1")
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 2 sur 5").wait_for()
    for champ, valeur in (("a0", "24/03/1990"), ("e0", "01/03/2025")):
        page.fill(f"#id_{champ}_date_naissance", valeur)
    for champ in ("a0_nationalite_0", "a0_activite_0", "e0_garde_alternee_0", "e0_soutien_autre_parent_0"):
        page.check(f"#id_{champ}", force=True)
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 3 sur 5").wait_for()
    page.get_by_text("Enfant 1 : garde").click()
    page.select_option("#id_e0_mode_garde", "assistant_maternel")
    page.fill("#id_e0_garde_heures", "100")
    page.fill("#id_e0_garde_cout", "500")
    page_axe(page)
    page.check("#id_a0_enceinte_1", force=True)
    page.check("#id_rsa_isolement_recent_1", force=True)
    page.check("#id_statut_occupation_logement_3", force=True)
    page.fill("#id_aide_logement", "0")
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 4 sur 5").wait_for()
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 5 sur 5").wait_for()
    page.fill("#id_prestations_familiales_base_ressources", "18000")
    page.fill("#id_revenus_imposables_bruts", "20000")
    page_axe(page)
    page.get_by_role("button", name="Voir mon résultat").click()
    expect(page.get_by_role("heading", name="Votre résultat")).to_be_visible()
    expect(page.get_by_role("heading", name="Quotient familial")).to_be_visible()
    expect(page.get_by_role("heading", name="Retraite des parents au foyer et des aidants (AVPF, AVA)")).to_be_visible()
    page_axe(page)
