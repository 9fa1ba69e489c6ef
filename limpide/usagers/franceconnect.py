"""Settings of FranceConnect: four variables of the environment; without the first, nothing of it is shown.

`LIMPIDE_FRANCECONNECT_URL`: the issuer. `_CLIENT`: our name there. `_SECRET`: the file of our secret. `_NIVEAU`: the
level of assurance asked (eidas1 by default); a higher one is accepted too.
"""

import functools
import os
from pathlib import Path
from typing import Any

from django.core import checks

from limpide.socle.appel import adresse_sure
from limpide.socle.openid import Fournisseur

PREFIXE = "LIMPIDE_FRANCECONNECT_"
NIVEAUX = ("eidas1", "eidas2", "eidas3")
PORTEE = "openid identite_pivot"
"""Only what finds the account: neither the address, nor the e-mail, nor the name in use."""


class ReglageInvalide(ValueError):
    """A setting of FranceConnect is missing or wrong; the French message names it."""


def propose() -> bool:
    """Whether this site may send people to FranceConnect."""
    return bool(os.environ.get(f"{PREFIXE}URL"))


def fournisseur() -> Fournisseur | None:
    """FranceConnect, as set; None when it isn't. Raises ReglageInvalide."""
    adresse = os.environ.get(f"{PREFIXE}URL", "").rstrip("/")
    if not adresse:
        return None
    if not adresse_sure(adresse):
        raise ReglageInvalide(f"{PREFIXE}URL : une adresse « https:// » est attendue.")
    client, niveau = os.environ.get(f"{PREFIXE}CLIENT", ""), os.environ.get(f"{PREFIXE}NIVEAU", NIVEAUX[0])
    if not client:
        raise ReglageInvalide(f"{PREFIXE}CLIENT : le nom de client donné par FranceConnect est nécessaire.")
    if niveau not in NIVEAUX:
        raise ReglageInvalide(f"{PREFIXE}NIVEAU : {', '.join(NIVEAUX)} attendu.")
    return _connu(adresse, client, _secret(), niveau)


def _secret() -> str:
    chemin = os.environ.get(f"{PREFIXE}SECRET", "")
    try:
        secret = Path(chemin).read_text(encoding="ascii").strip() if chemin else ""
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not secret:
        raise ReglageInvalide(f"{PREFIXE}SECRET : le chemin d'un fichier lisible, qui contient le secret, est attendu.")
    return secret


@functools.lru_cache(maxsize=1)
def _connu(adresse: str, client: str, secret: str, niveau: str) -> Fournisseur:
    """The same object as long as the settings don't change: it remembers the provider's addresses and keys."""
    return Fournisseur(adresse, client, secret, NIVEAUX[NIVEAUX.index(niveau) :], PORTEE)


def verifier(**_: Any) -> list[checks.CheckMessage]:
    """A site half set doesn't start."""
    try:
        fournisseur()
    except ReglageInvalide as faute:
        return [checks.Error(str(faute), id="usagers.E010")]
    return []
