"""The other end of exchanges: one small HTTP server on this machine, with faults on demand.

Each partner lives under its own path, with its own token, and remembers the answer given to each key: asked again, it
answers the same. `pannes` spoils the next calls: slow, 500, cut connection, unreadable answer.
"""

import collections
import contextlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import urlsplit

from limpide.socle import dossier_donnees
from limpide.socle.appel import PORT_DES_SIMULATEURS, TAILLE_MAX

SECONDES_POUR_FERMER = 0.05
"""At most, for the server to see that it must stop."""
PANNES = ("lente", "500", "coupure", "charabia")
Route = Callable[[Mapping[str, Any]], dict[str, Any]]


class Incomprise(ValueError):
    """The question is not of the convention: answered 422, and a retry changes nothing."""


@dataclass
class PartenaireSimule:
    """One partner: its routes, the answers it gave by key, the faults to come, what it received."""

    nom: str
    routes: Mapping[str, Route]
    pannes: collections.deque[str] = field(default_factory=collections.deque)
    donnees: dict[str, dict[str, Any]] = field(default_factory=dict)
    recues: list[str] = field(default_factory=list)
    verrou: threading.Lock = field(default_factory=threading.Lock)

    @property
    def jeton(self) -> str:
        return dossier_donnees.secret(f"partenaire-{self.nom}")

    def tomber(self, panne: str, fois: int = 1) -> None:
        """Spoil the next calls."""
        if panne not in PANNES:
            raise ValueError(f"panne « {panne} » inconnue ; attendu : {', '.join(PANNES)}")
        self.pannes.extend([panne] * fois)

    def repondre(self, chemin: str, cle: str, question: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to this key, worked out once."""
        with self.verrou:
            self.recues.append(chemin)
            if cle not in self.donnees:
                self.donnees[cle] = self.routes[chemin](question)
            return self.donnees[cle]


@dataclass(frozen=True)
class Appel:
    """A request to a simulated site: `chemin` under its own path, without the question mark and what follows."""

    methode: str
    chemin: str
    question: str
    entetes: Mapping[str, str]
    corps: bytes = field(repr=False)


@dataclass(frozen=True)
class Reponse:
    """What a simulated site answers."""

    statut: int
    octets: bytes
    genre: str = "application/json"
    vers: str = ""


class SiteSimule(Protocol):
    """A partner that people visit with their browser."""

    def repondre(self, appel: Appel) -> Reponse: ...


class Simulateur:
    """The server of all the partners given, from `ouvrir` to `fermer`; port 0 takes any free one.

    `page`: the HTML of the one page for people, at `/messages`. `sites`: whole sites, each under its own path.
    """

    def __init__(
        self,
        *partenaires: PartenaireSimule,
        port: int = PORT_DES_SIMULATEURS,
        page: Callable[[], str] | None = None,
        sites: Mapping[str, SiteSimule] | None = None,
    ) -> None:
        self.page = page
        self.sites = sites or {}
        self.partenaires = {p.nom: p for p in partenaires}
        self.ferme = threading.Event()
        self.serveur = ThreadingHTTPServer(("127.0.0.1", port), Guichet)
        self.serveur.simulateur = self  # type: ignore[attr-defined]
        self.serveur.daemon_threads = True
        self._fil = threading.Thread(target=self.serveur.serve_forever, args=(SECONDES_POUR_FERMER,), daemon=True)

    @property
    def port(self) -> int:
        return int(self.serveur.server_address[1])

    def adresse(self, nom: str) -> str:
        return f"http://127.0.0.1:{self.port}/{nom}"

    def ouvrir(self) -> None:
        self._fil.start()

    def fermer(self) -> None:
        self.ferme.set()
        self.serveur.shutdown()
        self.serveur.server_close()
        self._fil.join()

    @contextlib.contextmanager
    def ouvert(self) -> Iterator["Simulateur"]:
        self.ouvrir()
        try:
            yield self
        finally:
            self.fermer()


class Guichet(BaseHTTPRequestHandler):
    """One call: known partner, right token, a fault if one waits, then the answer of the route."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.close_connection = True
        simulateur: Simulateur = self.server.simulateur  # type: ignore[attr-defined]
        corps = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), TAILLE_MAX))
        _, nom, chemin = [*self.path.split("/", 2), "", ""][:3]
        if nom in simulateur.sites:
            self._visiter(simulateur.sites[nom], corps)
            return
        partenaire = simulateur.partenaires.get(nom)
        if partenaire is None or f"/{chemin}" not in partenaire.routes:
            self._envoyer(404, {})
        elif not hmac.compare_digest(self.headers.get("Authorization") or "", f"Bearer {partenaire.jeton}"):
            self._envoyer(401, {})
        elif partenaire.pannes:
            self._tomber(partenaire.pannes.popleft(), simulateur)
        else:
            self._servir(partenaire, f"/{chemin}", corps)

    def do_GET(self) -> None:
        """The page of the messages received, for whoever tries the demonstration."""
        self.close_connection = True
        simulateur: Simulateur = self.server.simulateur  # type: ignore[attr-defined]
        site = simulateur.sites.get(self.path.split("/", 2)[1])
        if site is not None:
            self._visiter(site, b"")
        elif self.path != "/messages" or simulateur.page is None:
            self._envoyer(404, {})
        else:
            self._ecrire(200, simulateur.page().encode(), "text/html; charset=utf-8")

    def _visiter(self, site: SiteSimule, corps: bytes) -> None:
        lue = urlsplit(self.path)
        chemin = "/" + lue.path.split("/", 2)[2] if lue.path.count("/") > 1 else "/"
        rendue = site.repondre(Appel(self.command, chemin, lue.query, dict(self.headers.items()), corps))
        self._ecrire(rendue.statut, rendue.octets, rendue.genre, rendue.vers)

    def _servir(self, partenaire: PartenaireSimule, chemin: str, corps: bytes) -> None:
        try:
            reponse = partenaire.repondre(chemin, self.headers.get("Idempotency-Key") or "", json.loads(corps))
        except (ValueError, KeyError, TypeError):
            self._envoyer(422, {})
        else:
            self._envoyer(200, reponse)

    def _tomber(self, panne: str, simulateur: Simulateur) -> None:
        if panne == "lente":
            simulateur.ferme.wait()  # never answers: the caller's patience ends first
        elif panne == "500":
            self._envoyer(500, {})
        elif panne == "charabia":
            self._ecrire(200, b"<html>")
        # a cut connection: closed without a word

    def _envoyer(self, code: int, objet: Mapping[str, Any]) -> None:
        self._ecrire(code, json.dumps(objet).encode())

    def _ecrire(self, code: int, octets: bytes, genre: str = "application/json", vers: str = "") -> None:
        self.send_response(code)
        if vers:
            self.send_header("Location", vers)
        self.send_header("Content-Type", genre)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *arguments: Any) -> None:
        """No line: an access log is a copy that nobody declared."""
