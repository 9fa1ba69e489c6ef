"""Presence with an ill child on a telephone: its claim, then the days of the month, by keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from limpide.dossiers.models import DeclarationScellee
from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, au_clavier
from tests.navigateur.test_demande import choisir, taper
from tests.navigateur.test_toutes_les_pages import entrer
from tests.usagers.test_demande_enfance import PRESENCE, demander

pytestmark = pytest.mark.navigateur
JOURS = "/mon-compte/changement/jours-de-conge/"


@pytest.mark.preuve(
    "Dire ses jours de présence parentale du mois sur téléphone, au clavier : une faute gardée et expliquée, ce que "
    "cela paie avant l'envoi, le récépissé",
    systemes=("S39",),
)
def test_the_days_of_the_month_are_told_by_keyboard(
    page: Any, page_axe: Any, site: Any, presents: dict[str, Any]
) -> None:
    elle = ecrans.elle_meme(dossier := ecrans.foyer_a_completer())
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    entrer(page, site, elle)
    page_axe(page, "/demande-ajpp/")
    expect(page.get_by_text("sous pli fermé")).to_be_visible()
    au_clavier(page, "main form .fr-btns-group button[type=submit]")
    page.locator("#id_p0_ajpp_demi_journees").wait_for()
    page_axe(page)
    demander(elle, "ajpp", PRESENCE | {"p0_nationalite": "francaise"})
    page_axe(page, JOURS)
    choisir(page, "conge", 0)
    taper(page, "jours", "1,3")
    page.keyboard.press("Enter")
    expect(page.locator("#resume-erreurs")).to_be_visible()
    expect(page.locator("#id_jours")).to_have_value("1,3")
    page_axe(page)
    au_clavier(page, "#id_jours", touche="Control+a")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jours-de-conge/relire/")
    page_axe(page)
    au_clavier(page, "#id_honneur", touche="Space")
    au_clavier(page, "main form:has(#id_honneur) button[type=submit]")
    page.wait_for_url("**/mon-compte/changement/")
    expect(page.get_by_text("Nous attendons le document demandé").first).to_be_visible()
    assert DeclarationScellee.objects.using("proprietaire").filter(dossier_id=dossier.pk, genre="changement").exists()
