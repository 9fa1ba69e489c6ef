"""« À faire »: what waits in the Caf in figures, that leave no name in the journal; a menu of few words."""

from typing import Any

from limpide.dossiers import attentes, menu
from limpide.registre.controles import adresses
from limpide.registre.models import LigneJournal
from tests.banc import ecrans
from tests.banc.relation import ecrire_a_la_caf
from tests.relation.test_messages import texte

HORS_MENU = {"/agent/connexion/", "/agent/second-facteur/", "/agent/protecteurs/refuser/"}
"""Before one is in, or only sent."""


def test_the_menu_has_seven_words_and_leads_to_every_page_without_a_file() -> None:
    from django.urls import resolve

    connues = {nom for e in menu.MENU for nom in (e.adresse, *e.dedans)} | {f.adresse for f in attentes.files()}
    assert len(menu.MENU) <= 7
    pages = {chemin for chemin, _ in adresses() if chemin.startswith("/agent/") and "<" not in chemin} - HORS_MENU
    assert {chemin for chemin in pages if resolve(chemin).view_name not in connues} == set()


def test_what_waits_is_counted_without_opening_a_file(monde: dict[str, Any]) -> None:
    ecrire_a_la_caf()
    ecrans.ouvrir_une_tache()
    ecrans.attendre_des_documents()
    deja = set(LigneJournal.objects.using("proprietaire").values_list("pk", flat=True))
    page = monde["agent"].get("/agent/a-faire/")
    for attendu in ("Messages : 1 , à répondre avant le", "Erreur signalée : 1 , à répondre avant le"):
        assert attendu in texte(page)
    assert "Notes de contact à relire" not in texte(page)
    nouvelles = LigneJournal.objects.using("proprietaire").exclude(pk__in=deja)
    assert not nouvelles.filter(personne_id__isnull=False).exists()
    assert 'aria-current="page">À faire</a>' in page.content.decode()
    assert "Messages : rien n'attend" in texte(monde["nord"].get("/agent/a-faire/"))
