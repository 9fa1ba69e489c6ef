"""A guardian, telephone and keyboard only: asks for access, enters, claims for whom she protects, reads, goes back."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from limpide.dossiers.models import DeclarationScellee, Demande, PieceAttendue
from limpide.identite.models import PointDeContact
from limpide.monde.messagerie import Messagerie
from limpide.usagers import scellement
from tests.banc import ecrans, protecteurs
from tests.banc.navigateur import LARGEUR_TELEPHONE, aller, au_clavier
from tests.navigateur.test_demande import MINUTES, choisir, envoyer_un_document, remplir, taper
from tests.navigateur.test_parcours import VALIDER

pytestmark = pytest.mark.navigateur
PAS_AU_PLUS = 120


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler(8, ("2026-11",))


@pytest.fixture
def boite(monkeypatch: pytest.MonkeyPatch) -> Iterator[Messagerie]:
    """A real mail server, and what it receives."""
    messagerie = Messagerie()
    with messagerie.smtp_ouvert(0) as port:
        monkeypatch.setenv("LIMPIDE_SMTP_URL", f"smtp://127.0.0.1:{port}")
        yield messagerie


def ecrire(page: Any, champ: str, texte: str) -> None:
    """Tab to this field, then type: no mouse, nothing filled behind the browser's back."""
    for _ in range(PAS_AU_PLUS):
        if page.evaluate("(s) => document.activeElement !== null && document.activeElement.matches(s)", champ):
            page.keyboard.type(texte)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{champ} ne s'atteint pas au clavier")


def demander(page: Any, **pour: str) -> None:
    """`pour`: the number of a file, or who the person to protect is."""
    page.goto("/connexion/")
    au_clavier(page, "main a[href$='/compte-tuteur/']")
    page.get_by_role("heading", name="Qui protège la personne ?").wait_for()
    au_clavier(page, "main a[href='?qui=personne']")
    page.get_by_role("heading", name="Demander un compte tuteur").wait_for()
    if "numero" not in pour:
        au_clavier(page, "main a[href='?qui=personne&sans_numero=1']")
        page.locator("#id_protege_nir").wait_for()
    saisie = protecteurs.saisie(**pour)
    for nom in ("nom_naissance", "prenoms", "date_naissance", "nir"):
        ecrire(page, f"#id_{nom}", saisie[nom])
    ecrire(page, "#id_organisme", page.locator("#id_organisme option[value='751']").inner_text())
    for nom in (*pour, "mot_de_passe", "confirmation"):
        ecrire(page, f"#id_{nom}", saisie[nom])
    au_clavier(page, VALIDER)
    page.get_by_role("heading", name="Votre demande est envoyée").wait_for()


def entrer(page: Any) -> None:
    """From the home page to her own space."""
    aller(page, "/")
    au_clavier(page, "main a[href='/mon-compte/']")
    page.wait_for_url("**/connexion/**")
    ecrire(page, "#id_numero", protecteurs.NIR)
    ecrire(page, "#id_mot_de_passe", protecteurs.SECRET)
    au_clavier(page, VALIDER)
    page.wait_for_url("**/mon-compte/")


REPONSES = {"p0_nationalite": 0, "p0_type_conges": 0, "f_statut_occupation_logement": 2}
"""Rank of the answer; the second, « Non », elsewhere."""


def repondre(page: Any, page_axe: Any) -> None:
    """Wages of three months, then each question that the law of the RSA asks."""
    expect(page.get_by_role("heading", name="Les ressources de trois mois")).to_be_visible()
    page_axe(page)
    for champ in _champs(page, "input[id$='_montant']:visible"):
        taper(page, champ, "0")
    page.keyboard.press("Enter")
    titre = page.get_by_role("heading", name="Ce que votre Caf ne sait pas encore")
    titre.wait_for()
    page_axe(page)
    for nom in dict.fromkeys(n for n in _noms(page) if not n.endswith("_nsp")):
        if page.locator(f"[name='{nom}']").first.get_attribute("type") == "radio":
            choisir(page, nom, REPONSES.get(nom, 1))
        else:
            taper(page, nom, "210")
    au_clavier(page, "main form .fr-btns-group button[type=submit]")
    page.wait_for_url("**/demande-rsa/envoyer/")


def _champs(page: Any, selecteur: str) -> list[str]:
    trouves: list[str] = page.locator(selecteur).evaluate_all("champs => champs.map(c => c.id.replace('id_', ''))")
    return trouves


def _noms(page: Any) -> list[str]:
    noms: list[str] = page.locator("main .lp-bloc input").evaluate_all("champs => champs.map(c => c.name)")
    return noms


def adresses(*personnes: int) -> set[str]:
    """Where these persons are written to."""
    points = PointDeContact.objects.using("proprietaire").filter(personne_id__in=personnes, retire_le=None)
    return {p.valeur.en_clair() for p in points}


def ouvrir_le_dossier(page: Any, page_axe: Any) -> None:
    entrer(page)
    page.get_by_text("Aucun dossier n'est ouvert à votre nom").wait_for()
    au_clavier(page, "main a[href='/mon-compte/dossiers/']")
    page.get_by_role("heading", name="Choisir le dossier").wait_for()
    page_axe(page)
    au_clavier(page, "main form[action$='/agir/'] button")
    page.get_by_role("heading", name="Vous agissez au nom de Rose Quellerin").wait_for()
    page_axe(page)


def demander_le_rsa(page: Any, page_axe: Any, repondre: Callable[[Any, Any], None] = repondre) -> Demande:
    """From the file of the person to a claim sent with its documents."""
    au_clavier(page, "main a[href='/mon-compte/demander/']")
    page.wait_for_url("**/mon-compte/demander/")
    page_axe(page)
    au_clavier(page, "main a[href='/demande-rsa/']")
    page.wait_for_url("**/demande-rsa/")
    repondre(page, page_axe)
    page_axe(page)
    au_clavier(page, "#id_honneur", touche="Space")
    au_clavier(page, "main form:has(#id_honneur) button[type=submit]")
    page.wait_for_url("**/mon-compte/demandes/")
    au_clavier(page, 'main a[href="/mon-compte/documents/"]')
    page.wait_for_url("**/mon-compte/documents/")
    demande = Demande.objects.using("proprietaire").latest("pk")
    for rang in range(PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk).count()):
        envoyer_un_document(page, rang)
    expect(page.get_by_text("Votre Caf n'attend aucun document de vous")).to_be_visible()
    return demande


def decider(agent: Any, demande: Demande) -> None:
    """The agent's turn."""
    chemin = f"/agent/dossier/{demande.dossier_id}"
    for piece in PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk):
        assert agent.post(f"{chemin}/documents/", {"piece": piece.pk, "avis": "accepte"}).status_code == 302
    assert agent.post(f"{chemin}/demandes/{demande.pk}/").status_code == 302


def lire_la_decision(page: Any, page_axe: Any) -> None:
    page_axe(page, "/mon-compte/demandes/")
    expect(page.get_by_text("La décision est prise").first).to_be_visible()
    au_clavier(page, 'main a[href="/mon-compte/decisions/"]')
    page.get_by_role("heading", name="Mes décisions").wait_for()
    page_axe(page, f"/mon-compte/pourquoi/{timezone.localdate():%Y-%m}/")
    expect(page.get_by_text("Revenu de solidarité active").first).to_be_visible()


@pytest.mark.preuve(
    "MC-018, MC-049 : le tuteur, au téléphone et au clavier seul, de la page d'accueil à une demande de RSA faite au "
    "nom de la personne avec ses documents, en moins de 4 minutes ; puis une décision expliquée, les deux prévenus",
    systemes=("S02", "S39"),
)
def test_mc_018_mc_049_a_guardian_claims_on_a_telephone_with_a_keyboard_only(
    page: Any, page_axe: Any, presents: Any, boite: Messagerie
) -> None:
    dossier = ecrans.foyer_a_completer()
    ecrans.ouvrir_un_compte(dossier)
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier.pk)
    mesure = protecteurs.proteger(agent, dossier.pk, dossier.allocataire_id)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    page.on("filechooser", lambda _: None)  # listened to from now, or the first may be missed
    demander(page, numero=dossier.numero)
    page_axe(page)
    protecteurs.ouvrir(agent, dossier.pk, protecteurs.admettre(agent, dossier.pk), mesure)
    ecrans.accepter_les_conditions()
    ecrans.donner_des_contacts()
    les_deux = adresses(dossier.allocataire_id, protecteurs.compte_d_odile().personne_id)
    assert len(les_deux) == 2
    boite.recus.clear()

    debut = time.perf_counter()
    ouvrir_le_dossier(page, page_axe)
    demande = demander_le_rsa(page, page_axe)
    duree = time.perf_counter() - debut
    assert duree < MINUTES * 60, f"{duree:.0f} secondes"
    scellee = DeclarationScellee.objects.using("proprietaire").get(demande_id=demande.pk)
    assert (demande.dossier_id, scellee.personne_id) == (dossier.pk, dossier.allocataire_id)
    assert "par la personne qui la protège (tutelle" in scellement.relire(scellee)["demandeur"]
    assert {recu.vers for recu in boite.recus} == les_deux  # each act is told to both

    boite.recus.clear()
    decider(agent, demande)
    avis = "Une décision de votre Caf est à lire dans Mon Compte"
    assert {(recu.vers, recu.sujet) for recu in boite.recus} == {(vers, avis) for vers in les_deux}
    lire_la_decision(page, page_axe)
    page_axe(page, "/mon-compte/coordonnees/", statut=403)
    au_clavier(page, "main form[action$='/quitter/'] button")
    page.get_by_text("Vous êtes de nouveau dans votre propre espace.").wait_for()
    page.goto("/mon-compte/")
    page.get_by_text("Aucun dossier n'est ouvert à votre nom").wait_for()


def repondre_sans_dossier(page: Any, page_axe: Any) -> None:
    """Household, persons, resources, address and account, as anybody who never claimed."""
    page_axe(page)
    remplir(page)


@pytest.mark.preuve(
    "MC-049 : au téléphone et au clavier seul, le tuteur d'une personne sans dossier demande un compte, puis le RSA en "
    "son nom : elle devient allocataire à cette demande, et la décision se lit",
    systemes=("S02", "S39"),
)
def test_mc_049_a_guardian_claims_for_somebody_who_never_had_a_file(
    page: Any, page_axe: Any, presents: Any, boite: Messagerie
) -> None:
    agent = ecrans.agent(presents)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    page.on("filechooser", lambda _: None)
    demander(page, **protecteurs.PROTEGE)
    page_axe(page, "/connexion/compte-tuteur/?qui=personne&sans_numero=1")
    dossier = protecteurs.ouvrir_sans_dossier(agent)
    ecrans.accepter_les_conditions()
    ecrans.donner_des_contacts()
    ouvrir_le_dossier(page, page_axe)
    page.get_by_text("Cette personne n'a pas de dossier ouvert").wait_for()
    boite.recus.clear()
    demande = demander_le_rsa(page, page_axe, repondre_sans_dossier)
    dossier.refresh_from_db(using="proprietaire")
    assert (demande.dossier_id, dossier.clos_le) == (dossier.pk, None)
    assert {recu.vers for recu in boite.recus} == adresses(protecteurs.compte_d_odile().personne_id)
    decider(agent, demande)
    lire_la_decision(page, page_axe)
