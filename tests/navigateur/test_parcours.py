"""Walks in a real browser: each page opens, has no axe violation, fits a phone; forms are filled by keyboard alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, aller, au_clavier

pytestmark = pytest.mark.navigateur
VALIDER = "main form button[type=submit]"
SALAIRE_CORRIGE = "300,00"


def connecter(page: Any, presents: Any) -> None:
    aller(page, "/connexion/?next=/mon-compte/")
    page.fill("#id_numero", ecrans.amina(presents).identifiant)
    page.fill("#id_mot_de_passe", ecrans.MOT_DE_PASSE)
    page.click(VALIDER)
    page.wait_for_url("**/mon-compte/")


def connecter_agent(page: Any, presents: Any, identifiant: str = ecrans.AGENT_PARIS) -> None:
    aller(page, "/agent/connexion/")
    page.fill("#id_identifiant", identifiant)
    page.fill("#id_mot_de_passe", ecrans.MOT_DE_PASSE)
    page.click(VALIDER)
    page.wait_for_url("**/second-facteur/")
    page.fill("#id_code", ecrans.comptes.code_actuel(presents[identifiant]))
    page.click(VALIDER)
    page.wait_for_url(lambda adresse: "second-facteur" not in adresse)


def deconnecter(page: Any) -> None:
    page.click("header button:has-text('Se déconnecter')")
    page.wait_for_url("**sortie=1")


def test_the_simulator_from_end_to_end_by_keyboard(page: Any, page_axe: Any) -> None:
    page_axe(page, "/")
    page_axe(page, "/simulateur/")
    assert page.context.cookies() == []
    au_clavier(page, "#id_couple_0", touche="ArrowDown")  # a group of radio buttons is one stop
    assert page.is_checked("#id_couple_1")
    au_clavier(page, "#id_nombre_enfants", touche=None)
    page.keyboard.type("2")
    page.keyboard.press("Enter")  # « Entrée » continues, it does not go back
    page.get_by_text("Étape 2 sur 5").wait_for()
    page_axe(page)
    page.fill("#id_a0_date_naissance", "31/02/1990")
    page.get_by_role("button", name="Continuer").last.click()
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.input_value("#id_a0_date_naissance") == "31/02/1990"
    assert page.evaluate("document.activeElement.id") == "resume-erreurs"
    for champ, valeur in (("a0", "24/03/1990"), ("e0", "01/01/2018"), ("e1", "01/01/2020")):
        page.fill(f"#id_{champ}_date_naissance", valeur)
    page.check("#id_a0_nationalite_0", force=True)
    page.check("#id_a0_activite_0", force=True)
    page.check("#id_e0_garde_alternee_0", force=True)
    page.check("#id_e1_garde_alternee_0", force=True)
    for champ in ("e0_soutien_autre_parent_0", "e1_soutien_autre_parent_7"):
        page.check(f"#id_{champ}", force=True)
    page.get_by_role("button", name="Ajouter un enfant").click()
    page.get_by_role("heading", name="Enfant 3").wait_for()
    page.get_by_role("button", name="Retirer Enfant 3").click()
    page.get_by_role("heading", name="Enfant 3").wait_for(state="detached")
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 3 sur 5").wait_for()
    page_axe(page)
    for champ in ("e1_lien_0", "e1_pension_en_cours_de_fixation_0"):
        page.check(f"#id_{champ}", force=True)
    page.fill("#id_e1_soutien_depuis", "15/01/2026")
    page.check("#id_a0_enceinte_1", force=True)
    page.check("#id_rsa_isolement_recent_1", force=True)
    page.check("#id_statut_occupation_logement_3", force=True)
    page.fill("#id_aide_logement", "210")
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 4 sur 5").wait_for()
    page_axe(page)
    page.check("#id_a0_ressources_0", force=True)
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 5 sur 5").wait_for()
    page_axe(page)
    for i in (2, 3, 4):
        page.fill(f"#id_a0_salaire_net_m{i}", "1 180")
    page.check("#id_prestations_familiales_base_ressources_nsp", force=True)
    page.get_by_role("button", name="Voir mon résultat").click()
    page.get_by_role("heading", name="Votre résultat").wait_for()
    page_axe(page)
    assert "Il manque : Revenu net du foyer" in page.inner_text("main")
    assert "200,78" in page.inner_text("main")
    assert page.context.cookies() == []


def test_the_simulator_asks_for_the_rentree_in_august(page: Any, page_axe: Any) -> None:
    """A shared child not yet six, one past sixteen: the questions of August, the amount of the year; then the claim.

    From the result on, on a telephone and by keyboard alone: log in, read what is carried, find it in the draft.
    """
    presents = ecrans.peupler(8, ())
    page_axe(page, "/simulateur/")
    page.select_option("#id_mois", "2026-08")
    page.check("#id_couple_1", force=True)
    page.fill("#id_nombre_enfants", "2")
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 2 sur 5").wait_for()
    for champ, valeur in (("a0", "24/03/1990"), ("e0", "01/03/2021"), ("e1", "01/03/2009")):
        page.fill(f"#id_{champ}_date_naissance", valeur)
    for champ in (
        "a0_nationalite_0",
        "a0_activite_0",
        "e0_garde_alternee_1",
        "e1_garde_alternee_0",
        "e0_soutien_autre_parent_0",
        "e1_soutien_autre_parent_0",
    ):
        page.check(f"#id_{champ}", force=True)
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 3 sur 5").wait_for()
    page_axe(page)
    for champ in ("cours_preparatoire_anticipe", "allocataire_unique"):
        page.check(f"#id_e0_{champ}_0", force=True)
    page.check("#id_e1_inscription_rentree_0", force=True)
    page.check("#id_e1_activite_0", force=True)
    page.check("#id_a0_enceinte_1", force=True)
    page.check("#id_rsa_isolement_recent_1", force=True)
    page.check("#id_statut_occupation_logement_3", force=True)
    page.fill("#id_aide_logement", "210")
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 4 sur 5").wait_for()
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_text("Étape 5 sur 5").wait_for()
    page.fill("#id_prestations_familiales_base_ressources", "15 000")
    page.get_by_role("button", name="Voir mon résultat").click()
    page.get_by_role("heading", name="Votre résultat").wait_for()
    page_axe(page)
    assert "une seule fois dans l'année" in page.inner_text("main")
    assert "892,89" in page.inner_text("main")
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    au_clavier(page, "button[form=porter][value=rsa]")
    expect(page).to_have_url(re.compile(r"/connexion/\?next=/mon-compte/simulation/$"))
    au_clavier(page, "#id_numero", touche=None)
    page.keyboard.type(next(c.identifiant for c in presents.values() if c.adresse == "/demande-rsa/"))
    au_clavier(page, "#id_mot_de_passe", touche=None)
    page.keyboard.type(ecrans.MOT_DE_PASSE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ce qui est repris")).to_be_visible()
    page_axe(page)
    au_clavier(page, "#reprendre button:not([name])")
    expect(page).to_have_url(re.compile(r"/demande-rsa/$"))
    expect(page.locator("#id_nombre_enfants")).to_have_value("2")
    expect(page.locator("#id_couple_1")).to_be_checked()


def test_the_simulator_without_javascript(_chromium: Any, site: Any) -> None:  # noqa: PT019 - a second browser session
    contexte = _chromium.new_context(java_script_enabled=False, base_url=site.adresse, locale="fr-FR")
    page = contexte.new_page()
    aller(page, "/simulateur/")
    page.locator("label[for=id_couple_1]").click()
    page.fill("#id_nombre_enfants", "1")
    page.get_by_role("button", name="Continuer").last.click()
    expect(page.get_by_role("heading", name="Enfant 1")).to_be_visible()
    page.get_by_role("button", name="Ajouter un enfant").click()
    expect(page.get_by_role("heading", name="Enfant 2")).to_be_visible()
    contexte.close()


PAGES_DU_COMPTE = (
    "", "paiements/", "situation/", "decisions/", "consultations/", "pourquoi/2026-11/", "pourquoi/2026-10/",
    "changements/2026-11/",
)  # fmt: skip


def test_every_page_of_the_account(page: Any, page_axe: Any, presents: Any) -> None:
    page_axe(page, "/connexion/")
    page.fill("#id_numero", "1 23")
    au_clavier(page, "#id_mot_de_passe", touche="Enter")
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.input_value("#id_numero") == "1 23"
    connecter(page, presents)
    for chemin in PAGES_DU_COMPTE:
        aller(page, f"/mon-compte/{chemin}")
        assert "Belavassin" not in page.title()
    aller(page, "/mon-compte/")
    au_clavier(page, "main a[href*='pourquoi']")
    page.wait_for_url("**/pourquoi/2026-11/**")
    etape = page.locator("summary").nth(1)
    etape.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() >= 2
    page_axe(page)
    page_axe(page, "/mot-de-passe/")
    deconnecter(page)
    page_axe(page, "/connexion/?sortie=1")
    assert page.goto("/mon-compte/").url.startswith(page.url.split("/connexion")[0] + "/connexion")


def grand_livre() -> list[tuple[Any, ...]]:
    """Entries that do not balance, and the sum of all lines, read as the owner."""
    from django.db import connections

    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "SELECT ecriture_id, sum(montant_centimes) FROM paiements_ligneecriture"
            " GROUP BY ecriture_id HAVING sum(montant_centimes) <> 0"
        )
        return list(curseur.fetchall())


def ordres(dossier: int) -> dict[str, int]:
    from limpide.paiements.models import OrdrePaiement

    trouves = OrdrePaiement.objects.using("proprietaire").filter(dossier_id=dossier)
    return {f"{o.mois:%Y-%m} {o.nature}": o.montant_centimes for o in trouves}


def trouver_amina(page: Any, page_axe: Any, presents: Any, dossier: int) -> None:
    """Search by NIR (a wrong search first), say why, arrive on the file."""
    page_axe(page, "/agent/")
    page.fill("#id_numero", "12")
    page.click(VALIDER)
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.input_value("#id_numero") == "12"
    page.fill("#id_numero", "")
    page.fill("#id_nir", ecrans.amina(presents).identifiant)
    page.click(VALIDER)
    page.get_by_text("1 dossier trouvé").wait_for()
    page_axe(page)
    assert ecrans.amina(presents).identifiant not in page.url
    page.get_by_role("link", name="Ouvrir le dossier 1000000").click()
    page.get_by_role("heading", name="Ouvrir le dossier").wait_for()
    page_axe(page)
    au_clavier(page, "#id_motif_0", touche="ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/agent/dossier/{dossier}/")


def corriger_aout(page: Any, page_axe: Any) -> tuple[str, str]:
    """From the facts to the validated correction; returns the former wage and the back payment, as « 21,24 »."""
    page.locator("tr:has-text('août 2026') a").first.click()
    page.get_by_role("heading", name="Corriger : salaire net").wait_for()
    page_axe(page)
    ancien = re.search(r"Valeur connue : ([\d,]+) €", lu(page))[1]
    page.fill("#id_valeur", "neuf cents")
    page.click("button[name=apercu]")
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.input_value("#id_valeur") == "neuf cents"
    page.fill("#id_valeur", SALAIRE_CORRIGE)
    page.click("button[name=apercu]")
    page.locator("#effet").wait_for()
    page_axe(page)
    apercu = lu(page)
    assert "novembre 2026" in apercu
    rappel = re.search(r"rappel (\d+,\d\d) €", apercu)[1]
    page.click("button[name=valider]")
    page.wait_for_url("**/corrige/")
    page_axe(page)
    assert f"Un rappel de {rappel} €" in lu(page)
    return ancien, rappel


def lu(page: Any) -> str:
    """The main part of the page, with plain spaces and no thousands separator."""
    return page.inner_text("main").replace("\u202f", "").replace("\xa0", " ")


@pytest.mark.preuve(
    "De bout en bout : un salaire corrigé, expliqué à l'allocataire, payé par le fichier suivant",
    systemes=("S06", "S39", "S42"),
)
def test_a_wage_of_three_months_ago_corrected_explained_and_paid(page: Any, page_axe: Any, presents: Any) -> None:
    from limpide.paiements.services import emettre_virements

    dossier, _ = ecrans.fiche_d_amina()
    page_axe(page, "/agent/connexion/")
    connecter_agent(page, presents)
    trouver_amina(page, page_axe, presents, dossier)
    for chemin in ("", "?au=01/06/2026&connu=01/09/2026", "droits/2026-11/", "journal/", "faits/"):
        page_axe(page, f"/agent/dossier/{dossier}/{chemin}")
        assert "Belavassin" not in page.title()
    avant = ordres(dossier)
    ancien, rappel = corriger_aout(page, page_axe)
    assert grand_livre() == []
    emettre_virements("2026-11")
    nouveaux = {cle: centimes for cle, centimes in ordres(dossier).items() if cle not in avant}
    assert list(nouveaux.values()) == [int(rappel.replace(",", ""))]
    assert grand_livre() == []
    deconnecter(page)

    connecter(page, presents)
    assert "Des mois passés ont été recalculés" in lu(page)
    page_axe(page, "/mon-compte/changements/2026-11/")
    assert f"Salaire net (août 2026) (vous) : {SALAIRE_CORRIGE} €, au lieu de {ancien} €." in lu(page)
    assert "c'est un rappel" in lu(page)
    assert "revenus du travail" in lu(page)
    page_axe(page, "/mon-compte/decisions/")
    assert f"Salaire net (août 2026) : {SALAIRE_CORRIGE} € au lieu de {ancien} €." in lu(page)
    page_axe(page, "/mon-compte/consultations/")
    assert "Réponse à une question de l'allocataire" in lu(page)


def test_the_officer_walks_the_register_and_the_journal(page: Any, page_axe: Any, presents: Any) -> None:
    connecter_agent(page, presents, ecrans.DPD)
    assert page.url.endswith("/dpd/")
    page_axe(page, "/dpd/")
    page_axe(page, "/dpd/traitements/mon_compte/")
    page_axe(page, "/dpd/journal/")


def test_a_new_agent_enrols_and_the_page_is_accessible(page: Any, page_axe: Any, presents: Any) -> None:
    from limpide.identite.comptes import creer_compte_agent
    from limpide.identite.models import Organisme
    from limpide.registre.contexte import SYSTEME, traitement

    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        creer_compte_agent("agent.neuf", Organisme(pk="751"), "Agent neuf", ecrans.MOT_DE_PASSE)
    aller(page, "/agent/connexion/")
    page.fill("#id_identifiant", "agent.neuf")
    page.fill("#id_mot_de_passe", ecrans.MOT_DE_PASSE)
    page.click(VALIDER)
    page.get_by_role("img", name="Code QR").wait_for()
    page_axe(page)
