"""Encryption of columns: AES-256-GCM bound to the row, and blind indexes to find without reading.

A ciphertext is `key id (4) · nonce (12) · AES-GCM`, its associated data is `table.column.pk`: copied to another
row, column or table it no longer decrypts. Rows that hold one therefore know their key before they exist (UUID or
natural key). A blind index is HMAC-SHA256 under a separate key, per usage, so that two columns do not compare.

The keys live in a ring: `LIMPIDE_CLES` (its JSON text) or `LIMPIDE_HOME/cles/trousseau.json` (0600). The first key
encrypts, all of them decrypt: rotation is adding a key in front and re-encrypting at leisure. Keys are created
once, at installation (`installer`), never on the fly: a lost ring must stop everything, not hide behind a new one.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Model

from limpide.socle import dossier_donnees

from .confidentiel import Confidentiel

TAILLE_CLE, TAILLE_IDENTIFIANT, TAILLE_NONCE = 32, 4, 12
VARIABLE = "LIMPIDE_CLES"


class CleAbsente(RuntimeError):
    """No usable key; the French message says where it was looked for and what to do."""


class Indechiffrable(ValueError):
    """The text was not encrypted for this row with this key, or was altered."""


@dataclass(frozen=True)
class Trousseau:
    """The keys: the first of `cles` encrypts, all decrypt; `index` makes the blind indexes."""

    cles: tuple[bytes, ...]
    index: bytes

    @classmethod
    def nouveau(cls) -> Self:
        return cls((secrets.token_bytes(TAILLE_CLE),), secrets.token_bytes(TAILLE_CLE))

    def avec_nouvelle_cle(self) -> "Trousseau":
        """Same ring with a fresh key in front: what is written from now on uses it."""
        return Trousseau((secrets.token_bytes(TAILLE_CLE), *self.cles), self.index)

    @classmethod
    def lire(cls, texte: str, origine: str) -> Self:
        try:
            contenu = json.loads(texte)
            cles = tuple(base64.b64decode(c, validate=True) for c in contenu["chiffrement"])
            index = base64.b64decode(contenu["index"], validate=True)
        except (ValueError, KeyError, TypeError):
            raise CleAbsente(f"Le trousseau de clés ({origine}) est illisible : restaurez sa sauvegarde.") from None
        if not cles or any(len(c) != TAILLE_CLE for c in (*cles, index)) or index in cles:
            raise CleAbsente(
                f"Le trousseau de clés ({origine}) doit contenir des clés de 32 octets, celle de l'index à part."
            )
        return cls(cles, index)

    def ecrire(self) -> str:
        return json.dumps(
            {
                "chiffrement": [base64.b64encode(c).decode() for c in self.cles],
                "index": base64.b64encode(self.index).decode(),
            }
        )

    def __repr__(self) -> str:
        return f"<Trousseau de {len(self.cles)} clé(s)>"

    def identifiants(self) -> frozenset[bytes]:
        return frozenset(_identifiant(c) for c in self.cles)


def _identifiant(cle: bytes) -> bytes:
    return hashlib.sha256(b"limpide.cle\0" + cle).digest()[:TAILLE_IDENTIFIANT]


def chemin_du_trousseau() -> Path:
    return dossier_donnees.sous_dossier("cles") / "trousseau.json"


@cache
def trousseau() -> Trousseau:
    """The ring of this process. Raises `CleAbsente` rather than making one up."""
    if texte := os.environ.get(VARIABLE):
        return Trousseau.lire(texte, f"variable {VARIABLE}")
    chemin = chemin_du_trousseau()
    try:
        return Trousseau.lire(chemin.read_text(encoding="ascii"), str(chemin))
    except FileNotFoundError:
        raise CleAbsente(
            f"Le trousseau de clés « {chemin} » est absent. Restaurez sa sauvegarde, ou donnez la variable "
            f"{VARIABLE} ; pour une première installation, lancez « limpide preparer »."
        ) from None
    except OSError as erreur:
        raise CleAbsente(f"Le trousseau de clés « {chemin} » n'est pas lisible ({erreur.strerror}).") from erreur


def installer(identifiants_en_base: Iterable[bytes]) -> None:
    """At installation: create the ring if nothing is encrypted yet, else check that it opens what is there.

    `identifiants_en_base`: key ids found at the head of the ciphertexts of the database.
    Two processes installing at once end with the same ring: the first to link its file wins.
    """
    presents = {bytes(i) for i in identifiants_en_base}
    try:
        connus = trousseau().identifiants()
    except CleAbsente:
        if presents or os.environ.get(VARIABLE) or chemin_du_trousseau().exists():
            raise
        _creer(chemin_du_trousseau())
        connus = trousseau().identifiants()
    if presents - connus:
        raise CleAbsente(
            "Le trousseau de clés n'ouvre pas toutes les données chiffrées de la base : une clé a été perdue ou "
            "remplacée. Restaurez le trousseau d'origine avant de continuer."
        )


def _creer(chemin: Path) -> None:
    brouillon = chemin.with_name(f".trousseau.{os.getpid()}.{secrets.token_hex(4)}")
    descripteur = os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "w", encoding="ascii") as fichier:
        fichier.write(Trousseau.nouveau().ecrire())
        fichier.flush()
        os.fsync(fichier.fileno())
    try:
        os.link(brouillon, chemin)
    except FileExistsError:
        pass  # another process was quicker: its ring is the ring
    finally:
        brouillon.unlink()


def chiffrer(clair: str, contexte: str) -> bytes:
    """Encrypt for the place `contexte` ("table.colonne.pk")."""
    return chiffrer_octets(clair.encode(), contexte)


def chiffrer_octets(clair: bytes, contexte: str) -> bytes:
    """The same, for what is no text: the content of a document."""
    cle = trousseau().cles[0]
    nonce = secrets.token_bytes(TAILLE_NONCE)
    return _identifiant(cle) + nonce + AESGCM(cle).encrypt(nonce, clair, contexte.encode())


def dechiffrer(chiffre: bytes, contexte: str) -> str:
    """Decrypt what was encrypted for `contexte`. Raises `Indechiffrable`, or `CleAbsente` for a lost key."""
    return dechiffrer_octets(chiffre, contexte).decode()


def dechiffrer_octets(chiffre: bytes, contexte: str) -> bytes:
    """The same, for what is no text."""
    chiffre = bytes(chiffre)
    identifiant, reste = chiffre[:TAILLE_IDENTIFIANT], chiffre[TAILLE_IDENTIFIANT:]
    cle = next((c for c in trousseau().cles if _identifiant(c) == identifiant), None)
    if cle is None:
        raise CleAbsente("La clé qui a chiffré cette donnée n'est pas dans le trousseau : restaurez-la.")
    try:
        return AESGCM(cle).decrypt(reste[:TAILLE_NONCE], reste[TAILLE_NONCE:], contexte.encode())
    except (InvalidTag, ValueError):
        raise Indechiffrable(
            "Cette donnée chiffrée n'est pas à sa place ou a été altérée : elle n'a pas été lue."
        ) from None


def empreinte(clair: str, usage: str) -> bytes:
    """Blind index: equal texts give equal prints for one `usage`; nothing else can be learnt without the key."""
    return hmac.digest(trousseau().index, f"{usage}\0{clair}".encode(), "sha256")


Valeur = TypeVar("Valeur", bound=Confidentiel)


def place(ligne: Model, colonne: str) -> str:
    """Where a ciphertext belongs. Raises ValueError for a row that doesn't know its key yet."""
    if ligne.pk is None:
        raise ValueError("Une donnée chiffrée est liée à sa ligne : la clé primaire doit être connue avant.")
    return f"{ligne._meta.db_table}.{colonne}.{ligne.pk}"


class Scelle(Generic[Valeur]):
    """Attribute of a model whose value is kept encrypted in another column of the same row.

    `numero = Scelle("numero_chiffre", Numero)`: writing encrypts for this row, reading decrypts.
    """

    def __init__(self, colonne: str, forme: type[Valeur]) -> None:
        self.colonne = colonne
        self.forme = forme

    def contexte(self, ligne: Model) -> str:
        return place(ligne, self.colonne)

    def __get__(self, ligne: Model | None, proprietaire: type | None = None) -> Any:
        if ligne is None:
            return self
        chiffre = getattr(ligne, self.colonne)
        return None if chiffre is None else self.forme(dechiffrer(chiffre, self.contexte(ligne)))

    def __set__(self, ligne: Model, valeur: Valeur | None) -> None:
        setattr(ligne, self.colonne, None if valeur is None else chiffrer(valeur.en_clair(), self.contexte(ligne)))


class OctetsScelles:
    """Attribute of a model whose bytes are kept encrypted in another column of the same row (`Scelle`, for a file)."""

    def __init__(self, colonne: str) -> None:
        self.colonne = colonne

    def __get__(self, ligne: Model | None, proprietaire: type | None = None) -> Any:
        if ligne is None:
            return self
        chiffre = getattr(ligne, self.colonne)
        return None if chiffre is None else dechiffrer_octets(chiffre, place(ligne, self.colonne))

    def __set__(self, ligne: Model, octets: bytes | None) -> None:
        scelle = None if octets is None else chiffrer_octets(octets, place(ligne, self.colonne))
        setattr(ligne, self.colonne, scelle)
