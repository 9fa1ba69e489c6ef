"""Writing: categories, the link kept by the database, two persons, versions kept, rules never published here."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from limpide.courriers.expedition import CATEGORIES
from limpide.courriers.listes import MessageDeListe, SansDesabonnement
from limpide.identite.erreurs import ErreurSaisie
from limpide.infolettres import envoi, redaction
from limpide.infolettres.contenu import Adresses, composer, en_html, en_texte, fautes
from limpide.infolettres.models import Infolettre, VersionInfolettre
from limpide.monde.messagerie import Messagerie
from tests.banc import ecrans

from .conftest import REDACTRICE, VALIDEUR
from .fabrique import TEXTE, compte_de, envoyer, par, rediger, relue, valider

ICI = "/agent/lettres/"
SAISIE = {"portee": "nationale", "categorie": "mission", "sujet": "Vacances", "contenu": TEXTE}


@pytest.fixture
def redactrice(presents: dict[str, Any], habilites: None) -> Client:
    return ecrans.agent(presents)


@pytest.fixture
def valideur(presents: dict[str, Any], habilites: None) -> Client:
    return ecrans.agent(presents, ecrans.AGENT_NORD)


@pytest.mark.parametrize("categorie", ["publicite", "regles", "sondage", ""])
def test_mc_058_mc_069_a_letter_is_about_the_mission_or_the_file_and_never_publishes_rules(
    redactrice: Client, categorie: str
) -> None:
    page = redactrice.post(f"{ICI}ecrire/", SAISIE | {"categorie": categorie})
    assert page.status_code == 422
    attendu = (
        "nouvelle version des conditions, que chacun valide" if categorie else "Choisissez de quoi parle la lettre"
    )
    assert attendu in page.content.decode()
    assert "Vacances" in page.content.decode(), "what was typed is kept"
    assert Infolettre.objects.using("proprietaire").count() == 0
    with pytest.raises(IntegrityError, match="infolettre_categorie_permise"), transaction.atomic("proprietaire"):
        Infolettre.objects.using("proprietaire").create(portee="nationale", categorie=categorie[:8] or "autre")


def test_mc_069_changing_the_rules_asks_everybody_again_and_changing_a_letter_asks_nobody(
    presents: dict[str, Any], habilites: None, abonnes: int, boite: Messagerie, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dataclasses

    from limpide.usagers import conditions

    amina = ecrans.allocataire(presents)
    lettre, _ = envoyer()
    _corriger(lettre)
    assert amina.get("/mon-compte/").status_code == 200
    suivante = dataclasses.replace(conditions.en_vigueur(), version=2, empreinte="b" * 64)
    monkeypatch.setattr(conditions, "en_vigueur", lambda: suivante)
    assert amina.get("/mon-compte/").headers["Location"] == "/mon-compte/conditions/"
    assert set(CATEGORIES) == {"dossier", "mission"}


@pytest.mark.preuve("Lettres : aucune ne part sans son lien de désabonnement", systemes=("S41",))
def test_mc_061_a_text_without_its_link_is_refused_by_the_page_the_database_and_the_message(
    redactrice: Client,
) -> None:
    page = redactrice.post(f"{ICI}ecrire/", SAISIE | {"contenu": "Bonjour"})
    assert (page.status_code, "chaque lettre porte ce lien" in page.content.decode()) == (422, True)
    lettre = rediger()
    with (
        pytest.raises(IntegrityError, match="version_infolettre_porte_son_desabonnement"),
        transaction.atomic("proprietaire"),
    ):
        VersionInfolettre.objects.using("proprietaire").create(
            infolettre_id=lettre.pk, numero=2, sujet="Sans lien", contenu="Bonjour", auteur=1
        )
    lien = "https://caf.exemple.test/lettres/desabonnement/x/"
    for texte, html in (("rien", f'<a href="{lien}">x</a>'), (lien, "rien")):
        with pytest.raises(SansDesabonnement, match="ne porte pas le lien"):
            MessageDeListe("mission", "Sujet", texte, html=html, desabonnement=lien, liste="essai")
    with pytest.raises(SansDesabonnement, match="attendu une adresse https"):
        MessageDeListe("mission", "Sujet", "x", html="x", desabonnement="http://ailleurs.test/", liste="essai")


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        ("<script>alert(1)</script> {desabonnement}", "sans balise HTML"),
        ("<img src=x> {desabonnement}", "sans balise HTML"),
        ("![une image](https://a.test/x.png) {desabonnement}", "se lit sans image"),
        ("[un lien](http://a.test) {desabonnement}", "https://"),
        ("[un lien](javascript:alert) {desabonnement}", "https://"),
    ],
)
def test_what_a_letter_may_not_hold_is_said_beside_its_text(redactrice: Client, contenu: str, message: str) -> None:
    page = redactrice.post(f"{ICI}ecrire/", SAISIE | {"contenu": contenu})
    assert page.status_code == 422
    assert message in page.content.decode()
    assert fautes(contenu)


def test_mc_064_the_text_part_says_everything_and_the_html_part_calls_nothing() -> None:
    adresses = Adresses("https://caf.test/lettres/desabonnement/j/", "https://caf.test/lettres/1/")
    texte, html = composer("Vacances & aides", TEXTE, adresses)
    for dit in ("Vacances", "Bonjour à", "une aide", "https://exemple.test/aide", adresses.desabonnement):
        assert dit in texte
        assert dit in html
    assert "**" not in texte + html
    assert "##" not in texte + html
    assert "Vacances &amp; aides" in html
    assert not [m for m in ("<img", "<script", "<link", "@import", "url(", "src=") if m in html]
    assert 'lang="fr"' in html


def test_mc_064_with_images_off_an_agreed_letter_loses_nothing_but_a_dot() -> None:
    adresses = Adresses("https://caf.test/d/", "https://caf.test/l/", "https://caf.test/lettres/reception/j.gif")
    _, html = composer("Sujet", TEXTE, adresses)
    sans, _ = html.split("<img ")
    assert html.count("<img") == 1
    assert 'alt="" width="1" height="1"' in html
    assert "Bonjour à" in sans
    assert "Retirer cet accord" in sans


def test_what_is_written_is_escaped_and_marks_become_elements() -> None:
    html = en_html('A & B "c"\nligne 2\n\n- un\n- **deux** & trois\n\n{desabonnement}', "https://x.test/", styles=False)
    assert html == (
        '<p>A &amp; B "c"<br>ligne 2</p><ul><li>un</li><li><strong>deux</strong> &amp; trois</li></ul>'
        '<p><a href="https://x.test/">Me désabonner</a></p>'
    )
    assert en_texte("[mots](https://x.test/?a=1&b=2)", "y") == "mots (https://x.test/?a=1&b=2)"


@pytest.mark.preuve("Lettres : une autre personne valide", systemes=("S41",))
def test_a_letter_is_validated_by_somebody_else_who_read_that_very_version(
    redactrice: Client, valideur: Client, boite: Messagerie, abonnes: int
) -> None:
    fini = redactrice.post(f"{ICI}ecrire/", SAISIE)
    page = fini.headers["Location"]
    lettre = Infolettre.objects.using("proprietaire").get()
    assert "La partie texte" in redactrice.get(page).content.decode()
    assert valideur.post(page, {"acte": "valider", "version": "1"}).status_code == 422, "nothing is proposed yet"
    assert redactrice.post(page, {"acte": "proposer"}).status_code == 302
    sienne = redactrice.post(page, {"acte": "valider", "version": "1"})
    assert (sienne.status_code, "une autre personne" in sienne.content.decode()) == (422, True)
    assert envoi.envoyer(executer=True).lettres == 0
    # The writer changes a word meanwhile: what the other one read isn't it any more.
    redactrice.post(f"{page}modifier/", {"sujet": "Vacances d'été", "contenu": TEXTE})
    redactrice.post(page, {"acte": "proposer"})
    assert valideur.post(page, {"acte": "valider", "version": "1"}).status_code == 422
    assert relue(lettre).etat == "proposee"
    assert valideur.post(page, {"acte": "valider", "version": "2"}).status_code == 302
    assert relue(lettre).etat == "validee"
    assert redactrice.post(f"{page}modifier/", {"sujet": "Trop tard", "contenu": TEXTE}).status_code == 422
    envoi.envoyer(executer=True)
    assert {r.sujet for r in boite.recus} == {"Vacances d'été"}


def test_the_database_refuses_a_letter_validated_by_its_proposer(presents: dict[str, Any], habilites: None) -> None:
    lettre = rediger()
    with (
        pytest.raises(IntegrityError, match="infolettre_validee_par_une_autre_personne"),
        transaction.atomic("proprietaire"),
    ):
        Infolettre.objects.using("proprietaire").filter(pk=lettre.pk).update(
            etat="validee", proposee_par=7, validee_par=7, validee_le=timezone.now(), version_validee=1
        )


def test_a_letter_given_back_is_a_draft_again(redactrice: Client, valideur: Client) -> None:
    lettre = rediger()
    page = f"{ICI}{lettre.pk}/"
    redactrice.post(page, {"acte": "proposer"})
    assert valideur.post(page, {"acte": "rendre"}).status_code == 302
    assert (relue(lettre).etat, relue(lettre).proposee_par) == ("brouillon", None)
    assert redactrice.post(page, {"acte": "autre"}).status_code == 422


def test_who_is_not_accredited_reads_and_writes_nothing(presents: dict[str, Any]) -> None:
    client = ecrans.agent(presents)
    assert "Seul un agent nommément habilité" in client.get(f"{ICI}ecrire/").content.decode()
    page = client.post(f"{ICI}ecrire/", SAISIE)
    assert page.status_code == 422
    assert Infolettre.objects.using("proprietaire").count() == 0
    agente = compte_de(REDACTRICE)
    with par(REDACTRICE), pytest.raises(ErreurSaisie, match="pas habilité"):
        redaction.ecrire(agente.pk, "751", "nationale", "mission", "Sujet", TEXTE)


def test_an_accreditation_ends_and_a_local_one_gives_no_national_letter(redactrice: Client, valideur: Client) -> None:
    page = valideur.post(f"{ICI}ecrire/", SAISIE | {"portee": "locale"})
    assert (page.status_code, "Choisissez dans la liste" in page.content.decode()) == (422, True)
    assert redaction.retirer(REDACTRICE, executer=False) == 2
    assert redaction.retirer(REDACTRICE) == 2
    assert redactrice.post(f"{ICI}ecrire/", SAISIE).status_code == 422
    for fautif in ({"decision": " "}, {"jusqu_au": timezone.localdate() + dt.timedelta(days=400)}):
        saisie = {"decision": "D", "jusqu_au": timezone.localdate()} | fautif
        with pytest.raises(ErreurSaisie):
            redaction.habiliter(REDACTRICE, "locale", **saisie)


def test_a_draft_of_another_caf_does_not_exist_here(redactrice: Client, valideur: Client) -> None:
    lettre = rediger("locale")
    assert redactrice.get(f"{ICI}{lettre.pk}/").status_code == 200
    assert valideur.get(f"{ICI}{lettre.pk}/").status_code == 404
    assert "Les aides aux vacances" not in valideur.get(ICI).content.decode()
    assert Client().get(f"/lettres/{lettre.pk}/").status_code == 404, "a draft isn't published"


def _corriger(lettre: Infolettre) -> None:
    """The writer corrects what is online; the other one validates."""
    redactrice, valideur = compte_de(REDACTRICE).pk, compte_de(VALIDEUR).pk
    with par(REDACTRICE):
        redaction.recrire(Infolettre.objects.get(pk=lettre.pk), redactrice, "Les aides", TEXTE + " Bis.", "Le titre")
        redaction.proposer(Infolettre.objects.get(pk=lettre.pk), redactrice)
    with par(VALIDEUR):
        redaction.valider(Infolettre.objects.get(pk=lettre.pk), valideur, 2)


@pytest.mark.preuve("Lettres : une correction garde la version d'avant", systemes=("S41",))
def test_mc_068_a_correction_says_what_changed_keeps_what_was_said_and_sends_nothing_again(
    redactrice: Client, abonnes: int, boite: Messagerie
) -> None:
    lettre, _ = envoyer()
    partis = len(boite.recus)
    page = redactrice.post(f"{ICI}{lettre.pk}/modifier/", {"sujet": "Les aides", "contenu": TEXTE, "raison": ""})
    assert (page.status_code, "Dites ce que vous corrigez" in page.content.decode()) == (422, True)
    en_ligne = f"/lettres/{lettre.pk}/"
    avant = Client().get(en_ligne).content.decode()
    _corriger(lettre)
    apres = Client().get(en_ligne).content.decode()
    assert "<h1>Les aides</h1>" in apres
    assert "Ce qu'elle disait avant" in apres
    assert "Les aides aux vacances" in apres
    assert "Ce qu'elle disait avant" not in avant
    assert envoi.envoyer(executer=True).lettres == 0
    assert len(boite.recus) == partis
    assert relue(lettre).etat == "envoyee"


def test_mc_068_no_role_of_the_application_may_change_a_version(redactrice: Client) -> None:
    from limpide.registre.contexte import HorsRegistre

    lettre = rediger()
    with pytest.raises(HorsRegistre), par(REDACTRICE):
        VersionInfolettre.objects.filter(infolettre_id=lettre.pk).update(sujet="Autre")
    with pytest.raises(HorsRegistre), par(REDACTRICE):
        VersionInfolettre.objects.filter(infolettre_id=lettre.pk).delete()
    assert VersionInfolettre.objects.using("proprietaire").get().sujet == "Les aides aux vacances"


def test_two_agents_who_act_at_once_do_not_both_win(presents: dict[str, Any], habilites: None) -> None:
    lettre = rediger()
    agente = compte_de(REDACTRICE).pk
    with par(REDACTRICE):
        vue = Infolettre.objects.get(pk=lettre.pk)
        ancienne = Infolettre.objects.get(pk=lettre.pk)
        redaction.proposer(vue, agente)
        with pytest.raises(ErreurSaisie, match="vient de changer"):
            redaction.proposer(ancienne, agente)


def test_a_validated_letter_is_public(presents: dict[str, Any], habilites: None) -> None:
    lettre = valider(rediger())
    page = Client().get("/lettres/").content.decode()
    assert f"/lettres/{lettre.pk}/" in page
    lue = Client().get(f"/lettres/{lettre.pk}/").content.decode()
    assert "<h2>Vacances</h2>" in lue
    assert 'href="/mon-compte/lettres/"' in lue
    assert f"compte {compte_de(REDACTRICE).pk}" not in lue
    assert REDACTRICE not in lue
