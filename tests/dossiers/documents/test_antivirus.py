"""The antivirus, spoken to over its real protocol: a small server that speaks INSTREAM as clamd's manual says."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest

from limpide.dossiers.documents import antivirus, services
from limpide.dossiers.documents.contenu import DocumentRefuse
from tests.banc import fichiers

MARQUE = b"MARQUE-DE-VIRUS-D-ESSAI"


class Clamd(socketserver.BaseRequestHandler):
    """One connection: `zINSTREAM`, chunks after their lengths, a zero length; then one answer ended by a zero byte."""

    def handle(self) -> None:
        lu = self.request.makefile("rb")
        commande = b""
        while not commande.endswith(b"\0"):
            commande += lu.read(1)
        assert commande == b"zINSTREAM\0", commande
        recu = b""
        while taille := struct.unpack("!I", lu.read(4))[0]:
            recu += lu.read(taille)
        self.server.recus.append(recu)  # type: ignore[attr-defined]
        reponse = self.server.reponse or (  # type: ignore[attr-defined]
            b"stream: Essai.Virus FOUND\0" if MARQUE in recu else b"stream: OK\0"
        )
        self.request.sendall(reponse)


@pytest.fixture
def clamd(monkeypatch: pytest.MonkeyPatch) -> Iterator[socketserver.TCPServer]:
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as serveur:
        serveur.recus, serveur.reponse = [], b""  # type: ignore[attr-defined]
        threading.Thread(target=serveur.serve_forever, daemon=True).start()
        monkeypatch.setenv(antivirus.VARIABLE, f"127.0.0.1:{serveur.server_address[1]}")
        yield serveur
        serveur.shutdown()


def test_a_clean_file_passes_and_the_antivirus_saw_all_of_it_as_sent(clamd: socketserver.TCPServer) -> None:
    envoye = fichiers.photo(taille=(2400, 3200)) + b"\0" * 200_000  # several chunks
    recu = services.recevoir(envoye)
    assert clamd.recus == [envoye]  # type: ignore[attr-defined]
    assert recu.contenu.forme == "jpeg"


@pytest.mark.preuve(
    "Pièces jointes : type menteur, bombe, contenu actif, virus et nom de fichier ne passent pas", controles=(22,)
)
def test_an_infected_file_is_refused(clamd: socketserver.TCPServer) -> None:
    with pytest.raises(DocumentRefuse, match="logiciel malveillant"):
        services.recevoir(fichiers.photo() + MARQUE)


@pytest.mark.parametrize("reponse", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"n'importe quoi\0"])
def test_an_answer_that_says_nothing_clear_accepts_nothing(clamd: socketserver.TCPServer, reponse: bytes) -> None:
    clamd.reponse = reponse  # type: ignore[attr-defined]
    with pytest.raises(DocumentRefuse, match="réessayez"):
        services.recevoir(fichiers.photo())


@pytest.mark.preuve(
    "Pièces jointes : type menteur, bombe, contenu actif, virus et nom de fichier ne passent pas", controles=(22,)
)
def test_a_silent_antivirus_accepts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    monkeypatch.setenv(antivirus.VARIABLE, f"127.0.0.1:{port}")
    with pytest.raises(DocumentRefuse, match="réessayez"):
        services.recevoir(fichiers.photo())


def test_without_a_setting_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(antivirus.VARIABLE, raising=False)
    assert antivirus.adresse() is None
    assert services.recevoir(fichiers.photo()).contenu.pages == 1


@pytest.mark.parametrize("reglage", ["3310", "machine:", ":3310", "machine:port"])
def test_a_setting_that_is_not_understood_says_so(monkeypatch: pytest.MonkeyPatch, reglage: str) -> None:
    monkeypatch.setenv(antivirus.VARIABLE, reglage)
    with pytest.raises(antivirus.ReglageIncompris, match="machine:port"):
        services.recevoir(fichiers.photo())
