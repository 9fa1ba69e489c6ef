"""FranceConnect in a browser: the whole trip by keyboard on a telephone, there, back, and goodbye."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from limpide.monde import franceconnect as simule
from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, au_clavier

pytestmark = pytest.mark.navigateur


@pytest.fixture
def fc(base: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[simule.FournisseurSimule]:
    from limpide.monde.identites import identites_franceconnect
    from limpide.monde.simulateurs import Simulateur

    ecrans.peupler(8, ())
    site = simule.FournisseurSimule(identites_franceconnect(ecrans.MOIS))
    with Simulateur(port=0, sites={"franceconnect": site}).ouvert() as serveur:
        site.emetteur = serveur.adresse("franceconnect")
        monkeypatch.setenv("LIMPIDE_FRANCECONNECT_URL", site.emetteur)
        monkeypatch.setenv("LIMPIDE_FRANCECONNECT_CLIENT", simule.CLIENT)
        monkeypatch.setenv("LIMPIDE_FRANCECONNECT_SECRET", str(simule.fichier_du_secret()))
        yield site


def test_the_whole_trip_by_keyboard_on_a_telephone(page: Any, page_axe: Any, fc: Any) -> None:
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    page_axe(page, "/connexion/?next=/mon-compte/connexions/")
    au_clavier(page, "a.fr-connect")
    page.get_by_role("heading", name="Qui êtes-vous ?").wait_for()
    page_axe(page)
    au_clavier(page, "button:nth-of-type(1)")
    page.wait_for_url("**/mon-compte/connexions/")
    page.get_by_role("heading", name="Mes connexions").wait_for()
    page_axe(page)
    au_clavier(page, "form[action$='/connexions/franceconnect/'] button")
    page.get_by_text("FranceConnect n'ouvre plus votre compte.").wait_for()
    page_axe(page)
    page.fill("#id_mot_de_passe", ecrans.MOT_DE_PASSE)
    au_clavier(page, "form[action$='/connexions/franceconnect/'] button")
    page.get_by_text("FranceConnect peut à nouveau ouvrir votre compte.").wait_for()
    page.locator("form[action$='/deconnexion/'] button").first.evaluate("bouton => bouton.click()")
    page.get_by_role("heading", name="Vous êtes déconnecté de Mon Compte").wait_for()
    page_axe(page)
    au_clavier(page, "main a.fr-btn")
    page.get_by_text("Vous êtes déconnecté.").wait_for()
    assert len(fc.sorties) == 1
    page.goto("/mon-compte/")
    assert "/connexion/" in page.url


def test_franceconnect_down_leaves_the_other_way_in(page: Any, page_axe: Any, fc: Any) -> None:
    from limpide.usagers.franceconnect import _connu

    _connu.cache_clear()
    fc.eteint = True
    page_axe(page, "/connexion/franceconnect/", statut=503)
    expect(page.get_by_text("FranceConnect ne répond pas")).to_be_visible()
    expect(page.locator("#id_numero")).to_be_visible()
