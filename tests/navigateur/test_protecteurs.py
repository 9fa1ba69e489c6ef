"""A guardian, telephone and keyboard only: asks, enters, opens the file of whom she protects, acts, goes back."""

from typing import Any

import pytest

from limpide.registre.demandes.modeles import DemandeDroit
from tests.banc import ecrans, protecteurs
from tests.banc.navigateur import LARGEUR_TELEPHONE, au_clavier
from tests.navigateur.test_parcours import VALIDER

pytestmark = pytest.mark.navigateur
PAS_AU_PLUS = 120


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler(8, ("2026-11",))


def ecrire(page: Any, champ: str, texte: str) -> None:
    """Tab to this field, then type: no mouse, nothing filled behind the browser's back."""
    for _ in range(PAS_AU_PLUS):
        if page.evaluate("(s) => document.activeElement !== null && document.activeElement.matches(s)", champ):
            page.keyboard.type(texte)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{champ} ne s'atteint pas au clavier")


def demander(page: Any) -> None:
    page.goto("/connexion/")
    au_clavier(page, "main a[href$='/compte-tuteur/']")
    page.get_by_role("heading", name="Qui protège la personne ?").wait_for()
    au_clavier(page, "main a[href='?qui=personne']")
    page.get_by_role("heading", name="Demander un compte tuteur").wait_for()
    saisie = protecteurs.saisie()
    for nom in ("nom_naissance", "prenoms", "date_naissance", "nir"):
        ecrire(page, f"#id_{nom}", saisie[nom])
    ecrire(page, "#id_organisme", page.locator("#id_organisme option[value='751']").inner_text())
    for nom in ("numero", "mot_de_passe", "confirmation"):
        ecrire(page, f"#id_{nom}", saisie[nom])
    au_clavier(page, VALIDER)
    page.get_by_role("heading", name="Votre demande est envoyée").wait_for()


def entrer(page: Any) -> None:
    page.goto("/connexion/")
    ecrire(page, "#id_numero", protecteurs.NIR)
    ecrire(page, "#id_mot_de_passe", protecteurs.SECRET)
    au_clavier(page, VALIDER)
    page.wait_for_url("**/mon-compte/")


@pytest.mark.preuve(
    "MC-018 : le tuteur, au téléphone et au clavier seul, de la demande à l'acte fait au nom de la personne",
    systemes=("S39",),
)
def test_mc_018_a_guardian_on_a_telephone_with_a_keyboard_only(page: Any, page_axe: Any, presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier)
    mesure = protecteurs.proteger(agent, dossier, personne)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    demander(page)
    page_axe(page)
    protecteurs.ouvrir(agent, dossier, protecteurs.admettre(agent, dossier), mesure)
    ecrans.accepter_les_conditions()
    ecrans.donner_des_contacts()
    entrer(page)
    page.get_by_text("Aucun dossier n'est ouvert à votre nom").wait_for()
    au_clavier(page, "main a[href='/mon-compte/dossiers/']")
    page.get_by_role("heading", name="Choisir le dossier").wait_for()
    page_axe(page)
    au_clavier(page, "main form[action$='/agir/'] button")
    page.get_by_role("heading", name="Vous agissez au nom de Amina Belavassin").wait_for()
    page_axe(page)
    page.goto("/mon-compte/mes-donnees/")
    page.get_by_role("heading", name="Vous agissez au nom de Amina Belavassin").wait_for()
    ecrire(page, "#id_genre", page.locator("#id_genre option[value='acces']").inner_text())
    ecrire(page, "#id_objet", "Ses données")
    with page.expect_navigation():
        au_clavier(page, "main form:has(#id_objet) button[type=submit]")
    assert DemandeDroit.objects.using("proprietaire").get().personne_id == personne
    page_axe(page, "/mon-compte/coordonnees/", statut=403)
    au_clavier(page, "main form[action$='/quitter/'] button")
    page.get_by_text("Vous êtes de nouveau dans votre propre espace.").wait_for()
    assert "Belavassin" not in page.url
    page.goto("/mon-compte/")
    page.get_by_text("Aucun dossier n'est ouvert à votre nom").wait_for()
