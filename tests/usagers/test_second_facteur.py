"""The second factor that a citizen may add: RFC 6238, recovery codes, and what it does at the door."""

import base64
import json
import re
import time
from typing import Any

import pytest
from django.test import Client

from limpide.identite import second_facteur
from limpide.identite.models import CleDeFacteur
from tests.banc import ecrans
from tests.usagers.test_acces import entree, etapes, lignes
from tests.usagers.test_acces_caf import acces_de, agente

PAGE, CODE = "/mon-compte/second-facteur/", "/connexion/code/"
MOT_DE_PASSE = {"mot_de_passe": ecrans.MOT_DE_PASSE}
RFC_6238 = {  # appendix B, SHA-1: the six last digits of the eight
    59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037",
    20000000000: "353130",
}  # fmt: skip


def texte(reponse: Any) -> str:
    return str(reponse.content.decode().replace("&#x27;", "'"))


def maintenant(cle: str, decalage: int = 0) -> str:
    from django_otp.oath import totp

    return f"{totp(base64.b32decode(cle), drift=decalage):06d}"


def code_servi(cle: str) -> str:
    """The last code that was accepted, whatever the time since."""
    from django_otp.oath import hotp

    from limpide.identite.models import SecondFacteur

    return f"{hotp(base64.b32decode(cle), SecondFacteur.objects.using('proprietaire').get().dernier_pas):06d}"


def activer(client: Client) -> tuple[str, list[str]]:
    """(secret, recovery codes) of the second factor that this citizen adds."""
    assert client.post(PAGE, {"acte": "activer", **MOT_DE_PASSE})["Location"] == PAGE
    cle = re.search(r'class="lp-cle">([A-Z2-7 ]+)<', texte(client.get(PAGE)))[1].replace(" ", "")  # type: ignore[index]
    page = client.post(PAGE, {"acte": "confirmer", "code": maintenant(cle)})
    assert page.status_code == 200
    return cle, re.findall(r'class="lp-cle">([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})<', texte(page))


def oublier_le_pas() -> None:
    """The half minute of the last code is over, as if the test had waited."""
    lignes("UPDATE identite_secondfacteur SET dernier_pas = dernier_pas - 2")


def a_la_porte(presents: Any, adresse: str = "198.51.100.7") -> Client:
    """The right password, given."""
    client = Client(REMOTE_ADDR=adresse)
    assert ecrans.entrer(client, ecrans.amina(presents).identifiant)["Location"] == CODE
    return client


@pytest.mark.parametrize(("instant", "code"), RFC_6238.items())
def test_codes_are_those_of_rfc_6238(instant: int, code: str) -> None:
    cle = CleDeFacteur(base64.b32encode(b"12345678901234567890").decode())
    pas = instant // 30
    assert second_facteur.pas_du_code(cle, code, instant) == pas
    assert second_facteur.pas_du_code(cle, code, instant + 30) == pas  # a telephone that is late
    assert second_facteur.pas_du_code(cle, code, instant + 90) is None
    assert second_facteur.pas_du_code(cle, code, instant, apres=pas) is None  # served already
    assert second_facteur.pas_du_code(cle, f"{(int(code) + 1) % 1_000_000:06d}", instant) is None


@pytest.mark.preuve(
    "Second facteur facultatif de Mon Compte : code exigé après le mot de passe, codes de secours à usage unique",
    systemes=("S39",),
)
def test_once_added_the_password_alone_opens_nothing(comptes_seuls: Any) -> None:
    cle, codes = activer(entree(comptes_seuls))
    assert len(set(codes)) == 10
    assert [e[:2] for e in etapes()] == [("facteur", "active")]
    client = a_la_porte(comptes_seuls)
    assert client.get("/mon-compte/")["Location"].startswith("/connexion/?next=")
    assert client.get(CODE).status_code == 200
    for faux in ("000000", "abcdef", "²²²²²²", "AAAA-BBBB-CCCC"):
        refus = client.post(CODE, {"code": faux})
        assert refus.status_code == 422
        assert "n'est pas le bon" in texte(refus)
    assert client.post(CODE, {"code": code_servi(cle)}).status_code == 422  # at the enrolment, half a minute ago or not
    oublier_le_pas()
    avant = client.cookies["sessionid"].value
    neuf = a_la_porte(comptes_seuls, "198.51.100.8")
    assert neuf.post(CODE, {"code": maintenant(cle)})["Location"] == "/mon-compte/"
    assert neuf.get("/mon-compte/").status_code == 200
    assert neuf.cookies["sessionid"].value != avant
    assert "Dernière connexion" in texte(neuf.get("/mon-compte/"))


def test_a_recovery_code_serves_once_however_it_is_typed(comptes_seuls: Any) -> None:
    _, codes = activer(entree(comptes_seuls))
    client = a_la_porte(comptes_seuls)
    assert client.post(CODE, {"code": codes[0].lower().replace("-", " ")})["Location"] == "/mon-compte/"
    assert "Il vous reste 9 codes de secours" in texte(client.get(PAGE))
    assert a_la_porte(comptes_seuls).post(CODE, {"code": codes[0]}).status_code == 422
    assert client.post(PAGE, {"acte": "codes", "mot_de_passe": "faux"}).status_code == 422
    nouveaux = texte(client.post(PAGE, {"acte": "codes", **MOT_DE_PASSE}))
    assert codes[1] not in nouveaux
    assert a_la_porte(comptes_seuls).post(CODE, {"code": codes[1]}).status_code == 422
    suivant = re.findall(r'class="lp-cle">([A-Z2-9-]{14})<', nouveaux)[0]
    assert a_la_porte(comptes_seuls).post(CODE, {"code": suivant}).status_code == 302


def test_neither_the_secret_nor_the_codes_can_be_read_in_the_database(comptes_seuls: Any) -> None:
    cle, codes = activer(entree(comptes_seuls))
    ((chiffre,),) = lignes("SELECT cle_chiffre FROM identite_secondfacteur")
    assert cle.encode() not in bytes(chiffre)
    assert base64.b32decode(cle) not in bytes(chiffre)
    for (empreinte,) in lignes("SELECT empreinte FROM identite_codesecours"):
        assert len(bytes(empreinte)) == 32
        assert bytes(empreinte).hex() not in codes
    page = texte(entree_par_code(comptes_seuls, codes[0]).get(PAGE))
    assert cle not in page.replace(" ", "")
    assert not any(code in page for code in codes)


def entree_par_code(presents: Any, code: str) -> Client:
    client = a_la_porte(presents)
    assert client.post(CODE, {"code": code}).status_code == 302
    return client


def test_the_password_is_asked_before_any_change(comptes_seuls: Any) -> None:
    client = entree(comptes_seuls)
    for acte in ("activer", "codes", "retirer"):
        reponse = client.post(PAGE, {"acte": acte, "mot_de_passe": "faux"})
        assert reponse.status_code == 422
        assert "pas votre mot de passe actuel" in texte(reponse)
    assert client.post(PAGE, {"acte": "autre"}).status_code == 404
    assert client.post(PAGE, {"acte": "confirmer", "code": "123456"}).status_code == 422  # nothing is awaited
    assert lignes("SELECT count(*) FROM identite_secondfacteur") == [(0,)]
    activer(client)
    assert client.post(PAGE, {"acte": "activer", **MOT_DE_PASSE}).status_code == 422
    assert client.post(PAGE, {"acte": "retirer", **MOT_DE_PASSE})["Location"] == PAGE
    assert lignes("SELECT count(*) FROM identite_secondfacteur") == [(0,)]
    assert lignes("SELECT count(*) FROM identite_codesecours") == [(0,)]
    assert [e[:2] for e in etapes()] == [("facteur", "active"), ("retrait", "personne")]
    assert entree(comptes_seuls).get("/mon-compte/").status_code == 200


def test_who_lost_everything_is_let_in_by_an_agent_who_checked(comptes_seuls: Any) -> None:
    activer(entree(comptes_seuls))
    agent = agente(comptes_seuls)
    assert "Retirer le second facteur" in texte(acces_de(agent))
    assert acces_de(agent, acte="facteur", motif="personne").status_code == 422
    assert acces_de(agent, acte="facteur", motif="perdu").status_code == 302
    assert entree(comptes_seuls).get("/mon-compte/").status_code == 200
    assert [e[:3] for e in etapes()][-1] == ("retrait", "perdu", False)
    assert acces_de(agent, acte="facteur", motif="perdu").status_code == 422


def test_the_wait_for_a_code_ends_and_dies_with_the_password(comptes_seuls: Any, monkeypatch: Any) -> None:
    _, codes = activer(entree(comptes_seuls))
    tardive, autre = a_la_porte(comptes_seuls), a_la_porte(comptes_seuls)
    lignes("UPDATE identite_compte SET password = password || 'x' WHERE genre = 'allocataire'")
    assert autre.post(CODE, {"code": codes[0]}).status_code == 422
    lignes("UPDATE identite_compte SET password = left(password, -1) WHERE genre = 'allocataire'")
    session = tardive.session
    session["code_attendu"] = {**session["code_attendu"], "jusqu_au": time.time() - 1}
    session.save()
    assert tardive.post(CODE, {"code": codes[1]})["Location"] == "/connexion/"
    assert ecrans.visiteur().post(CODE, {"code": codes[1]})["Location"] == "/connexion/"
    assert lignes("SELECT count(*) FROM identite_codesecours WHERE utilise_le IS NOT NULL") == [(0,)]


def test_codes_cannot_be_tried_for_ever_and_others_are_not_shut_out(comptes_seuls: Any) -> None:
    _, codes = activer(entree(comptes_seuls))
    attaquant = a_la_porte(comptes_seuls, "203.0.113.9")
    for _ in range(5):
        assert "n'est pas le bon" in texte(attaquant.post(CODE, {"code": "000000"}))
    assert "Trop d'essais" in texte(attaquant.post(CODE, {"code": codes[0]}))
    assert a_la_porte(comptes_seuls).post(CODE, {"code": codes[0]}).status_code == 302  # the holder, from elsewhere


def test_a_wrong_password_says_nothing_of_the_second_factor(comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    avant = texte(ecrans.entrer(ecrans.visiteur(), numero, "faux"))
    activer(entree(comptes_seuls))
    jeton = r'value="[^"]*"'
    apres = texte(ecrans.entrer(ecrans.visiteur(), numero, "faux"))
    assert re.sub(jeton, "", apres) == re.sub(jeton, "", avant)


def test_who_is_logged_in_elsewhere_loses_it_while_a_code_is_awaited(comptes_seuls: Any) -> None:
    client = entree(comptes_seuls)
    activer(client)
    assert ecrans.entrer(client, ecrans.amina(comptes_seuls).identifiant)["Location"] == CODE
    assert client.get("/mon-compte/")["Location"].startswith("/connexion/")


def test_an_access_request_tells_the_steps_and_never_what_opens_the_account(comptes_seuls: Any) -> None:
    from limpide.registre.contexte import Acteur, traitement
    from limpide.registre.demandes import assemblage
    from limpide.registre.demandes.traitements import ASSEMBLAGE

    client = entree(comptes_seuls)
    cle, codes = activer(client)
    _, amina = ecrans.fiche_d_amina()
    acteur = Acteur("dpd", 1, "Délégué à la protection des données")
    with traitement(ASSEMBLAGE, acteur=acteur, motif="Essai", personne=amina):
        contenu = assemblage.assembler(amina)
    tables = {t["table"]: t["lignes"] for t in contenu["tables"]}
    (etape,) = tables["identite.EtapeAcces"]
    assert (etape["motif"], etape["par"]) == ("La personne l'a ajouté", "vous-même")
    assert [c["appareil"] for c in tables["identite.Connexion"]] == ["Ordinateur Windows, Firefox"]
    assert len(tables["identite.CodeSecours"]) == len(codes)
    ecrit = json.dumps(contenu, ensure_ascii=False)
    for secret in (cle, *codes, "argon2"):
        assert secret not in ecrit
