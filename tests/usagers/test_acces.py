"""Access to Mon Compte (MC-040, MC-041): the previous connection, « ce n'était pas moi », sessions closed."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client

from tests.banc import ecrans

NOUVEAU = "trois petits chats dorment au soleil"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
PAGE = "/mon-compte/connexions/"
FERMER = "/mon-compte/connexions/fermer/"
DEHORS = "/connexion/?next="


def lignes(requete: str, *valeurs: Any) -> list[tuple[Any, ...]]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(requete, valeurs)
        return list(curseur.fetchall()) if curseur.description else []


def les_connexions() -> list[tuple[Any, ...]]:
    return lignes("SELECT appareil, fin, fermee_le IS NULL FROM identite_connexion ORDER BY id")


def etapes() -> list[tuple[Any, ...]]:
    return lignes(
        "SELECT e.genre, e.motif, e.auteur = 'compte ' || e.compte_id, e.personne_id = c.personne_id, "
        "abs(extract(epoch FROM now() - e.le)) < 3600 "
        "FROM identite_etapeacces e JOIN identite_compte c ON c.id = e.compte_id ORDER BY e.id"
    )


def entree(presents: Any, signature: str = FIREFOX, adresse: str = "198.51.100.7") -> Client:
    client = Client(headers={"user-agent": signature}, REMOTE_ADDR=adresse)
    assert ecrans.entrer(client, ecrans.amina(presents).identifiant).status_code == 302
    return client


def page(client: Client, chemin: str = PAGE) -> str:
    reponse = client.get(chemin)
    assert reponse.status_code == 200, reponse
    return reponse.content.decode().replace("&#x27;", "'")


@pytest.mark.preuve("MC-040 : la connexion précédente, à chaque connexion, avec son fuseau", systemes=("S39",))
def test_mc_040_the_previous_successful_login_is_shown_with_its_time_zone(comptes_seuls: Any) -> None:
    assert "C'est votre première connexion." in page(entree(comptes_seuls), "/mon-compte/")
    assert ecrans.entrer(ecrans.visiteur(), ecrans.amina(comptes_seuls).identifiant, "faux").status_code == 422
    lignes("UPDATE identite_compte SET last_login = '2026-07-14 22:05:00+00' WHERE genre = 'allocataire'")
    accueil = page(entree(comptes_seuls), "/mon-compte/")
    assert re.search(r"Dernière connexion : <strong>15 juillet 2026 à 0 h 05</strong> \(heure de Paris\)", accueil)


def test_mc_040_the_first_screen_says_it_whichever_it_is(comptes_seuls: Any) -> None:
    entree(comptes_seuls)
    lignes("UPDATE identite_compte SET last_login = '2026-01-14 22:05:00+00' WHERE genre = 'allocataire'")
    ailleurs = ecrans.visiteur()
    saisie = {"numero": ecrans.amina(comptes_seuls).identifiant, "mot_de_passe": ecrans.MOT_DE_PASSE}
    assert ailleurs.post("/connexion/", {**saisie, "next": PAGE})["Location"] == PAGE
    assert "Dernière connexion : 14 janvier 2026 à 23 h 05 (heure de Paris)." in page(ailleurs)
    assert "Dernière connexion" not in page(ailleurs)
    lignes("UPDATE identite_compte SET mot_de_passe_a_changer = true WHERE genre = 'allocataire'")
    assert "Dernière connexion" in page(entree(comptes_seuls), "/mot-de-passe/")
    lignes("UPDATE identite_compte SET mot_de_passe_a_changer = false WHERE genre = 'allocataire'")
    lignes("DELETE FROM usagers_reponseconditions")
    assert "Dernière connexion" in page(entree(comptes_seuls), "/mon-compte/conditions/")


@pytest.mark.preuve(
    "MC-041 : « ce n'était pas moi » coupe aussitôt toute autre session et laisse une trace datée", systemes=("S39",)
)
def test_mc_041_it_was_not_me_cuts_every_other_session_at_once(comptes_seuls: Any) -> None:
    ici, intrus, autre = entree(comptes_seuls), entree(comptes_seuls, IPHONE), entree(comptes_seuls)
    assert intrus.get("/mon-compte/").status_code == 200
    assert ici.post("/pas-moi/")["Location"] == "/mot-de-passe/"
    for coupee in (intrus, autre):  # before any password is changed
        assert coupee.get("/mon-compte/")["Location"].startswith(DEHORS)
        assert coupee.post("/mot-de-passe/", {"ancien": ecrans.MOT_DE_PASSE})["Location"] == "/connexion/"
    assert ici.get("/mon-compte/")["Location"] == "/mot-de-passe/"
    assert etapes() == [("signalement", "inconnue", True, True, True)]
    assert [c[1:] for c in les_connexions()] == [("", True), ("signalee", False), ("signalee", False)]
    saisie = {"ancien": ecrans.MOT_DE_PASSE, "nouveau": NOUVEAU, "confirmation": NOUVEAU}
    assert ici.post("/mot-de-passe/", saisie).status_code == 302
    assert ici.get("/mon-compte/").status_code == 200
    assert [e[0] for e in etapes()] == ["signalement", "change"]


def test_mc_041_the_report_is_in_the_journal_that_the_person_reads(comptes_seuls: Any) -> None:
    ici = entree(comptes_seuls)
    ici.post("/pas-moi/")
    _, amina = ecrans.fiche_d_amina()
    (trace,) = lignes(
        "SELECT DISTINCT acteur_genre, action FROM registre_journal WHERE personne_id = %s AND motif = %s",
        amina, "Connexion signalée comme étrangère",
    )  # fmt: skip
    assert trace == ("allocataire", "ecriture")


def test_a_closed_connection_opens_nothing_whatever_its_cookie(comptes_seuls: Any) -> None:
    ici, autre = entree(comptes_seuls), entree(comptes_seuls, IPHONE, "203.0.113.4")
    volee = autre.cookies["sessionid"].value
    vue = page(ici)
    assert "iPhone, Safari" in vue
    assert "Ordinateur Windows, Firefox" in vue
    assert "Depuis un autre réseau." in vue
    (numero,) = re.findall(r'name="connexion" value="(\d+)"', vue)
    assert ici.post(FERMER, {"connexion": numero})["Location"] == PAGE
    assert autre.get("/mon-compte/")["Location"].startswith(DEHORS)
    revenue = ecrans.visiteur()
    revenue.cookies["sessionid"] = volee
    assert revenue.get("/mon-compte/")["Location"].startswith(DEHORS)
    vue = page(ici)
    assert "Aucune autre connexion n'est ouverte." in vue
    assert "fermée depuis une autre connexion" in vue


def test_all_the_others_close_in_one_click(comptes_seuls: Any) -> None:
    ici, *autres = (entree(comptes_seuls) for _ in range(3))
    assert ici.post(FERMER, {"toutes": "oui"}).status_code == 302
    assert ici.get(PAGE).status_code == 200
    assert [c.get(PAGE).status_code for c in autres] == [302, 302]


def test_somebody_else_s_connection_does_not_exist(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    ecrans.ouvrir_un_compte(ecrans.autre_dossier("751", sauf=dossier))
    amina = entree(comptes_seuls)
    (autre,) = lignes("SELECT max(id) FROM identite_compte WHERE genre = 'allocataire'")[0]
    ((personne,),) = lignes("SELECT personne_id FROM identite_compte WHERE id = %s", autre)
    ((etrangere,),) = lignes(
        "INSERT INTO identite_connexion (compte_id, personne_id, appareil, origine) "
        "VALUES (%s, %s, 'Essai', repeat('a', 64)) RETURNING id", autre, personne,
    )  # fmt: skip
    ((ici,),) = lignes("SELECT min(id) FROM identite_connexion")
    avant = les_connexions()
    for numero in (etrangere, ici, "", "abc", "9" * 30, "²"):
        assert amina.post(FERMER, {"connexion": str(numero)}).status_code == 404, numero
    assert amina.post(FERMER, {"toutes": "oui"}).status_code == 302
    assert les_connexions() == avant
    assert "Essai" not in page(amina)


def test_an_idle_connection_is_no_longer_open_and_a_logout_is_told(comptes_seuls: Any) -> None:
    ancienne, sortie, ici = (entree(comptes_seuls) for _ in range(3))
    ((premiere,),) = lignes("SELECT min(id) FROM identite_connexion")
    lignes("UPDATE identite_connexion SET vue_le = vue_le - interval '40 minutes' WHERE id = %s", premiere)
    assert sortie.post("/deconnexion/").status_code == 302
    vue = page(ici)
    assert "Aucune autre connexion n'est ouverte." in vue
    assert "sans activité depuis le" in vue
    assert "vous êtes sorti" in vue
    assert ancienne.get(PAGE).status_code == 200  # in use again, and said to be
    assert "Fermer toutes les autres" in page(ici)


def test_a_connection_keeps_no_address_and_no_signature(comptes_seuls: Any) -> None:
    client = entree(comptes_seuls, "Mozilla/5.0 <script>alert(1)</script> 198.51.100.7", "198.51.100.7")
    ((appareil, origine),) = lignes("SELECT appareil, origine FROM identite_connexion")
    assert appareil == "Appareil non reconnu"
    assert re.fullmatch(r"[0-9a-f]{64}", origine)
    assert "198.51" not in page(client)


def test_devices_are_said_in_plain_words() -> None:
    from limpide.usagers.appareils import decrire

    android = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0 Mobile"
    assert decrire(f"{android} Safari/537.36") == "Téléphone Android, Chrome"
    assert decrire(f"{android} Safari/537.36 EdgA/137.0") == "Téléphone Android, Edge"
    assert decrire("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0") == "Ordinateur Linux, Firefox"
    assert decrire(IPHONE) == "iPhone, Safari"
    assert decrire("curl/8.5") == "Appareil non reconnu"
    assert decrire("") == "Appareil non reconnu"


def test_a_connection_goes_after_a_year(comptes_seuls: Any) -> None:
    entree(comptes_seuls)
    lignes(
        "UPDATE identite_connexion SET ouverte_le = now() - interval '13 months', vue_le = now() - interval '13 months'"
    )
    entree(comptes_seuls)
    lignes("UPDATE identite_connexion SET ouverte_le = now() - interval '11 months' WHERE id = "
           "(SELECT max(id) FROM identite_connexion)")  # fmt: skip
    call_command("conservation", "archiver", "--executer")
    assert lignes("SELECT ouverte_le > now() - interval '1 year' FROM identite_connexion") == [(True,)]
