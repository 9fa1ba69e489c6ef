"""Login: what it says, what it takes, what it stops, what it leaves behind."""

import datetime as dt
import re
import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django_otp.oath import hotp
from django_otp.plugins.otp_totp.models import TOTPDevice

from limpide.registre import middleware
from tests.banc import ecrans

NOUVEAU = "trois petits chats dorment au soleil"


def cookie(client: Client) -> str:
    return client.cookies["sessionid"].value


def echecs() -> list[tuple[Any, ...]]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT compte, adresse FROM usagers_echecconnexion")
        return list(curseur.fetchall())


def vieillir(minutes: int) -> None:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("UPDATE usagers_echecconnexion SET quand = quand - make_interval(mins => %s)", [minutes])


def test_no_page_of_the_account_opens_without_login(comptes_seuls: Any) -> None:
    for chemin in ("", "paiements/", "situation/", "decisions/", "consultations/", "pourquoi/2026-11/"):
        reponse = ecrans.visiteur().get(f"/mon-compte/{chemin}")
        assert reponse.status_code == 302
        assert reponse["Location"].startswith("/connexion/?next=")


def test_the_last_connection_is_shown_not_the_present_one(comptes_seuls: Any) -> None:
    premiere = ecrans.allocataire(comptes_seuls).get("/mon-compte/").content.decode()
    assert "C'est votre première connexion" in premiere
    seconde = ecrans.allocataire(comptes_seuls).get("/mon-compte/").content.decode()
    assert "Dernière connexion" in seconde
    assert "heure de Paris" in seconde
    assert dt.datetime.now().strftime("%Y") in seconde  # noqa: DTZ005 - the page shows local time


@pytest.mark.preuve(
    "Connexion : même réponse et même travail pour un numéro inconnu", systemes=("S39",), controles=(14,)
)
def test_an_unknown_number_gets_the_same_answer_and_the_same_work(comptes_seuls: Any, monkeypatch: Any) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hachages: list[str] = []
    for nom in ("encode", "verify"):
        vrai = getattr(Argon2PasswordHasher, nom)

        def compte(self: Any, *a: Any, _vrai: Any = vrai, _nom: str = nom, **k: Any) -> Any:
            hachages.append(_nom)
            return _vrai(self, *a, **k)

        monkeypatch.setattr(Argon2PasswordHasher, nom, compte)
    pages = []
    for numero in (ecrans.amina(comptes_seuls).identifiant, "255081416802538"):
        hachages.clear()
        reponse = ecrans.entrer(ecrans.visiteur(), numero, "pas le bon")
        assert reponse.status_code == 422
        pages.append(re.sub(r'value="[^"]*"', "", reponse.content.decode()))
        assert len(hachages) == 1
    assert pages[0] == pages[1]


def test_a_wrong_number_is_explained_and_kept_but_not_the_password(comptes_seuls: Any) -> None:
    page = ecrans.entrer(ecrans.visiteur(), "1 92 05", "secret-jamais-rendu").content.decode()
    assert "15 caractères" in page
    assert 'value="1 92 05"' in page
    assert "secret-jamais-rendu" not in page


@pytest.mark.preuve(
    "Connexion : cinq essais faux, puis attente, sans fermer le compte à son titulaire",
    systemes=("S39",),
    controles=(14,),
)
def test_five_failures_lock_that_pair_only_and_not_for_ever(comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    attaquant = {"REMOTE_ADDR": "203.0.113.9"}
    for _ in range(5):
        assert "non reconnus" in ecrans.entrer(ecrans.visiteur(), numero, "faux", **attaquant).content.decode()
    assert "Trop d'essais" in ecrans.entrer(ecrans.visiteur(), numero, **attaquant).content.decode().replace(
        "&#x27;", "'"
    )
    assert ecrans.entrer(ecrans.visiteur(), numero).status_code == 302  # the holder, from elsewhere
    vieillir(16)
    assert ecrans.entrer(ecrans.visiteur(), numero, **attaquant).status_code == 302


def test_an_unknown_number_is_locked_the_same_way(comptes_seuls: Any) -> None:
    reponses = [ecrans.entrer(ecrans.visiteur(), "255081416802538", "faux").content.decode() for _ in range(6)]
    assert "Trop d" in reponses[5]
    assert "Trop d" not in reponses[4]


def test_an_address_that_tries_many_accounts_waits_too(comptes_seuls: Any) -> None:
    from limpide.registre.contexte import SYSTEME, traitement
    from limpide.usagers import verrou

    adresse = verrou.empreinte("adresse", "127.0.0.1")
    with traitement("securite_connexion", acteur=SYSTEME, motif="Essai"):
        for i in range(verrou.MAX_ADRESSE):
            verrou.noter_echec(verrou.empreinte("compte", str(i)), adresse)
    reponse = ecrans.entrer(ecrans.visiteur(), ecrans.amina(comptes_seuls).identifiant)
    assert reponse.status_code == 422
    assert (
        ecrans.entrer(
            ecrans.visiteur(), ecrans.amina(comptes_seuls).identifiant, REMOTE_ADDR="198.51.100.4"
        ).status_code
        == 302
    )


def test_failures_hold_digests_and_a_day_only(comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    ecrans.entrer(ecrans.visiteur(), numero, "faux")
    ((compte, adresse),) = echecs()
    assert re.fullmatch(r"[0-9a-f]{64}", compte)
    assert re.fullmatch(r"[0-9a-f]{64}", adresse)
    vieillir(25 * 60)
    ecrans.entrer(ecrans.visiteur(), "255081416802538", "faux")
    assert len(echecs()) == 1
    assert echecs()[0][0] != compte


@pytest.mark.preuve("Sessions : identifiant renouvelé à la connexion, mort à la déconnexion", controles=(15,))
def test_the_session_changes_at_login_and_dies_at_logout(comptes_seuls: Any) -> None:
    client = ecrans.visiteur()
    client.cookies["sessionid"] = "a" * 32  # a number planted beforehand
    assert ecrans.entrer(client, ecrans.amina(comptes_seuls).identifiant).status_code == 302
    volee = cookie(client)
    assert volee != "a" * 32
    assert client.get("/deconnexion/").status_code == 405
    assert client.get("/mon-compte/").status_code == 200
    assert client.post("/deconnexion/").status_code == 302
    autre = ecrans.visiteur()
    autre.cookies["sessionid"] = volee
    assert autre.get("/mon-compte/").status_code == 302


@pytest.mark.preuve("Sessions : douze heures au plus, même sans arrêt d'activité", controles=(15,))
def test_a_session_ends_twelve_hours_after_its_login_however_much_it_served(
    comptes_seuls: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    debut = time.time()
    clients = {"/mon-compte/": ecrans.allocataire(comptes_seuls), "/agent/": ecrans.agent(comptes_seuls)}
    for heures, statut in ((0, 200), (11.9, 200), (12.1, 302), (12.1, 302)):
        monkeypatch.setattr(middleware, "time", SimpleNamespace(time=lambda h=heures: debut + h * 3600))
        assert {chemin: client.get(chemin).status_code for chemin, client in clients.items()} == dict.fromkeys(
            clients, statut
        )


def test_login_needs_the_form_s_token(comptes_seuls: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    saisie = {"numero": ecrans.amina(comptes_seuls).identifiant, "mot_de_passe": ecrans.MOT_DE_PASSE}
    assert client.post("/connexion/", saisie).status_code == 403


def test_an_outside_address_is_not_followed_after_login(comptes_seuls: Any) -> None:
    saisie = {
        "numero": ecrans.amina(comptes_seuls).identifiant,
        "mot_de_passe": ecrans.MOT_DE_PASSE,
        "next": "https://exemple.fr/",
    }
    assert ecrans.visiteur().post("/connexion/", saisie)["Location"] == "/mon-compte/"


def changer(client: Client, ancien: str, nouveau: str, confirmation: str = "") -> Any:
    saisie = {"ancien": ancien, "nouveau": nouveau, "confirmation": confirmation or nouveau}
    return client.post("/mot-de-passe/", saisie)


def test_mc_048_the_first_password_opens_once_and_must_be_changed_before_anything(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    numero = ecrans.ouvrir_un_compte(ecrans.autre_dossier("751", sauf=dossier), "mot reçu par courrier")
    client = ecrans.visiteur()
    assert ecrans.entrer(client, numero.en_clair(), "mot reçu par courrier").status_code == 302
    for chemin in ("", "situation/"):
        assert client.get(f"/mon-compte/{chemin}")["Location"] == "/mot-de-passe/"
    assert "différent" in changer(client, "mot reçu par courrier", "mot reçu par courrier").content.decode()
    assert "12 caractères" in changer(client, "mot reçu par courrier", "court").content.decode().replace(
        "au minimum ", ""
    )
    assert "diffèrent" in changer(client, "mot reçu par courrier", NOUVEAU, "autre chose").content.decode()
    assert "mot de passe actuel" in changer(client, "faux", NOUVEAU).content.decode()
    assert changer(client, "mot reçu par courrier", NOUVEAU).status_code == 302
    assert client.get("/mon-compte/").status_code == 200


@pytest.mark.preuve(
    "« Ce n'était pas moi » : mot de passe à changer aussitôt, autres sessions coupées",
    systemes=("S39",),
    controles=(15,),
)
def test_it_was_not_me_cuts_the_other_sessions(comptes_seuls: Any) -> None:
    ici, intrus = ecrans.allocataire(comptes_seuls), ecrans.allocataire(comptes_seuls)
    assert "Ce n'était pas moi" in ici.get("/mon-compte/").content.decode()
    assert ici.post("/pas-moi/")["Location"] == "/mot-de-passe/"
    assert intrus.get("/mon-compte/")["Location"].startswith("/connexion/")  # cut at once
    assert changer(ici, ecrans.MOT_DE_PASSE, NOUVEAU).status_code == 302
    assert ici.get("/mon-compte/").status_code == 200
    assert intrus.get("/mon-compte/")["Location"].startswith("/connexion/")
    assert ecrans.entrer(ecrans.visiteur(), ecrans.amina(comptes_seuls).identifiant).status_code == 422


@pytest.mark.preuve("Agents : aucune page du back-office sans second facteur vérifié", controles=(16,))
def test_an_agent_without_the_second_factor_sees_nothing(comptes_seuls: Any) -> None:
    client = ecrans.visiteur()
    client.post("/agent/connexion/", {"identifiant": ecrans.AGENT_PARIS, "mot_de_passe": ecrans.MOT_DE_PASSE})
    avant = cookie(client)
    dossier, _ = ecrans.fiche_d_amina()
    for chemin in ("", f"dossier/{dossier}/", f"dossier/{dossier}/motif/", f"dossier/{dossier}/faits/"):
        assert client.get(f"/agent/{chemin}")["Location"] == "/agent/second-facteur/"
    faux = client.post("/agent/second-facteur/", {"code": "12 34"})
    assert "six chiffres" in faux.content.decode()
    code = ecrans.comptes.code_actuel(comptes_seuls[ecrans.AGENT_PARIS])
    assert client.post("/agent/second-facteur/", {"code": code})["Location"] == "/agent/"
    assert cookie(client) != avant
    assert client.get("/agent/").status_code == 200


def test_a_code_serves_once(comptes_seuls: Any) -> None:
    ecrans.agent(comptes_seuls)
    client = ecrans.visiteur()
    client.post("/agent/connexion/", {"identifiant": ecrans.AGENT_PARIS, "mot_de_passe": ecrans.MOT_DE_PASSE})
    # The code that served, and not that of now: another half minute may have begun meanwhile.
    appareil = TOTPDevice._base_manager.using("proprietaire").get(user__identifiant=ecrans.AGENT_PARIS)
    code = f"{hotp(appareil.bin_key, appareil.last_t):06d}"
    assert "déjà servi" in client.post("/agent/second-facteur/", {"code": code}).content.decode()
    assert client.get("/agent/")["Location"] == "/agent/second-facteur/"


def test_a_new_agent_enrols_an_application_with_a_drawn_code(comptes_seuls: Any) -> None:
    import base64

    from django_otp.oath import totp

    from limpide.identite.comptes import creer_compte_agent
    from limpide.identite.models import Organisme
    from limpide.registre.contexte import SYSTEME, traitement

    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        creer_compte_agent("agent.neuf", Organisme(pk="751"), "Agent neuf", ecrans.MOT_DE_PASSE)
    client = ecrans.visiteur()
    client.post("/agent/connexion/", {"identifiant": "agent.neuf", "mot_de_passe": ecrans.MOT_DE_PASSE})
    page = client.get("/agent/second-facteur/").content.decode()
    assert "<svg" in page
    assert "style=" not in page
    cle = re.search(r'class="lp-cle">([A-Z2-7 =]+)<', page)[1].replace(" ", "")
    assert client.get("/agent/second-facteur/").content.decode().count(cle[:4])  # the same key, not a new one
    code = f"{totp(base64.b32decode(cle + '=' * (-len(cle) % 8))):06d}"
    assert client.post("/agent/second-facteur/", {"code": code})["Location"] == "/agent/"


def test_each_door_admits_its_own_accounts_only(comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    saisie = {"identifiant": numero, "mot_de_passe": ecrans.MOT_DE_PASSE}
    assert ecrans.visiteur().post("/agent/connexion/", saisie).status_code == 422
    assert ecrans.entrer(ecrans.visiteur(), ecrans.AGENT_PARIS).status_code == 422
