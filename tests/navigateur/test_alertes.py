"""The officer's alerts in the browser: the count, the list, the lines behind one, the note."""

from typing import Any

import pytest

from limpide.registre.alertes import Alerte
from tests.banc import ecrans
from tests.navigateur.test_parcours import connecter_agent

pytestmark = pytest.mark.navigateur


def test_the_officer_treats_an_alert_with_a_note(page: Any, page_axe: Any, presents: Any) -> None:
    numero = ecrans.lever_une_alerte()
    connecter_agent(page, presents, ecrans.DPD)
    page_axe(page, "/dpd/")
    page.get_by_role("link", name="Alertes (1)").click()
    page_axe(page)
    page.get_by_role("link", name="Quelque chose est à regarder").click()
    assert page.url.endswith(f"/dpd/alertes/{numero}/")
    page_axe(page)
    page.get_by_role("button", name="Enregistrer et fermer l'alerte").click()
    page.get_by_text("Dites ce que vous avez constaté, même si c'est une fausse alerte.").wait_for()
    page_axe(page)
    page.get_by_label("Ce que vous avez constaté").fill("Une fausse alerte")
    page.get_by_role("button", name="Enregistrer et fermer l'alerte").press("Enter")
    page.wait_for_url("**/dpd/alertes/")
    page.get_by_text("Aucune alerte.").wait_for()
    page.get_by_label("État").select_option("Traitées")
    page.get_by_role("button", name="Filtrer").click()
    page.get_by_role("link", name="Quelque chose est à regarder").click()
    page.get_by_text("Une fausse alerte").wait_for()
    page_axe(page)
    traitee = Alerte.objects.using("proprietaire").get(pk=numero)
    assert (traitee.note, traitee.traitee_par is None) == ("Une fausse alerte", False)
