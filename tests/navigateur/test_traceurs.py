"""The choice of the visitor about what pages leave in Chromium; `test_toutes_les_pages` looks at what each leaves."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.banc.navigateur import aller, au_clavier

pytestmark = pytest.mark.navigateur


def test_le_choix_au_clavier_puis_le_retrait(page: Any, page_axe: Callable[..., None]) -> None:
    page_axe(page, "/cookies/")
    assert {c["name"] for c in page.context.cookies()} <= {"csrftoken"}
    au_clavier(page, "button[value=tout]")
    page.get_by_text("Votre choix est enregistré.").wait_for()
    page_axe(page)
    assert "limpide-visite" in {c["name"] for c in page.context.cookies()}
    aller(page, "/")
    page.get_by_role("link", name="Gestion des cookies").click()
    page.get_by_role("button", name="Tout refuser").click()
    page.get_by_text("vous refusez tout ce qui n'est pas nécessaire").wait_for()
    assert "limpide-visite" not in {c["name"] for c in page.context.cookies()}


@pytest.fixture
def navigateur(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue("_chromium")


def test_sans_javascript(navigateur: Any, site: Any) -> None:
    contexte = navigateur.new_context(base_url=site.adresse, java_script_enabled=False)
    page = contexte.new_page()
    aller(page, "/cookies/")
    page.check("#finalite-audience", force=True)
    page.get_by_role("button", name="Enregistrer ce que j'ai coché").click()
    expect(page.get_by_text("vous acceptez « Compter les visites »")).to_be_visible()
    contexte.close()


def test_l_affichage_choisi_est_le_seul_stockage_local(page: Any) -> None:
    aller(page, "/")
    assert page.evaluate("() => Object.keys(localStorage)") in ([], ["scheme"])
    page.get_by_role("button", name="Paramètres d’affichage").click()
    page.locator("label[for$='dark']").first.click()
    assert page.evaluate("() => localStorage.getItem('scheme')") == "dark"
