"""A first claim of RSA on a telephone, by keyboard alone: from the home page to the explained decision, timed."""

import time
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from limpide.dossiers.models import Demande, PieceAttendue
from tests.banc import ecrans, fichiers
from tests.banc.navigateur import LARGEUR_TELEPHONE, aller, au_clavier

pytestmark = pytest.mark.navigateur
MINUTES = 4
ENVOYER = "main form[novalidate] button[type=submit]"
CONTINUER = "main form button[name=suivant]:not(.lp-entree)"
DEMANDER = 'main a[href="/demande-rsa/"]'


def taper(page: Any, champ: str, texte: str) -> None:
    au_clavier(page, f"#id_{champ}", touche=None)
    page.keyboard.type(texte)


def choisir(page: Any, champ: str, rang: int) -> None:
    """A group of radio buttons is one stop: space takes the first, arrows go down."""
    au_clavier(page, f"#id_{champ}_0", touche="Space")
    for _ in range(rang):
        page.keyboard.press("ArrowDown")
    assert page.is_checked(f"#id_{champ}_{rang}")


def continuer(page: Any, etape: int) -> None:
    """« Entrée » in a field continues to the next part."""
    page.keyboard.press("Enter")
    page.get_by_text(f"Étape {etape} sur 7").wait_for()


def remplir(page: Any) -> None:
    choisir(page, "couple", 1)
    taper(page, "nombre_enfants", "1")
    taper(page, "foyer_depuis", "01/02/2026")
    continuer(page, 2)
    choisir(page, "a0_nationalite", 0)
    choisir(page, "a0_activite", 1)
    taper(page, "e0_date_naissance", "03/05/2019")
    choisir(page, "e0_garde_alternee", 0)
    choisir(page, "e0_soutien_autre_parent", 1)
    continuer(page, 3)
    if page.locator("#id_a0_enceinte_0").count():  # asked under sixty
        choisir(page, "a0_enceinte", 1)
    choisir(page, "e0_lien", 0)
    choisir(page, "rsa_isolement_recent", 1)
    choisir(page, "statut_occupation_logement", 2)
    taper(page, "aide_logement", "210")
    continuer(page, 4)
    au_clavier(page, CONTINUER)
    page.get_by_text("Étape 5 sur 7").wait_for()
    au_clavier(page, CONTINUER)
    page.get_by_text("Étape 6 sur 7").wait_for()
    for champ, texte in ecrans.REPONSES_A_LA_DEMANDE[5].items():
        taper(page, champ, texte)
    continuer(page, 7)


def envoyer_un_document(page: Any, rang: int) -> None:
    """The first expected document of the list, chosen in the file window that « Entrée » opens."""
    au_clavier(page, 'main a[href$="/envoyer/"]')
    page.wait_for_url("**/envoyer/")
    au_clavier(page, "#id_fichiers", touche=None)
    with page.expect_file_chooser() as fenetre:
        page.keyboard.press("Enter")
    fenetre.value.set_files({"name": f"photo-{rang}.jpg", "mimeType": "image/jpeg", "buffer": fichiers.photo()})
    au_clavier(page, ENVOYER)
    page.get_by_text("Votre document est bien arrivé").wait_for()


@pytest.mark.preuve(
    "Du site public à une demande de RSA envoyée avec ses documents, sur téléphone, au clavier, en moins de "
    "4 minutes ; puis une décision expliquée",
    systemes=("S02", "S26", "S39"),
)
def test_a_first_claimant_goes_from_the_home_page_to_an_explained_decision(
    page: Any, page_axe: Any, presents: dict[str, Any]
) -> None:
    elle = next(c for c in presents.values() if c.adresse == "/demande-rsa/")
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    page.on("filechooser", lambda _: None)  # listened to from now, or the first may be missed
    debut = time.perf_counter()
    aller(page, "/")
    au_clavier(page, DEMANDER)
    page.wait_for_url("**/connexion/**")
    taper(page, "numero", elle.identifiant)
    taper(page, "mot_de_passe", elle.mot_de_passe)
    page.keyboard.press("Enter")
    page.get_by_text("Étape 1 sur 7").wait_for()
    remplir(page)
    page_axe(page)
    au_clavier(page, "#id_honneur", touche="Space")
    au_clavier(page, ENVOYER)
    page.wait_for_url("**/mon-compte/demandes/")
    au_clavier(page, 'main a[href="/mon-compte/documents/"]')
    page.wait_for_url("**/mon-compte/documents/")
    demande = Demande.objects.using("proprietaire").latest("pk")
    pieces = list(
        PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk).values_list("pk", flat=True)
    )
    for rang in range(len(pieces)):
        envoyer_un_document(page, rang)
    duree = time.perf_counter() - debut
    expect(page.get_by_text("Votre Caf n'attend aucun document de vous")).to_be_visible()
    assert duree < MINUTES * 60, f"{duree:.0f} secondes"

    agent = ecrans.agent(presents)
    for piece in pieces:
        saisie = {"piece": piece, "avis": "accepte"}
        assert agent.post(f"/agent/dossier/{demande.dossier_id}/documents/", saisie).status_code == 302
    assert agent.post(f"/agent/dossier/{demande.dossier_id}/demandes/{demande.pk}/").status_code == 302

    page_axe(page, "/mon-compte/demandes/")
    expect(page.get_by_text("La décision est prise")).to_be_visible()
    au_clavier(page, 'main a[href="/mon-compte/decisions/"]')
    page.get_by_role("heading", name="Mes décisions").wait_for()
    page_axe(page, f"/mon-compte/pourquoi/{timezone.localdate():%Y-%m}/")
    expect(page.get_by_text("Revenu de solidarité active").first).to_be_visible()
