"""Online services: which addresses each one covers, declared once beside the code, in `<room>/teleservices.py`.

A service without a valid accreditation (`homologations`) is closed by `porte`. Every address is covered by a service or
named in `HORS_TELESERVICE` with its reason; a start-up check refuses any other.
"""

import dataclasses
import functools
import hashlib
import importlib
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Iterator

from django.apps import apps

from limpide.registre.collecte import registre
from limpide.registre.declaration import DeclarationInvalide

PUBLICS = ("usagers", "agents")
ETATS = ("construit", "a_construire")
AUTREMENT_USAGERS = (
    "à l'accueil de votre caisse d'allocations familiales",
    "par courrier, à l'adresse de votre caisse",
    "par téléphone, auprès de votre caisse",
)
AUTREMENT_AGENTS = (
    "prévenez le responsable de la sécurité des systèmes d'information de votre caisse",
    "en attendant, recevez les personnes sans l'outil : notez leurs demandes et leur date",
)

HORS_TELESERVICE = {
    "/": "Page d'accueil : des liens, aucune démarche.",
    "/accessibilite/": "Page d'information.",
    "/donnees-personnelles/": "Page d'information.",
    "/informatique-et-libertes": "Publication du registre : elle reste lisible quand un service ferme.",
    "/algorithmes": "Publication des règles.",
    "/developpeurs/": "Description publiée des interfaces : aucune démarche.",
    "/lettres/": "Lettres publiées, et leur lien de désabonnement : on peut toujours quitter une liste.",
    "/cookies/": "Choix des traceurs : il reste possible quand un service ferme.",
    "/homologations/": "Publication des homologations elles-mêmes.",
    "/etat": "Réponse au superviseur de la machine.",
    "/conditions/": "Texte publié : il reste lisible quand un service ferme.",
    "/securite/": "Conseils publiés : ils restent lisibles quand un service ferme.",
    "/connexion/": "Porte d'entrée : elle ne montre aucun dossier.",
    "/deconnexion/": "On peut toujours sortir.",
    "/pas-moi/": "Effacer le numéro resté sur la page de connexion.",
    "/mot-de-passe/": "Porte d'entrée : elle ne montre aucun dossier.",
    "/agent/connexion/": "Porte d'entrée, aussi celle de la déléguée qui enregistre les homologations.",
    "/agent/second-facteur/": "Porte d'entrée, aussi celle de la déléguée qui enregistre les homologations.",
    "/dpd/": "Contrôle interne : fermé, plus personne ne pourrait enregistrer une homologation.",
}
"""Prefixes of addresses that belong to no online service (`/`: that page alone), each with its reason."""

_CLE = re.compile(r"[a-z][a-z0-9_]{2,39}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Teleservice:
    """One online service. `chemins`: prefixes of its addresses; none as long as it isn't built.

    `machines`: those of them that programs ask, and that answer in JSON.
    """

    cle: str
    nom: str
    objet: str
    public: str
    chemins: tuple[str, ...] = ()
    etat: str = "construit"
    machines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        fautes = [
            (_CLE.fullmatch(self.cle), "la clé s'écrit en minuscules, chiffres et « _ », 3 à 40 signes"),
            (self.nom.strip() and self.objet.strip(), "le nom et l'objet sont exigés"),
            (self.public in PUBLICS, f"public : attendu {' ou '.join(PUBLICS)}"),
            (self.etat in ETATS, f"état : attendu {' ou '.join(ETATS)}"),
            ((self.etat == "construit") == bool(self.chemins), "un service construit a des adresses, un autre aucune"),
            (set(self.machines) <= set(self.chemins), "une adresse de machine est une des adresses"),
            (all(c.startswith("/") and c.endswith("/") for c in self.chemins), "une adresse est entre deux « / »"),
        ]  # fmt: skip
        for juste, message in fautes:
            if not juste:
                raise DeclarationInvalide(f"téléservice « {self.cle} » : {message}")

    @property
    def autrement(self) -> tuple[str, ...]:
        """Other ways to reach the Caf while this service is closed."""
        return AUTREMENT_USAGERS if self.public == "usagers" else AUTREMENT_AGENTS


def _declares() -> Iterator[Teleservice]:
    for application in apps.get_app_configs():
        nom = f"{application.name}.teleservices"
        if importlib.util.find_spec(nom) is not None:
            yield from importlib.import_module(nom).TELESERVICES


@functools.cache
def teleservices() -> dict[str, Teleservice]:
    """Every declared service by key, in the order of the rooms."""
    tous: dict[str, Teleservice] = {}
    for service in _declares():
        if service.cle in tous:
            raise DeclarationInvalide(f"téléservice « {service.cle} » : cette clé est déjà prise")
        tous[service.cle] = service
    return tous


def hors_teleservice(chemin: str) -> bool:
    """Whether this address belongs to no service, by name."""
    return chemin in HORS_TELESERVICE or any(p != "/" and chemin.startswith(p) for p in HORS_TELESERVICE)


def teleservice_de(chemin: str) -> Teleservice | None:
    """The service of an address, by the longest prefix. None if none covers it, or if it is outside them all."""
    if hors_teleservice(chemin):
        return None
    trouves = [(len(p), s) for s in teleservices().values() for p in s.chemins if chemin.startswith(p)]
    return max(trouves, key=lambda x: x[0])[1] if trouves else None


def adresses_de(service: Teleservice) -> dict[str, tuple[str, ...]]:
    """Address → processings that its page opens."""
    from limpide.registre.controles import adresses

    trouvees = {}
    for chemin, vue in adresses():
        if teleservice_de(chemin) is service:
            classe = getattr(vue, "view_class", None)
            cles = getattr(vue, "registre_traitements", None) or getattr(classe, "registre_traitements", None) or ()
            trouvees[chemin] = tuple(sorted(cles))
    return trouvees


@functools.cache
def empreinte(cle: str) -> str:
    """What an accreditation is decided on: the service, its addresses, the processings behind them, the major version.

    Another fingerprint reopens the question: new data, new channel, major version.
    """
    service = teleservices()[cle]
    adresses = adresses_de(service)
    contenu = {
        "service": dataclasses.asdict(service),
        "adresses": adresses,
        "traitements": {c: registre().empreintes[c] for cles in adresses.values() for c in cles},
        "version": importlib.metadata.version("limpide").split(".")[0],
    }
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texte.encode()).hexdigest()[:16]
