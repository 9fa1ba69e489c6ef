"""Files on disk: complete or absent, even if the power goes. Closed to other accounts."""

import hashlib
import os
from pathlib import Path

from limpide.socle.dossier_donnees import sous_dossier


def dossier_des_virements() -> Path:
    return sous_dossier("virements")


def empreinte(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def ecrire_atomiquement(chemin: Path, octets: bytes) -> None:
    """Write beside, flush to the disk, rename, flush the folder: a reader sees the old file or the whole new one.

    The draft's name depends on the file alone: a run killed here leaves account numbers in it, the next one takes them
    over instead of leaving them behind. The caller holds the lock of the Caf's month, so there is one writer.
    """
    brouillon = chemin.with_name(f".{chemin.name}.tmp")
    descripteur = os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(octets)
            fichier.flush()
            os.fsync(fichier.fileno())
        brouillon.replace(chemin)
    finally:
        brouillon.unlink(missing_ok=True)
    dossier = os.open(chemin.parent, os.O_RDONLY)
    try:
        os.fsync(dossier)
    finally:
        os.close(dossier)
