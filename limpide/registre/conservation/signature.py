"""The seal of a report: Ed25519, under a key drawn once for this installation and kept in its data folder.

Anybody with the public key checks the text offline; whoever changes a figure breaks the seal.
"""

import base64
import functools
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from limpide.socle.dossier_donnees import secret


@functools.cache
def _cle() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(secret("conservation").encode()).digest())


def cle_publique() -> str:
    """The key to check reports with: 32 bytes in base 64."""
    return base64.b64encode(_cle().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def sceller(texte: str) -> str:
    """The signature of this text, in base 64."""
    return base64.b64encode(_cle().sign(texte.encode())).decode()


def tient(texte: str, signature: str, publique: str) -> bool:
    """Whether this text is the one that was signed under this public key."""
    try:
        cle = Ed25519PublicKey.from_public_bytes(base64.b64decode(publique))
        cle.verify(base64.b64decode(signature), texte.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
