"""The terms of use of Mon Compte, one file for each version, and what each account answered to them.

In: the files `version_N.toml`, never edited once published; the answers of the account that reads.
Out: the version in force with its hash; whether this account may enter. Calls only this room's models.
"""

import dataclasses
import datetime as dt
import functools
import hashlib
import tomllib
from pathlib import Path

from django.utils import timezone

from limpide.usagers.models import ReponseConditions

ICI = Path(__file__).parent
CLE = "conditions_mon_compte"
A_LIRE = "a_lire"
"""No answer to the version in force. The other two states are the answers of `ReponseConditions.Reponse`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Conditions:
    """One version. `empreinte`: SHA-256 of the file, 64 hexadecimal digits; `articles`: (title, paragraphs)."""

    version: int
    en_vigueur_le: dt.date
    empreinte: str
    articles: tuple[tuple[str, tuple[str, ...]], ...]


@functools.cache
def versions(dossier: Path) -> tuple[Conditions, ...]:
    """Every published version, oldest first. Fails on a file whose name and number disagree."""
    lues = sorted((_lire(chemin) for chemin in dossier.glob("version_*.toml")), key=lambda c: c.version)
    if not lues or [c.version for c in lues] != list(range(1, len(lues) + 1)):
        raise ValueError(f"{dossier.name} : les versions des conditions se suivent à partir de 1")
    return tuple(lues)


def _lire(chemin: Path) -> Conditions:
    brut = chemin.read_bytes()
    donnees = tomllib.loads(brut.decode())
    if chemin.stem != f"version_{donnees['version']}":
        raise ValueError(f"{chemin.name} : le nom et la version diffèrent")
    articles = tuple((a["titre"], tuple(a["paragraphes"])) for a in donnees["articles"])
    return Conditions(donnees["version"], donnees["en_vigueur_le"], hashlib.sha256(brut).hexdigest(), articles)


def en_vigueur() -> Conditions:
    """The version that holds today."""
    jour = timezone.localdate()
    return [c for c in versions(ICI) if c.en_vigueur_le <= jour][-1]


def derniere_reponse(compte: int) -> ReponseConditions | None:
    """What this account answered last, to whichever version. Within `conditions_mon_compte`."""
    return ReponseConditions.objects.filter(compte_id=compte).order_by("-pk").first()


def etat(compte: int) -> str:
    """`acceptees`, `refusees`, or `a_lire` when the version in force has no answer from this account."""
    reponse = derniere_reponse(compte)
    if reponse is None or reponse.empreinte != en_vigueur().empreinte:
        return A_LIRE
    return reponse.reponse


def repondre(compte: int, personne: int, reponse: str, canal: str) -> None:
    """Record an answer to the version in force. Nothing is edited: a reversal is one more line (MC-014)."""
    conditions = en_vigueur()
    ReponseConditions.objects.create(
        compte_id=compte,
        personne_id=personne,
        version=conditions.version,
        empreinte=conditions.empreinte,
        reponse=reponse,
        canal=canal,
        quand=timezone.now(),
    )
