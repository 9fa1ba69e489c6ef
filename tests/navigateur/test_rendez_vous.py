"""An appointment on a telephone with the keyboard alone: taken, moved, cancelled; then seen by the agent."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, au_clavier
from tests.banc.rendez_vous import dans, ouvrir_des_creneaux
from tests.navigateur.test_parcours import connecter, connecter_agent
from tests.navigateur.test_relation import photographier

pytestmark = pytest.mark.navigateur


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler(8, ())


@pytest.mark.preuve(
    "Rendez-vous : pris, déplacé, annulé au clavier sur un téléphone, vu par l'agent, dans Chromium", systemes=("S16",)
)
def test_an_appointment_is_taken_moved_and_cancelled_on_a_phone(
    page: Any, site: Any, page_axe: Callable[..., None], presents: dict[str, Any]
) -> None:
    ouvrir_des_creneaux()
    connecter(page, presents)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 780})
    page_axe(page, "/mon-compte/rendez-vous/")
    au_clavier(page, "main a.fr-btn")
    expect(page).to_have_url(site + "/mon-compte/rendez-vous/prendre/")
    au_clavier(page, "main form button[type=submit]")
    expect(page.locator("#resume-erreurs")).to_be_visible()
    page_axe(page)
    au_clavier(page, "#id_motif_0", touche="ArrowDown")
    au_clavier(page, "main form button[type=submit]")
    expect(page.locator("main")).to_contain_text("Un changement dans ma situation")
    page_axe(page)
    photographier(page, "choisir-360")
    au_clavier(page, "#id_creneau_0", touche="Space")
    au_clavier(page, "main form button[type=submit]")
    expect(page.locator("main h2").first).to_contain_text("à 9 h")
    page_axe(page)
    photographier(page, "rendez-vous-360")

    au_clavier(page, "main a[href$='/deplacer/']")
    expect(page.locator("h1")).to_have_text("Déplacer un rendez-vous")
    au_clavier(page, "#id_creneau_0", touche="ArrowDown")
    au_clavier(page, "main form button[type=submit]")
    expect(page.locator("main h2").first).to_contain_text("à 11 h")
    au_clavier(page, "main a[href$='/annuler/']")
    expect(page.locator("h1")).to_have_text("Annuler ce rendez-vous ?")
    page_axe(page)
    photographier(page, "annuler-360")
    au_clavier(page, "main form button[type=submit]")
    expect(page.locator("main")).to_contain_text("Vous n'avez aucun rendez-vous à venir.")
    expect(page.locator("main")).to_contain_text("annulé par vous")
    photographier(page, "annule-360")

    page.context.clear_cookies()
    page.set_viewport_size({"width": 1280, "height": 900})
    connecter_agent(page, presents)
    page_axe(page, f"/agent/rendez-vous/?jour={dans(3):%d/%m/%Y}")
    expect(page.locator("main tbody tr")).to_have_count(3)
    photographier(page, "agenda-1280")
    page_axe(page, "/agent/rendez-vous/ouvrir/")
    photographier(page, "ouvrir-1280")
