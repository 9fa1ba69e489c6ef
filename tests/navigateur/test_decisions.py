"""My decisions in Chromium: the letter, the detail asked by keyboard, the agent who answers."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from limpide.dossiers import detail
from limpide.dossiers.models import DemandeDetail
from tests.banc import ecrans
from tests.banc.navigateur import aller, au_clavier
from tests.navigateur.test_parcours import connecter, connecter_agent, deconnecter

pytestmark = pytest.mark.navigateur


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler()


def test_lire_le_courrier_et_demander_le_detail(page: Any, page_axe: Callable[..., None], presents: Any) -> None:
    connecter(page, presents)
    page_axe(page, "/mon-compte/decisions/")
    page.get_by_role("link", name="Lire le courrier de la décision n° 1").click()
    page_axe(page)
    expect(page.get_by_role("heading", name="Si vous n'êtes pas d'accord")).to_be_visible()
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger ce courrier (PDF)").click()
    assert telechargement.value.suggested_filename.startswith("decision-")
    page.get_by_role("link", name="Le détail du calcul").click()
    page_axe(page)
    au_clavier(page, "main form button[type=submit]")
    page.get_by_role("heading", name="1. Part du calcul dans la décision").wait_for()
    page_axe(page)
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger (PDF)").click()
    assert telechargement.value.suggested_filename.startswith("detail-decision-")
    assert DemandeDetail.objects.using("proprietaire").get().repondue_le is not None


def test_un_agent_repond(
    page: Any, page_axe: Callable[..., None], presents: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(*_: Any) -> None:
        raise detail.RejeuDifferent

    monkeypatch.setattr(detail, "_verifier", refuser)
    connecter(page, presents)
    aller(page, "/mon-compte/decisions/")
    page.get_by_role("button", name="Demander le détail du calcul de la décision n° 1").click()
    page.get_by_text("une personne de votre caisse prépare la réponse").wait_for()
    page_axe(page)
    deconnecter(page)
    connecter_agent(page, presents)
    page_axe(page, "/agent/details/")
    page.get_by_role("link", name="Répondre au dossier").click()
    page_axe(page)
    page.fill("#id_texte", "Trop court.")
    page.click("main form button[type=submit]")
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.input_value("#id_texte") == "Trop court."
    page.fill("#id_texte", "Le calcul a donné le montant seul, avec vos ressources et les paramètres d'alors.")
    page.click("main form button[type=submit]")
    page.get_by_text("Aucune demande n'attend de réponse.").wait_for()
