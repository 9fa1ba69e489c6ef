"""A person at a kiosk, by keyboard alone: in, read, out; whoever comes next goes back to nothing."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.banc import bornes, ecrans
from tests.banc.navigateur import aller, au_clavier, tient_en_largeur
from tests.navigateur.test_parcours import VALIDER
from tests.navigateur.test_trimestre import taper

pytestmark = pytest.mark.navigateur


def regarder(page: Any, nom: str) -> None:
    """What a designer would look at: two widths, in the folder named by CAPTURES."""
    if ou := os.environ.get("CAPTURES"):
        for largeur in (360, 1280):
            page.set_viewport_size({"width": largeur, "height": 900})
            page.screenshot(path=str(Path(ou) / f"borne-{nom}-{largeur}.png"), full_page=True)


@pytest.mark.preuve(
    "Borne dans Chromium, au clavier : entrer, lire, terminer ; le retour en arrière ne montre rien", systemes=("S20",)
)
def test_a_person_comes_in_reads_ends_and_going_back_shows_nothing(page: Any, page_axe: Any, presents: Any) -> None:
    ecrans.attendre_des_documents()
    elle = ecrans.amina(presents)
    code = bornes.poser()
    aller(page, "/borne/installation/")
    page_axe(page)
    taper(page, "code", code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/borne/$"))
    regarder(page, "accueil")
    au_clavier(page, 'main a[href="/borne/connexion/"]')
    expect(page.get_by_role("heading", name="Consulter mon dossier")).to_be_visible()
    regarder(page, "connexion")
    _entrer(page, elle)
    tient_en_largeur(page)
    regarder(page, "espace")
    au_clavier(page, 'main a[href="/borne/demandes/"]')
    expect(page.get_by_text("Récépissé n°").first).to_be_visible()
    regarder(page, "demandes")
    au_clavier(page, 'main a[href="/borne/mon-espace/"]')
    expect(page.get_by_role("heading", name="Bonjour Amina")).to_be_visible()
    au_clavier(page, 'main a[href="/borne/paiements/"]')
    expect(page.get_by_role("heading", name="Mes paiements")).to_be_visible()
    regarder(page, "paiements")

    _perdre_le_reseau(page)
    _entrer(page, elle)

    # Nobody touches anything: the page asks, then closes the file by itself.
    page.evaluate("document.body.dataset.borneRepos = document.body.dataset.borneReste = '0.5'")
    page.keyboard.press("Shift")
    expect(page.get_by_role("heading", name="C'est terminé")).to_be_visible()
    expect(page.get_by_text("Personne n'a touché la borne")).to_be_visible()
    page_axe(page)
    regarder(page, "fin")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/borne/connexion/$"))
    assert elle.identifiant not in page.content()
    assert page.input_value("#id_numero") == ""
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    noms = {c["name"] for c in page.context.cookies()}
    assert "sessionid" not in noms
    au_clavier(page, "header a.fr-btn")
    expect(page.get_by_role("heading", name="C'est terminé")).to_be_visible()
    assert {c["name"] for c in page.context.cookies()} <= {"limpide-borne", "csrftoken"}


def _entrer(page: Any, elle: Any) -> None:
    taper(page, "numero", elle.identifiant)
    taper(page, "mot_de_passe", elle.mot_de_passe)
    au_clavier(page, VALIDER)
    expect(page.get_by_role("heading", name="Bonjour Amina")).to_be_visible()


def _perdre_le_reseau(page: Any) -> None:
    """The file leaves the screen, nothing of it is kept, and the terminal comes back by itself with the network."""
    assert "novembre" in page.content()
    page.context.set_offline(True)
    expect(page.get_by_role("heading", name="Cette borne n'est plus reliée au réseau")).to_be_visible()
    assert "novembre" not in page.content()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="C'est terminé")).to_be_visible()
    gardes = "async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"
    assert page.evaluate(gardes) == [0, 0]
    aller(page, "/borne/connexion/")
