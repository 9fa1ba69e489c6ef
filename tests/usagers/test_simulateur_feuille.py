"""The page to keep of an explanation: a PDF, and nothing kept."""

from typing import Any

from tests.usagers.test_simulateur import ADRESSE, TOUT, texte


def test_an_explanation_is_kept_on_a_page_and_nothing_else_is(client: Any) -> None:
    page = client.post(ADRESSE, TOUT | {"etape": "4"})
    assert "Garder cette explication (PDF) : Revenu de solidarité active" in texte(page)
    feuille = client.post(ADRESSE, TOUT | {"etape": "4", "feuille": "rsa"})
    assert (feuille.status_code, feuille["Content-Type"]) == (200, "application/pdf")
    assert feuille["Content-Disposition"].startswith('attachment; filename="explication-rsa-2026-')
    assert feuille.content.startswith(b"%PDF")
    assert feuille.cookies == {}
    assert client.post(ADRESSE, TOUT | {"etape": "4", "feuille": "inconnu"}).status_code == 404
