"""The kiosks (S20): who may be one, what a person reads there, what closes them, and that nothing stays."""

import datetime as dt
import io
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from PIL import Image

from limpide.registre.controles import adresses
from limpide.usagers import conditions, verrou
from limpide.usagers.borne import seuil, terminaux
from limpide.usagers.models import Borne
from tests.banc import bornes, demandes, ecrans, fichiers
from tests.usagers.test_second_facteur import activer, maintenant, oublier_le_pas

ESPACE, PAIEMENTS = "/borne/mon-espace/", "/borne/paiements/"
FAUX = "un mot de passe faux"


def texte(reponse: Any) -> str:
    return str(reponse.content.decode().replace("&#x27;", "'"))


def personnelles() -> list[str]:
    """Every address of the kiosk that is about somebody."""
    hors = (*seuil.ANONYMES, *seuil.PORTES, seuil.CONDITIONS)
    return [p for p, _ in adresses() if p.startswith("/borne/") and p not in hors and "<" not in p]


def obtenus(client: Client, chemins: list[str] | None = None) -> set[tuple[int, str]]:
    """(status, where it sends) over these addresses, by GET then by POST."""
    reponses = [demander(p) for p in chemins or personnelles() for demander in (client.get, client.post)]
    return {(r.status_code, r.headers.get("Location", "")) for r in reponses}


def en_base(requete: str) -> list[Any]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(requete)
        return list(curseur.fetchall())


@pytest.mark.preuve("Borne : reconnue par un jeton que seule la borne tient, retirée aussitôt", systemes=("S20",))
def test_only_an_installed_terminal_is_a_kiosk_and_it_can_be_withdrawn(comptes_seuls: Any) -> None:
    inconnu = ecrans.visiteur()
    assert inconnu.get("/borne/").status_code == inconnu.get("/borne/informations/").status_code == 200
    assert "/borne/connexion/" not in inconnu.get("/borne/").content.decode()
    assert obtenus(inconnu, [*personnelles(), *seuil.PORTES, seuil.CONDITIONS]) == {(403, "")}
    with pytest.raises(CommandError, match="trois caractères"):
        bornes.poser(organisme="000")

    code = bornes.poser()
    terminal = ecrans.visiteur()
    assert terminal.post("/borne/installation/", {"code": "0000-0000-0000-0000"}).status_code == 422
    assert terminal.post("/borne/installation/", {"code": code.lower()}).status_code == 302
    cookie = terminal.cookies[terminaux.COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    garde = str(en_base("SELECT * FROM usagers_borne"))
    assert cookie.value not in garde
    assert code not in garde
    assert code.replace("-", "") not in garde
    assert "12 rue des Essais" in terminal.get("/borne/informations/").content.decode()
    assert "/borne/connexion/" in terminal.get("/borne/").content.decode()
    second = ecrans.visiteur()
    assert second.post("/borne/installation/", {"code": code}).status_code == 422  # it has served
    ancien = bornes.poser()
    Borne.objects.using("proprietaire").filter(installee_le=None).update(
        posee_le=dt.datetime.now(dt.UTC) - terminaux.CODE_VALABLE
    )
    assert second.post("/borne/installation/", {"code": ancien}).status_code == 422  # a day has gone

    assert bornes.entrer(terminal, ecrans.amina(comptes_seuls).identifiant)["Location"] == ESPACE
    numero = Borne.objects.using("proprietaire").exclude(installee_le=None).get().pk
    sortie = StringIO()
    call_command("borne", "retirer", str(numero), stdout=sortie)
    assert "Rien n'a été écrit" in sortie.getvalue()
    assert terminal.get(PAIEMENTS).status_code == 200
    call_command("borne", "retirer", str(numero), executer=True, stdout=sortie)
    assert obtenus(terminal) == {(403, "")}
    call_command("borne", "lister", stdout=sortie)
    assert "retirée le" in sortie.getvalue()
    assert "pas encore installée" in sortie.getvalue()


@pytest.mark.preuve(
    "Borne : connexion, paiements, demandes, fin par le bouton et par l'inactivité ; le suivant ne voit rien",
    systemes=("S20",),
)
def test_a_person_reads_their_file_and_leaves_nothing(presents: Any) -> None:
    ecrans.attendre_des_documents()
    numero = ecrans.amina(presents).identifiant
    terminal = bornes.installer()
    page = texte(terminal.get("/borne/connexion/"))
    assert page.count('autocomplete="off"') == 3  # the form and its two fields
    assert 'autocomplete="c' not in page
    assert bornes.entrer(terminal, numero)["Location"] == ESPACE
    accueil = texte(terminal.get(ESPACE))
    assert "Bonjour Amina" in accueil
    assert "C'est votre première connexion" in accueil
    assert "novembre" in texte(terminal.get(PAIEMENTS))
    demandes = texte(terminal.get("/borne/demandes/"))
    assert "Récépissé n°" in demandes
    assert "Pièce d'identité" in demandes
    _attester_et_deposer(terminal)
    for chemin in personnelles():
        reponse = terminal.get(chemin)
        assert reponse["Cache-Control"] == "no-store, private", chemin
        assert chemin.endswith(".json") or "/borne/fin/" in reponse.content.decode(), chemin
    assert terminal.cookies["sessionid"]["max-age"] == terminaux.INACTIVITE

    # Nothing but the kiosk answers to this session, nor to this terminal.
    ailleurs = ["/", "/mon-compte/", "/mon-compte/connexions/", "/connexion/", "/agent/", "/dpd/", "/simulateur/"]
    assert obtenus(terminal, ailleurs) == {(302, "/borne/")}
    voleur = Client()
    voleur.cookies["sessionid"] = terminal.cookies["sessionid"].value  # the session without the terminal
    assert obtenus(voleur) == {(403, "")}
    assert obtenus(voleur, ailleurs) == {(302, "/borne/")}

    fin = terminal.get("/borne/fin/")
    assert "C'est terminé" in texte(fin)
    assert fin["Clear-Site-Data"] == '"cache", "storage"'
    assert terminal.cookies["sessionid"].value == ""
    for client in (terminal, voleur):
        assert obtenus(client) <= {(302, "/borne/connexion/"), (403, "")}
    assert en_base("SELECT appareil, fin, moyen FROM identite_connexion ORDER BY id DESC LIMIT 1") == [
        ("Borne de l'accueil Nation", "sortie", "mot_de_passe")
    ]
    libre = terminal.get("/simulateur/")
    assert (libre.status_code, libre["Refresh"]) == (200, "300; url=/borne/")
    assert obtenus(terminal, ["/connexion/", "/agent/", "/simulateur/demander/"]) == {(302, "/borne/")}

    bornes.entrer(terminal, numero)
    assert terminal.get(PAIEMENTS).status_code == 200
    reste = en_base("SELECT max(extract(epoch FROM expire_date - now())) FROM django_session")[0][0]
    assert 0 < reste <= terminaux.INACTIVITE
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("UPDATE django_session SET expire_date = now()")
    assert obtenus(terminal) == {(302, "/borne/connexion/")}
    lues = texte(ecrans.allocataire(presents).get("/mon-compte/connexions/"))
    assert "Borne de l'accueil Nation" in lues


def _attester_et_deposer(terminal: Client) -> None:
    """A certificate that can be checked, a document that arrives with its receipt; a page nobody can read doesn't."""
    saisie = {"genre": "paiements", "debut": "2026-11", "fin": "2026-11"}
    assert terminal.post("/borne/attestations/", {"genre": ""}).status_code == 422
    papier = terminal.post("/borne/attestations/", saisie)["Location"]
    page = texte(terminal.get(papier))
    code = re.search(r"(\w{4}-){3}\w{4}", page)[0]
    assert "Caf de Paris" in texte(ecrans.visiteur().post("/verifier/", {"code": code}))
    pdf = terminal.get(f"{papier}attestation.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"].startswith("inline")  # shown, not saved on the terminal
    assert pdf["Refresh"] == "110; url=/borne/fin/?seule=1"

    for illisible, dit in (
        (fichiers.photo(taille=(300, 400)), "trop petite pour être lue"),
        (blanche(), "Cette image est vide"),
        (b"\xff\xd8\xff rien", "abîmé"),
        (b"MZ", "programme"),
    ):
        refus = bornes.deposer(terminal, illisible)
        assert refus.status_code == 422
        assert dit in texte(refus)
    assert en_base("SELECT count(*) FROM dossiers_document WHERE canal = 'borne'") == [(0,)]
    recu = bornes.deposer(terminal)["Location"]
    assert "à la borne de l'accueil Nation, Caf de Paris" in texte(terminal.get(recu))
    borne = en_base("SELECT id FROM usagers_borne")[0][0]
    ((canal, auteur, empreinte),) = en_base(
        "SELECT d.canal, d.auteur, encode(d.empreinte_recue, 'hex') FROM dossiers_document d "
        "JOIN dossiers_pieceattendue p ON p.id = d.piece_id WHERE d.canal = 'borne' AND p.etat = 'recue'"
    )
    assert (canal, auteur.split(", ")[1]) == ("borne", f"borne {borne}")
    assert empreinte in texte(terminal.get(recu))


@pytest.mark.preuve(
    "Borne : une aide s'y demande, avec ou sans dossier, par les pages du site ; le brouillon suit la personne, pas "
    "la borne",
    systemes=("S20",),
)
def test_a_right_is_claimed_at_a_kiosk_and_its_draft_follows_the_person(presents: Any, monkeypatch: Any) -> None:
    amina = ecrans.amina(presents).identifiant
    terminal = bornes.devant(amina)
    assert "/borne/demander/asf/" in texte(terminal.get("/borne/demander/"))
    assert terminal.get("/borne/demander/inconnu/").status_code == 404
    assert "Vous recevez déjà le RSA" in texte(terminal.get("/borne/demander/rsa/"))
    demandes.avec_dossier(terminal, "/borne/demander/asf/", demandes.SOUTENUS)
    assert terminal.get("/borne/fin/").status_code == 200
    suivant = next(c for c in presents.values() if c.adresse == "/demande-rsa/")
    bornes.entrer(terminal, suivant.identifiant)
    assert "À finir" not in texte(terminal.get("/borne/demander/"))  # the next person at the same terminal
    assert terminal.get("/borne/demander/asf/envoyer/")["Location"] == "/borne/demander/asf/"

    terminal.get("/borne/fin/")
    site = ecrans.allocataire(presents)  # the same person, at home
    assert site.get("/demande-asf/")["Location"] == "/demande-asf/envoyer/"
    bornes.entrer(terminal, amina)
    relue = terminal.get("/borne/demander/asf/envoyer/")
    assert relue["Cache-Control"] == "no-store, private"
    assert terminal.post("/borne/demander/asf/envoyer/", {}).status_code == 422  # without the tick
    vu = re.search(r'name="vu" value="(\w+)"', relue.content.decode())[1]
    envoi = terminal.post("/borne/demander/asf/envoyer/", {"vu": vu, "honneur": "on"})
    assert envoi["Location"] == "/borne/demandes/"
    recue = en_base("SELECT numero, canal, auteur FROM dossiers_demande WHERE droits = ARRAY['asf']::varchar[]")
    ((numero, canal, auteur),) = recue
    borne = en_base("SELECT max(id) FROM usagers_borne")[0][0]
    assert (canal, auteur.split(", ")[1]) == ("borne", f"borne {borne}")
    assert numero in texte(terminal.get("/borne/demandes/"))
    assert numero in texte(site.get("/mon-compte/demandes/"))

    terminal.get("/borne/fin/")
    _demander_sans_dossier(terminal, suivant.identifiant)
    monkeypatch.setattr("limpide.usagers.views.borne_demande.ouvertes", list)  # no accreditation: closed here too
    assert terminal.get("/borne/demander/af/").status_code == 503


def _demander_sans_dossier(terminal: Client, numero: str) -> None:
    """Who has no file opens one from the terminal."""
    bornes.entrer(terminal, numero)
    assert "/borne/demander/" in texte(terminal.get(PAIEMENTS))
    demandes.sans_dossier(terminal, "/borne/demander/af/")
    assert terminal.post("/borne/demander/af/envoyer/", {"honneur": "on"}).status_code == 422  # the other adult agrees
    envoi = terminal.post("/borne/demander/af/envoyer/", {"honneur": "on", "accord_a1": "on"})
    assert envoi["Location"] == "/borne/demandes/"
    assert "Récépissé n°" in texte(terminal.get("/borne/demandes/"))


def blanche() -> bytes:
    """A page scanned on the wrong side."""
    sortie = io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(sortie, "JPEG")
    return sortie.getvalue()


@pytest.mark.preuve("Borne : trois essais faux la ferment pour ce compte, pas le site", systemes=("S20",))
def test_three_failures_close_the_kiosks_for_that_account_and_never_the_site(comptes_seuls: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    terminal = bornes.installer()
    for qui in (numero, "299017512345678"):  # an unknown number is told the same
        assert [FERME in texte(bornes.entrer(terminal, qui, FAUX)) for _ in range(3)] == [False, False, True]
    assert FERME in texte(bornes.entrer(bornes.installer(), numero))  # at every kiosk
    site = ecrans.visiteur()
    assert ecrans.entrer(site, numero)["Location"] == "/mon-compte/"  # and not on the site, which opens them again
    assert bornes.entrer(terminal, numero)["Location"] == ESPACE
    terminal.get("/borne/fin/")

    cle, _ = activer(site)
    for _ in range(2):
        assert bornes.entrer(terminal, numero)["Location"] == "/borne/code/"
        assert obtenus(terminal) == {(302, "/borne/connexion/")}
        assert terminal.get("/connexion/code/")["Location"] == "/borne/"
        assert FERME not in texte(terminal.post("/borne/code/", {"code": "000000"}))
    assert FERME in texte(bornes.entrer(terminal, numero, FAUX))  # codes and passwords are counted together
    assert FERME in texte(bornes.entrer(terminal, numero))
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("UPDATE usagers_echecconnexion SET quand = quand - %s", [verrou.GARDE])
    assert bornes.entrer(terminal, numero)["Location"] == "/borne/code/"
    ailleurs = Client()
    ailleurs.cookies["sessionid"] = terminal.cookies["sessionid"].value
    assert ailleurs.get("/connexion/code/")["Location"] == "/connexion/"  # what waits at a kiosk waits there only
    assert bornes.entrer(terminal, numero)["Location"] == "/borne/code/"
    oublier_le_pas()
    assert terminal.post("/borne/code/", {"code": maintenant(cle)})["Location"] == ESPACE
    assert terminal.get(PAIEMENTS).status_code == 200


FERME = "les bornes sont fermées à ce compte"


@pytest.mark.preuve("Conditions : refusées sur le site, la borne se ferme aussi", systemes=("S20", "S39"))
def test_mc_010_mc_012_the_terms_hold_at_the_kiosk_as_on_the_site(comptes_seuls: Any, monkeypatch: Any) -> None:
    numero = ecrans.amina(comptes_seuls).identifiant
    terminal = bornes.devant(numero)
    assert terminal.get(PAIEMENTS).status_code == 200
    site = ecrans.allocataire(comptes_seuls)
    assert site.post("/mon-compte/conditions/refuser/").status_code == 302
    assert site.get("/mon-compte/").status_code == 403
    assert obtenus(terminal) == {(403, "")}  # the session was open
    assert "vous avez refusé les conditions" in texte(terminal.get(ESPACE))
    assert terminal.post(seuil.CONDITIONS, {"empreinte": conditions.en_vigueur().empreinte}).status_code == 422
    assert obtenus(terminal) == {(403, "")}
    accord = {"empreinte": conditions.en_vigueur().empreinte, "accepte": "oui"}
    assert terminal.post(seuil.CONDITIONS, accord)["Location"] == ESPACE
    assert terminal.get(PAIEMENTS).status_code == site.get("/mon-compte/").status_code == 200
    dernieres = "SELECT reponse, canal FROM usagers_reponseconditions ORDER BY id DESC LIMIT 2"
    assert en_base(dernieres) == [("acceptees", "borne"), ("refusees", "site")]

    lue = conditions.en_vigueur()
    nouvelle = conditions.Conditions(lue.version + 1, lue.en_vigueur_le, "f" * 64, lue.articles)
    monkeypatch.setattr(conditions, "en_vigueur", lambda: nouvelle)
    assert obtenus(terminal) == {(302, seuil.CONDITIONS)}
    assert "Les conditions ont changé" in texte(terminal.get(seuil.CONDITIONS))

    monkeypatch.undo()

    # What closes Mon Compte otherwise closes the kiosk too.
    siens, ceux = "identite_compte SET", "WHERE genre = 'allocataire'"
    for etat, dit in (
        ("identite_pointdecontact SET retire_le = now()", "Donnez d'abord une adresse ou un numéro"),
        (f"{siens} mot_de_passe_a_changer = true {ceux}", "Choisissez d'abord votre mot de passe"),
        (f"{siens} suspendu_le = now() {ceux}", "Votre accès à Mon Compte est suspendu"),
    ):
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute(f"UPDATE {etat}")
        assert obtenus(terminal) == {(403, "")}
        assert dit in texte(terminal.get(PAIEMENTS))
