"""Signed heads of the chain, and their copy outside the database: `journal/tetes-….jsonl` of the data folder.

The key is drawn once for this installation and kept in its data folder, never in the database. The file may be
published, and should be copied elsewhere: who owns both the database and the key could sign another past.
"""

import base64
import dataclasses
import functools
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import DEFAULT_DB_ALIAS, connections

from limpide.registre.chaine.calcul import empreinte_de_tete
from limpide.socle.dossier_donnees import secret, sous_dossier


class TetesIllisibles(ValueError):
    """A file of heads or a key that can't be read; the French message says where."""


@dataclasses.dataclass(frozen=True, slots=True)
class Tete:
    """One signed head: its text (JSON) and the signature of this text, in base 64."""

    texte: str
    signature: str


@dataclasses.dataclass(frozen=True, slots=True)
class Contenu:
    """What a head says: per month (lines sealed, last hash), what precedes it, up to which transaction."""

    numero: int
    precedente: str
    le: str
    horizon: int
    mois: Mapping[str, tuple[int, str]]
    purges: tuple[str, ...] = ()

    def signer(self) -> Tete:
        """The head, signed by this installation."""
        texte = json.dumps(dataclasses.asdict(self), sort_keys=True, separators=(",", ":"))
        return Tete(texte, base64.b64encode(_cle().sign(texte.encode())).decode())


def lire(tete: Tete) -> Contenu:
    """The content of a head. Raises TetesIllisibles."""
    try:
        brut = json.loads(tete.texte)
        mois = {m: (int(nombre), str(empreinte)) for m, (nombre, empreinte) in brut["mois"].items()}
        return Contenu(
            int(brut["numero"]), str(brut["precedente"]), str(brut["le"]), int(brut["horizon"]), mois,
            tuple(brut.get("purges", ())),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as erreur:
        raise TetesIllisibles("une tête du journal est illisible : son texte a été changé") from erreur


@functools.cache
def _cle() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(secret("journal").encode()).digest())


def cle_publique() -> str:
    """The key to check heads with: 32 bytes in base 64."""
    return base64.b64encode(_cle().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def cle_lue(texte: str) -> Ed25519PublicKey:
    """A public key as `limpide journal cle` writes it."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(texte.strip(), validate=True))
    except ValueError as erreur:
        raise TetesIllisibles("la clé publique doit être 32 octets en base 64 (limpide journal cle)") from erreur


def signee(tete: Tete, cle: Ed25519PublicKey) -> bool:
    """Whether this text is the one that was signed."""
    try:
        cle.verify(base64.b64decode(tete.signature), tete.texte.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def suit(tete: Contenu, precedente: Tete | None) -> bool:
    """Whether this head comes just after that one (the first comes after none)."""
    if precedente is None:
        return tete.numero == 1 and tete.precedente == ""
    return tete.numero == lire(precedente).numero + 1 and tete.precedente == empreinte_de_tete(precedente.texte)


def fichier() -> Path:
    """The copy of the heads outside the database; one per database, should several share the data folder."""
    return sous_dossier("journal") / f"tetes-{connections[DEFAULT_DB_ALIAS].settings_dict['NAME']}.jsonl"


def en_fichier(chemin: Path | None = None) -> list[Tete]:
    """Heads of the copy, oldest first; none if the file isn't there."""
    chemin = chemin or fichier()
    if not chemin.exists():
        return []
    tetes = []
    for rang, ligne in enumerate(chemin.read_text(encoding="utf-8").splitlines(), 1):
        try:
            brut = json.loads(ligne)
            tetes.append(Tete(str(brut["texte"]), str(brut["signature"])))
        except (ValueError, KeyError, TypeError) as erreur:
            raise TetesIllisibles(f"{chemin.name}, ligne {rang} : ce n'est pas une tête du journal") from erreur
    return tetes


def ajouter_au_fichier(tetes: Iterable[Tete]) -> None:
    """Append heads to the copy, on the disk before returning."""
    with fichier().open("a", encoding="utf-8") as sortie:
        for tete in tetes:
            sortie.write(json.dumps(dataclasses.asdict(tete), separators=(",", ":")) + "\n")
        sortie.flush()
        os.fsync(sortie.fileno())
