"""Passkeys: added after the password, answering instead of the code, never twice nor from another site."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.banc import ecrans
from tests.banc.cles import Appareil
from tests.usagers.test_acces import lignes
from tests.usagers.test_second_facteur import CODE, MOT_DE_PASSE, PAGE, a_la_porte, activer, maintenant, texte


def options(reponse: Any) -> dict[str, Any]:
    lues: dict[str, Any] = json.loads(html.unescape(re.search(r'data-options="([^"]+)"', reponse.content.decode())[1]))  # type: ignore[index]
    return lues


def ajouter(client: Client, appareil: Appareil, **tours: str) -> Any:
    demande = client.post(PAGE, {"acte": "cle", **MOT_DE_PASSE})
    assert demande.status_code == 200
    return client.post(PAGE, {"acte": "enregistrer", "reponse": appareil.creer(options(demande), **tours)})


@pytest.fixture
def avec_cle(comptes_seuls: Any) -> tuple[Any, Client, str, Appareil]:
    client, appareil = ecrans.allocataire(comptes_seuls), Appareil()
    secret, _ = activer(client)
    assert ajouter(client, appareil)["Location"] == PAGE
    return comptes_seuls, client, secret, appareil


def essayer(porte: Client, appareil: Appareil, **tours: str) -> Any:
    return porte.post(CODE, {"reponse": appareil.montrer(options(porte.get(CODE)), **tours)})


def test_a_passkey_answers_instead_of_the_code(avec_cle: Any) -> None:
    presents, client, _, appareil = avec_cle
    assert "Ajoutée le" in texte(client.get(PAGE))
    porte = a_la_porte(presents)
    assert essayer(porte, appareil)["Location"] == "/mon-compte/"
    assert lignes("SELECT compteur, utilisee_le IS NOT NULL FROM identite_cleacces") == [(1, True)]
    assert [(g, m) for g, m in lignes("SELECT genre, motif FROM identite_etapeacces ORDER BY id")] == [
        ("facteur", "active"), ("facteur", "cle"),
    ]  # fmt: skip


@pytest.mark.preuve("Clé d'accès : une réponse rejouée, copiée ou d'un autre site n'ouvre rien", controles=(16,))
def test_an_answer_replayed_copied_or_from_elsewhere_opens_nothing(avec_cle: Any) -> None:
    presents, _, _, appareil = avec_cle
    porte = a_la_porte(presents)
    demande = options(porte.get(CODE))
    bonne = appareil.montrer(demande)
    for refusee in (
        essayer(porte, Appareil()),
        essayer(porte, Appareil(appareil.identifiant)),
        essayer(porte, appareil, origine="https://ailleurs.test"),
        porte.post(CODE, {"reponse": bonne}),  # another challenge has been given since
    ):
        assert refusee.status_code == 422
        assert "n'a pas pu être vérifiée" in texte(refusee)
    assert porte.get("/mon-compte/").status_code == 302
    assert essayer(porte, appareil, hote="ailleurs.test").status_code == 422
    assert "Trop d'essais" in texte(essayer(porte, appareil))  # counted as codes are: even the right key waits


def test_a_copied_key_is_told_by_its_count(avec_cle: Any) -> None:
    presents, _, _, appareil = avec_cle
    appareil.compteur = 7
    assert essayer(a_la_porte(presents), appareil).status_code == 302
    copie = Appareil(appareil.identifiant, appareil.cle, compteur=3)
    porte = a_la_porte(presents)
    assert essayer(porte, copie).status_code == 422
    assert porte.get("/mon-compte/").status_code == 302


def test_garbage_is_refused_and_the_code_still_opens(avec_cle: Any) -> None:
    presents, _, secret, _ = avec_cle
    porte = a_la_porte(presents)
    for charabia in ("{}", "[]", "nul", '{"id": 3}', "\x00"):
        porte.get(CODE)
        assert porte.post(CODE, {"reponse": charabia}).status_code == 422
    lignes("DELETE FROM usagers_echecconnexion")
    lignes("UPDATE identite_secondfacteur SET dernier_pas = dernier_pas - 2")
    assert porte.post(CODE, {"code": maintenant(secret)})["Location"] == "/mon-compte/"


def test_a_key_is_asked_once_the_password_given_and_made_for_this_site(comptes_seuls: Any) -> None:
    client = ecrans.allocataire(comptes_seuls)
    sans_facteur = client.post(PAGE, {"acte": "cle", **MOT_DE_PASSE})
    assert sans_facteur.status_code == 422
    activer(client)
    assert client.post(PAGE, {"acte": "cle", "mot_de_passe": "faux"}).status_code == 422
    assert client.post(PAGE, {"acte": "enregistrer", "reponse": "{}"}).status_code == 422
    assert ajouter(client, Appareil(), origine="https://ailleurs.test").status_code == 422
    assert ajouter(client, Appareil(), hote="ailleurs.test").status_code == 422
    assert lignes("SELECT 1 FROM identite_cleacces") == []
    demande = client.post(PAGE, {"acte": "cle", **MOT_DE_PASSE})
    qui = options(demande)["user"]
    assert qui["name"] == qui["displayName"] == "Mon Compte"  # the device shows neither number nor name


def test_keys_go_with_the_factor_or_alone(avec_cle: Any) -> None:
    presents, client, _, appareil = avec_cle
    assert client.post(PAGE, {"acte": "oublier", **MOT_DE_PASSE})["Location"] == PAGE
    assert lignes("SELECT 1 FROM identite_cleacces") == []
    assert "data-cle-acces" not in texte(a_la_porte(presents).get(CODE))
    assert ajouter(client, appareil).status_code == 302
    assert client.post(PAGE, {"acte": "retirer", **MOT_DE_PASSE}).status_code == 302
    assert lignes("SELECT 1 FROM identite_cleacces") == []
