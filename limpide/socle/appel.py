"""Calls to partners over HTTP: one JSON POST, bounded in time and size, tried again under the same key.

What is asked travels in the body, never in the address; nothing of it is logged, only how the call ended. The key makes
a second try harmless: the partner that already answered answers the same.
"""

import http.client
import json
import os
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog

from limpide.socle import dossier_donnees

TAILLE_MAX = 65_536
PORT_DES_SIMULATEURS = 8790
"""Where the demonstration's partners listen, when no address is given."""
BOUCLE = ("127.0.0.1", "::1", "localhost")
_trace = structlog.get_logger("limpide.appels")


class PartenaireInjoignable(RuntimeError):
    """No usable answer came after every try: `nature` says how the last one ended, in one word."""

    def __init__(self, nature: str) -> None:
        super().__init__(f"Le partenaire ne répond pas comme convenu ({nature}).")
        self.nature = nature


class DemandeRefusee(RuntimeError):
    """The partner understood and refuses: trying again would change nothing."""

    def __init__(self, code: int) -> None:
        super().__init__(f"Le partenaire refuse la demande (code {code}).")
        self.code = code


@dataclass(frozen=True)
class Partenaire:
    """Where a partner listens and how patient we are. `delai`: seconds for each exchange on the network."""

    nom: str
    adresse: str
    jeton: str
    delai: float = 5.0
    essais: int = 3
    attente: float = 0.2

    def __repr__(self) -> str:
        return f"<Partenaire {self.nom}>"


def partenaire(nom: str, **reglages: float) -> Partenaire:
    """The partner of that name, from LIMPIDE_<NOM>_URL and LIMPIDE_<NOM>_JETON; simulated in a demonstration.

    Raises PartenaireInjoignable where none is set. Plain HTTP never leaves the machine.
    """
    adresse = os.environ.get(f"LIMPIDE_{nom.upper()}_URL", "")
    if not adresse and dossier_donnees.demonstration():
        adresse = f"http://127.0.0.1:{PORT_DES_SIMULATEURS}/{nom}"
    if not adresse:
        raise PartenaireInjoignable("adresse")
    if not adresse_sure(adresse):
        raise PartenaireInjoignable("adresse")
    jeton = os.environ.get(f"LIMPIDE_{nom.upper()}_JETON") or dossier_donnees.secret(f"partenaire-{nom}")
    return Partenaire(nom, adresse.rstrip("/"), jeton, **reglages)  # type: ignore[arg-type]


def poster(
    vers: Partenaire,
    chemin: str,
    corps: Mapping[str, Any],
    cle: str,
    dormir: Callable[[float], object] = time.sleep,
) -> dict[str, Any]:
    """Send `corps` and return the partner's JSON object. Raises PartenaireInjoignable, DemandeRefusee."""
    debut, nature = time.perf_counter(), ""
    for essai in range(vers.essais):
        if essai:
            dormir(vers.attente * 2 ** (essai - 1))
        try:
            reponse = _un_essai(vers, chemin, corps, cle)
        except PartenaireInjoignable as panne:
            nature = panne.nature
            continue
        _noter(vers, "repondu", essai + 1, debut)
        return reponse
    _noter(vers, nature, vers.essais, debut)
    raise PartenaireInjoignable(nature)


def _noter(vers: Partenaire, fin: str, essais: int, debut: float) -> None:
    _trace.info(
        "appel_partenaire", etape=vers.nom, erreur=fin, nombre=essais, secondes=round(time.perf_counter() - debut, 3)
    )


def _un_essai(vers: Partenaire, chemin: str, corps: Mapping[str, Any], cle: str) -> dict[str, Any]:
    entetes = {
        "Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": cle,
        "Authorization": f"Bearer {vers.jeton}",
    }  # fmt: skip
    return _lire(*echanger("POST", vers.adresse + chemin, json.dumps(corps).encode(), entetes, vers.delai))


def adresse_sure(adresse: str) -> bool:
    """Whether what is sent there can't be read on the way: HTTPS, or plain HTTP that never leaves the machine."""
    lue = urlsplit(adresse)
    return bool(lue.hostname) and (lue.scheme == "https" or (lue.scheme == "http" and lue.hostname in BOUCLE))


def echanger(methode: str, adresse: str, corps: bytes, entetes: Mapping[str, str], delai: float) -> tuple[int, bytes]:
    """One request, bounded in time and size: (status, content). Raises PartenaireInjoignable when nothing came back."""
    lue = urlsplit(adresse)
    liaison = _liaison(lue.scheme, str(lue.hostname), lue.port, delai)
    cible = lue.path + (f"?{lue.query}" if lue.query else "")
    try:
        liaison.request(methode, cible, corps or None, dict(entetes))
        reponse = liaison.getresponse()
        return reponse.status, reponse.read(TAILLE_MAX + 1)
    except TimeoutError:
        raise PartenaireInjoignable("delai") from None
    except (OSError, http.client.HTTPException):
        raise PartenaireInjoignable("coupure") from None
    finally:
        liaison.close()


def _liaison(schema: str, hote: str, port: int | None, delai: float) -> http.client.HTTPConnection:
    if schema == "https":
        return http.client.HTTPSConnection(hote, port, timeout=delai, context=ssl.create_default_context())
    return http.client.HTTPConnection(hote, port, timeout=delai)


def _lire(statut: int, contenu: bytes) -> dict[str, Any]:
    if statut >= 500 or statut == 429:
        raise PartenaireInjoignable(f"code {statut}")
    if statut != 200:
        raise DemandeRefusee(statut)
    if len(contenu) > TAILLE_MAX:
        raise PartenaireInjoignable("taille")
    try:
        objet = json.loads(contenu)
    except ValueError:
        raise PartenaireInjoignable("contenu") from None
    if not isinstance(objet, dict):
        raise PartenaireInjoignable("contenu")
    return objet
