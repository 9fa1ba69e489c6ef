"""The choice about tracers: silence refuses, refusing is as easy as accepting, withdrawal deletes."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.test import Client
from freezegun import freeze_time

from limpide.registre import traceurs
from limpide.registre.declaration import DeclarationInvalide
from limpide.registre.models import LigneJournal
from limpide.registre.traceurs import Traceur
from limpide.usagers.models import ChoixTraceurs, VisitesDuJour
from limpide.usagers.traceurs import COOKIE_CHOIX, COOKIE_VISITE

NECESSAIRES = {t.nom for t in traceurs.traceurs() if t.necessaire}


def choisir(client: Client, choix: str, *finalites: str) -> Any:
    return client.post("/cookies/", {"choix": choix, "finalite": finalites})


def preuves() -> list[tuple[str, str]]:
    return list(ChoixTraceurs.objects.using("proprietaire").order_by("pk").values_list("version", "acceptees"))


def comptees() -> dict[str, int]:
    return dict(VisitesDuJour.objects.using("proprietaire").values_list("espace", "visites"))


@pytest.mark.preuve("CK-01 et CK-03 : sans choix, rien que le nécessaire, et rien n'est compté", systemes=("S46",))
def test_le_silence_est_un_refus(base: None) -> None:
    client = Client()
    for chemin in ("/", "/simulateur/", "/connexion/", "/cookies/", "/homologations/"):
        assert client.get(chemin).status_code == 200
    assert set(client.cookies) <= NECESSAIRES
    assert (preuves(), comptees()) == ([], {})
    assert "Vous n'avez encore rien choisi" in client.get("/cookies/").content.decode()


@pytest.mark.preuve("CK-02 : accepter, refuser ou choisir par finalité, un clic chacun, même poids", systemes=("S46",))
def test_accepter_et_refuser_se_valent(base: None) -> None:
    page = Client().get("/cookies/").content.decode()
    boutons = [ligne.strip() for ligne in page.splitlines() if 'name="choix"' in ligne]
    assert [b.split('value="')[1].split('"')[0] for b in boutons] == ["tout", "rien", "selection"]
    assert all('class="fr-btn fr-btn--secondary" type="submit"' in b for b in boutons)
    assert "checked" not in page
    for choix, attendu in (("tout", "audience"), ("rien", ""), ("selection", "")):
        client = Client()
        assert choisir(client, choix).status_code == 302
        assert preuves()[-1] == (traceurs.version(), attendu)
        assert client.cookies[COOKIE_CHOIX].value.split(".")[2] == attendu
    assert choisir(Client(), "selection", "audience", "publicite").status_code == 302
    assert preuves()[-1][1] == "audience"  # a purpose that nobody declared is not kept


@pytest.mark.preuve("CK-04 : le choix se change de chaque page ; le retrait efface les traceurs", systemes=("S46",))
def test_le_retrait_efface(base: None) -> None:
    client = Client()
    choisir(client, "tout")
    client.get("/simulateur/")
    assert client.cookies[COOKIE_VISITE].value
    reponse = choisir(client, "rien")
    assert reponse.cookies[COOKIE_VISITE]["max-age"] == 0
    assert client.cookies[COOKIE_VISITE].value == ""
    client.get("/")
    assert comptees() == {"simulateur": 1}
    for chemin in ("/", "/connexion/", "/homologations/", "/pas-la/"):
        assert 'href="/cookies/">Gestion des cookies' in Client().get(chemin).content.decode()


@pytest.mark.preuve(
    "CK-05 : la preuve dit le jour, la version, les finalités, et ne désigne personne", systemes=("S46",)
)
def test_la_preuve_ne_designe_personne(comptes_seuls: Any) -> None:
    from tests.banc import ecrans

    client = ecrans.allocataire(comptes_seuls)
    choisir(client, "tout")
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT * FROM usagers_choixtraceurs")
        colonnes = [c.name for c in curseur.description]
        (ligne,) = curseur.fetchall()
    assert colonnes == ["id", "jour", "version", "acceptees"]
    assert ligne[2:] == (traceurs.version(), "audience")
    journal = LigneJournal.objects.using("proprietaire").filter(traitement="choix_traceurs")
    assert journal.count() == 0  # a line would give the second


@pytest.mark.parametrize(("jours", "vaut"), [(0, True), (181, True), (182, False), (400, False)])
def test_un_choix_vaut_six_mois_puis_se_redemande(base: None, jours: int, vaut: bool) -> None:
    debut = dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)
    client = Client()
    with freeze_time(debut):
        choisir(client, "tout")
        texte = client.cookies[COOKIE_CHOIX].value
    with freeze_time(debut + dt.timedelta(days=jours)):
        lecteur = Client()
        lecteur.cookies[COOKIE_CHOIX] = texte
        page = lecteur.get("/").content.decode()
        assert ("Choisir de nouveau" in page) is not vaut
        assert comptees() == ({"information": 1} if vaut else {})


def test_une_autre_politique_redemande(base: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    choisir(client, "tout")
    monkeypatch.setattr("limpide.usagers.cookies.version", lambda: "f" * 16)
    page = client.get("/").content.decode()
    assert "Choisir de nouveau" in page
    assert comptees() == {}


@pytest.mark.parametrize("texte", ["", "oui", "a.b.c", "..", "x.20261301.audience", "é" * 50])
def test_un_choix_illisible_n_est_pas_un_accord(base: None, texte: str) -> None:
    client = Client()
    client.cookies[COOKIE_CHOIX] = texte
    assert client.get("/").status_code == 200
    assert comptees() == {}


@pytest.mark.preuve("CK-07 : l'audience se compte en sommes, une fois par jour et partie du site", systemes=("S46",))
def test_l_audience_est_une_somme(base: None) -> None:
    for _ in range(3):
        client = Client()
        choisir(client, "tout")
        for chemin in ("/", "/simulateur/", "/", "/simulateur/", "/cookies/", "/pas-la/"):
            client.get(chemin)
    assert comptees() == {"information": 3, "simulateur": 3}
    # Three readers who accept leave the same cookie: it tells nobody from anybody.
    assert client.cookies[COOKIE_VISITE].value.split(".")[1] == "information+simulateur"
    page = Client().get("/cookies/").content.decode()
    assert "Simulateur de droits" in page
    assert page.count("<rect") == 30


def test_le_formulaire_sans_bouton_est_refuse(base: None) -> None:
    reponse = Client().post("/cookies/", {"finalite": "audience"})
    assert (reponse.status_code, preuves()) == (422, [])
    assert "Choisissez un des trois boutons" in reponse.content.decode()
    assert Client(enforce_csrf_checks=True).post("/cookies/", {"choix": "tout"}).status_code == 403


def test_la_version_est_une_empreinte(base: None) -> None:
    with pytest.raises(IntegrityError, match="choix_traceurs_version"):
        ChoixTraceurs.objects.using("proprietaire").create(jour=dt.date(2026, 1, 1), version="une", acceptees="")


@pytest.mark.parametrize(
    ("autres", "message"),
    [({"genre": "fumee"}, "genre inconnu"), ({"duree": " "}, "durée"), ({"raison": ""}, "strictement nécessaire"),
     ({"finalite": "audience"}, "strictement nécessaire")],
)  # fmt: skip
def test_declaration_de_traceur_refusee(autres: dict[str, str], message: str) -> None:
    valeurs = {"nom": "x", "genre": "cookie", "usage": "u", "duree": "d", "raison": "r"}
    with pytest.raises(DeclarationInvalide, match=message):
        Traceur(**valeurs | autres)


@pytest.mark.preuve("CK-08 : la politique est produite par le registre des traceurs", systemes=("S46",))
def test_la_politique_dit_chaque_traceur(base: None) -> None:
    page = Client().get("/cookies/").content.decode().replace("&#x27;", "'")
    for traceur in traceurs.traceurs():
        for texte in (traceur.nom, traceur.usage, traceur.duree, traceur.responsable):
            assert texte in page
