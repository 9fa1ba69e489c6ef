"""The place of a dwelling on a telephone, by keyboard and as axe reads it: a postal code, then a commune."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.navigateur.test_simulateur_enfance import continuer

pytestmark = pytest.mark.navigateur

LOYER = "5"
"""« Vous payez un loyer… » among the situations of the first part."""


def jusqu_au_logement(page: Any, page_axe: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page_axe(page, "/simulateur/")
    page.select_option("#id_mois", "2026-11")
    page.check("#id_couple_1", force=True)
    page.fill("#id_nombre_enfants", "0")
    page.check(f"#id_situations_{LOYER}", force=True)
    continuer(page, 2)
    page.fill("#id_a0_date_naissance", "24/03/1980")
    for champ in ("a0_nationalite_0", "a0_activite_0"):
        page.check(f"#id_{champ}", force=True)
    continuer(page, 3)
    page.check("#id_a0_enceinte_1", force=True)
    page.check("#id_statut_occupation_logement_3", force=True)
    page.fill("#id_aide_logement", "0")
    continuer(page, 4)
    continuer(page, 5)


def test_a_commune_is_chosen_where_the_postal_code_leaves_a_doubt(page: Any, page_axe: Any) -> None:
    jusqu_au_logement(page, page_axe)
    page_axe(page)
    page.fill("#id_loyer", "450")
    code = page.get_by_label("Code postal du logement")
    code.fill("97400")
    code.press("Enter")
    resume = page.locator("#resume-erreurs")
    expect(resume).to_contain_text("Ce code postal est outre-mer (La Réunion)")
    expect(code).to_have_value("97400")
    page_axe(page)
    resume.get_by_role("link", name="Code postal du logement").press("Enter")
    expect(code).to_be_focused()
    code.fill("01120")
    for question in ("logement_conventionne_1", "forme_logement_0", "proprietaire_proche_famille_1"):
        page.check(f"#id_{question}", force=True)
    page.fill("#id_a0_logement_salaires", "9 000")
    code.press("Enter")
    commune = page.get_by_label("Votre commune")
    expect(commune).to_be_visible()
    expect(resume).to_contain_text("choisissez la vôtre")
    page_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    commune.focus()
    page.keyboard.type("Montluel")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Voir mon résultat").last.press("Enter")
    page.get_by_role("heading", name="Votre résultat").wait_for()
    page_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_text("Montluel est en zone II pour l'aide au logement")).to_be_attached()
    assert not any(dit in page.url for dit in ("01120", "Montluel", "?"))
