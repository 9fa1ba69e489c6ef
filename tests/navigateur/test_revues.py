"""The review of a decision in a real browser: from the list to the review, by keyboard, with and without JavaScript."""

from typing import Any

import pytest

from tests.banc import ecrans
from tests.banc.navigateur import aller, au_clavier
from tests.navigateur.test_parcours import connecter_agent, lu

pytestmark = pytest.mark.navigateur
ENREGISTRER = "main form button[type=submit]"


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler(grossesse=True)


def test_an_agent_reviews_by_keyboard(page: Any, page_axe: Any, presents: Any) -> None:
    connecter_agent(page, presents)
    page_axe(page, "/agent/")
    au_clavier(page, "main a[href='/agent/a-verifier/']")
    page.wait_for_url("**/agent/a-verifier/")
    page_axe(page)
    avant = page.locator("main tbody tr").count()
    assert avant > 1
    au_clavier(page, "main tbody tr:first-child a")
    page.wait_for_url("**/verifier/")
    page_axe(page)
    assert "Données de santé que le calcul utilise" in lu(page)
    assert "attend un enfant" in lu(page)

    au_clavier(page, "#id_avis_0", touche="ArrowDown")  # « à corriger », and nothing said of what
    au_clavier(page, ENREGISTRER)
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.is_checked("#id_avis_1")
    assert "Écrivez en une phrase ce qui est à corriger." in lu(page)
    au_clavier(page, "#id_avis_1", touche="ArrowUp")
    assert page.is_checked("#id_avis_0")
    au_clavier(page, ENREGISTRER)
    page.wait_for_url("**/agent/a-verifier/")
    page_axe(page)
    assert "est vérifiée" in lu(page)
    assert page.locator("main tbody tr").count() == avant - 1


def test_a_decision_reviewed_meanwhile_without_javascript(
    _chromium: Any,  # noqa: PT019 - a second browser session
    site: Any,
    page: Any,
    page_axe: Any,
    presents: Any,
) -> None:
    connecter_agent(page, presents)
    contexte = _chromium.new_context(java_script_enabled=False, base_url=site.adresse, locale="fr-FR")
    contexte.add_cookies(page.context.cookies())
    lente = contexte.new_page()
    for onglet in (lente, page):
        aller(onglet, "/agent/a-verifier/")
        onglet.locator("main tbody a").first.click()
        onglet.wait_for_url("**/verifier/")
    page.check("#id_avis_0", force=True)
    page.click(ENREGISTRER)
    page.wait_for_url("**/agent/a-verifier/")
    lente.locator("label[for=id_avis_1]").click()
    lente.fill("#id_note", "Le début de la grossesse est faux.")
    lente.click(ENREGISTRER)
    assert "Décision déjà vérifiée" in lu(lente)
    assert "Votre note était : Le début de la grossesse est faux." in lu(lente)
    page_axe(page, lente.url)
    assert page.locator(ENREGISTRER).count() == 0
    contexte.close()
