"""The simulator on a telephone for an adopted or ill child, a carer and a lost child: read, ticked by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.navigateur

SITUATIONS = ("adoption", "handicap", "presence", "aidant", "deuil")
PERSONNES = ("a0_nationalite_0", "a0_activite_0", "e0_garde_alternee_0", "e0_soutien_autre_parent_0")


def continuer(page: Any, etape: int) -> None:
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text(f"Étape {etape} sur 5").wait_for()


def test_leaves_and_a_loss_are_told_on_a_telephone(page: Any, page_axe: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page_axe(page, "/simulateur/")
    page.select_option("#id_mois", "2026-11")
    page.check("#id_couple_1", force=True)
    page.fill("#id_nombre_enfants", "1")
    for rang in range(len(SITUATIONS)):
        page.locator(f"#id_situations_{rang}").focus()
        page.keyboard.press("Space")
        expect(page.locator(f"#id_situations_{rang}")).to_be_checked()
    continuer(page, 2)
    page.fill("#id_a0_date_naissance", "24/03/1990")
    page.fill("#id_e0_date_naissance", "01/03/2019")
    page.fill("#id_e0_date_adoption", "12/11/2026")
    for champ in (*PERSONNES, "e0_adoption_0", "e0_aeeh_accordee_0"):
        page.check(f"#id_{champ}", force=True)
    continuer(page, 3)
    page_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_role("heading", name="La perte que vous avez signalée")).to_be_visible()
    page.fill("#id_a0_ajpp_demi_journees", "1,3")
    page.get_by_role("button", name="Continuer").last.click()
    expect(page.get_by_text("Comptez par demi-journées").first).to_be_visible()
    page_axe(page)


def test_an_adopted_child_opens_its_prime_on_a_telephone(page: Any, page_axe: Any) -> None:
    """The right one has is read first; what is not open is one touch away, and says why."""
    page.set_viewport_size({"width": 360, "height": 740})
    page_axe(page, "/simulateur/")
    page.select_option("#id_mois", "2026-11")
    page.check("#id_couple_1", force=True)
    page.fill("#id_nombre_enfants", "1")
    page.check("#id_situations_0", force=True)
    continuer(page, 2)
    page.fill("#id_a0_date_naissance", "24/03/1990")
    page.fill("#id_e0_date_naissance", "01/03/2019")
    page.fill("#id_e0_date_adoption", "12/11/2026")
    for champ in (*PERSONNES, "e0_adoption_0"):
        page.check(f"#id_{champ}", force=True)
    page_axe(page)
    continuer(page, 3)
    page.check("#id_rsa_isolement_recent_1", force=True)
    page.check("#id_a0_enceinte_1", force=True)
    page.check("#id_statut_occupation_logement_3", force=True)
    page.fill("#id_aide_logement", "0")
    continuer(page, 4)
    continuer(page, 5)
    page.fill("#id_prestations_familiales_base_ressources", "20 000")
    page.get_by_role("button", name="Voir mon résultat").click()
    page.get_by_role("heading", name="Votre résultat").wait_for()
    page_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    cartes = page.locator(".lp-carte__titre").all_inner_texts()
    assert "Prime à l'adoption" in cartes
    assert "Complément familial" not in cartes
    page.get_by_role("link", name="pas ouverts pour ce mois").click()
    expect(page.get_by_role("heading", name="Les droits qui ne sont pas ouverts")).to_be_in_viewport()
    page.locator("#pourquoi-cf > summary").click()
    expect(page.locator("#pourquoi-cf .lp-recit").first).to_be_visible()
    page_axe(page)
