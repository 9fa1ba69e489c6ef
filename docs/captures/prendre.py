"""Take the README's screenshots from a running demonstration: `make demo` in one terminal, `make captures` in another.

Walks the site in Chromium as the demonstration's accounts do; every page must answer 200.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ICI = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BUREAU, TELEPHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}


def aller(page: Page, adresse: str) -> None:
    reponse = page.goto(adresse)
    if reponse is None or reponse.status != 200:
        raise SystemExit(f"{adresse} répond {reponse and reponse.status}")


def prendre(page: Page, nom: str, *, hauteur: int | None = None) -> None:
    """Save the page; `hauteur` keeps only its top."""
    if hauteur:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": hauteur})
    page.screenshot(path=ICI / f"{nom}.png", full_page=hauteur is None)


def valider(page: Page) -> None:
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def nouvelle_page(navigateur: Browser, taille: dict[str, int] = BUREAU) -> Page:
    return navigateur.new_context(viewport=taille, locale="fr-FR").new_page()


def simulateur(navigateur: Browser, site: str) -> None:
    page = nouvelle_page(navigateur)
    aller(page, f"{site}/simulateur/")
    prendre(page, "simulateur", hauteur=900)


def entrer(navigateur: Browser, site: str, numero: str, mot_de_passe: str) -> Page:
    """A page of this citizen's account, its terms accepted."""
    page = nouvelle_page(navigateur)
    aller(page, f"{site}/connexion/")
    page.fill("input[name=numero]", numero)
    page.fill("input[name=mot_de_passe]", mot_de_passe)
    valider(page)
    if page.locator("input[name=accepte]").count():  # a demonstration just made: they have not accepted the terms yet
        page.locator("label[for=accepte]").click()
        page.get_by_role("button", name="Accepter et entrer").click()
        page.wait_for_load_state()
    return page


def allocataire(navigateur: Browser, site: str, numero: str, mot_de_passe: str) -> None:
    page = entrer(navigateur, site, numero, mot_de_passe)
    aller(page, f"{site}/mon-compte/")
    prendre(page, "mon-compte", hauteur=860)
    page.get_by_role("link", name="Pourquoi ce montant").first.click()
    page.wait_for_load_state()
    prendre(page, "pourquoi-ce-montant", hauteur=1100)
    aller(page, f"{site}/mon-compte/")
    page.get_by_role("link", name="Ce qui a changé").first.click()
    page.wait_for_load_state()
    prendre(page, "ce-qui-a-change", hauteur=900)
    page.set_viewport_size(TELEPHONE)
    aller(page, f"{site}/mon-compte/")
    prendre(page, "mon-compte-telephone", hauteur=1200)
    for chemin, nom in (("changement/", "changement"), ("trimestre/", "trimestre"), ("messages/", "messages")):
        page.set_viewport_size(TELEPHONE)
        aller(page, f"{site}/mon-compte/{chemin}")
        prendre(page, f"{nom}-telephone", hauteur=1200)


def demandeuse(navigateur: Browser, site: str, numero: str, mot_de_passe: str) -> None:
    """The first page of a claim, on the phone of somebody whom the Caf doesn't know yet."""
    page = entrer(navigateur, site, numero, mot_de_passe)
    page.set_viewport_size(TELEPHONE)
    aller(page, f"{site}/demande-rsa/")
    prendre(page, "demande-telephone", hauteur=1200)


def interne(navigateur: Browser, site: str, identifiant: str, mot_de_passe: str) -> Page:
    """A page logged in as an agent or the officer, second factor included."""
    from limpide.monde import comptes

    page = nouvelle_page(navigateur)
    compte = next(c for c in comptes.agents() if c.identifiant == identifiant)
    aller(page, f"{site}/agent/connexion/?next={compte.adresse}")
    page.fill("input[name=identifiant]", identifiant)
    page.fill("input[name=mot_de_passe]", mot_de_passe)
    valider(page)
    page.fill("input[name=code]", comptes.code_actuel(compte))
    valider(page)
    return page


def agent(navigateur: Browser, site: str, mot_de_passe: str) -> None:
    """Lower a wage declared three months ago, up to the preview: nothing is validated."""
    page = interne(navigateur, site, "agent.paris", mot_de_passe)
    aller(page, f"{site}/agent/a-faire/")
    prendre(page, "a-faire", hauteur=1000)
    page.set_viewport_size(BUREAU)
    aller(page, f"{site}/agent/")
    page.fill("input[name=numero]", "1000000")
    valider(page)
    page.get_by_role("link", name="Ouvrir").first.click()
    page.wait_for_load_state()
    page.locator("input[name=motif]").first.check(force=True)
    valider(page)
    prendre(page, "dossier", hauteur=1100)
    page.set_viewport_size(BUREAU)
    page.get_by_role("link", name="Faits").first.click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Corriger").nth(4).click()
    page.wait_for_load_state()
    page.fill("input[name=valeur]", "320")
    valider(page)
    page.get_by_role("button", name="Valider la correction").wait_for()
    prendre(page, "correction-apercu", hauteur=1200)


def dpd(navigateur: Browser, site: str, mot_de_passe: str) -> None:
    page = interne(navigateur, site, "dpd", mot_de_passe)
    prendre(page, "registre", hauteur=900)
    page.set_viewport_size(BUREAU)
    aller(page, f"{site}/dpd/journal/")
    prendre(page, "journal", hauteur=1000)


def main(site: str = "http://localhost:8000") -> None:
    import datetime as dt

    from limpide.monde import comptes, demonstration, temoin

    mois = demonstration.mois_de_la_demonstration(dt.date.today())  # noqa: DTZ011 — the user's own day
    numero = temoin.foyer(mois).membres[0].nir
    with sync_playwright() as outil:
        navigateur = outil.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        simulateur(navigateur, site)
        allocataire(navigateur, site, numero, comptes.MOT_DE_PASSE)
        demandeuse(navigateur, site, comptes.numero_de_la_demandeuse().en_clair(), comptes.MOT_DE_PASSE)
        agent(navigateur, site, comptes.MOT_DE_PASSE)
        dpd(navigateur, site, comptes.MOT_DE_PASSE)
        navigateur.close()


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limpide.socle.settings")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs beside; no query is made here
    django.setup()
    main(*sys.argv[1:])
