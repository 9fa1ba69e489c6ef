"""The simulated FranceConnect: a real OpenID Connect provider on this machine, whose visitors choose who they are.

Discovery, authorization page, token, signed user information, keys, end of session: the messages of the partner
documentation. Everybody known is fictitious. `defaut` spoils what is answered, as an attacker or a failure would.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from joserfc import jwe, jwt
from joserfc.jwk import ECKey, RSAKey

from limpide.monde.simulateurs import Appel, Reponse
from limpide.socle import dossier_donnees

CLIENT = "limpide-demonstration"
NOM_DU_SECRET = "franceconnect"  # noqa: S105 - the name of its file
DUREE = 60
"""Seconds that a code, an access token and an ID token live."""
ALEA_MINIMAL = 32
"""Characters of a state and of a nonce: FranceConnect refuses shorter ones."""
NIVEAU = "eidas1"
DEFAUTS = (
    "nonce", "emetteur", "public", "perime", "vieux", "niveau", "signature", "alg_none", "hs256", "at_hash", "sans_sub",
    "autre_sujet", "identite_signature", "identite_en_clair", "identite_public", "panne_jeton", "panne_identite",
    "charabia", "en_clair", "autre_cle",
)  # fmt: skip


def fichier_du_secret() -> Path:
    """The file of the secret shared with the site, as its settings name it."""
    dossier_donnees.secret(NOM_DU_SECRET)  # drawn the first time
    return dossier_donnees.sous_dossier("secrets") / NOM_DU_SECRET


@dataclass(frozen=True)
class Identite:
    """A fictitious person, as FranceConnect tells them. `dite`: what the page of choice says of them."""

    sujet: str
    dite: str
    nom: str
    prenoms: str
    sexe: str
    naissance: str
    lieu: str = ""
    pays: str = "99100"


@dataclass
class _Attente:
    """An authorization under way: what was asked, then who answered."""

    question: Mapping[str, str]
    qui: Identite | None = None
    jusqu_au: float = field(default_factory=lambda: time.time() + DUREE * 10)


class FournisseurSimule:
    """The provider, for one client. `emetteur` is known once the server has its port."""

    def __init__(self, identites: Sequence[Identite], client: str = CLIENT) -> None:
        self.identites = {i.sujet: i for i in identites}
        self.client = client
        self.emetteur = ""
        self.defaut = ""
        self.eteint = False
        self.niveau = NIVEAU
        self.chiffrement: ECKey | RSAKey | None = None
        self.sorties: list[str] = []
        self.demandes: list[Mapping[str, str]] = []
        self._verrou = threading.Lock()
        self._attentes: dict[str, _Attente] = {}
        self._codes: dict[str, _Attente] = {}
        self._acces: dict[str, Identite] = {}
        self._cle = self._nouvelle_cle()

    @staticmethod
    def _nouvelle_cle() -> ECKey:
        return ECKey.generate_key("P-256", {"kid": secrets.token_hex(8), "use": "sig", "alg": "ES256"})

    def tourner_les_cles(self) -> None:
        """Sign with another key from now on; the former one is no longer published."""
        self._cle = self._nouvelle_cle()

    def gater(self, defaut: str) -> None:
        """Spoil what is answered from now on; empty: as it should be."""
        if defaut and defaut not in DEFAUTS:
            raise ValueError(f"défaut « {defaut} » inconnu ; attendu : {', '.join(DEFAUTS)}")
        self.defaut = defaut

    @property
    def secret(self) -> str:
        return dossier_donnees.secret(NOM_DU_SECRET)

    def repondre(self, appel: Appel) -> Reponse:
        if self.eteint:
            return Reponse(503, b"")
        routes: dict[tuple[str, str], Callable[[Appel], Reponse]] = {
            ("GET", "/.well-known/openid-configuration"): self._configuration,
            ("GET", "/jwks"): self._cles,
            ("GET", "/authorize"): self._autoriser,
            ("POST", "/choisir"): self._choisir,
            ("POST", "/token"): self._jeton,
            ("GET", "/userinfo"): self._identite,
            ("GET", "/session/end"): self._finir,
        }
        route = routes.get((appel.methode, appel.chemin))
        with self._verrou:
            return Reponse(404, b"{}") if route is None else route(appel)

    def _configuration(self, _: Appel) -> Reponse:
        return _json(
            {
                "issuer": self.emetteur,
                "authorization_endpoint": f"{self.emetteur}/authorize",
                "token_endpoint": f"{self.emetteur}/token",
                "userinfo_endpoint": f"{self.emetteur}/userinfo",
                "jwks_uri": f"{self.emetteur}/jwks",
                "end_session_endpoint": f"{self.emetteur}/session/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["ES256"],
                "userinfo_signing_alg_values_supported": ["ES256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                "code_challenge_methods_supported": ["S256"],
                "acr_values_supported": [self.niveau],
            }
        )

    def _cles(self, _: Appel) -> Reponse:
        return _json({"keys": [self._cle.as_dict(private=False)]})

    def _autoriser(self, appel: Appel) -> Reponse:
        question = dict(parse_qsl(appel.question))
        self.demandes.append(question)
        if question.get("client_id") != self.client or not question.get("redirect_uri"):
            return _page("Demande refusée", "<p>Ce service n'est pas connu de FranceConnect.</p>", 400)
        if faute := self._faute(question):
            return self._rendre(question, {"error": "invalid_request", "error_description": faute})
        numero = secrets.token_urlsafe(16)
        self._attentes[numero] = _Attente(question)
        return _page("Qui êtes-vous ?", _choix(numero, self.identites.values()))

    def _faute(self, question: Mapping[str, str]) -> str:
        attendus = {"response_type": "code", "acr_values": self.niveau, "code_challenge_method": "S256"}
        faux = [nom for nom, valeur in attendus.items() if question.get(nom) != valeur]
        faux += [nom for nom in ("state", "nonce") if len(question.get(nom, "")) < ALEA_MINIMAL]
        if "openid" not in question.get("scope", "").split() or not question.get("code_challenge"):
            faux.append("scope")
        return ", ".join(faux)

    @staticmethod
    def _rendre(question: Mapping[str, str], reponse: Mapping[str, str]) -> Reponse:
        retour = f"{question['redirect_uri']}?{urlencode({**reponse, 'state': question.get('state', '')})}"
        return Reponse(303, b"", "text/html", retour)

    def _choisir(self, appel: Appel) -> Reponse:
        saisie = dict(parse_qsl(appel.corps.decode()))
        attente = self._attentes.pop(saisie.get("demande", ""), None)
        if attente is None:
            return _page("Demande périmée", "<p>Retournez au service et recommencez.</p>", 400)
        attente.qui = self.identites.get(saisie.get("sujet", ""))
        if attente.qui is None:
            refus = {"error": "access_denied", "error_description": "User auth aborted"}
            return self._rendre(attente.question, refus)
        code = secrets.token_urlsafe(32)
        attente.jusqu_au = time.time() + DUREE
        self._codes[code] = attente
        return self._rendre(attente.question, {"code": code})

    def _jeton(self, appel: Appel) -> Reponse:
        saisie = dict(parse_qsl(appel.corps.decode()))
        if self.defaut == "panne_jeton":
            return Reponse(500, b"")
        if self.defaut == "charabia":
            return Reponse(200, b"<html>")
        if saisie.get("client_id") != self.client or not hmac.compare_digest(
            saisie.get("client_secret", ""), self.secret
        ):
            return _json({"error": "invalid_client"}, 401)
        attente = self._codes.pop(saisie.get("code", ""), None)  # a code serves once
        if attente is None or attente.qui is None or attente.jusqu_au < time.time():
            return _json({"error": "invalid_grant"}, 400)
        preuve = base64.urlsafe_b64encode(hashlib.sha256(saisie.get("code_verifier", "").encode()).digest())
        if (
            saisie.get("redirect_uri") != attente.question["redirect_uri"]
            or preuve.decode().rstrip("=") != attente.question["code_challenge"]
        ):
            return _json({"error": "invalid_grant"}, 400)
        acces = secrets.token_urlsafe(32)
        self._acces[acces] = attente.qui
        jeton = self._jeton_d_identite(attente, acces)
        return _json({"access_token": acces, "token_type": "Bearer", "expires_in": DUREE, "id_token": jeton})

    def _jeton_d_identite(self, attente: _Attente, acces: str) -> str:
        maintenant = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.emetteur, "aud": self.client, "iat": maintenant, "exp": maintenant + DUREE,
            "nonce": attente.question["nonce"], "acr": self.niveau, "sub": attente.qui.sujet if attente.qui else "",
            "at_hash": _moitie(acces),
        }  # fmt: skip
        claims |= {
            "nonce": {"nonce": "un-autre-alea-que-celui-de-la-demande"},
            "emetteur": {"iss": "https://ailleurs.test"},
            "public": {"aud": "un-autre-service"},
            "perime": {"exp": maintenant - 3600},
            "vieux": {"iat": maintenant - 7200},
            "niveau": {"acr": "eidas0"},
            "at_hash": {"at_hash": _moitie("un autre jeton")},
            "sans_sub": {"sub": ""},
        }.get(self.defaut, {})
        return self._chiffrer(self._signer(claims, "signature"))

    def _chiffrer(self, jeton: str) -> str:
        """As FranceConnect+ does: for the service's own key, which it has published."""
        if self.chiffrement is None or self.defaut == "en_clair":
            return jeton
        cle = ECKey.generate_key("P-256") if self.defaut == "autre_cle" else self.chiffrement
        alg = "RSA-OAEP" if isinstance(cle, RSAKey) else "ECDH-ES"
        tete = {"alg": alg, "enc": "A256GCM", "cty": "JWT"}
        return jwe.encrypt_compact(tete, jeton.encode(), cle, algorithms=[alg, "A256GCM"])

    def _signer(self, claims: Mapping[str, Any], defaut_de_signature: str) -> str:
        if self.defaut == "alg_none":
            corps = [{"alg": "none", "kid": self._cle.kid}, claims]
            return ".".join(_base64url(json.dumps(partie).encode()) for partie in corps) + "."
        if self.defaut == "hs256":  # signed with what everybody can read
            tete = {"alg": "HS256", "kid": self._cle.kid, "typ": "JWT"}
            a_signer = ".".join(_base64url(json.dumps(partie).encode()) for partie in (tete, claims))
            publique = json.dumps(self._cle.as_dict(private=False)).encode()
            return f"{a_signer}.{_base64url(hmac.digest(publique, a_signer.encode(), 'sha256'))}"
        cle = self._nouvelle_cle() if self.defaut == defaut_de_signature else self._cle
        return jwt.encode({"alg": "ES256", "kid": self._cle.kid}, dict(claims), cle)

    def _identite(self, appel: Appel) -> Reponse:
        qui = self._acces.get((appel.entetes.get("Authorization") or "").removeprefix("Bearer "))
        if self.defaut == "panne_identite":
            return Reponse(500, b"")
        if qui is None:
            return _json({"error": "invalid_token"}, 401)
        maintenant = int(time.time())
        claims = {
            "iss": self.emetteur, "aud": self.client, "iat": maintenant, "exp": maintenant + DUREE, "sub": qui.sujet,
            "family_name": qui.nom, "given_name": qui.prenoms, "given_name_array": qui.prenoms.split(),
            "gender": qui.sexe, "birthdate": qui.naissance, "birthplace": qui.lieu, "birthcountry": qui.pays,
        }  # fmt: skip
        claims |= {"autre_sujet": {"sub": "autre"}, "identite_public": {"aud": "un-autre-service"}}.get(self.defaut, {})
        if self.defaut == "identite_en_clair":
            return _json(claims)
        return Reponse(200, self._chiffrer(self._signer(claims, "identite_signature")).encode(), "application/jwt")

    def _finir(self, appel: Appel) -> Reponse:
        question = dict(parse_qsl(appel.question))
        try:
            jeton = jwt.decode(question.get("id_token_hint", ""), self._cle, algorithms=["ES256"])
        except ValueError:
            return _page("Déconnexion", "<p>Ce service n'a pas dit qui se déconnecte.</p>", 400)
        self.sorties.append(jeton.claims["sub"])
        retour, etat = question.get("post_logout_redirect_uri", ""), question.get("state", "")
        if not retour or len(etat) < ALEA_MINIMAL:
            return _page("Déconnexion", "<p>Le service n'a pas dit où revenir.</p>", 400)
        return Reponse(303, b"", "text/html", f"{retour}{'&' if '?' in retour else '?'}{urlencode({'state': etat})}")


def _moitie(texte: str) -> str:
    return _base64url(hashlib.sha256(texte.encode()).digest()[:16])


def _base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _json(objet: Mapping[str, Any], statut: int = 200) -> Reponse:
    return Reponse(statut, json.dumps(objet).encode())


def _page(titre: str, corps: str, statut: int = 200) -> Reponse:
    texte = PAGE.format(titre=escape(titre), corps=corps)
    return Reponse(statut, texte.encode(), "text/html; charset=utf-8")


def _choix(numero: str, identites: Any) -> str:
    boutons = "".join(
        f'<p><button type="submit" name="sujet" value="{escape(i.sujet)}">{escape(i.dite)}</button></p>'
        for i in identites
    )
    return (
        "<p>Ces personnes sont fictives. Choisissez celle qui se connecte.</p>"
        f'<form method="post" action="choisir"><input type="hidden" name="demande" value="{escape(numero)}">{boutons}'
        '<p><button type="submit" name="sujet" value="">Renoncer et revenir au service</button></p></form>'
    )


PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{titre} — FranceConnect simulé</title>
<style>
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1rem; color: #161616 }}
h1 {{ font-size: 1.5rem }}
button {{ font: inherit; width: 100%; min-height: 2.75rem; padding: .5rem 1rem; text-align: left; cursor: pointer;
  color: #000091; background: #fff; border: 1px solid #000091 }}
button:focus-visible {{ outline: 3px solid #0a76f6; outline-offset: 2px }}
</style></head>
<body><main><h1>{titre}</h1><p>FranceConnect simulé, pour la démonstration.</p>{corps}</main></body></html>
"""
