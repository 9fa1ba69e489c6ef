"""A message and its answer, in Chromium: written on a telephone with the keyboard alone, answered by the Caf, read."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from limpide.monde.messagerie import Messagerie
from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, au_clavier
from tests.banc.relation import TEXTE, TITRE
from tests.navigateur.test_parcours import connecter, connecter_agent

pytestmark = pytest.mark.navigateur
REPONSE = "Merci, c'est noté. Vous n'avez rien à faire."


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler(8, ())


def photographier(page: Any, nom: str) -> None:
    """Kept only where somebody asks to look at the pages."""
    if dossier := os.environ.get("LIMPIDE_PHOTOS"):
        page.screenshot(path=f"{dossier}/{nom}.png", full_page=True)


@pytest.mark.preuve(
    "Messages : écrit au clavier sur un téléphone, répondu par un agent, lu, dans Chromium", systemes=("S16",)
)
def test_a_message_is_written_on_a_phone_answered_and_read(
    page: Any, site: Any, page_axe: Callable[..., None], presents: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    connecter(page, presents)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 780})
    page_axe(page, "/mon-compte/messages/")
    au_clavier(page, "main a.fr-btn")
    page.wait_for_url("**/messages/ecrire/")
    page_axe(page)
    au_clavier(page, "main form button[type=submit]")
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    photographier(page, "ecrire-360")
    au_clavier(page, "#id_motif_0", touche="ArrowDown")
    for champ, valeur in (("#id_titre", TITRE), ("#id_texte", TEXTE)):
        au_clavier(page, champ, touche=None)
        page.keyboard.type(valeur)
    au_clavier(page, "main form button[type=submit]")
    page.locator("h1", has_text=TITRE).wait_for()
    assert "pas encore lu" in page.inner_text("main")
    page_axe(page)
    fil = page.url

    page.context.clear_cookies()
    page.set_viewport_size({"width": 1280, "height": 900})
    connecter_agent(page, presents)
    page_axe(page, "/agent/messages/")
    photographier(page, "file-1280")
    au_clavier(page, "main tbody a")
    page.locator("h2", has_text=TITRE).wait_for()
    page_axe(page)
    photographier(page, "agent-1280")
    page.fill("#id_texte", REPONSE)
    messagerie = Messagerie()
    with messagerie.smtp_ouvert(0) as port:
        monkeypatch.setenv("LIMPIDE_SMTP_URL", f"smtp://127.0.0.1:{port}")
        page.click("button[value=repondre]")
        page.locator("main", has_text="Aucun message n'attend").wait_for()
    assert [TITRE in recu.texte for recu in messagerie.recus] == [False]

    page.context.clear_cookies()
    connecter(page, presents)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 780})
    page_axe(page, fil.removeprefix(site.adresse))
    assert REPONSE in page.inner_text("main")
    photographier(page, "fil-360")
