"""The pages that belong to no room: errors, information; headers that every answer carries."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.banc.navigateur import aller, au_clavier


@pytest.mark.parametrize("chemin", ["/accessibilite/", "/donnees-personnelles/"])
def test_une_page_d_information(client: Any, chemin: str) -> None:
    reponse = client.get(chemin)
    assert reponse.status_code == 200
    assert reponse.content.decode().count("<h1>") == 1
    assert reponse.cookies == {}


def test_une_page_introuvable_parle_francais(client: Any) -> None:
    reponse = client.get("/nulle-part/")
    assert reponse.status_code == 404
    assert "Cette page n’existe pas" in reponse.content.decode()


def test_une_panne_parle_francais_sans_base_ni_compte(rf: Any) -> None:
    from limpide.socle import pages

    reponse = pages.panne(rf.get("/"))
    assert reponse.status_code == 500
    assert "Le site n’a pas pu répondre" in reponse.content.decode()


def test_un_formulaire_sans_jeton_est_refuse_en_clair() -> None:
    from django.test import Client

    reponse = Client(enforce_csrf_checks=True).post("/accessibilite/", {"a": "b"})
    assert reponse.status_code == 403
    assert "Formulaire périmé" in reponse.content.decode()


@pytest.mark.preuve("Pages : politique de sécurité du contenu sans script ni style en ligne", controles=(19,))
def test_les_en_tetes_de_toute_reponse(client: Any) -> None:
    reponse = client.get("/accessibilite/")
    politique = reponse.headers["Content-Security-Policy"]
    assert "unsafe" not in politique
    assert "default-src 'none'" in politique
    assert "frame-ancestors 'none'" in politique
    assert reponse.headers["X-Frame-Options"] == "DENY"
    assert reponse.headers["Referrer-Policy"] == "same-origin"
    assert reponse.headers["X-Content-Type-Options"] == "nosniff"


def test_aucun_script_ni_style_dans_la_page(client: Any) -> None:
    page = client.get("/accessibilite/").content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", page) == []


def test_les_fichiers_de_la_page_existent(base: None, client: Any) -> None:
    page = client.get("/accessibilite/").content.decode()
    adresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert len(adresses) >= 6
    statuts = {}
    for adresse in adresses:
        reponse = client.get(adresse)
        statuts[adresse] = reponse.status_code
        reponse.close()
    assert statuts == dict.fromkeys(adresses, 200)


@pytest.mark.navigateur
@pytest.mark.parametrize(
    ("chemin", "statut"), [("/accessibilite/", 200), ("/donnees-personnelles/", 200), ("/nulle-part/", 404)]
)
def test_les_pages_sont_accessibles(page: Any, page_axe: Callable[..., None], chemin: str, statut: int) -> None:
    page_axe(page, chemin, statut=statut)


@pytest.mark.navigateur
def test_au_clavier_on_passe_l_en_tete(page: Any) -> None:
    aller(page, "/accessibilite/")
    au_clavier(page, '.fr-skiplinks a[href="#contenu"]')
    assert page.evaluate("() => document.activeElement.id") == "contenu"


@pytest.mark.navigateur
def test_au_clavier_on_change_de_theme(page: Any) -> None:
    aller(page, "/accessibilite/")
    au_clavier(page, 'footer button[aria-controls="fr-theme-modal"]')
    page.locator("#fr-theme-modal").wait_for(state="visible")
    page.get_by_label("Thème sombre").check(force=True)
    assert page.evaluate("() => document.documentElement.dataset.frTheme") == "dark"


@pytest.mark.navigateur
def test_axe_voit_une_faute_quand_il_y_en_a_une(page: Any, page_axe: Callable[..., None]) -> None:
    aller(page, "/accessibilite/")
    page.evaluate("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x.png\">')")
    with pytest.raises(AssertionError, match="image-alt"):
        page_axe(page)


def test_derriere_https_les_cookies_et_le_navigateur_s_y_tiennent() -> None:
    code = (
        "from limpide.socle import settings as s\n"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,\n"
        "      s.SECURE_HSTS_SECONDS >= 31536000, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_NAME[:7], s.DEBUG)"
    )
    lieu = os.environ | {"LIMPIDE_HTTPS": "1"}
    fini = subprocess.run([sys.executable, "-c", code], env=lieu, capture_output=True, text=True, check=True)
    assert fini.stdout.split() == ["True", "True", "True", "True", "True", "__Host-", "False"]
