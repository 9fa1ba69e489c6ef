"""The fingerprint of the law: a hash of every rule, every parameter and the engine that applies them.

Written on every receipt, and key of the compiled cache: one changed digit in a decree gives another fingerprint.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

ICI = Path(__file__).parent
FICHIERS_DU_SOCLE = (
    "bareme.py", "bornes.py", "calcul.py", "ensemble.py", "faits.py", "nature.py", "situation.py", "valeurs.py",
)  # fmt: skip


def sources(racine: Path = ICI) -> list[Path]:
    """The files that decide a result: the rules and parameters of each folder, and what runs them."""
    dossiers = {fichier.parent for fichier in racine.glob("*/bareme.toml")} | {racine / "moteur"}
    fichiers = [f for d in sorted(dossiers) for f in sorted(d.iterdir()) if f.suffix in {".py", ".toml"}]
    socle = [racine / nom for nom in FICHIERS_DU_SOCLE if (racine / nom).exists()]
    return fichiers + socle + sorted(racine.glob("faits_*.py"))


def calculer_empreinte(racine: Path = ICI) -> str:
    """SHA-256 of those files, names and contents (line endings put aside), in hexadecimal."""
    condense = hashlib.sha256()
    for fichier in sources(racine):
        contenu = fichier.read_bytes().replace(b"\r\n", b"\n")
        condense.update(f"{fichier.relative_to(racine).as_posix()}\0{len(contenu)}\0".encode())
        condense.update(contenu)
    return condense.hexdigest()


@lru_cache(maxsize=1)
def empreinte_regles() -> str:
    """The fingerprint of the law this process runs."""
    return calculer_empreinte()
