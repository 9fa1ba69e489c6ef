"""Retention in a real browser: the citizen, the agent, the archive with its reason, the officer."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command

from tests.banc import ecrans, temps
from tests.banc.navigateur import au_clavier
from tests.navigateur.test_parcours import connecter, connecter_agent, lu

pytestmark = pytest.mark.navigateur
ENREGISTRER = "main form button[type=submit]"


@pytest.fixture
def dossier(presents: Any) -> int:
    return ecrans.fiche_d_amina()[0]


def finir(dossier: int, annees: int, clos: str) -> None:
    temps.reculer(annees)
    temps.clore(dossier, dt.date.fromisoformat(clos))


def ouvrir_l_onglet(page: Any, dossier: int) -> None:
    page.goto(f"/agent/dossier/{dossier}/motif/?next=/agent/dossier/{dossier}/conservation/")
    page.locator("label[for=id_motif_0]").click()
    page.click(ENREGISTRER)
    page.wait_for_url("**/conservation/")


def test_an_open_file_says_what_holds_it(page: Any, page_axe: Any, presents: Any, dossier: int) -> None:
    connecter(page, presents)
    page_axe(page, "/mon-compte/conservation/")
    assert "Rien n'est effacé pour le moment." in lu(page)
    assert "Votre dossier est ouvert : vos droits sont calculés chaque mois." in lu(page)


def test_the_agent_reads_the_end_of_the_relation(page: Any, page_axe: Any, presents: Any, dossier: int) -> None:
    finir(dossier, 1, "2025-12-31")
    connecter_agent(page, presents)
    ouvrir_l_onglet(page, dossier)
    page_axe(page)
    assert "La relation a fini le 31 décembre 2025 : dossier clos." in lu(page)
    assert "En base active jusqu'au 31 décembre 2027" in lu(page)
    assert "Effacé le 31 décembre 2031 au plus tard" in lu(page)


def test_archive_notice_and_what_the_officer_sees(page: Any, page_axe: Any, presents: Any, dossier: int) -> None:
    finir(dossier, 6, "2020-12-15")
    for geste in ("archiver", "notifier"):
        call_command("conservation", geste, "--executer", stdout=io.StringIO())
    connecter(page, presents)
    page_axe(page, "/mon-compte/")
    assert "Vos données seront bientôt effacées" in lu(page)
    page_axe(page, "/mon-compte/conservation/")
    assert "a fini le 15 décembre 2020" in lu(page)
    page.context.clear_cookies()

    connecter_agent(page, presents)
    page.goto(f"/agent/dossier/{dossier}/motif/")
    assert "Page introuvable" in lu(page)
    page_axe(page, "/agent/archives/")
    page.fill("#id_numero", "100")
    au_clavier(page, ENREGISTRER)
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.input_value("#id_numero") == "100"
    assert "Le numéro d'allocataire a sept chiffres." in lu(page)
    page.fill("#id_numero", "1000000")
    page.locator("label[for=id_motif_1]").click()
    au_clavier(page, ENREGISTRER)
    page.get_by_role("heading", name="Belavassin").wait_for()
    page_axe(page)
    assert "Relation finie le 15 décembre 2020." in lu(page)
    page.context.clear_cookies()

    connecter_agent(page, presents, ecrans.DPD)
    page_axe(page, "/dpd/conservation/")
    assert "Personne prévenue, délai de grâce" in lu(page)
    assert "Aucune purge n'a encore eu lieu." in lu(page)


def test_the_officer_reads_a_signed_report(page: Any, page_axe: Any, presents: Any, dossier: int) -> None:
    finir(dossier, 8, "2018-12-31")
    for geste in ("archiver", "notifier", "purger"):
        call_command("conservation", geste, "--executer", stdout=io.StringIO())
        temps.grace_passee()
    connecter_agent(page, presents, ecrans.DPD)
    page_axe(page, "/dpd/conservation/")
    assert "Signature vérifiée." in lu(page)
    assert "dossiers" in lu(page)


def test_the_officer_freezes_then_lifts(page: Any, page_axe: Any, presents: Any, dossier: int) -> None:
    connecter_agent(page, presents, ecrans.DPD)
    page_axe(page, "/dpd/conservation/gels/")
    page.fill("#id_dossier", "987654321")
    page.select_option("#id_motif", "justice")
    page.fill("#id_reference", "réquisition")
    au_clavier(page, "#poser button[type=submit]")
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert "Écrivez une référence qui porte un numéro" in lu(page)
    page.fill("#id_reference", "réquisition 2026/114")
    au_clavier(page, "#poser button[type=submit]")
    page.get_by_text("Aucun dossier ne porte ce numéro interne.").first.wait_for()
    assert page.input_value("#id_reference") == "réquisition 2026/114"
    page.fill("#id_dossier", str(dossier))
    au_clavier(page, "#poser button[type=submit]")
    page.get_by_text("Le gel est posé").wait_for()
    page_axe(page)

    finir(dossier, 8, "2018-12-31")
    call_command("conservation", "archiver", "--executer", stdout=io.StringIO())
    page_axe(page, "/dpd/conservation/")
    assert "Effacement gelé" in lu(page)
    page.goto("/dpd/conservation/gels/")
    au_clavier(page, "main tbody button")
    page.get_by_text("Le gel est levé").wait_for()
    page_axe(page)
    assert "Aucun gel en cours." in lu(page)
