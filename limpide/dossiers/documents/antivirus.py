"""The antivirus, where one is configured (`LIMPIDE_ANTIVIRUS=host:port`): clamd's INSTREAM, on a plain connection.

The file goes in chunks, each after its length on four bytes, then a zero length; the answer is « stream: OK » or
« stream: NAME FOUND » (clamd's manual, section COMMANDS). Configured and silent, nothing is accepted: a service that
accepts without looking would only look protected.
"""

import os
import socket
import struct

from limpide.dossiers.documents.contenu import DocumentRefuse

VARIABLE = "LIMPIDE_ANTIVIRUS"
SECONDES = 20
MORCEAU = 64 * 1024
REPONSE_MAX = 4096
INFECTE = "L'antivirus a trouvé un logiciel malveillant dans ce fichier : il n'a pas été enregistré."
MUET = "Nous ne pouvons pas vérifier votre fichier en ce moment. Il n'a pas été enregistré : réessayez dans une heure."


class ReglageIncompris(ValueError):
    """The setting isn't `host:port`."""


def adresse() -> tuple[str, int] | None:
    """Where clamd listens; None when no antivirus is configured."""
    reglage = os.environ.get(VARIABLE, "").strip()
    if not reglage:
        return None
    hote, _, port = reglage.rpartition(":")
    if not hote or not port.isdigit():
        raise ReglageIncompris(f"{VARIABLE} s'écrit « machine:port », par exemple « 127.0.0.1:3310 ».")
    return hote.strip("[]"), int(port)


def examiner(octets: bytes) -> None:
    """Nothing when the file is clean, or when no antivirus is configured. Raises `DocumentRefuse`."""
    ou = adresse()
    if ou is None:
        return
    try:
        reponse = _demander(ou, octets)
    except OSError:
        raise DocumentRefuse(MUET) from None
    if reponse.endswith(b" FOUND"):
        raise DocumentRefuse(INFECTE)
    if reponse != b"stream: OK":
        raise DocumentRefuse(MUET)


def _demander(ou: tuple[str, int], octets: bytes) -> bytes:
    with socket.create_connection(ou, timeout=SECONDES) as prise:
        prise.sendall(b"zINSTREAM\0")
        for debut in range(0, len(octets), MORCEAU):
            morceau = octets[debut : debut + MORCEAU]
            prise.sendall(struct.pack("!I", len(morceau)) + morceau)
        prise.sendall(struct.pack("!I", 0))
        recu = b""
        while b"\0" not in recu and len(recu) < REPONSE_MAX:
            suite = prise.recv(REPONSE_MAX)
            if not suite:
                break
            recu += suite
    return recu.split(b"\0")[0].strip()
