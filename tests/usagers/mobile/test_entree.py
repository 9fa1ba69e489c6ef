"""The door of the application: identifiers and locks of the site, tokens that rotate, a connection to close."""

import logging
import re
from typing import Any

import pytest
from django.test import Client

from limpide.identite.models import JetonMobile
from tests.banc import ecrans, mobile
from tests.usagers.test_acces import NOUVEAU, entree, les_connexions, lignes, page
from tests.usagers.test_acces_caf import acces_de, agente
from tests.usagers.test_second_facteur import activer, maintenant, oublier_le_pas
from tests.usagers.test_verrou import INCONNU


def code(reponse: Any) -> tuple[int, str]:
    return reponse.status_code, reponse.json().get("code", "") if reponse.content else ""


REFUSE = (401, "jeton-refuse")


@pytest.mark.preuve(
    "Application mobile : jetons opaques gardés en empreintes, courts, renouvelés par rotation ; une copie ferme tout",
    systemes=("S39",),
)
def test_the_tokens_open_rotate_and_a_copy_closes_the_connection(comptes_seuls: Any, caplog: Any, capfd: Any) -> None:
    caplog.set_level(logging.DEBUG)
    application = mobile.d_amina(comptes_seuls)
    assert application.demander("moi/").json()["prenom"] == "Amina"
    assert les_connexions() == [("Application mobile, Téléphone Android", "", True)]
    gardes = str(lignes("SELECT to_jsonb(j)::text FROM identite_jetonmobile j"))
    assert not any(jeton in gardes for jeton in application.jetons.values() if len(jeton) == 43)
    volee = mobile.Application()
    volee.jetons = dict(application.jetons)
    premiers = dict(application.jetons)
    assert application.renouveler().status_code == 201
    assert not set(premiers.values()) & set(application.jetons.values())
    assert code(volee.demander("moi/")) == REFUSE  # the access token goes with the renewal that replaced it
    assert application.demander("moi/").status_code == 200
    assert code(volee.renouveler()) == (401, "jeton-rejoue")
    assert code(application.demander("moi/")) == REFUSE
    assert code(application.renouveler()) == REFUSE  # its own, never used, is of a closed connection
    assert les_connexions() == [("Application mobile, Téléphone Android", "jeton_rejoue", False)]
    ecrit = caplog.text + "".join(capfd.readouterr()) + str(lignes("SELECT j::text FROM registre_journal j"))
    assert "/api/mobile/v1/connexion/" in ecrit
    secrets = [ecrans.amina(comptes_seuls).identifiant, ecrans.MOT_DE_PASSE, "Belavassin", *premiers.values()]
    assert [s[:4] for s in secrets if s in ecrit] == []


def test_mc_040_a_token_expires_and_the_previous_connection_is_shown(comptes_seuls: Any) -> None:
    application = mobile.d_amina(comptes_seuls)
    vue = application.demander("moi/").json()
    assert vue["precedente_connexion"] is None
    assert vue["precedente_connexion_en_clair"] == "C'est votre première connexion."
    lignes("UPDATE identite_jetonmobile SET acces_jusqu_au = now() - interval '1 second'")
    assert code(application.demander("moi/")) == REFUSE
    assert application.renouveler().status_code == 201
    lignes("UPDATE identite_jetonmobile SET acces_jusqu_au = now() - interval '2 seconds',"
           " renouvellement_jusqu_au = now() - interval '1 second'")  # fmt: skip
    assert code(application.renouveler()) == REFUSE
    lignes("UPDATE identite_compte SET last_login = '2026-07-14 22:05:00+00' WHERE genre = 'allocataire'")
    encore = mobile.d_amina(comptes_seuls)
    dite = encore.demander("moi/").json()["precedente_connexion_en_clair"]
    assert dite == "Dernière connexion : 15 juillet 2026 à 0 h 05 (heure de Paris)."
    lignes("UPDATE identite_connexion SET ouverte_le = now() - interval '91 days', vue_le = now()")
    assert code(encore.demander("moi/")) == REFUSE
    assert code(encore.renouveler()) == REFUSE


def test_mc_041_the_person_sees_the_application_and_closes_it_from_the_site(comptes_seuls: Any) -> None:
    application = mobile.d_amina(comptes_seuls)
    lignes("UPDATE identite_connexion SET vue_le = now() - interval '3 days'")  # the site would be idle: not this one
    site = entree(comptes_seuls)
    vue = page(site)
    assert "<strong>Application mobile, Téléphone Android</strong>" in vue
    (numero,) = re.findall(r'name="connexion" value="(\d+)"', vue)
    assert site.post("/mon-compte/connexions/fermer/", {"connexion": numero}).status_code == 302
    assert code(application.demander("moi/")) == REFUSE
    autre = mobile.d_amina(comptes_seuls)
    assert site.post("/pas-moi/").status_code == 302
    assert code(autre.demander("moi/")) == REFUSE
    assert mobile.d_amina(comptes_seuls).demander("moi/").json()["code"] == "mot-de-passe-a-changer"
    saisie = {"ancien": ecrans.MOT_DE_PASSE, "nouveau": NOUVEAU, "confirmation": NOUVEAU}
    assert site.post("/mot-de-passe/", saisie).status_code == 302
    apres = mobile.Application()
    assert apres.entrer(ecrans.amina(comptes_seuls).identifiant, NOUVEAU).status_code == 201
    assert apres.demander("moi/").status_code == 200
    assert code(apres.demander("deconnexion/", methode="POST")) == (204, "")
    assert code(apres.demander("moi/")) == REFUSE
    assert les_connexions()[-1][1:] == ("sortie", False)


def test_unknown_known_suspended_and_closed_accounts_answer_alike_and_agents_never_enter(comptes_seuls: Any) -> None:
    amina = ecrans.amina(comptes_seuls).identifiant
    application = mobile.Application()
    attendu = application.entrer(INCONNU, "faux")
    assert code(attendu) == (401, "identifiants-non-reconnus")
    acces_de(agente(comptes_seuls), acte="suspendre", motif="partage")
    lignes("UPDATE identite_compte SET identifiant = 'agentdeparis751' WHERE identifiant = %s", ecrans.AGENT_PARIS)
    for numero, mot_de_passe in ((amina, "faux"), ("agentdeparis751", ecrans.MOT_DE_PASSE)):
        assert application.entrer(numero, mot_de_passe).content == attendu.content
    lignes("UPDATE identite_compte SET is_active = false WHERE genre = 'allocataire'")
    assert application.entrer(amina).content == attendu.content
    assert les_connexions() == []
    assert JetonMobile.objects.using("proprietaire").count() == 0
    # Attempts are counted with those of the site: two above, three there.
    for _ in range(3):
        ecrans.entrer(ecrans.visiteur(), amina, "faux")
    refusee = application.entrer(amina)
    assert code(refusee) == (429, "trop-d-essais")
    assert refusee["Retry-After"] == "900"
    assert "Trop d'essais" in ecrans.entrer(Client(), amina).content.decode().replace("&#x27;", "'")


def test_the_second_factor_is_asked_here_too(comptes_seuls: Any) -> None:
    cle, secours = activer(entree(comptes_seuls))
    numero, application = ecrans.amina(comptes_seuls).identifiant, mobile.Application()
    assert code(application.entrer(numero)) == (401, "second-facteur-exige")
    assert code(application.entrer(numero, code="000")) == (401, "code-faux")
    oublier_le_pas()
    assert application.entrer(numero, code=maintenant(cle)).status_code == 201
    servi = lignes("SELECT dernier_pas FROM identite_secondfacteur")
    assert application.entrer(numero, code=secours[0]).status_code == 201
    assert code(application.entrer(numero, code=secours[0])) == (401, "code-faux")
    assert lignes("SELECT dernier_pas FROM identite_secondfacteur") == servi
    for _ in range(4):
        application.entrer(numero, code="000000")
    assert code(application.entrer(numero, code=secours[1])) == (429, "trop-d-essais")


@pytest.mark.parametrize(
    ("corps", "attendu"),
    [
        ("{", (400, "json-illisible")),
        ("[]", (400, "json-illisible")),
        ('{"numero": "\\ud800", "mot_de_passe": "x"}', (400, "json-illisible")),
        ({"numero": 12, "mot_de_passe": "x"}, (422, "saisie-invalide")),
        ({"numero": "12", "mot_de_passe": "x"}, (422, "saisie-invalide")),
        ({"numero": "1" * 15}, (422, "saisie-invalide")),
        ({"numero": "1" * 15, "mot_de_passe": "x", "role": "agent"}, (422, "saisie-invalide")),
        ({"numero": "1" * 15, "mot_de_passe": "x\0"}, (422, "saisie-invalide")),
        ({"numero": "1" * 15, "mot_de_passe": "x" * 20_000}, (413, "trop-lourd")),
    ],
)  # fmt: skip
def test_bad_input_names_the_field_and_what_was_expected(corps: Any, attendu: tuple[int, str]) -> None:
    reponse = mobile.Application().demander("connexion/", corps)
    assert code(reponse) == attendu
    assert bool(reponse.json().get("champs")) == (attendu[0] == 422)


def test_what_answers_before_an_operation_is_a_problem_too() -> None:
    application = mobile.Application()
    assert code(application.demander("rien/")) == (404, "introuvable")
    mauvaise = application.demander("connexion/")
    assert code(mauvaise) == (405, "methode-refusee")
    assert mauvaise["Allow"] == "POST"
    assert code(application.demander("connexion/", methode="POST")) == (415, "format-refuse")
    sans = application.demander("moi/")
    assert code(sans) == REFUSE
    assert sans["WWW-Authenticate"].startswith("Bearer ")
    for entete in ("Bearer ", "Basic abc", "Bearer " + "é" * 43, "Bearer " + "a" * 42):
        assert code(application.demander("moi/", headers={"authorization": entete})) == REFUSE
