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
    """Write beside, flush to the disk, rename, flush the folder: a reader sees the old file or the whole new one."""
    brouillon = chemin.with_name(f".{chemin.name}.{os.getpid()}.tmp")
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
