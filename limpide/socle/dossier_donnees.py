"""The data folder: where the embedded database, the secrets, the keys and the produced files live.

LIMPIDE_HOME moves it; otherwise it is the data folder of the person who runs the command.
"""

import os
import secrets as hasard
from pathlib import Path

import platformdirs

OCTETS_D_UN_SECRET = 48


class DossierInutilisable(RuntimeError):
    """The data folder can't be created or read; the message (French) says which and what to do."""


def dossier() -> Path:
    """Absolute path of the data folder, created if need be, closed to other accounts."""
    choisi = os.environ.get("LIMPIDE_HOME")
    chemin = Path(choisi).expanduser() if choisi else Path(platformdirs.user_data_dir("limpide"))
    chemin = Path(os.path.abspath(chemin))  # noqa: PTH100 -- resolve() would follow a link the user chose
    try:
        chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as erreur:
        raise DossierInutilisable(
            f"Le dossier de données « {chemin} » ne peut pas être créé ({erreur.strerror}). "
            "Indiquez un dossier accessible en écriture avec la variable LIMPIDE_HOME."
        ) from erreur
    return chemin


def sous_dossier(nom: str) -> Path:
    """A folder of the data folder (`cles`, `virements`…), readable by its owner only."""
    chemin = dossier() / nom
    chemin.mkdir(mode=0o700, exist_ok=True)
    return chemin


def demonstration() -> bool:
    """True if the people of this data folder are fictitious: every page then says so."""
    return (dossier() / "demonstration").exists()


def marquer_demonstration() -> None:
    (dossier() / "demonstration").touch()


def secret(nom: str) -> str:
    """The secret of that name, drawn at random the first time and kept (0600).

    Two processes that ask at the same time get the same secret: the file appears complete or not at all,
    and the first to link it wins.
    """
    chemin = sous_dossier("secrets") / nom
    try:
        return chemin.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    except OSError as erreur:
        raise DossierInutilisable(
            f"Le secret « {chemin} » n'est pas lisible ({erreur.strerror}). "
            "Il appartient sans doute à un autre compte : changez de compte ou de LIMPIDE_HOME."
        ) from erreur
    brouillon = chemin.with_name(f".{nom}.{os.getpid()}.{hasard.token_hex(4)}")
    descripteur = os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "w", encoding="ascii") as fichier:
        fichier.write(hasard.token_urlsafe(OCTETS_D_UN_SECRET) + "\n")
        fichier.flush()
        os.fsync(fichier.fileno())
    try:
        os.link(brouillon, chemin)
    except FileExistsError:
        pass  # another process was quicker: its secret is the secret
    finally:
        brouillon.unlink()
    return chemin.read_text(encoding="ascii").strip()
