"""Client of one OpenID Connect provider: where to send the browser, and what its answer proves.

Signatures and claims are checked by joserfc and Authlib, requests are those of `appel`: bounded in time and size.
Nothing received is logged, only how a step ended. OpenID Connect Core 1.0, sections 3.1 and 5.3.2; RFC 7636.
"""

import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import structlog
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwe, jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey
from joserfc.jwt import JWTClaimsRegistry, Token

from .appel import TAILLE_MAX, PartenaireInjoignable, adresse_sure, echanger

ALGORITHMES = ("ES256", "RS256")
"""Signatures accepted, whatever the token says of itself: those of FranceConnect."""
CHIFFREMENTS = ("ECDH-ES", "RSA-OAEP", "A256GCM")
"""Encryption accepted, for who asks for it: that of FranceConnect+."""
POINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint")
CONFIGURATION = "/.well-known/openid-configuration"
VALIDITE_DU_DECOUVERT = 3600.0
"""Seconds after which endpoints and keys are read again."""
TOLERANCE = 30
"""Seconds by which two clocks may differ."""
AGE_MAX = 600
"""Seconds since a token was issued: it is read as soon as it is received."""
OCTETS_D_ALEA = 32
_trace = structlog.get_logger("limpide.appels")


class ReponseRefusee(RuntimeError):
    """The answer doesn't prove who comes: `raison` says which check failed, in one word, never a value."""

    def __init__(self, raison: str) -> None:
        super().__init__(f"La réponse du fournisseur d'identité est refusée ({raison}).")
        self.raison = raison


@dataclass(frozen=True)
class Demande:
    """What is kept of a request until the browser comes back; each serves once."""

    etat: str
    alea: str
    verificateur: str

    @classmethod
    def nouvelle(cls) -> "Demande":
        return cls(*(secrets.token_urlsafe(OCTETS_D_ALEA) for _ in range(3)))


@dataclass(frozen=True)
class Preuve:
    """Who came: `sujet` is the provider's name for them. `jeton`: to say goodbye; `acces`: to ask for their data."""

    sujet: str
    jeton: str = field(repr=False)
    acces: str = field(repr=False)


@dataclass
class Fournisseur:
    """A provider and our account there. `niveaux`: the levels of assurance accepted, the one asked first.

    `cle`: our private key. With it, tokens must come encrypted for us; without it, encrypted ones can't be read.
    """

    emetteur: str
    client: str
    secret: str = field(repr=False)
    niveaux: tuple[str, ...]
    portee: str
    delai: float = 5.0
    cle: ECKey | RSAKey | None = field(default=None, repr=False)
    _decouvert: dict[str, str] = field(default_factory=dict, repr=False)
    _cles: KeySet | None = field(default=None, repr=False)
    _perime: float = field(default=0.0, repr=False)
    _verrou: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def adresse_de_connexion(self, demande: Demande, retour: str) -> str:
        """Where to send the browser. Raises PartenaireInjoignable."""
        en_plus = {"nonce": demande.alea, "acr_values": self.niveaux[0]}
        if self._configuration().get("pkce"):
            en_plus |= {
                "code_challenge": create_s256_code_challenge(demande.verificateur), "code_challenge_method": "S256",
            }  # fmt: skip
        return str(
            prepare_grant_uri(
                self._configuration()["authorization_endpoint"], self.client, "code", redirect_uri=retour,
                scope=self.portee, state=demande.etat, **en_plus,
            )
        )  # fmt: skip

    def adresse_de_sortie(self, jeton: str, retour: str) -> str:
        """Where the browser says goodbye to the provider. Raises PartenaireInjoignable."""
        question = {
            "id_token_hint": jeton, "state": secrets.token_urlsafe(OCTETS_D_ALEA), "post_logout_redirect_uri": retour,
        }  # fmt: skip
        return f"{self._configuration()['end_session_endpoint']}?{urlencode(question)}"

    def echanger(self, code: str, demande: Demande, retour: str) -> Preuve:
        """Who the code stands for. Raises ReponseRefusee, PartenaireInjoignable."""
        corps = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": retour, "client_id": self.client,
            "client_secret": self.secret, "code_verifier": demande.verificateur,
        }  # fmt: skip
        if not self._configuration().get("pkce"):
            del corps["code_verifier"]
        entetes = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        adresse = self._configuration()["token_endpoint"]
        recue = _objet(self._appeler("code", "POST", adresse, urlencode(corps).encode(), entetes))
        jeton, acces = recue.get("id_token"), recue.get("access_token")
        if not (isinstance(jeton, str) and isinstance(acces, str) and str(recue.get("token_type")).lower() == "bearer"):
            raise ReponseRefusee("forme")
        signe = self._dechiffrer(jeton)
        return Preuve(self._sujet(signe, acces, demande.alea), signe, acces)

    def _dechiffrer(self, texte: str) -> str:
        """The signed token inside an encrypted one; the token itself where encryption isn't asked."""
        if self.cle is None:
            return texte
        try:
            clair = jwe.decrypt_compact(texte, self.cle, algorithms=list(CHIFFREMENTS)).plaintext
            return (clair or b"").decode("ascii")
        except (JoseError, ValueError):
            raise ReponseRefusee("chiffrement") from None

    def _sujet(self, jeton: str, acces: str, alea: str) -> str:
        lu = self._ouvrir(jeton)
        exigences: Any = {
            "iss": {"essential": True, "value": self.emetteur},
            "aud": {"essential": True, "value": self.client},
            "nonce": {"essential": True, "value": alea},
            "acr": {"essential": True, "values": list(self.niveaux)},
        }
        parametres = {"nonce": alea, "client_id": self.client, "access_token": acces}
        try:
            CodeIDToken(lu.claims, lu.header, exigences, parametres).validate(int(time.time()), TOLERANCE)
        except JoseError as refus:
            raise ReponseRefusee(_raison(refus)) from None
        _verifier_l_age(lu.claims)
        return _sujet(lu.claims)

    def identite(self, preuve: Preuve) -> dict[str, Any]:
        """What the provider says of the person, signed, about this very person. Raises as `echanger`."""
        entetes = {"Authorization": f"Bearer {preuve.acces}", "Accept": "application/jwt"}
        contenu = self._appeler("identite", "GET", self._configuration()["userinfo_endpoint"], b"", entetes)
        try:
            texte = contenu.decode("ascii").strip()
        except UnicodeDecodeError:
            raise ReponseRefusee("forme") from None
        claims = self._ouvrir(self._dechiffrer(texte)).claims
        exigences: Any = {
            "iss": {"essential": True, "value": self.emetteur},
            "aud": {"essential": True, "value": self.client},
        }
        try:
            JWTClaimsRegistry(int(time.time()), TOLERANCE, **exigences).validate(claims)
        except JoseError as refus:
            raise ReponseRefusee(_raison(refus)) from None
        if _sujet(claims) != preuve.sujet:
            raise ReponseRefusee("sub")
        return dict(claims)

    def _ouvrir(self, texte: str) -> Token:
        """A signed token: by an accepted algorithm, with a key of the provider's, read again if need be."""
        for cles in (self._cles_connues(), None):
            try:
                return jwt.decode(texte, cles or self._cles_relues(), algorithms=list(ALGORITHMES))
            except InvalidKeyIdError:
                continue  # keys turn: the one named may have appeared since
            except (JoseError, ValueError) as refus:
                raise ReponseRefusee(_raison(refus)) from None
        raise ReponseRefusee("cle")

    def _configuration(self) -> dict[str, str]:
        with self._verrou:
            if not self._decouvert or time.monotonic() > self._perime:
                self._decouvert = self._decouvrir()
                self._cles, self._perime = None, time.monotonic() + VALIDITE_DU_DECOUVERT
            return self._decouvert

    def _decouvrir(self) -> dict[str, str]:
        recue = _objet(self._appeler("decouverte", "GET", self.emetteur + CONFIGURATION, b"", {}))
        points = {nom: str(recue.get(nom, "")) for nom in POINTS}
        if recue.get("issuer") != self.emetteur or not all(adresse_sure(adresse) for adresse in points.values()):
            raise PartenaireInjoignable("configuration")
        methodes = recue.get("code_challenge_methods_supported")
        return points | ({"pkce": "S256"} if isinstance(methodes, list) and "S256" in methodes else {})

    def _cles_connues(self) -> KeySet:
        self._configuration()
        return self._cles or self._cles_relues()

    def _cles_relues(self) -> KeySet:
        recues = _objet(self._appeler("cles", "GET", self._configuration()["jwks_uri"], b"", {}))
        try:
            cles: KeySet = KeySet.import_key_set(recues)  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError):
            raise PartenaireInjoignable("cles") from None
        self._cles = cles
        return cles

    def _appeler(self, etape: str, methode: str, adresse: str, corps: bytes, entetes: Mapping[str, str]) -> bytes:
        try:
            statut, contenu = echanger(methode, adresse, corps, entetes, self.delai)
        except PartenaireInjoignable as panne:
            _trace.warning("appel_openid", etape=etape, erreur=panne.nature)
            raise
        _trace.info("appel_openid", etape=etape, code=statut)
        if statut >= 500 or statut == 429 or len(contenu) > TAILLE_MAX:
            raise PartenaireInjoignable(f"code {statut}")
        if statut != 200:
            raise ReponseRefusee(f"code {statut}")
        return contenu


def _objet(contenu: bytes) -> dict[str, Any]:
    try:
        objet = json.loads(contenu)
    except ValueError:
        objet = None
    if not isinstance(objet, dict):
        raise PartenaireInjoignable("contenu")
    return objet


def _verifier_l_age(claims: Mapping[str, Any]) -> None:
    emis = claims["iat"]
    if not isinstance(emis, int | float) or time.time() - emis > AGE_MAX:
        raise ReponseRefusee("iat")


def _sujet(claims: Mapping[str, Any]) -> str:
    sujet = claims.get("sub")
    if not isinstance(sujet, str) or not 0 < len(sujet) <= 255:
        raise ReponseRefusee("sub")
    return sujet


def _raison(refus: Exception) -> str:
    """The claim at fault when there is one, else the kind of fault; never what the token said."""
    return str(getattr(refus, "claim", "") or getattr(refus, "error", "") or "forme")
