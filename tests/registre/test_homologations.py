"""Online services and their accreditations: closed without one, alerts, withdrawal, evidence, honest publication."""

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connections
from django.test import Client
from pypdf import PdfReader

from limpide.monde import homologations as fictives
from limpide.registre import homologations, teleservice
from limpide.registre.alertes import Alerte
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.controles import adresses, verifier_teleservices
from limpide.registre.declaration import DeclarationInvalide
from limpide.registre.models import Homologation
from limpide.registre.teleservice import Teleservice, teleservice_de, teleservices
from tests.banc import ecrans
from tests.banc.homologations import effacer_les_homologations

JOUR = dt.date(2026, 11, 25)
PDF = b"%PDF-1.7 decision signee"


@pytest.fixture
def aucune(base: None) -> Iterator[None]:
    """As in production: no accreditation yet."""
    effacer_les_homologations()
    yield
    homologations.oublier()


def tenue() -> Any:
    return traitement(homologations.TENUE, acteur=SYSTEME, motif="Essai")


def decision(service: str = "simulateur", genre: str = "complete", **autres: Any) -> homologations.HomologationSignee:
    valeurs: dict[str, Any] = {
        "teleservice": service, "genre": genre, "perimetre": "Tout", "autorite": "Camille Dubois, directrice",
        "decidee_le": JOUR, "du": dt.date(2020, 1, 1), "au": dt.date(2099, 12, 31),
        "risques": "Panne de la salle", "document": PDF,
        "document_nom": "decision.pdf",
    }  # fmt: skip
    return homologations.HomologationSignee(**valeurs | autres)


def enregistrer(**autres: Any) -> Homologation:
    with tenue():
        return homologations.enregistrer(decision(**autres), SYSTEME)


def etat(service: str, jour: dt.date = JOUR) -> homologations.Etat:
    with tenue():
        return next(e for e in homologations.etats(jour) if e.service.cle == service)


@pytest.mark.preuve("RGS-02 : sans homologation valable, un téléservice est fermé par le registre", systemes=("S45",))
def test_sans_homologation_le_service_est_ferme(aucune: None) -> None:
    for chemin in ("/simulateur/", "/mon-compte/", "/mon-compte/paiements/", "/agent/", "/agent/dossier/1/faits/"):
        reponse = Client().get(chemin)
        assert reponse.status_code == 503, chemin
        texte = reponse.content.decode()
        assert "Ce service en ligne est fermé" in texte
        assert "Vos droits et vos délais ne changent pas" in texte
    for reponse in (Client().get("/openfisca/variables"), Client().post("/openfisca/calculate")):
        dit = {"error": "Ce service en ligne est fermé en ce moment : Simulateur de droits."}
        assert (reponse.status_code, reponse.json()) == (503, dit)
    for chemin in ("/", "/connexion/", "/agent/connexion/", "/accessibilite/", "/homologations/", "/etat"):
        assert Client().get(chemin).status_code == 200, chemin
    assert Client().get("/dpd/").status_code == 302  # the officer can still come in and record one


def test_une_homologation_ouvre_son_service_et_lui_seul(aucune: None) -> None:
    enregistrer()
    assert Client().get("/simulateur/").status_code == 200
    assert Client().get("/mon-compte/").status_code == 503


@pytest.mark.parametrize(
    ("genre", "jour", "attendu", "ouvert"),
    [
        ("complete", JOUR, "valide", True),
        ("provisoire", JOUR, "provisoire", True),
        ("complete", dt.date(2029, 11, 24), "valide", True),
        ("complete", dt.date(2029, 11, 25), "expiree", False),
        ("complete", dt.date(2026, 11, 24), "a_venir", False),
    ],
)
def test_l_etat_suit_le_jour(aucune: None, genre: str, jour: dt.date, attendu: str, ouvert: bool) -> None:
    enregistrer(genre=genre, du=JOUR, au=dt.date(2029, 11, 24))
    trouve = etat("simulateur", jour)
    assert (trouve.etat, trouve.ouvert, trouve.fin) == (attendu, ouvert, dt.date(2029, 11, 24))


def test_retiree_elle_ferme_et_une_autre_rouvre(aucune: None) -> None:
    faite = enregistrer()
    assert Client().get("/simulateur/").status_code == 200
    with tenue():
        homologations.retirer(faite, "Faille trouvée", JOUR)
    assert (etat("simulateur").etat, Client().get("/simulateur/").status_code) == ("retiree", 503)
    enregistrer(genre="provisoire")
    assert Client().get("/simulateur/").status_code == 200


@pytest.mark.parametrize(
    ("ordre", "message"),
    [
        ("UPDATE registre_homologation SET autorite = 'moi'", "ne se modifie pas"),
        ("DELETE FROM registre_homologation", "ne se modifie pas"),
        ("UPDATE registre_homologation SET retiree_le = now()", "homologation_retiree_avec_son_motif"),
    ],
)
def test_une_homologation_ne_se_modifie_pas(aucune: None, ordre: str, message: str) -> None:
    enregistrer()
    with pytest.raises(IntegrityError, match=message), connections["proprietaire"].cursor() as curseur:
        curseur.execute(ordre)
    assert etat("simulateur").etat == "valide"


@pytest.mark.parametrize(
    ("autres", "contrainte"),
    [
        ({"du": dt.date(2028, 1, 1), "au": dt.date(2028, 2, 1)}, "homologation_une_a_la_fois"),
        ({"au": dt.date(2019, 12, 31), "service": "mon_compte"}, "homologation_datee"),
        ({"risques": " ", "service": "mon_compte"}, "homologation_complete"),
        ({"genre": "verbale", "service": "mon_compte"}, "homologation_genre_connu"),
    ],
)
def test_la_base_refuse(aucune: None, autres: dict[str, Any], contrainte: str) -> None:
    enregistrer()
    with pytest.raises(IntegrityError, match=contrainte):
        enregistrer(**autres)
    assert Homologation.objects.using("proprietaire").count() == 1


def test_le_document_est_verifie_par_la_base(aucune: None) -> None:
    enregistrer()
    copie = (
        "INSERT INTO registre_homologation (teleservice, empreinte, genre, perimetre, autorite, decidee_le,"
        " validite, risques, document, document_nom, document_empreinte, fictive, motif_retrait)"
        " SELECT 'mon_compte', empreinte, genre, perimetre, autorite, decidee_le, validite, risques, 'autre',"
        " document_nom, document_empreinte, fictive, '' FROM registre_homologation"
    )
    with pytest.raises(IntegrityError, match="du_document"), connections["proprietaire"].cursor() as curseur:
        curseur.execute(copie)


@pytest.mark.preuve("RGS-03 et RGS-04 : alertes à six et trois mois, à l'échéance, et au changement du service")
def test_alertes(aucune: None, monkeypatch: pytest.MonkeyPatch) -> None:
    enregistrer(service="mon_compte", du=JOUR)
    enregistrer(service="simulateur", au=dt.date(2027, 5, 20))

    def genres(jour: dt.date, service: str = "simulateur") -> list[str]:
        with tenue():
            tous = [e for e in homologations.etats(jour) if e.service.cle == service]
        return [a.genre for a in homologations.avertissements(jour, tous)]

    assert genres(dt.date(2026, 11, 1), "mon_compte") == ["homologation_fermeture"]  # not yet in force
    assert genres(JOUR) == ["homologation_fin_6_mois"]
    assert genres(dt.date(2027, 3, 1)) == ["homologation_fin_3_mois"]
    assert genres(dt.date(2027, 5, 20)) == ["homologation_fin_3_mois"]
    assert genres(dt.date(2027, 5, 21)) == ["homologation_fermeture"]
    assert genres(JOUR, "mon_compte") == []
    monkeypatch.setattr(homologations, "empreinte", lambda _: "un autre")
    assert genres(JOUR, "mon_compte") == ["homologation_changement"]
    assert etat("mon_compte").ouvert  # the question is open again, the service is not closed for it


def test_l_empreinte_suit_les_traitements_et_la_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def relire() -> str:
        teleservice.empreinte.cache_clear()
        return teleservice.empreinte("mon_compte")

    depart = relire()
    empreintes = dict(teleservice.registre().empreintes)
    monkeypatch.setitem(teleservice.registre().empreintes, "mon_compte", "0" * 16)
    assert relire() != depart
    monkeypatch.setitem(teleservice.registre().empreintes, "mon_compte", empreintes["mon_compte"])
    assert relire() == depart
    monkeypatch.setattr(teleservice.importlib.metadata, "version", lambda _: "7.0")
    assert relire() != depart
    monkeypatch.undo()
    assert relire() == depart


def test_chaque_adresse_est_d_un_teleservice_ou_dit_pourquoi_non() -> None:
    assert verifier_teleservices(None) == []
    couverts = {s.cle for c, _ in adresses() if (s := teleservice_de(c))}
    assert couverts == {s.cle for s in teleservices().values() if s.chemins}


def test_une_adresse_oubliee_est_fermee_et_arrete_le_demarrage(base: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reste = {k: v for k, v in teleservice.HORS_TELESERVICE.items() if k != "/accessibilite/"}
    monkeypatch.setattr(teleservice, "HORS_TELESERVICE", reste)
    (erreur,) = verifier_teleservices(None)
    assert "/accessibilite/" in erreur.msg
    assert Client().get("/accessibilite/").status_code == 503


@pytest.mark.parametrize(
    ("autres", "message"),
    [
        ({"cle": "À"}, "minuscules"),
        ({"nom": " "}, "nom"),
        ({"public": "robots"}, "usagers ou agents"),
        ({"chemins": ()}, "construit"),
        ({"chemins": ("essai",)}, "entre deux"),
    ],
)
def test_declaration_refusee(autres: dict[str, Any], message: str) -> None:
    valeurs: dict[str, Any] = {"cle": "essai", "nom": "E", "objet": "o", "public": "usagers", "chemins": ("/e/",)}
    with pytest.raises(DeclarationInvalide, match=message):
        Teleservice(**valeurs | autres)


@pytest.mark.preuve(
    "RGS-01 et RGS-05 : chaque téléservice publie son état, sa décision, et « aucune » quand il n'y en a pas"
)
def test_publication(aucune: None) -> None:
    enregistrer()
    publies = {e.service.cle: e for e in homologations.homologations_publiques()}
    assert publies["demande_logement"].mots == "Aucune homologation"
    assert publies["demande_logement"].service.nom == "Demande d'aide au logement"
    page = Client().get("/homologations/").content.decode()
    for attendu in (
        "Demande de prime d&#x27;activité",
        "Aucune homologation",
        "Camille Dubois, directrice",
        "01/01/2020",
    ):
        assert attendu in page
    numero = Homologation.objects.using("proprietaire").get().pk
    reponse = Client().get(f"/homologations/{numero}/decision.pdf")
    assert (reponse.content, reponse["Content-Type"]) == (PDF, "application/pdf")
    assert Client().get("/homologations/999999/decision.pdf").status_code == 404


def test_la_demonstration_dit_qu_elle_est_fictive(aucune: None) -> None:
    construits = [s for s in teleservices().values() if s.chemins]
    assert fictives.installer(JOUR) == len(construits)
    assert fictives.installer(JOUR) == 0
    for homologation in Homologation.objects.using("proprietaire"):
        assert (homologation.genre, homologation.fictive) == ("provisoire", True)
        texte = PdfReader(io.BytesIO(bytes(homologation.document))).pages[0].extract_text()
        assert "CECI N'EST PAS UNE DÉCISION D'HOMOLOGATION" in texte
    page = Client().get("/homologations/").content.decode()
    assert page.count("Décision fictive, pour la démonstration") == len(construits)
    # A year later it no longer holds; the demonstration, started again, makes another.
    assert fictives.installer(JOUR + dt.timedelta(days=400)) == len(construits)


@pytest.mark.preuve("RGS-06 : le dossier de preuves : registre, composants, résultats, échanges", systemes=("S45",))
def test_dossier_de_preuves(aucune: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    enregistrer()
    monkeypatch.chdir(tmp_path)
    call_command("rgs", "preuves", sortie=tmp_path / "sortie")
    (archive,) = (tmp_path / "sortie").iterdir()
    with zipfile.ZipFile(archive) as lu:
        contenus = {nom: lu.read(nom) for nom in lu.namelist()}
    assert set(contenus) == {
        "LISEZMOI.txt", "registre.json", "teleservices.json", "nomenclature.cdx.json", "echanges.json", "SHA256SUMS",
    }  # fmt: skip
    for ligne in contenus["SHA256SUMS"].decode().splitlines():
        somme, nom = ligne.split("  ")
        assert hashlib.sha256(contenus[nom]).hexdigest() == somme
    notice = contenus["LISEZMOI.txt"].decode()
    assert "NE DIT PAS QUE LE LOGICIEL EST CONFORME AU RGS" in notice
    assert "absents : tests.xml, preuves.json" in notice
    assert {t["cle"] for t in json.loads(contenus["registre.json"])} >= {"mon_compte", "liquidation_mensuelle"}
    services = {s["cle"]: s for s in json.loads(contenus["teleservices.json"])}
    assert services["simulateur"]["homologation"]["document_sha256"] == hashlib.sha256(PDF).hexdigest()
    assert services["mon_compte"]["homologation"] is None
    nomenclature = json.loads(contenus["nomenclature.cdx.json"])
    assert (nomenclature["bomFormat"], nomenclature["specVersion"]) == ("CycloneDX", "1.6")
    versions = {c["name"].lower(): c["version"] for c in nomenclature["components"]}
    assert versions["django"].startswith("5.2")
    assert {"psycopg", "numpy", "fpdf2", "pillow"} <= set(versions)
    assert not {"pytest", "playwright"} & set(versions)  # tools of development are not in what is served
    references = {c["bom-ref"] for c in nomenclature["components"]} | {"limpide"}
    assert all(set(d["dependsOn"]) | {d["ref"]} <= references for d in nomenclature["dependencies"])


def test_les_rapports_presents_sont_joints(aucune: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "tests.xml").write_text("<testsuites/>")
    call_command("rgs", "preuves", sortie=tmp_path)
    (archive,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(archive) as lu:
        assert lu.read("rapports/tests.xml") == b"<testsuites/>"
        assert "absents : preuves.json" in lu.read("LISEZMOI.txt").decode()


@pytest.fixture
def officiere(base: None) -> Iterator[Client]:
    yield ecrans.agent({c.identifiant: c for c in _comptes()}, ecrans.DPD)
    homologations.oublier()


def _comptes() -> list[Any]:
    ecrans.peupler(4, ())
    from limpide.monde import comptes

    return comptes.agents()


SAISIE = {
    "genre": "complete", "autorite": "Camille Dubois, directrice", "decidee_le": "2019-12-01", "du": "2020-01-01",
    "au": "2099-11-24", "perimetre": "Tout", "risques": "Panne de la salle",
}  # fmt: skip


def test_l_officiere_retire_puis_enregistre(officiere: Client) -> None:
    ancienne = Homologation.objects.using("proprietaire").get(teleservice="simulateur")
    chemin = "/dpd/homologations/simulateur/"
    refus = officiere.post(f"{chemin}retirer/{ancienne.pk}/", {"motif": " "})
    assert (refus.status_code, Client().get("/simulateur/").status_code) == (422, 200)
    assert officiere.post(f"{chemin}retirer/{ancienne.pk}/", {"motif": "Fin de l'essai"}).status_code == 302
    assert Client().get("/simulateur/").status_code == 503
    encore = officiere.post(f"{chemin}retirer/{ancienne.pk}/", {"motif": "Encore"})
    assert (encore.status_code, "se retire, une fois" in encore.content.decode()) == (422, True)
    fichier = SimpleUploadedFile("d.pdf", PDF, "application/pdf")
    assert officiere.post(chemin, SAISIE | {"document": fichier}).status_code == 302
    assert Client().get("/simulateur/").status_code == 200
    faite = Homologation.objects.using("proprietaire").get(teleservice="simulateur", retiree_le=None)
    assert (faite.document_nom, faite.fictive) == ("homologation-simulateur-2020-01-01.pdf", False)


@pytest.mark.parametrize(
    ("autres", "fichier", "message"),
    [
        ({}, b"MZ un programme", "pas un PDF"),
        ({"au": "2019-01-01"}, PDF, "La fin précède le début"),
        ({"risques": ""}, PDF, "obligatoire"),
        ({}, PDF, "retirez-la d&#x27;abord"),
        ({}, PDF + b" " * (5 * 1024 * 1024), "dépasse 5 Mo"),
    ],
)
def test_saisie_refusee_et_gardee(officiere: Client, autres: dict[str, str], fichier: bytes, message: str) -> None:
    avant = Homologation.objects.using("proprietaire").count()
    envoi = SimpleUploadedFile("d.pdf", fichier, "application/pdf")
    reponse = officiere.post("/dpd/homologations/simulateur/", SAISIE | autres | {"document": envoi})
    texte = reponse.content.decode()
    assert reponse.status_code == 422
    assert message in texte
    assert "Camille Dubois, directrice" in texte
    assert Homologation.objects.using("proprietaire").count() == avant


def test_un_service_a_construire_n_a_pas_d_ecran(officiere: Client) -> None:
    assert officiere.get("/dpd/homologations/demande_logement/").status_code == 404
    assert officiere.get("/dpd/homologations/").status_code == 200


@pytest.mark.preuve("RGS-03 : les alertes d'homologation arrivent à la déléguée, une fois chacune", systemes=("S45",))
def test_surveiller_leve_les_alertes_une_fois(aucune: None, capsys: pytest.CaptureFixture[str]) -> None:
    def levees() -> list[tuple[str, str]]:
        return list(Alerte.objects.using("proprietaire").order_by("cle").values_list("genre", "gravite"))

    enregistrer(service="mon_compte")
    call_command("rgs", "surveiller")
    assert levees() == []
    assert "ajoutez --executer" in capsys.readouterr().out
    call_command("rgs", "surveiller", executer=True)
    fermes = sum(bool(service.chemins) for service in teleservices().values()) - 1
    assert levees() == [("homologation_fermeture", "haute")] * fermes  # every built service but that one
    call_command("rgs", "surveiller", executer=True)
    assert len(levees()) == fermes


def test_dans_une_page_l_etat_est_celui_que_la_porte_vient_de_lire(aucune: None) -> None:
    enregistrer()
    homologations.oublier()
    service = teleservices()["simulateur"]
    assert homologations.etat_de(service).ouvert
    assert homologations._memoire.a is not None
    homologations._memoire.a -= 2 * homologations.FRAICHEUR  # past its time: read again by the next gate, not here
    with tenue():
        assert homologations.etat_de(service).ouvert
