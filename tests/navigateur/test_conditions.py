"""Someone new meets the terms: by keyboard alone, on a telephone, and without JavaScript."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, au_clavier
from tests.navigateur.test_parcours import VALIDER

pytestmark = pytest.mark.navigateur


@pytest.fixture
def nouvelle(base: None) -> str:
    """The NIR of a citizen who never answered the terms."""
    return ecrans.amina(ecrans.peupler(conditions=False)).identifiant


def entrer(page: Any, numero: str) -> None:
    page.goto("/connexion/")
    page.fill("#id_numero", numero)
    page.fill("#id_mot_de_passe", ecrans.MOT_DE_PASSE)
    page.click(VALIDER)
    page.wait_for_url("**/mon-compte/conditions/")


def test_the_terms_are_refused_then_accepted_by_keyboard_on_a_telephone(
    page: Any, page_axe: Any, nouvelle: str
) -> None:
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    entrer(page, nouvelle)
    page_axe(page)
    au_clavier(page, VALIDER)
    page.locator("#accepte-erreur").wait_for()
    page_axe(page)
    au_clavier(page, "main a[href$='/refuser/']")
    page.wait_for_url("**/refuser/")
    page_axe(page)
    au_clavier(page, VALIDER)
    page.wait_for_url("**/mon-compte/")
    page.get_by_role("heading", name="Mon Compte est fermé").wait_for()
    page_axe(page)
    au_clavier(page, "main a.fr-btn")
    page.wait_for_url("**/conditions/")
    au_clavier(page, "#accepte", touche="Space")
    au_clavier(page, VALIDER)
    page.wait_for_url("**/mon-compte/")
    page.get_by_text("Vous avez accepté les conditions").wait_for()
    page_axe(page, "/conditions/")


def test_mc_008_the_box_and_the_button_work_without_javascript(page: Any, site: Any, nouvelle: str) -> None:
    contexte = page.context.browser.new_context(base_url=site.adresse, java_script_enabled=False)
    nue = contexte.new_page()
    entrer(nue, nouvelle)
    if ou := os.environ.get("CAPTURES"):
        nue.screenshot(path=str(Path(ou) / "conditions.png"), full_page=True)
    nue.click(VALIDER)
    expect(nue.locator("#accepte-erreur")).to_be_visible()
    nue.click("label[for=accepte]")
    nue.click(VALIDER)
    nue.wait_for_url("**/mon-compte/")
    contexte.close()
