"""Accreditations in Chromium: the public list, a closed service, the officer who records a decision."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from limpide.registre import homologations
from limpide.registre.models import Homologation
from limpide.registre.teleservice import teleservices
from tests.banc import ecrans
from tests.banc.homologations import effacer_les_homologations
from tests.banc.navigateur import au_clavier
from tests.navigateur.test_parcours import connecter_agent

PDF = {"name": "decision.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 decision"}


pytestmark = pytest.mark.navigateur


@pytest.fixture(autouse=True)
def relire() -> Iterator[None]:
    """The next test reads the accreditations again."""
    yield
    homologations.oublier()


def test_liste_publique_et_service_ferme(page: Any, page_axe: Callable[..., None]) -> None:
    page_axe(page, "/homologations/")
    a_construire = [t for t in teleservices().values() if t.etat == "a_construire"]
    assert page.get_by_text("Aucune homologation").count() >= len(a_construire) >= 1
    assert page.get_by_text("Décision fictive, pour la démonstration").count() >= 3
    effacer_les_homologations()
    page_axe(page, "/mon-compte/", statut=503)
    assert page.get_by_role("heading", level=1).inner_text() == "Ce service en ligne est fermé"
    page.get_by_role("link", name="Voir l'état de chaque service en ligne").click()
    assert page.url.endswith("/homologations/")


def test_l_officiere_retire_et_enregistre(page: Any, page_axe: Callable[..., None]) -> None:
    presents = ecrans.peupler(4, ())
    connecter_agent(page, presents, ecrans.DPD)
    page_axe(page, "/dpd/homologations/")
    page.get_by_role("link", name="Simulateur de droits").click()
    page.wait_for_url("**/simulateur/")
    page_axe(page)
    page.get_by_label("Pourquoi la retirer ?").fill("Fin de l'essai")
    page.get_by_role("button", name="Retirer cette homologation").click()
    expect(page.get_by_text("Service fermé.")).to_be_visible()
    page.get_by_label("Autorité d'homologation").fill("Camille Dubois, directrice")
    page.get_by_label("Valable du").fill("2020-01-01")
    page.get_by_label("Au (compris)").fill("2099-01-01")
    au_clavier(page, "main form[enctype] button[type=submit]")
    page.locator("#erreur-risques").wait_for()
    page_axe(page)  # risks and document are missing: said field by field, the rest is kept
    assert page.get_by_label("Autorité d'homologation").input_value() == "Camille Dubois, directrice"
    expect(page.locator("#erreur-risques")).to_be_visible()
    expect(page.locator("#erreur-document")).to_be_visible()
    page.get_by_label("Risques acceptés").fill("Panne de la salle")
    page.get_by_label("La décision signée").set_input_files(PDF)
    page.get_by_role("button", name="Enregistrer la décision").click()
    assert page.url.endswith("/dpd/homologations/")
    faite = Homologation.objects.using("proprietaire").get(teleservice="simulateur", retiree_le=None)
    assert bytes(faite.document) == PDF["buffer"]
