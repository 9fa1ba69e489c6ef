"""What every page really leaves in Chromium: nothing undeclared, nothing asked of another site, on any page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from limpide.registre import traceurs
from tests.banc import ecrans
from tests.banc.navigateur import aller, au_clavier
from tests.navigateur.test_parcours import connecter, connecter_agent
from tests.usagers.adresses import adresse
from tests.usagers.test_matrice import MATRICE

pytestmark = pytest.mark.navigateur
STOCKAGES = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    bases: (await indexedDB.databases()).map(b => b.name), caches: await caches.keys(),
    ouvriers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
ROLES: dict[str, Callable[[Any, Any], None]] = {
    "visiteur": lambda page, presents: None,  # noqa: ARG005
    "amina": connecter,
    "agent_751": connecter_agent,
    "dpd": lambda page, presents: connecter_agent(page, presents, ecrans.DPD),
}


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    presents = ecrans.peupler(grossesse=True)
    ecrans.attendre_des_documents()
    ecrans.attester(ecrans.allocataire(presents))
    return presents


def pages_de(role: str) -> list[str]:
    """Every address that this role reads as a page."""
    hors, fichiers = ("/openfisca/", "/etat"), (".pdf", ".csv", ".json", ".ods", ".gif", ".bin", ".ics")
    return [
        patron
        for patron, statuts in MATRICE.items()
        if statuts[role] == 200 and not patron.startswith(hors) and not patron.endswith(fichiers)
    ]


@pytest.mark.preuve(
    "CK-01 et CK-08 : dans Chromium, aucun traceur non déclaré et aucun appel à un autre site, sur aucune page",
    systemes=("S46",),
)
@pytest.mark.parametrize("role", ROLES)
def test_aucun_traceur_non_declare(page: Any, site: Any, presents: Any, role: str) -> None:
    ailleurs: set[str] = set()
    page.on("request", lambda r: ailleurs.add(urlsplit(r.url).netloc) if r.url.startswith("http") else None)
    ROLES[role](page, presents)
    if role == "agent_751":
        dossier, _ = ecrans.fiche_d_amina()
        aller(page, f"/agent/dossier/{dossier}/motif/")
        page.check("input[name=motif] >> nth=0", force=True)
        page.click("main form button[type=submit]")
    declares = {genre: {t.nom for t in traceurs.traceurs() if t.genre == genre} for genre in traceurs.GENRES}
    soumis = {t.nom for t in traceurs.traceurs() if not t.necessaire}
    chemins = pages_de(role)
    assert len(chemins) >= 8
    for patron in chemins:
        aller(page, adresse(patron))
        trouves = page.evaluate(STOCKAGES)
        cookies = {c["name"] for c in page.context.cookies()}
        assert cookies <= declares["cookie"] - soumis, patron  # nobody has accepted anything
        assert set(trouves["local"]) <= declares["local"], patron
        assert (trouves["session"], trouves["bases"], trouves["caches"], trouves["ouvriers"]) == ([], [], [], 0), patron
    assert ailleurs == {urlsplit(site.adresse).netloc}


def test_le_choix_au_clavier_puis_le_retrait(page: Any, page_axe: Callable[..., None]) -> None:
    page_axe(page, "/cookies/")
    assert {c["name"] for c in page.context.cookies()} <= {"csrftoken"}
    au_clavier(page, "button[value=tout]")
    page.get_by_text("Votre choix est enregistré.").wait_for()
    page_axe(page)
    assert "limpide-visite" in {c["name"] for c in page.context.cookies()}
    aller(page, "/")
    page.get_by_role("link", name="Gestion des cookies").click()
    page.get_by_role("button", name="Tout refuser").click()
    page.get_by_text("vous refusez tout ce qui n'est pas nécessaire").wait_for()
    assert "limpide-visite" not in {c["name"] for c in page.context.cookies()}


@pytest.fixture
def navigateur(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue("_chromium")


def test_sans_javascript(navigateur: Any, site: Any) -> None:
    contexte = navigateur.new_context(base_url=site.adresse, java_script_enabled=False)
    page = contexte.new_page()
    aller(page, "/cookies/")
    page.check("#finalite-audience", force=True)
    page.get_by_role("button", name="Enregistrer ce que j'ai coché").click()
    expect(page.get_by_text("vous acceptez « Compter les visites »")).to_be_visible()
    contexte.close()


def test_l_affichage_choisi_est_le_seul_stockage_local(page: Any) -> None:
    aller(page, "/")
    assert page.evaluate("() => Object.keys(localStorage)") in ([], ["scheme"])
    page.get_by_role("button", name="Paramètres d’affichage").click()
    page.locator("label[for$='dark']").first.click()
    assert page.evaluate("() => localStorage.getItem('scheme')") == "dark"
