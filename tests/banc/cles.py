"""A passkey in software: what an authenticator answers to a browser, with its key, its counter, and its tricks."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

HOTE, ORIGINE = "testserver", "http://testserver"
PRESENTE, VERIFIEE, DECRITE = 0x01, 0x04, 0x40


def b64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


@dataclass
class Appareil:
    """One key, as if made for `HOTE`. `compteur`: how many times it signed."""

    identifiant: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    cle: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    compteur: int = 0

    def _donnees(self, hote: str, drapeaux: int) -> bytes:
        return hashlib.sha256(hote.encode()).digest() + bytes([drapeaux]) + self.compteur.to_bytes(4, "big")

    def creer(self, options: dict[str, Any], origine: str = ORIGINE, hote: str = HOTE) -> str:
        """Answer `navigator.credentials.create`."""
        point = self.cle.public_key().public_numbers()
        publique = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        donnees = self._donnees(hote, PRESENTE | VERIFIEE | DECRITE)
        donnees += bytes(16) + len(self.identifiant).to_bytes(2, "big") + self.identifiant + cbor2.dumps(publique)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": donnees})
        client = _client("webauthn.create", options["challenge"], origine)
        return self._reponse({"clientDataJSON": b64(client), "attestationObject": b64(attestation)})

    def montrer(self, options: dict[str, Any], origine: str = ORIGINE, hote: str = HOTE) -> str:
        """Answer `navigator.credentials.get`."""
        self.compteur += 1
        donnees = self._donnees(hote, PRESENTE | VERIFIEE)
        client = _client("webauthn.get", options["challenge"], origine)
        signature = self.cle.sign(donnees + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._reponse(
            {"clientDataJSON": b64(client), "authenticatorData": b64(donnees), "signature": b64(signature)}
        )

    def _reponse(self, contenu: dict[str, str]) -> str:
        numero = b64(self.identifiant)
        return json.dumps({"id": numero, "rawId": numero, "type": "public-key", "response": contenu})


def _client(genre: str, defi: str, origine: str) -> bytes:
    return json.dumps({"type": genre, "challenge": defi, "origin": origine, "crossOrigin": False}).encode()
