"""The software bill of materials (CycloneDX 1.6) of what is installed here, read from the packages themselves.

Sixty lines rather than cyclonedx-bom: nothing to install where the evidence is made, and hashes come from our lock.
"""

import datetime as dt
import importlib.metadata
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

EXIGENCES = Path(__file__).parents[2] / "requirements" / "base.in"
VERROU = EXIGENCES.with_name("base.txt")
RACINE = "limpide"


def nomenclature(le: dt.datetime) -> dict[str, Any]:
    """The components installed that Limpide needs, directly or not, as a CycloneDX document."""
    distributions = {_nom(d.metadata["Name"]): d for d in importlib.metadata.distributions()}
    requis = _fermeture(distributions)
    empreintes = _empreintes(VERROU.read_text(encoding="utf-8")) if VERROU.exists() else {}
    composants = [_composant(distributions[nom], empreintes.get(nom, [])) for nom in sorted(requis) if nom != RACINE]
    version = importlib.metadata.version(RACINE)
    identite = uuid.uuid5(uuid.NAMESPACE_URL, f"{version} {[(c['name'], c['version']) for c in composants]}")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{identite}",
        "version": 1,
        "metadata": {
            "timestamp": le.isoformat(timespec="seconds"),
            "component": {"type": "application", "bom-ref": RACINE, "name": RACINE, "version": version,
                          "licenses": [{"license": {"id": "EUPL-1.2"}}]},
        },
        "components": composants,
        "dependencies": [
            {"ref": _reference(nom, distributions), "dependsOn": sorted(_reference(n, distributions) for n in directes)}
            for nom, directes in sorted(requis.items())
        ],
    }  # fmt: skip


def _fermeture(distributions: dict[str, Any]) -> dict[str, set[str]]:
    """Every installed package that Limpide needs, with those it needs directly."""
    requis: dict[str, set[str]] = {}
    a_voir = [RACINE]
    while a_voir:
        nom = a_voir.pop()
        if nom in requis:
            continue
        requis[nom] = {d for d in _exigences(nom, distributions[nom]) if d in distributions}
        a_voir += requis[nom]
    return requis


def _exigences(nom: str, distribution: Any) -> Iterator[str]:
    textes = distribution.requires or ()
    if nom == RACINE and EXIGENCES.exists():  # a working copy may ask for more than it did when it was installed
        textes = [ligne for ligne in EXIGENCES.read_text(encoding="utf-8").splitlines() if ligne.strip()]
    for texte in textes:
        exigence = Requirement(texte)
        if exigence.marker is None or any(exigence.marker.evaluate({"extra": e}) for e in ("", "binary")):
            yield _nom(exigence.name)


def _nom(texte: str) -> str:
    return re.sub(r"[-_.]+", "-", texte).lower()


def _reference(nom: str, distributions: dict[str, Any]) -> str:
    return nom if nom == RACINE else f"pkg:pypi/{nom}@{distributions[nom].version}"


def _composant(distribution: Any, empreintes: list[str]) -> dict[str, Any]:
    meta = distribution.metadata
    nom = _nom(meta["Name"])
    composant: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{nom}@{distribution.version}",
        "purl": f"pkg:pypi/{nom}@{distribution.version}",
        "name": meta["Name"],
        "version": distribution.version,
    }
    licence = meta.get("License-Expression") or (meta.get("License") or "").splitlines()[:1]
    texte = licence if isinstance(licence, str) else "".join(licence)
    if texte and len(texte) < 100:
        composant["licenses"] = [{"license": {"name": texte}}]
    if empreintes:
        composant["properties"] = [{"name": "limpide:verrou:sha256", "value": e} for e in empreintes]
    return composant


def _empreintes(verrou: str) -> dict[str, list[str]]:
    """Hashes that our lock accepts for each package (one per published file)."""
    blocs = re.split(r"\n(?=[A-Za-z0-9])", verrou)
    return {_nom(re.split(r"[=\[ ]", bloc)[0]): re.findall(r"--hash=sha256:([0-9a-f]{64})", bloc) for bloc in blocs}
