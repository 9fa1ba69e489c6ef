"""The officer's requests and the agent's file on a telephone: titles above their tables, charts readable, two menus."""

from typing import Any

import pytest

from tests.banc import ecrans
from tests.navigateur.test_parcours import connecter_agent
from tests.registre.test_demandes import deposer

pytestmark = pytest.mark.navigateur
TELEPHONE = {"width": 360, "height": 800}
TITRES = """() => [...document.querySelectorAll('.fr-table')].filter(t => t.querySelector('caption:not(.fr-sr-only)'))
  .map(t => [t.querySelector('caption').getBoundingClientRect().bottom, t.querySelector('thead')
  .getBoundingClientRect().top])"""


def test_titles_stand_above_their_tables_on_a_telephone(page: Any, page_axe: Any, presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    for genre in ("directives", "portabilite"):
        deposer(personne, dossier, genre)
    page.set_viewport_size(TELEPHONE)
    connecter_agent(page, presents, ecrans.DPD)
    page_axe(page, "/dpd/demandes/")
    page.wait_for_function("() => document.querySelector('.fr-table[data-fr-js-table=true]')")
    titres = page.evaluate(TITRES)
    assert len(titres) == 3
    assert [bas <= haut for bas, haut in titres] == [True] * 3


def test_the_menu_of_the_file_is_apart_and_its_chart_scrolls(page: Any, page_axe: Any, presents: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    connecter_agent(page, presents, ecrans.AGENT_PARIS)
    ouvrir_la_fiche(page, dossier)
    general = page.get_by_role("navigation", name="Espace agent")
    du_dossier = page.get_by_role("navigation", name="Dossier ouvert")
    assert general.get_by_role("link", name="Faits", exact=True).count() == 0
    assert du_dossier.get_by_role("link", name="Faits", exact=True).count() == 1
    assert du_dossier.get_by_role("link", name="Rechercher un dossier").count() == 0
    page.set_viewport_size(TELEPHONE)
    page_axe(page)
    cadre = page.get_by_role("region", name="Graphique des montants par mois")
    cadre.focus()
    assert cadre.evaluate("e => e === document.activeElement && e.scrollWidth > e.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= TELEPHONE["width"]
    assert cadre.locator("svg").bounding_box()["width"] >= 640


def ouvrir_la_fiche(page: Any, dossier: int) -> None:
    page.goto(f"/agent/dossier/{dossier}/motif/")
    page.locator("label[for=id_motif_0]").click()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**/agent/dossier/{dossier}/")
