"""What the site may leave in a browser, declared once beside the code that leaves it (`<room>/traceurs.py`).

Whatever is not declared must not be found there: a test opens every page in Chromium and looks.
"""

import dataclasses
import functools
import hashlib
import importlib
import importlib.util
import json

from django.apps import apps

from limpide.registre.declaration import DeclarationInvalide

GENRES = {
    "cookie": "Cookie",
    "local": "Stockage local du navigateur",
    "image": "Image d'un point dans un courriel",
}
RESPONSABLE = "La caisse d'allocations familiales, sur ce site seulement"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finalite:
    """A purpose that needs consent, as the choice page asks it."""

    cle: str
    intitule: str
    explication: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Traceur:
    """One tracer. `finalite`: the purpose it needs consent for; empty if strictly necessary: `raison` says why.

    `accord`: where else than on the choice page consent is asked, for what doesn't live in a browser.
    """

    nom: str
    genre: str
    usage: str
    duree: str
    raison: str = ""
    finalite: str = ""
    responsable: str = RESPONSABLE
    accord: str = ""

    def __post_init__(self) -> None:
        if self.genre not in GENRES:
            raise DeclarationInvalide(f"traceur « {self.nom} » : genre inconnu, attendu {', '.join(GENRES)}")
        if not (self.nom.strip() and self.usage.strip() and self.duree.strip()):
            raise DeclarationInvalide(f"traceur « {self.nom} » : le nom, l'usage et la durée sont exigés")
        if [bool(self.finalite), bool(self.raison), bool(self.accord)].count(True) != 1:
            raise DeclarationInvalide(
                f"traceur « {self.nom} » : dire pourquoi il est strictement nécessaire, ou la finalité à accepter, ou "
                "où l'accord se donne"
            )

    @property
    def necessaire(self) -> bool:
        return bool(self.raison)


def _declares(nom: str) -> list[object]:
    trouves: list[object] = []
    for application in apps.get_app_configs():
        module = f"{application.name}.traceurs"
        if importlib.util.find_spec(module) is not None:
            trouves += getattr(importlib.import_module(module), nom, ())
    return trouves


@functools.cache
def traceurs() -> tuple[Traceur, ...]:
    """Every declared tracer, the necessary ones first. Raises DeclarationInvalide on an unknown purpose."""
    tous = [t for t in _declares("TRACEURS") if isinstance(t, Traceur)]
    connues = {f.cle for f in finalites()}
    for traceur in tous:
        if traceur.finalite and traceur.finalite not in connues:
            raise DeclarationInvalide(f"traceur « {traceur.nom} » : finalité inconnue « {traceur.finalite} »")
    return tuple(sorted(tous, key=lambda t: not t.necessaire))


@functools.cache
def finalites() -> tuple[Finalite, ...]:
    """Purposes that a reader may accept or refuse."""
    return tuple(f for f in _declares("FINALITES") if isinstance(f, Finalite))


@functools.cache
def version() -> str:
    """Version of the policy: it changes with what needs consent, and each choice is then asked again."""
    demandes = [dataclasses.asdict(f) for f in finalites()]
    soumis = [dataclasses.asdict(t) for t in traceurs() if t.finalite]
    texte = json.dumps([demandes, soumis], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texte.encode()).hexdigest()[:16]
