"""The menu of Mon Compte: every page of the space is under one of its words, and the reader sees where they are."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from limpide.usagers import menu, urls
from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, aller, tient_en_largeur
from tests.navigateur.test_parcours import connecter

# Addresses where nobody stays: what is sent, downloaded, or shown before the space opens.
SANS_PAGE = {
    "conditions_a_accepter", "conditions_a_refuser", "montrer", "agir", "quitter", "demander_detail", "recu",
    "attestation_retirer", "changement_abandonner", "demande_retirer", "lien_franceconnect", "fermer_connexion",
    "decliner_droit", "reprendre_droit",
}  # fmt: skip


def test_chaque_page_de_l_espace_est_au_menu_une_fois() -> None:
    connues = [nom for groupe in menu.GROUPES for page in groupe.pages for nom in (page.nom, *page.aussi)]
    assert len(connues) == len(set(connues))
    espace = {
        chemin.name
        for chemin in urls.urlpatterns
        if str(chemin.pattern).startswith("mon-compte/") and not re.search(r"\.\w+$", str(chemin.pattern))
    }
    assert espace - SANS_PAGE == set(connues)
    assert len(menu.GROUPES) <= 7


@pytest.mark.parametrize("au_nom", [False, True])
def test_where_the_reader_is(au_nom: bool) -> None:
    vu = menu.lire("rncps", au_nom=au_nom)
    assert [groupe.mots for groupe, _, dedans in vu.groupes if dedans] == ["Mes données"] == [vu.ouvert]
    assert [page.nom for page, celle_ci in vu.pages if celle_ci] == ["rncps"]
    assert all(not page.personnelle for _, page, _ in vu.groupes) or not au_nom
    messages = menu.lire("conversation", au_nom=au_nom)
    assert [page.nom for page, _ in messages.pages] == ["messages", "rendez_vous"]


def test_a_phone_without_javascript_has_the_menu_and_the_way_out(page: Any, site: Any) -> None:
    contexte = page.context.browser.new_context(
        base_url=site.adresse, java_script_enabled=False, viewport={"width": LARGEUR_TELEPHONE, "height": 740}
    )
    nue = contexte.new_page()
    connecter(nue, ecrans.peupler(4, ()))
    aller(nue, "/mon-compte/documents/")
    expect(nue.get_by_role("button", name="Se déconnecter")).to_be_visible()
    tient_en_largeur(nue)
    expect(nue.get_by_role("button", name="Menu")).to_be_hidden()
    nue.get_by_role("navigation", name="Mes démarches").get_by_role("link", name="Mes demandes").click()
    expect(nue.get_by_role("heading", level=1)).to_have_text("Mes demandes")
    nue.get_by_role("link", name="Mes données").click()
    expect(nue.get_by_role("heading", level=1)).to_have_text("Qui a consulté mon dossier")
    contexte.close()
