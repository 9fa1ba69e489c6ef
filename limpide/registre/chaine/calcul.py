"""Hashes of the chain: each line is hashed with the one before it, month by month, in the order it was sealed."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

COLONNES = (
    "id", "quand", "acteur_genre", "acteur_id", "service", "traitement", "declaration", "motif", "organisme",
    "personne_id", "dossier_id", "objet", "action", "transaction",
)  # fmt: skip
TAILLE = hashlib.sha256().digest_size
LIGNES_PAR_BLOC = 1000

Ligne = Sequence[Any]
"""One line of the journal: the values of COLONNES; `quand` as ISO text in UTC, with microseconds."""


def canonique(ligne: Ligne) -> bytes:
    """The only way to write a line as bytes: a JSON array, no space, UTF-8."""
    return json.dumps(list(ligne), ensure_ascii=False, separators=(",", ":")).encode()


def suivante(precedente: bytes, ligne: Ligne) -> bytes:
    """The hash of this line after that one."""
    return hashlib.sha256(precedente + canonique(ligne)).digest()


def origine(mois: str) -> bytes:
    """What the first line of a month follows (`2026-11`)."""
    return hashlib.sha256(f"limpide/journal/1/{mois}".encode()).digest()


def empreinte_de_tete(texte: str) -> str:
    """What the next signed head repeats of this one."""
    return hashlib.sha256(texte.encode()).hexdigest()
