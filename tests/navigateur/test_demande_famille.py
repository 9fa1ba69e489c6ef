"""Support for a child, claimed on a telephone by keyboard alone, from the list of rights to the explained decision."""

from typing import Any

import pytest
from playwright.sync_api import expect

from limpide.dossiers.models import Demande, PieceAttendue
from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, au_clavier
from tests.navigateur.test_demande import choisir, envoyer_un_document, taper
from tests.navigateur.test_toutes_les_pages import entrer

pytestmark = pytest.mark.navigateur
SUIVANT = "main form .fr-btns-group button[type=submit]"


def repondre(page: Any, page_axe: Any) -> None:
    """Who is deprived of what, then since when; a wrong date is kept and explained."""
    page.get_by_role("heading", name="Ce que vous demandez").wait_for()
    page_axe(page)
    au_clavier(page, SUIVANT)
    page.get_by_role("heading", name="Tim Quellerin").wait_for()
    page_axe(page)
    choisir(page, "p1_enfant_recueilli", 1)
    choisir(page, "p2_enfant_recueilli", 1)
    au_clavier(page, "#id_p1_soutien_autre_parent_0", touche="ArrowDown")  # told once: « apporté », to correct
    expect(page.locator("#id_p1_soutien_autre_parent_1")).to_be_checked()
    au_clavier(page, SUIVANT)
    page.locator("#id_p1_soutien_depuis").wait_for()
    choisir(page, "p0_nationalite", 0)
    taper(page, "p1_soutien_depuis", "31/02/2026")
    page.keyboard.press("Enter")
    expect(page.locator("#resume-erreurs")).to_be_visible()
    expect(page.locator("#id_p1_soutien_depuis")).to_have_value("31/02/2026")
    page_axe(page)
    au_clavier(page, "#id_p1_soutien_depuis", touche="Control+a")
    page.keyboard.type("12/03/2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/demande-asf/envoyer/")


@pytest.mark.preuve(
    "Demander l'allocation de soutien familial sur téléphone, au clavier, d'une faute corrigée à la décision expliquée",
    systemes=("S39",),
)
def test_support_is_claimed_by_keyboard_to_its_explained_decision(
    page: Any, page_axe: Any, site: Any, presents: dict[str, Any]
) -> None:
    dossier = ecrans.foyer_a_completer()
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    page.on("filechooser", lambda _: None)  # listened to from now, or the first may be missed
    entrer(page, site, ecrans.elle_meme(dossier))
    page.goto("/mon-compte/demander/")
    page_axe(page)
    au_clavier(page, "main a[href='/demande-asf/']")
    repondre(page, page_axe)
    page_axe(page)
    au_clavier(page, "#id_honneur", touche="Space")
    au_clavier(page, "main form:has(#id_honneur) button[type=submit]")
    page.wait_for_url("**/mon-compte/demandes/")
    au_clavier(page, 'main a[href="/mon-compte/documents/"]')
    page.wait_for_url("**/mon-compte/documents/")
    demande = Demande.objects.using("proprietaire").latest("pk")
    pieces = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk)
    expect(page.get_by_text("Acte de décès de l'autre parent").first).to_be_visible()
    for rang in range(pieces.count()):
        envoyer_un_document(page, rang)
    agent = ecrans.agent(presents)
    for piece in pieces:
        chemin = f"/agent/dossier/{demande.dossier_id}"
        assert agent.post(f"{chemin}/documents/", {"piece": piece.pk, "avis": "accepte"}).status_code == 302
    assert agent.post(f"/agent/dossier/{demande.dossier_id}/demandes/{demande.pk}/").status_code == 302
    page_axe(page, "/mon-compte/demandes/")
    expect(page.get_by_text("La décision est prise").first).to_be_visible()
    au_clavier(page, 'main a[href="/mon-compte/decisions/"]')
    page.get_by_role("heading", name="Mes décisions").wait_for()
    expect(page.get_by_text("soutien familial").first).to_be_visible()
