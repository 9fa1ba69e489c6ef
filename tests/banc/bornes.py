"""A kiosk of the Caf, installed as its operator does, and who stands before it."""

import re
from io import StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from tests.banc import ecrans, fichiers

NOM = "l'accueil Nation"
POUR_TOUS = ("/borne/", "/borne/informations/", "/borne/installation/", "/borne/fin/")
DEVANT_UNE_BORNE = (
    "/borne/connexion/", "/borne/code/", "/borne/encore.json", "/borne/conditions/", "/borne/mon-espace/",
    "/borne/paiements/", "/borne/demandes/", "/borne/demander/", "/borne/demander/<slug:droit>/",
    "/borne/demander/<slug:droit>/envoyer/", "/borne/demander/<slug:droit>/abandonner/", "/borne/attestations/",
    "/borne/attestations/<uuid:attestation>/",
    "/borne/attestations/<uuid:attestation>/attestation.pdf", "/borne/documents/",
    "/borne/documents/<int:piece>/deposer/", "/borne/documents/<uuid:document>/recepisse/",
)  # fmt: skip
"""Addresses that answer 403 to any browser which is not a terminal of the Caf."""
PAR_POST = ("/borne/demander/<slug:droit>/abandonner/",)
"""Among them, acts."""


def poser(nom: str = NOM, organisme: str = "751") -> str:
    """The code that the command prints."""
    sortie = StringIO()
    call_command(
        "borne", "installer", nom, organisme=organisme, adresse="12 rue des Essais, 75012 Paris",
        horaires="Du lundi au vendredi, de 9 h à 16 h", stdout=sortie,
    )  # fmt: skip
    return re.search(r"(\w{4}-){3}\w{4}", sortie.getvalue())[0]


def installer(client: Client | None = None) -> Client:
    """A terminal that the Caf recognises, where nobody is connected."""
    terminal = client or ecrans.visiteur()
    reponse = terminal.post("/borne/installation/", {"code": poser()})
    assert reponse.status_code == 302, reponse.content.decode()
    return terminal


def entrer(terminal: Client, numero: str, mot_de_passe: str = ecrans.MOT_DE_PASSE) -> Any:
    return terminal.post("/borne/connexion/", {"numero": numero, "mot_de_passe": mot_de_passe})


def devant(numero: str) -> Client:
    """This person, connected at a kiosk."""
    terminal = installer()
    assert entrer(terminal, numero)["Location"] == "/borne/mon-espace/"
    return terminal


def deposer(terminal: Client, contenu: bytes | None = None) -> Any:
    """The first expected document, put on the glass; the answer of the page that receives it."""
    page = terminal.get("/borne/documents/").content.decode()
    ici = re.findall(r'href="(/borne/documents/\d+/deposer/)"', page)[0]
    return terminal.post(ici, {"fichier": SimpleUploadedFile("page.jpg", contenu or fichiers.photo())})
