"""From the request to the row: account, processing, journal, and the officer's screens."""

import datetime as dt
import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from limpide.registre.contexte import SYSTEME, HorsRegistre, traitement
from limpide.registre.graphique import graduation, par_jour

from .conftest import AGENT

pytestmark = pytest.mark.usefixtures("population")


@pytest.fixture
def comptes() -> dict[str, int]:
    """A citizen (person 2), an agent of Caf 751, an officer, each with a confirmed second factor; by the owner."""
    from django.contrib.auth.hashers import make_password
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from limpide.identite.models import Compte

    numeros = {}
    for genre, autres in (
        ("allocataire", {"personne_id": 2, "identifiant": "a" * 64}),
        ("agent", {"organisme_id": "751", "identifiant": "agent.essai", "nom_affiche": "Agent"}),
        ("dpd", {"identifiant": "dpd.essai", "nom_affiche": "Déléguée"}),
    ):
        compte = Compte(genre=genre, password=make_password(None), **autres)
        compte.save(using="proprietaire")
        appareil = TOTPDevice(user_id=compte.pk, name="essai", confirmed=True)
        appareil.save(using="proprietaire")
        numeros[genre] = compte.pk
        numeros[f"{genre}:appareil"] = appareil.persistent_id
    return numeros


@pytest.fixture
def visite(comptes: dict[str, Any]) -> Any:
    """`visite("dpd")` is a browser whose session is open, second factor passed (or not)."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django_otp import DEVICE_ID_SESSION_KEY

    from limpide.identite.connexions import CLE_SESSION
    from limpide.identite.models import Compte, Connexion
    from limpide.registre.middleware import OUVERTE_LE
    from limpide.registre.sessions import SessionStore

    def entrer(genre: str, *, verifie: bool = True) -> Client:
        compte = Compte.objects.using("proprietaire").get(pk=comptes[genre])
        session = SessionStore()
        session[SESSION_KEY] = str(compte.pk)
        session[OUVERTE_LE] = time.time()
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
        if verifie:
            session[DEVICE_ID_SESSION_KEY] = comptes[f"{genre}:appareil"]
        if genre == "allocataire":
            ouverte = Connexion(compte=compte, personne_id=2, appareil="Essai", origine="a" * 64)
            ouverte.save(using="proprietaire")
            session[CLE_SESSION] = ouverte.pk
        session.save()
        client = Client()
        client.cookies["sessionid"] = session.session_key
        return client

    return entrer


def test_the_officer_reads_the_register(visite: Any) -> None:
    client = visite("dpd")
    page = client.get(reverse("registre:traitements"))
    assert page.status_code == 200
    assert "Supervision des traitements" in page.content.decode()
    fiche = client.get(reverse("registre:fiche", args=["essai_guichet"])).content.decode()
    for attendu in ("Éprouver le registre", "nom_naissance", "salaire_net", "Les dossiers d'une seule Caf"):
        assert attendu in fiche.replace("&#x27;", "'")
    assert "date_deces" not in fiche
    assert client.get(reverse("registre:fiche", args=["licorne"])).status_code == 404


def test_every_sheet_opens(visite: Any) -> None:
    from limpide.registre.collecte import registre

    client = visite("dpd")
    for cle, declare in registre().traitements.items():
        page = client.get(reverse("registre:fiche", args=[cle]))
        assert page.status_code == 200, cle
        assert declare.empreinte in page.content.decode()


def test_the_officer_reads_the_journal_and_this_is_journalled(visite: Any, journal: Any) -> None:
    from limpide.identite.models import Personne

    with traitement("essai_guichet", acteur=AGENT, motif="appel de la personne", organisme="751"):
        list(Personne.objects.all())
    client = visite("dpd")
    avant = len(journal())
    page = client.get(reverse("registre:journal"), {"traitement": "essai_guichet"}).content.decode()
    assert "appel de la personne" in page
    assert "50 lignes" in page
    lues = [ligne for ligne in journal()[avant:] if ligne[1] == "supervision_dpd" and ligne[2] is not None]
    assert sorted(ligne[2] for ligne in lues) == list(range(2, 101, 2))


@pytest.mark.parametrize(
    ("filtres", "nombre"),
    [
        ({"personne": "4"}, 1),
        ({"personne": "5"}, 0),
        ({"dossier": "4"}, 1),
        ({"traitement": "essai_guichet", "action": "lecture"}, 50),
        ({"action": "refus"}, 1),
        ({"du": "2020-01-01", "au": "2020-02-01"}, 0),
    ],
)
def test_filters_of_the_journal(visite: Any, filtres: dict[str, str], nombre: int) -> None:
    from limpide.dossiers.models import Dossier

    with traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"):
        list(Dossier.objects.all())
    with pytest.raises(HorsRegistre):
        traitement("essai_national", acteur=AGENT, motif="essai").__enter__()
    page = visite("dpd").get(reverse("registre:journal"), filtres)
    assert page.status_code == 200
    assert page.context["page"].paginator.count == nombre


@pytest.mark.parametrize(
    "filtres",
    [{"du": "2026-02-01", "au": "2026-01-01"}, {"du": "2020-01-01", "au": "2026-01-01"}, {"personne": "1 OR 1=1"}],
)
def test_a_wrong_search_is_told(visite: Any, filtres: dict[str, str]) -> None:
    page = visite("dpd").get(reverse("registre:journal"), filtres)
    assert page.status_code == 422
    assert "fr-error-text" in page.content.decode()


@pytest.mark.parametrize("nom", ["registre:traitements", "registre:journal"])
def test_only_the_officer_with_a_second_factor_enters(visite: Any, nom: str, journal: Any) -> None:
    adresse = reverse(nom)
    assert Client().get(adresse).headers["Location"].startswith(reverse("usagers:connexion_agent"))
    assert visite("dpd", verifie=False).get(adresse).headers["Location"] == reverse("usagers:second_facteur")
    assert journal() == []
    assert visite("agent").get(adresse).status_code == 403
    assert visite("allocataire").get(adresse).status_code == 403
    assert journal("refus") == [
        ("refus", "supervision_dpd", None, None, "genre agent"),
        ("refus", "supervision_dpd", None, None, "genre allocataire"),
    ]


def test_a_view_that_opens_its_own_processing_is_refused_too(rf: Any, journal: Any) -> None:
    from limpide.registre.middleware import AuthentificationMiddleware

    def vue(request: Any) -> None:
        with traitement("essai_national", acteur=AGENT, motif="essai"):
            pass

    requete = rf.get("/")
    with pytest.raises(HorsRegistre) as refus:
        vue(requete)
    intergiciel = AuthentificationMiddleware(vue)
    assert intergiciel.process_exception(requete, refus.value).status_code == 403
    assert intergiciel.process_exception(requete, ValueError()) is None
    assert journal("refus") == [("refus", "essai_national", None, None, "genre agent")]


def test_a_visitor_without_a_cookie_costs_no_query() -> None:
    Client().get("/simulateur/")  # the server learns, for a few seconds, which online services are open
    with CaptureQueriesContext(connection) as requetes:
        assert Client().get("/simulateur/").status_code == 200
    assert len(requetes) == 0


def test_a_forged_cookie_is_forgotten() -> None:
    client = Client()
    client.cookies["sessionid"] = "x" * 32
    page = client.get("/accessibilite/")
    assert page.status_code == 200
    assert page.cookies["sessionid"].value == ""


def test_the_session_of_a_closed_account_opens_nothing(visite: Any, comptes: Any) -> None:
    client = visite("dpd")
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("UPDATE identite_compte SET is_active = false WHERE id = %s", [comptes["dpd"]])
    assert client.get(reverse("registre:traitements")).status_code == 302


def test_the_second_factor_of_another_account_does_not_count(visite: Any, comptes: Any) -> None:
    comptes["dpd:appareil"] = comptes["agent:appareil"]
    assert visite("dpd").get(reverse("registre:traitements")).headers["Location"] == reverse("usagers:second_facteur")


def test_loading_one_s_own_account_leaves_no_line(visite: Any, journal: Any) -> None:
    assert visite("allocataire").get("/accessibilite/").status_code == 200
    assert journal() == []


def test_the_session_is_never_touched_inside_another_processing() -> None:
    from limpide.registre.sessions import SessionStore

    session = SessionStore()
    session["a"] = 1
    with (
        traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"),
        pytest.raises(HorsRegistre, match="la session ne se lit ni ne s'écrit"),
    ):
        session.save()
    session.save()
    assert SessionStore(session.session_key)["a"] == 1
    with pytest.raises(HorsRegistre), traitement("essai_guichet", acteur=SYSTEME, motif="essai", organisme="751"):
        Session.objects.count()


def test_chart_numbers() -> None:
    graphique = par_jour({dt.date(2026, 1, 2): 8}, dt.date(2026, 1, 1), dt.date(2026, 1, 4))
    assert [barre.hauteur > 0 for barre in graphique.barres] == [False, True, False, False]
    assert graphique.axe[-1][1] == "8"
    assert "8 au total" in graphique.resume
    assert [graduation(n) for n in (0, 4, 5, 40, 41, 1000)] == [1, 1, 2, 10, 20, 500]
    assert len(par_jour({}, dt.date(2026, 1, 1), dt.date(2026, 1, 1)).barres) == 1


@pytest.mark.navigateur
def test_the_officer_s_screens_are_accessible(visite: Any, site: Any, page: Any, page_axe: Any) -> None:
    from limpide.identite.models import Personne

    with traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"):
        list(Personne.objects.all())
    client = visite("dpd")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.adresse}])
    for chemin in (
        reverse("registre:traitements"),
        reverse("registre:fiche", args=["essai_guichet"]),
        reverse("registre:journal"),
        reverse("registre:journal") + "?page=2",
    ):
        page_axe(page, chemin)
    page_axe(page, reverse("registre:journal") + "?du=2026-02-01&au=2026-01-01", statut=422)


def test_opening_a_processing_takes_few_round_trips() -> None:
    """The benchmark measures time; here, what a page pays before its first query."""
    with (
        CaptureQueriesContext(connection) as requetes,
        traitement("essai_guichet", acteur=AGENT, motif="essai", organisme="751"),
    ):
        pass
    assert len(requetes) <= 4, [requete["sql"] for requete in requetes]
