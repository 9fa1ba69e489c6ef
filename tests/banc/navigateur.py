"""Fixtures of the browser: Debian's Chromium on the real site, and what every page owes its reader."""

import functools
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
LARGEUR_TELEPHONE = 360
ATTENTE = 15_000  # milliseconds


class Muet(WSGIRequestHandler):
    """No access line: the site writes its own, without addresses."""

    def log_message(self, *arguments: Any) -> None:
        pass


@dataclass(frozen=True)
class Site:
    """The site as served to the browser, under the application's own database login."""

    adresse: str

    def __add__(self, chemin: str) -> str:
        return self.adresse + chemin


@pytest.fixture(scope="session")
def _serveur_web(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock():
        from limpide.socle.wsgi import application

    class Serveur(ThreadingMixIn, WSGIServer):
        daemon_threads = True

        def process_request_thread(self, request: Any, client_address: Any) -> None:
            """One thread per request here: its database connection ends with it."""
            from django.db import connections

            try:
                super().process_request_thread(request, client_address)
            finally:
                connections.close_all()

    serveur = make_server("127.0.0.1", 0, application, server_class=Serveur, handler_class=Muet)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield Site(f"http://127.0.0.1:{serveur.server_port}")
    serveur.shutdown()
    serveur.server_close()
    fil.join()


@pytest.fixture
def site(base: None, _serveur_web: Site) -> Site:
    """The real site on the worker's database; `site + "/simulateur/"` is an address."""
    return _serveur_web


def _attendre_apres_un_clic() -> None:
    """A click returns when the next page begins to arrive; a test reads it once it is whole."""
    from playwright.sync_api import Locator, Page

    def puis_attendre(clic: Callable[..., None], la_page: Callable[[Any], Any]) -> Callable[..., None]:
        @functools.wraps(clic)
        def cliquer(cible: Any, *arguments: Any, **options: Any) -> None:
            clic(cible, *arguments, **options)
            la_page(cible).wait_for_load_state()

        return cliquer

    Page.click = puis_attendre(Page.click, lambda page: page)
    Locator.click = puis_attendre(Locator.click, lambda repere: repere.page)


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.fail(
            f"{CHROMIUM} manque : les tests du navigateur l'exigent (apt-get install chromium).",
            pytrace=False,
        )
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=ATTENTE)
    _attendre_apres_un_clic()
    # Playwright keeps an event loop in this thread, where Django would otherwise refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(OPTIONS))
        yield navigateur
        navigateur.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(_chromium: Any, site: Site) -> Iterator[Any]:
    """A page in a fresh browser session. Fails on a script error or a refusal of the security policy."""
    contexte = _chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris", base_url=site.adresse)
    contexte.set_default_timeout(ATTENTE)
    page = contexte.new_page()
    plaintes: list[str] = []
    page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
    page.on(
        "console",
        lambda ligne: plaintes.append(ligne.text) if "Content Security Policy" in ligne.text else None,
    )
    yield page
    contexte.close()
    assert plaintes == []


def aller(page: Any, chemin: str, *, statut: int = 200) -> None:
    """Open a page and check its HTTP status: a broken page has no accessibility fault to find."""
    reponse = page.goto(chemin)
    assert reponse is not None
    assert reponse.status == statut, f"{chemin} répond {reponse.status}"


@pytest.fixture
def page_axe() -> Callable[..., None]:
    """`page_axe(page, "/chemin/")` opens (or stays), then no axe violation and no overflow."""

    def verifier(page: Any, chemin: str | None = None, *, statut: int = 200) -> None:
        if chemin is not None:
            aller(page, chemin, statut=statut)
        page.wait_for_load_state()
        from axe_playwright_python.sync_playwright import Axe

        rapport = Axe().run(page)
        fautes = [
            f"{faute['id']} : {faute['help']} — {[noeud['html'][:160] for noeud in faute['nodes'][:3]]}"
            for faute in rapport.response["violations"]
        ]
        assert fautes == [], f"{page.url}\n" + "\n".join(fautes)
        tient_en_largeur(page)

    return verifier


def tient_en_largeur(page: Any, largeur: int = LARGEUR_TELEPHONE) -> None:
    """On a narrow phone nothing makes the page scroll sideways."""
    avant = page.viewport_size
    page.set_viewport_size({"width": largeur, "height": 740})
    depasse = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(0, 3).map(e => e.outerHTML.slice(0, 160))"""
    )
    large = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size(avant)
    assert large <= 0, f"{page.url} dépasse de {large} px à {largeur} px : {depasse}"


def au_clavier(page: Any, selecteur: str, *, touche: str | None = "Enter", pas: int = 120) -> None:
    """Reach a control with Tab alone, check that the focus shows, then activate it (None: only reach)."""
    for _ in range(pas):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement !== null && document.activeElement.matches(s)", selecteur):
            break
    else:
        raise AssertionError(f"« {selecteur} » n'est pas atteint au clavier en {pas} pas")
    visible = page.evaluate(
        """() => {
            const actif = document.activeElement, voisin = actif.nextElementSibling;
            const styles = [getComputedStyle(actif), getComputedStyle(actif, '::before')];
            if (voisin) styles.push(getComputedStyle(voisin), getComputedStyle(voisin, '::before'));
            return styles.some(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none');
        }"""
    )
    assert visible, f"« {selecteur} » a le focus sans que cela se voie"
    if touche:
        page.keyboard.press(touche)
