"""Appeals in a real browser, by keyboard: recorded, refused with the input kept, then decided."""

from typing import Any

import pytest

from tests.banc import ecrans
from tests.banc.navigateur import au_clavier
from tests.navigateur.test_parcours import connecter_agent, lu

pytestmark = pytest.mark.navigateur
ENREGISTRER = "main form button[type=submit]"


def test_an_agent_records_and_follows_an_appeal(page: Any, page_axe: Any, presents: Any) -> None:
    connecter_agent(page, presents)
    dossier, _ = ecrans.fiche_d_amina()
    page.goto(f"/agent/dossier/{dossier}/motif/?next=/agent/dossier/{dossier}/recours/")
    page.locator("label[for=id_motif_4]").click()
    page.click(ENREGISTRER)
    page.wait_for_url("**/recours/")
    page_axe(page)
    assert "Aucun recours n'est enregistré" in lu(page)
    page.select_option("#id_objet", index=1)
    page.select_option("#id_voie", "cassation")
    page.fill("#id_le", "20/11/2026")
    au_clavier(page, ENREGISTRER)
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.input_value("#id_voie") == "cassation"
    assert page.input_value("#id_le") == "20/11/2026"
    premiere = (
        "amiable" if "Commission de recours amiable" in page.locator("#resume-erreurs").inner_text() else "departement"
    )
    page.select_option("#id_voie", premiere)
    au_clavier(page, ENREGISTRER)
    page.get_by_text("Le recours est enregistré.").wait_for()
    page_axe(page)
    au_clavier(page, "main tbody a")
    page.wait_for_url("**/recours/*/")
    page_axe(page)
    au_clavier(page, "#id_etape_0", touche="Space")
    page.fill("#id_le", "21/11/2026")
    page.select_option("#id_issue", "rejete")
    au_clavier(page, ENREGISTRER)
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert "Une personne décide de ce recours" in lu(page)
    page.fill("#id_signataire", "Dominique Petit")
    page.fill("#id_qualite", "Présidente de la commission")
    page.fill("#id_motifs", "Les revenus retenus sont ceux que vous avez déclarés.")
    au_clavier(page, ENREGISTRER)
    page.get_by_text("Décision rendue, encore contestable").first.wait_for()
    page_axe(page)
