"""Settings of FranceConnect: variables of the environment; without the first, nothing of it is shown.

`LIMPIDE_FRANCECONNECT_URL`: the issuer. `_CLIENT`: our name there. `_SECRET`: the file of our secret. `_NIVEAU`: the
level of assurance asked (eidas1 by default); a higher one is accepted too. `_CLE`: the file of our private key (PEM),
whose public half is published: FranceConnect+ (eidas2, eidas3) encrypts with it what it sends.
"""

import functools
import os
from pathlib import Path
from typing import Any

from django.core import checks
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

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
    cle = _fichier("CLE", "la clé privée") if niveau != NIVEAUX[0] or os.environ.get(f"{PREFIXE}CLE") else ""
    return _connu(adresse, client, _fichier("SECRET", "le secret"), niveau, cle)


def _fichier(nom: str, quoi: str) -> str:
    chemin = os.environ.get(f"{PREFIXE}{nom}", "")
    try:
        contenu = Path(chemin).read_text(encoding="ascii").strip() if chemin else ""
    except (OSError, UnicodeDecodeError):
        contenu = ""
    if not contenu:
        raise ReglageInvalide(f"{PREFIXE}{nom} : le chemin d'un fichier lisible, qui contient {quoi}, est attendu.")
    return contenu


def _cle_privee(texte: str) -> ECKey | RSAKey:
    for genre, algorithme in ((ECKey, "ECDH-ES"), (RSAKey, "RSA-OAEP")):
        try:
            lue = genre.import_key(texte, {"use": "enc", "alg": algorithme})
        except (JoseError, ValueError, TypeError):
            continue
        if lue.is_private:
            return lue
    raise ReglageInvalide(f"{PREFIXE}CLE : une clé privée EC ou RSA au format PEM est attendue.")


def cles_publiees() -> dict[str, Any] | None:
    """The public half of our key, as FranceConnect+ reads it; None where nothing is encrypted."""
    vers = fournisseur()
    if vers is None or vers.cle is None:
        return None
    return {"keys": [vers.cle.as_dict(private=False, kid=vers.cle.thumbprint())]}


@functools.lru_cache(maxsize=1)
def _connu(adresse: str, client: str, secret: str, niveau: str, cle: str) -> Fournisseur:
    """The same object as long as the settings don't change: it remembers the provider's addresses and keys."""
    acceptes = NIVEAUX[NIVEAUX.index(niveau) :]
    return Fournisseur(adresse, client, secret, acceptes, PORTEE, cle=_cle_privee(cle) if cle else None)


def verifier(**_: Any) -> list[checks.CheckMessage]:
    """A site half set doesn't start."""
    try:
        fournisseur()
    except ReglageInvalide as faute:
        return [checks.Error(str(faute), id="usagers.E010")]
    return []
