"""A letter from its first word to its way out, in Chromium: written, validated by another, received, left."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from limpide.infolettres import abonnements, envoi
from limpide.monde.messagerie import Messagerie
from tests.banc import ecrans
from tests.banc.navigateur import aller
from tests.infolettres.fabrique import lien_de_sortie
from tests.navigateur.test_parcours import connecter_agent

pytestmark = pytest.mark.navigateur


@pytest.fixture
def boite(monkeypatch: pytest.MonkeyPatch) -> Iterator[Messagerie]:
    messagerie = Messagerie()
    with messagerie.smtp_ouvert(0) as port:
        monkeypatch.setenv("LIMPIDE_SMTP_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("LIMPIDE_ADRESSE", "https://caf.exemple.test")
        yield messagerie


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    import datetime as dt

    from django.utils import timezone

    from limpide.infolettres import redaction

    presents = ecrans.peupler(8, ())
    for agent in (ecrans.AGENT_PARIS, ecrans.AGENT_NORD):
        redaction.habiliter(agent, "nationale", "Décision", timezone.localdate() + dt.timedelta(days=30))
    abonnements.rattraper(executer=True)
    return presents


@pytest.mark.preuve(
    "Lettres : écrite, validée par une autre personne, reçue, quittée sans se connecter, dans Chromium",
    systemes=("S41",),
)
def test_a_letter_is_written_validated_received_and_left(
    page: Any, site: Any, page_axe: Callable[..., None], presents: dict[str, Any], boite: Messagerie
) -> None:
    connecter_agent(page, presents)
    page_axe(page, "/agent/lettres/ecrire/")
    page.fill("#id_sujet", "Des aides pour les vacances")
    page.fill("#id_contenu", "## Vacances\n\nDemandez avant juin.")
    page.click("main form button[type=submit]")
    assert "chaque lettre porte ce lien" in page.inner_text("main")
    page_axe(page)
    assert page.input_value("#id_sujet") == "Des aides pour les vacances"
    page.fill("#id_contenu", "## Vacances\n\nDemandez avant juin.\n\nSortir : {desabonnement}")
    page.click("main form button[type=submit]")
    assert "Le brouillon est enregistré" in page.inner_text("body")
    page.click("button[value=proposer]")
    assert "attend qu'une autre personne habilitée la valide" in page.inner_text("main")
    lettre = page.url

    page.context.clear_cookies()
    connecter_agent(page, presents, ecrans.AGENT_NORD)
    page.goto(lettre)
    page.click("button[value=valider]")
    assert "Elle part au prochain envoi" in page.inner_text("main")
    assert envoi.envoyer(executer=True).partis == len(boite.recus) > 0

    page.context.clear_cookies()
    recu = boite.recus[0]
    aller(page, lien_de_sortie(recu))
    page_axe(page)
    page.focus("button[value=desabonner]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Vous ne recevez plus ces lettres")
    assert recu.vers not in page.content()


def test_the_html_part_is_read_by_axe_at_360_px_without_any_image(
    page: Any, page_axe: Callable[..., None], presents: dict[str, Any]
) -> None:
    from limpide.infolettres.contenu import MODELE, Adresses, composer

    adresses = Adresses("https://caf.test/d/", "https://caf.test/l/", "https://caf.test/lettres/reception/x.gif")
    _, html = composer("Sujet", MODELE.replace("Bonjour", "## Un titre\n\n- Bonjour"), adresses)
    page.route("**/*.gif", lambda route: route.abort())
    page.goto("about:blank")
    page.set_content(html)
    page_axe(page)
    assert page.inner_text("h1") == "Sujet"
    assert page.inner_text("h2") == "Un titre"
    assert "Me désabonner" in page.inner_text("body")
