"""A contact whose note is flagged, then a caller: wrong, then right. In Chromium, as an agent works."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, aller
from tests.banc.relation import au_telephone, ecrire_a_la_caf
from tests.navigateur.test_parcours import connecter_agent
from tests.navigateur.test_relation import photographier

pytestmark = pytest.mark.navigateur
MEDICALE, FACTUELLE = "Dit être en dépression.", "Demande la date de son prochain versement."


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler(8, ())


@pytest.mark.preuve(
    "Contacts : note signalée puis récrite, appelant refusé puis reconnu, ce qui attend, dans Chromium",
    systemes=("S16",),
)
def test_a_flagged_note_then_a_caller_wrong_then_right(
    page: Any, site: Any, page_axe: Callable[..., None], presents: dict[str, Any]
) -> None:
    ecrire_a_la_caf()
    dossier, _ = ecrans.fiche_d_amina()
    connecter_agent(page, presents)
    page_axe(page, f"/agent/dossier/{dossier}/contacts/")
    page.get_by_text("Appel", exact=True).click()
    page.select_option("#id_motif", "droits")
    page.fill("#id_note", MEDICALE)
    page.get_by_role("button", name="Noter ce contact").click()
    expect(page.locator("#resume-erreurs")).to_contain_text("une santé ou un soin")
    expect(page.get_by_role("button", name="Garder cette note et la faire relire")).to_be_visible()
    expect(page.locator("#id_note")).to_have_value(MEDICALE)
    page_axe(page)
    photographier(page, "contact-signale-1280")
    page.fill("#id_note", FACTUELLE)
    page.get_by_role("button", name="Noter ce contact").click()
    expect(page.locator("main .lp-frise")).to_contain_text(FACTUELLE)

    page.get_by_role("link", name="Accueil téléphonique").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accueil téléphonique")
    page_axe(page)
    justes = au_telephone()
    for champ, valeur in {**justes, "nom": "Durand"}.items():
        page.fill(f"#id_{champ}", valeur)
    page.get_by_role("button", name="Vérifier l'identité").click()
    expect(page.locator("#identite-fausse")).to_contain_text("ne correspondent pas au dossier")
    page_axe(page)
    photographier(page, "appel-faux-1280")
    page.fill("#id_nom", justes["nom"])
    page.get_by_role("button", name="Vérifier l'identité").click()
    expect(page.get_by_role("heading", name="Derniers contacts, et ce qui attend")).to_be_visible()
    expect(page.locator("main")).to_contain_text("appel de la personne, identité vérifiée")
    expect(page.locator("main")).to_contain_text(FACTUELLE)
    page_axe(page)
    photographier(page, "fiche-1280")

    page.get_by_role("link", name="À faire", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="Messages : ")).to_contain_text("1")
    page_axe(page)
    photographier(page, "a-faire-1280")
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 780})
    for nom, adresse in {
        "a-faire": "/agent/a-faire/", "chiffres": "/agent/contacts/chiffres/",
        "contacts": f"/agent/dossier/{dossier}/contacts/", "appel": "/agent/accueil-telephonique/",
        "relire": "/agent/contacts/relire/",
    }.items():  # fmt: skip
        aller(page, adresse)
        photographier(page, f"{nom}-360")
