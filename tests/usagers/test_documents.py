"""« Mes documents » and the agent's examination, by the pages: sent, refused with a reason, given back, never run."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from limpide.dossiers.models import Document, PieceAttendue
from tests.banc import ecrans, fichiers


@pytest.fixture
def monde(comptes_seuls: dict[str, Any]) -> dict[str, Any]:
    """Amina expects to send her identity document; her bank details are sent."""
    piece, document = ecrans.attendre_des_documents()
    dossier, _ = ecrans.fiche_d_amina()
    return {"amina": ecrans.allocataire(comptes_seuls), "agent": ecrans.agent(comptes_seuls),
            "nord": ecrans.agent(comptes_seuls, ecrans.AGENT_NORD), "piece": piece, "document": document,
            "dossier": dossier}  # fmt: skip


def televerser(octets: bytes, nom: str = "Belavassin-1000000.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, octets, content_type="image/jpeg")


def envoi(monde: dict[str, Any], **champs: Any) -> Any:
    return monde["amina"].post(f"/mon-compte/documents/{monde['piece']}/envoyer/", champs)


def etat(numero: int) -> str:
    return str(PieceAttendue.objects.using("proprietaire").get(pk=numero).etat)


def texte(reponse: Any) -> str:
    brut = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", brut.replace("\xa0", " "))


@pytest.mark.preuve(
    "Un document envoyé d'un téléphone est refait, chiffré, examiné, et sa copie part", systemes=("S26",)
)
def test_a_document_is_sent_examined_and_its_copy_goes(monde: dict[str, Any]) -> None:
    assert envoi(monde, photo=televerser(fichiers.photo()), fichiers=televerser(fichiers.pdf())).status_code == 302
    assert "Nous l'avons reçu" in texte(monde["amina"].get("/mon-compte/documents/"))
    file = texte(monde["agent"].get("/agent/documents/"))
    assert "Pièce d'identité ou titre de séjour" in file
    assert "Belavassin" not in file
    page = f"/agent/dossier/{monde['dossier']}/documents/"
    assert monde["agent"].post(page, {"piece": monde["piece"], "avis": "accepte"}).status_code == 302
    assert etat(monde["piece"]) == "validee"
    assert "copie effacée" in texte(monde["amina"].get("/mon-compte/documents/"))
    for document in Document.objects.using("proprietaire").filter(piece_id=monde["piece"]):
        assert document.contenu_chiffre is None
        assert monde["amina"].get(f"/mon-compte/documents/{document.pk}/contenu.bin").status_code == 404
        assert monde["agent"].get(f"{page}{document.pk}/contenu.bin").status_code == 404


def test_a_document_is_given_to_save_and_never_to_run(monde: dict[str, Any]) -> None:
    for qui, ou in (("amina", "/mon-compte/documents/"), ("agent", f"/agent/dossier/{monde['dossier']}/documents/")):
        reponse = monde[qui].get(f"{ou}{monde['document']}/contenu.bin")
        assert reponse.content[:3] == b"\xff\xd8\xff"
        assert reponse["Content-Type"] == "image/jpeg"
        assert reponse["Content-Disposition"] == 'attachment; filename="document.jpg"'
        assert reponse["X-Content-Type-Options"] == "nosniff"
        assert reponse["Content-Security-Policy"].startswith("sandbox")
        assert "no-store" in reponse["Cache-Control"]
    ailleurs = f"/agent/dossier/{monde['dossier']}/documents/{monde['document']}/contenu.bin"
    assert monde["nord"].get(ailleurs).status_code == 404
    autre = ecrans.autre_dossier("751", sauf=monde["dossier"]).pk
    assert monde["agent"].get(f"/agent/dossier/{autre}/documents/{monde['document']}/contenu.bin").status_code == 404


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({}, "Choisissez un fichier, ou prenez une photo"),
        ({"fichiers": televerser(b"MZ\x90\0" * 30)}, "un programme"),
        ({"photo": televerser(b"%PDF-1.7 n'importe quoi")}, "abîmé"),
        ({"fichiers": [televerser(fichiers.photo()), televerser(b"GIF89a....")]}, "Fichier 2 : Ce fichier n'est ni"),
        ({"fichiers": [televerser(fichiers.photo()) for _ in range(11)]}, "10 fichiers au plus"),
        ({"fichiers": televerser(b"\xff\xd8\xff" + b"\0" * 11_000_000)}, "10 Mo"),
    ],
)
def test_what_is_refused_says_why_beside_its_field_and_keeps_nothing(
    monde: dict[str, Any], champs: dict[str, Any], dit: str
) -> None:
    reponse = envoi(monde, **champs)
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert dit in texte(reponse)
    assert 'aria-invalid="true"' in page
    assert "Erreur :" in page
    assert (etat(monde["piece"]), Document.objects.using("proprietaire").count()) == ("attendue", 1)


@pytest.mark.preuve(
    "Pièces jointes : type menteur, bombe, contenu actif, virus et nom de fichier ne passent pas", controles=(22,)
)
def test_a_request_that_is_too_big_is_not_read(monde: dict[str, Any]) -> None:
    trop = [televerser(b"\0" * 9_000_000) for _ in range(8)]
    assert envoi(monde, fichiers=trop).status_code == 400
    assert Document.objects.using("proprietaire").count() == 1


def test_the_agent_says_why_and_the_person_reads_it(monde: dict[str, Any]) -> None:
    envoi(monde, photo=televerser(fichiers.photo()))
    page = f"/agent/dossier/{monde['dossier']}/documents/"
    muet = monde["agent"].post(page, {"piece": monde["piece"], "avis": "refuse", "motif": " "})
    assert muet.status_code == 422
    assert "pourquoi son document ne convient pas" in texte(muet)
    assert etat(monde["piece"]) == "recue"
    refus = {"piece": monde["piece"], "avis": "refuse", "motif": "Les dates ne se lisent pas"}
    assert monde["agent"].post(page, refus).status_code == 302
    assert "Ce qui n'allait pas : Les dates ne se lisent pas" in texte(monde["amina"].get("/mon-compte/documents/"))
    deux_fois = monde["agent"].post(page, {"piece": monde["piece"], "avis": "accepte"})
    assert deux_fois.status_code == 422
    assert "déjà été examiné" in texte(deux_fois)
    assert etat(monde["piece"]) == "refusee"
    assert monde["agent"].post(page, {"piece": "999999", "avis": "accepte"}).status_code == 404


@pytest.mark.preuve(
    "Pièces jointes : type menteur, bombe, contenu actif, virus et nom de fichier ne passent pas", controles=(22,)
)
def test_a_name_of_file_is_kept_nowhere(monde: dict[str, Any]) -> None:
    envoi(monde, photo=televerser(fichiers.photo(), "Belavassin-2930599999999.jpg"))
    for ligne in Document.objects.using("proprietaire").values():
        assert "Belavassin" not in str({c: v for c, v in ligne.items() if c != "contenu_chiffre"})


def test_the_answer_to_an_access_tells_the_documents(monde: dict[str, Any]) -> None:
    from limpide.registre.contexte import Acteur, traitement
    from limpide.registre.demandes.assemblage import assembler
    from limpide.registre.demandes.traitements import ASSEMBLAGE

    _, personne = ecrans.fiche_d_amina()
    with traitement(ASSEMBLAGE, acteur=Acteur("dpd", 1, "Essai"), motif="Essai", personne=personne):
        tables = {t["table"]: t["lignes"] for t in assembler(personne)["tables"]}
    (document,) = tables["dossiers.Document"]
    assert document["contenu"] == "à télécharger dans « Mes documents »"
    assert document["document"] == "releve_bancaire"
