"""Hashes of the chain: each line is hashed with the one before it, month by month, in the order it was sealed."""

import datetime as dt
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
MOIS_GARDES = 12
"""How long a month of the journal is kept after its end: CNIL, délibération n° 2021-122, six months to one year."""

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


def bornes(mois: str) -> tuple[dt.datetime, dt.datetime]:
    """First instant of a month, and of the next one, in UTC."""
    debut = dt.datetime.fromisoformat(f"{mois}-01T00:00:00+00:00")
    return debut, (debut + dt.timedelta(days=32)).replace(day=1)


def apres(mois: str, nombre: int) -> dt.date:
    """The day that comes `nombre` months after the end of a month."""
    fin = bornes(mois)[1]
    rang = fin.year * 12 + fin.month - 1 + nombre
    return dt.date(rang // 12, rang % 12 + 1, 1)
