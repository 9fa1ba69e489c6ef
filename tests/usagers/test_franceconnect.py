"""FranceConnect over its real protocol and a real socket: who gets in, what is refused, what is kept."""

import hashlib
import http.client
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from limpide.monde import franceconnect as simule
from limpide.socle.appel import echanger
from tests.banc import ecrans
from tests.usagers.test_acces import lignes

DEPART, RETOUR, CONNEXIONS = "/connexion/franceconnect/", "/connexion/franceconnect/retour/", "/mon-compte/connexions/"
NAVIGATEUR = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
REFUSEE = "n'a pas pu être vérifiée"
AUCUN_COMPTE = "cette identité n'ouvre aucun compte ici"


def texte(reponse: Any) -> str:
    return str(reponse.content.decode().replace("&#x27;", "'"))


@pytest.fixture
def fc(comptes_seuls: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[simule.FournisseurSimule]:
    """The provider, open on a free port, and the site set for it."""
    from limpide.monde.identites import identites_franceconnect
    from limpide.monde.simulateurs import Simulateur

    site = simule.FournisseurSimule(identites_franceconnect(ecrans.MOIS))
    with Simulateur(port=0, sites={"franceconnect": site}).ouvert() as serveur:
        site.emetteur = serveur.adresse("franceconnect")
        monkeypatch.setenv("LIMPIDE_FRANCECONNECT_URL", site.emetteur)
        monkeypatch.setenv("LIMPIDE_FRANCECONNECT_CLIENT", simule.CLIENT)
        monkeypatch.setenv("LIMPIDE_FRANCECONNECT_SECRET", str(simule.fichier_du_secret()))
        yield site


def choisir(adresse: str, sujet: str) -> str:
    """Visit the page of choice and choose, as a browser does: the address where it sends back."""
    statut, page = echanger("GET", adresse, b"", {}, 5)
    assert statut == 200, page
    numero = re.search(r'name="demande" value="([^"]+)"', page.decode())[1]  # type: ignore[index]
    lue = urlsplit(adresse)
    liaison = http.client.HTTPConnection(lue.hostname or "", lue.port)
    entetes = {"Content-Type": "application/x-www-form-urlencoded"}
    liaison.request("POST", "/franceconnect/choisir", f"demande={numero}&sujet={sujet}", entetes)
    vers = liaison.getresponse().headers["Location"]
    liaison.close()
    return str(vers)


def sujet(fc: simule.FournisseurSimule, qui: str) -> str:
    return next(i.sujet for i in fc.identites.values() if i.prenoms == qui)


def partir(client: Client, suite: str = "") -> str:
    reponse = client.get(DEPART, {"next": suite} if suite else {})
    assert reponse.status_code == 302, texte(reponse)
    return str(reponse["Location"])


def revenir(client: Client, vers: str) -> Any:
    lue = urlsplit(vers)
    assert lue.path == RETOUR
    return client.get(f"{lue.path}?{lue.query}", **NAVIGATEUR)


def entrer(client: Client, fc: simule.FournisseurSimule, qui: str = "Amina", suite: str = "") -> Any:
    return revenir(client, choisir(partir(client, suite), sujet(fc, qui) if qui else ""))


def dehors(client: Client) -> bool:
    return str(client.get("/mon-compte/").get("Location", "")).startswith("/connexion/")


def test_the_exact_identity_opens_the_account_then_the_subject_is_enough(fc: Any) -> None:
    client = ecrans.visiteur()
    assert entrer(client, fc)["Location"] == "/mon-compte/"
    assert client.get("/mon-compte/").status_code == 200
    assert "par FranceConnect" in texte(client.get(CONNEXIONS))
    ((empreinte, ouvert),) = lignes("SELECT empreinte, ferme_le IS NULL FROM identite_lienfranceconnect")
    assert ouvert
    assert bytes(empreinte) != hashlib.sha256(sujet(fc, "Amina").encode()).digest()
    assert lignes("SELECT moyen FROM identite_connexion") == [("franceconnect",)]
    assert ("liaison", "identite", "FranceConnect") in [(g, m, a) for g, m, a in _etapes()]
    fc.gater("panne_identite")  # the second time, the civil status isn't even asked
    autre = ecrans.visiteur()
    assert entrer(autre, fc, suite="/mon-compte/paiements/")["Location"] == "/mon-compte/paiements/"
    assert len(lignes("SELECT 1 FROM identite_lienfranceconnect")) == 1


def _etapes() -> Any:
    return lignes("SELECT genre, motif, auteur FROM identite_etapeacces ORDER BY id")


def test_what_is_asked_of_franceconnect_is_minimal_fresh_and_never_names_the_person(fc: Any) -> None:
    un, deux = (dict(parse_qs(urlsplit(partir(ecrans.visiteur())).query)) for _ in range(2))
    assert un["scope"] == ["openid identite_pivot"]
    assert un["acr_values"] == ["eidas1"]
    assert un["code_challenge_method"] == ["S256"]
    assert un["redirect_uri"] == [f"http://testserver{RETOUR}"]
    for cle in ("state", "nonce", "code_challenge"):
        assert un[cle] != deux[cle]
        assert len(un[cle][0]) >= 32


@pytest.mark.preuve("FranceConnect : une réponse qui ne prouve rien n'ouvre rien", systemes=("S39",), controles=(17,))
def test_an_answer_that_proves_nothing_opens_nothing(fc: Any) -> None:
    for defaut in (
        "nonce", "emetteur", "public", "perime", "vieux", "niveau", "signature", "alg_none", "hs256", "at_hash",
        "sans_sub", "autre_sujet", "identite_signature", "identite_en_clair", "identite_public",
    ):  # fmt: skip
        fc.gater(defaut)
        client = ecrans.visiteur()
        reponse = entrer(client, fc)
        assert (defaut, reponse.status_code, REFUSEE in texte(reponse), dehors(client)) == (defaut, 403, True, True)
        assert lignes("SELECT 1 FROM identite_lienfranceconnect") == []
    fc.gater("")
    assert entrer(ecrans.visiteur(), fc).status_code == 302  # the other way round: nothing else was wrong


@pytest.mark.preuve("FranceConnect : une réponse rejouée n'ouvre rien", systemes=("S39",), controles=(17,))
def test_state_and_code_serve_once_and_in_the_browser_that_asked(fc: Any) -> None:
    client = ecrans.visiteur()
    retour = choisir(partir(client), sujet(fc, "Amina"))
    etranger = ecrans.visiteur()
    assert (
        revenir(etranger, retour)["Location"] == "/connexion/"
    )  # another browser: the attacker's code is worth nothing
    assert revenir(client, retour)["Location"] == "/mon-compte/"
    client.post("/deconnexion/")
    assert revenir(client, retour)["Location"] == "/connexion/"
    assert "n'est plus valable" in texte(client.get("/connexion/"))
    depart = partir(client)  # a new request, with the code that has served
    etat = parse_qs(urlsplit(depart).query)["state"][0]
    code = parse_qs(urlsplit(retour).query)["code"][0]
    rejouee = client.get(RETOUR, {"code": code, "state": etat})
    assert (rejouee.status_code, dehors(client)) == (403, True)
    faux = client.get(RETOUR, {"code": code, "state": "é" * 40})
    assert faux["Location"] == "/connexion/"


def test_a_code_waits_five_minutes_no_more(fc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = ecrans.visiteur()
    retour = choisir(partir(client), sujet(fc, "Amina"))
    session = client.session
    session["franceconnect"] = session["franceconnect"] | {"jusqu_au": 0}
    from limpide.registre.contexte import SYSTEME, traitement

    with traitement("authentification", acteur=SYSTEME, motif="Essai"):
        session.save()
    assert revenir(client, retour)["Location"] == "/connexion/"
    assert dehors(client)


def test_keys_turn_without_anybody_noticing(fc: Any) -> None:
    assert entrer(ecrans.visiteur(), fc).status_code == 302
    fc.tourner_les_cles()
    assert entrer(ecrans.visiteur(), fc)["Location"] == "/mon-compte/"


def test_franceconnect_down_is_said_with_the_other_way_in(fc: Any) -> None:
    client = ecrans.visiteur()
    retour = choisir(partir(client), sujet(fc, "Amina"))
    for defaut in ("panne_jeton", "charabia"):
        fc.gater(defaut)
        reponse = revenir(client, retour)
        assert reponse.status_code == 503
        assert "FranceConnect ne répond pas" in texte(reponse)
        assert 'name="numero"' in texte(reponse)
        fc.gater("")
        retour = choisir(partir(client), sujet(fc, "Amina"))
    from limpide.usagers.franceconnect import _connu

    _connu.cache_clear()
    fc.eteint = True
    reponse = client.get(DEPART)
    assert reponse.status_code == 503
    assert 'name="mot_de_passe"' in texte(reponse)


def test_giving_up_is_not_a_fault(fc: Any) -> None:
    client = ecrans.visiteur()
    reponse = entrer(client, fc, "")
    assert reponse.status_code == 200
    assert "sans vous y connecter" in texte(reponse)
    assert dehors(client)


def test_an_identity_that_is_not_exactly_one_certified_person_opens_nothing(fc: Any) -> None:
    amina = ecrans.fiche_d_amina()[1]
    inconnue = _sans_jeton(entrer(ecrans.visiteur(), fc, "Jamais Vu"))
    for colonne, autre in (
        ("nom_naissance", "Belavassine"), ("prenoms", "Amina Rose"), ("sexe", "M"), ("date_naissance", "1990-01-01"),
        ("lieu_naissance_code", "75998"), ("lieu_naissance_code", ""), ("pays_naissance", "99999"),
    ):  # fmt: skip
        ((vraie,),) = lignes(f"SELECT {colonne} FROM identite_personne WHERE id = %s", amina)
        lignes(f"UPDATE identite_personne SET {colonne} = %s WHERE id = %s", autre, amina)
        client = ecrans.visiteur()
        reponse = entrer(client, fc)
        assert (colonne, reponse.status_code, dehors(client)) == (colonne, 403, True)
        assert AUCUN_COMPTE in texte(reponse)
        assert lignes("SELECT 1 FROM identite_lienfranceconnect") == []
        assert _sans_jeton(reponse) == inconnue  # nothing tells who exists
        lignes(f"UPDATE identite_personne SET {colonne} = %s WHERE id = %s", vraie, amina)
    assert entrer(ecrans.visiteur(), fc).status_code == 302


def _sans_jeton(reponse: Any) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", texte(reponse))


def test_two_persons_alike_open_nothing(fc: Any) -> None:
    colonnes = "nom_naissance, nom_usage, prenoms, date_naissance, lieu_naissance_code, pays_naissance, sexe"
    from django.db import connections

    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            f"INSERT INTO identite_personne (id, statut_identite, {colonnes}) "
            f"SELECT (SELECT max(id) + 1 FROM identite_personne), 'declare', {colonnes} "
            "FROM identite_personne WHERE id = %s",
            [ecrans.fiche_d_amina()[1]],
        )
    assert AUCUN_COMPTE in texte(entrer(ecrans.visiteur(), fc))


def test_a_dispute_closes_this_way_even_to_who_came_before(fc: Any) -> None:
    assert entrer(ecrans.visiteur(), fc).status_code == 302
    from limpide.identite import litiges
    from limpide.identite.models import CauseEtat, Personne
    from limpide.registre.contexte import SYSTEME, traitement

    amina = ecrans.fiche_d_amina()[1]
    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        litiges.mettre_en_litige(Personne.objects.get(pk=amina), CauseEtat.USURPATION)
    assert AUCUN_COMPTE in texte(entrer(ecrans.visiteur(), fc))
    assert lignes("DELETE FROM identite_lienfranceconnect") == []
    assert AUCUN_COMPTE in texte(entrer(ecrans.visiteur(), fc))
    assert lignes("SELECT 1 FROM identite_lienfranceconnect") == []


def test_another_subject_with_the_same_civil_status_does_not_enter(fc: Any) -> None:
    assert entrer(ecrans.visiteur(), fc).status_code == 302
    vraie = fc.identites.pop(sujet(fc, "Amina"))
    fc.identites["f" * 64] = simule.Identite("f" * 64, *[getattr(vraie, c) for c in ("dite", "nom", "prenoms", "sexe")],
                                             vraie.naissance, vraie.lieu)  # fmt: skip
    assert AUCUN_COMPTE in texte(entrer(ecrans.visiteur(), fc))


def test_mc_041_not_me_closes_franceconnect_until_the_password_reopens_it(fc: Any) -> None:
    intrus = ecrans.visiteur()
    entrer(intrus, fc)
    client = ecrans.visiteur()
    numero = ecrans.numero_de(ecrans.fiche_d_amina()[1]).en_clair()
    ecrans.entrer(client, numero)
    client.post("/pas-moi/")
    assert dehors(intrus)
    assert AUCUN_COMPTE in texte(entrer(intrus, fc))
    assert lignes("SELECT empreinte FROM identite_lienfranceconnect") == [(None,)]
    nouveau = "Une phrase bien longue, de secours"
    saisie = {"ancien": ecrans.MOT_DE_PASSE, "nouveau": nouveau, "confirmation": nouveau}
    assert client.post("/mot-de-passe/", saisie).status_code == 302
    page = client.post(f"{CONNEXIONS}franceconnect/", {"acte": "rouvrir", "mot_de_passe": ecrans.MOT_DE_PASSE})
    assert page.status_code == 422
    assert AUCUN_COMPTE in texte(entrer(ecrans.visiteur(), fc))
    reponse = client.post(f"{CONNEXIONS}franceconnect/", {"acte": "rouvrir", "mot_de_passe": nouveau})
    assert reponse["Location"] == CONNEXIONS
    assert entrer(ecrans.visiteur(), fc)["Location"] == "/mon-compte/"
    assert [g for g, _, _ in _etapes()] == [
        "liaison", "signalement", "fermeture", "change", "reouverture", "liaison",
    ]  # fmt: skip


def test_the_holder_closes_this_way_and_only_their_own(fc: Any) -> None:
    client = ecrans.visiteur()
    entrer(client, fc)
    assert client.post(f"{CONNEXIONS}franceconnect/", {"acte": "fermer"})["Location"] == CONNEXIONS
    assert "vous avez fermé cette voie" in texte(client.get(CONNEXIONS))
    assert AUCUN_COMPTE in texte(entrer(ecrans.visiteur(), fc))
    assert entrer(ecrans.visiteur(), fc, "Maïwenn")["Location"] == "/mon-compte/"
    assert client.post(f"{CONNEXIONS}franceconnect/", {"acte": "autre"}).status_code == 404


def test_the_second_factor_is_asked_after_franceconnect_too(fc: Any) -> None:
    from tests.usagers.test_second_facteur import activer, maintenant, oublier_le_pas

    client = ecrans.visiteur()
    ecrans.entrer(client, ecrans.numero_de(ecrans.fiche_d_amina()[1]).en_clair())
    cle, _ = activer(client)
    oublier_le_pas()
    autre = ecrans.visiteur()
    assert entrer(autre, fc, suite="/mon-compte/paiements/")["Location"] == "/connexion/code/"
    assert dehors(autre)
    assert autre.post("/connexion/code/", {"code": maintenant(cle)})["Location"] == "/mon-compte/paiements/"
    assert ("franceconnect",) in lignes("SELECT moyen FROM identite_connexion")


def test_the_threshold_is_the_same_afterwards(fc: Any) -> None:
    from django.db import connections

    client = ecrans.visiteur()
    entrer(client, fc)
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("UPDATE identite_compte SET suspendu_le = now() WHERE genre = 'allocataire'")
    autre = ecrans.visiteur()
    entrer(autre, fc)
    assert autre.get("/mon-compte/").status_code == client.get("/mon-compte/").status_code == 403


def test_leaving_says_goodbye_to_franceconnect_too(fc: Any) -> None:
    client = ecrans.visiteur()
    entrer(client, fc)
    ((session,),) = lignes("SELECT string_agg(session_data, ' ') FROM django_session")
    from django.core import signing

    assert sujet(fc, "Amina") not in str(
        signing.loads(session.split(" ")[-1], salt="django.contrib.sessions.SessionStore")
    )
    page = client.post("/deconnexion/")
    assert "encore connecté à FranceConnect" in texte(page)
    adieu = re.search(r'class="fr-btn" href="([^"]+/session/end[^"]+)"', texte(page))[1].replace("&amp;", "&")  # type: ignore[index]
    assert dehors(client)
    assert echanger("GET", adieu, b"", {}, 5)[0] == 303
    assert fc.sorties == [sujet(fc, "Amina")]
    par_mot_de_passe = ecrans.visiteur()
    ecrans.entrer(par_mot_de_passe, ecrans.numero_de(ecrans.fiche_d_amina()[1]).en_clair())
    assert par_mot_de_passe.post("/deconnexion/")["Location"] == "/connexion/?sortie=1"


def test_without_settings_nothing_is_shown_and_half_settings_stop_the_start(
    comptes_seuls: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from limpide.usagers.franceconnect import verifier

    client = ecrans.visiteur()
    assert "FranceConnect" not in texte(client.get("/connexion/"))
    assert client.get(DEPART)["Location"] == "/connexion/"
    assert verifier() == []
    for nom, valeur, faute in (
        ("URL", "http://ailleurs.test", "https://"), ("URL", "https://fc.test", "CLIENT"), ("CLIENT", "nous", "SECRET"),
        ("SECRET", "/nulle/part", "SECRET"), ("SECRET", str(simule.fichier_du_secret()), ""),
        ("NIVEAU", "fort", "NIVEAU"), ("NIVEAU", "eidas2", "CLE"), ("CLE", str(simule.fichier_du_secret()), "CLE"),
    ):  # fmt: skip
        monkeypatch.setenv(f"LIMPIDE_FRANCECONNECT_{nom}", valeur)
        assert faute in "".join(f.msg for f in verifier())
        assert bool(faute) == bool(verifier())
