"""An access in a browser: « ce n'était pas moi » without JavaScript, sessions by keyboard, a suspension told."""

import base64
from typing import Any

import pytest
from django_otp.oath import totp
from playwright.sync_api import expect

from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, au_clavier
from tests.navigateur.test_parcours import VALIDER

pytestmark = pytest.mark.navigateur


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler(8, ())


def entrer(page: Any, presents: Any) -> None:
    page.goto("/connexion/")
    entrer_ici(page, presents)


def entrer_ici(page: Any, presents: Any, vers: str = "**/mon-compte/") -> None:
    page.fill("#id_numero", ecrans.amina(presents).identifiant)
    page.fill("#id_mot_de_passe", ecrans.MOT_DE_PASSE)
    page.click(VALIDER)
    page.wait_for_url(vers)


def test_mc_041_it_was_not_me_works_without_javascript(page: Any, site: Any, presents: Any) -> None:
    intrus = ecrans.allocataire(presents)
    contexte = page.context.browser.new_context(base_url=site.adresse, java_script_enabled=False)
    nue = contexte.new_page()
    entrer(nue, presents)
    nue.click("main form[action$='/pas-moi/'] button")
    nue.wait_for_url("**/mot-de-passe/")
    expect(nue.get_by_text("Toute autre connexion est déjà coupée")).to_be_visible()
    assert intrus.get("/mon-compte/")["Location"].startswith("/connexion/")
    contexte.close()


def test_sessions_are_closed_by_keyboard_on_a_telephone(page: Any, page_axe: Any, presents: Any) -> None:
    autre = ecrans.allocataire(presents)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    entrer(page, presents)
    page.goto("/mon-compte/connexions/")
    page_axe(page)
    au_clavier(page, "main form[action$='/fermer/'] button.fr-btn--secondary")
    page.get_by_text("Cette connexion est fermée.").wait_for()
    page_axe(page)
    assert autre.get("/mon-compte/")["Location"].startswith("/connexion/")


def test_mc_044_a_suspension_is_told_on_a_telephone(page: Any, page_axe: Any, presents: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    entrer(page, presents)
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier)
    reponse = agent.post(f"/agent/dossier/{dossier}/acces/", {"acte": "suspendre", "motif": "usurpation"})
    assert reponse.status_code == 302
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    page.goto("/mon-compte/paiements/")
    page.get_by_role("heading", name="Votre accès à Mon Compte est suspendu").wait_for()
    page_axe(page)


def test_a_passkey_is_made_and_shown_by_keyboard_on_a_telephone(
    page: Any, page_axe: Any, presents: Any, site: Any
) -> None:
    """With Chromium's own authenticator, as a device has one; a passkey needs a name of host, not figures."""
    ici = site.adresse.replace("127.0.0.1", "localhost")
    appareil = page.context.new_cdp_session(page)
    appareil.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    appareil.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    page.goto(f"{ici}/connexion/")
    entrer_ici(page, presents)
    page.goto(f"{ici}/mon-compte/second-facteur/")
    page.fill("#activer-mot_de_passe", ecrans.MOT_DE_PASSE)
    page.click("main form:has(#activer-mot_de_passe) button")
    cle = page.locator("code.lp-cle").inner_text().replace(" ", "")
    page.fill("#confirmer-code", f"{totp(base64.b32decode(cle)):06d}")
    page.click("main form:has(#confirmer-code) button")
    page.get_by_role("heading", name="Vos codes de secours").wait_for()
    page.goto(f"{ici}/mon-compte/second-facteur/")
    page_axe(page)
    page.fill("#cle-mot_de_passe", ecrans.MOT_DE_PASSE)
    au_clavier(page, "main form:has(#cle-mot_de_passe) button")
    page.get_by_role("heading", name="Ajouter une clé d'accès").wait_for()
    page_axe(page)
    au_clavier(page, "form[data-cle-acces] button")
    page.get_by_text("La clé d'accès est ajoutée.").wait_for()
    page_axe(page)
    page.context.clear_cookies()
    page.goto(f"{ici}/connexion/")
    entrer_ici(page, presents, "**/connexion/code/")
    page_axe(page)
    au_clavier(page, "form[data-cle-acces] button")
    page.wait_for_url("**/mon-compte/")


def test_a_second_factor_is_added_and_asked_on_a_telephone(page: Any, page_axe: Any, presents: Any) -> None:
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    entrer(page, presents)
    page.goto("/mon-compte/second-facteur/")
    page.fill("#activer-mot_de_passe", ecrans.MOT_DE_PASSE)
    au_clavier(page, "main form:has(#activer-mot_de_passe) button")
    page.get_by_role("heading", name="Associer votre application").wait_for()
    page_axe(page)
    cle = page.locator("code.lp-cle").inner_text().replace(" ", "")
    page.fill("#confirmer-code", f"{totp(base64.b32decode(cle)):06d}")
    au_clavier(page, "main form:has(#confirmer-code) button")
    page.get_by_role("heading", name="Vos codes de secours").wait_for()
    page_axe(page)
    codes = page.locator("code.lp-cle").all_inner_texts()
    page.context.clear_cookies()
    page.goto("/connexion/")
    page.fill("#id_numero", ecrans.amina(presents).identifiant)
    page.fill("#id_mot_de_passe", ecrans.MOT_DE_PASSE)
    page.click(VALIDER)
    page.wait_for_url("**/connexion/code/")
    page_axe(page)
    page.fill("#id_code", codes[0])
    au_clavier(page, VALIDER)
    page.wait_for_url("**/mon-compte/")
