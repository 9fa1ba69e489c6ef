"""Tombstones: what kind of rows went, when, how many, under which version of the rule. Nobody's number."""

import dataclasses
import hashlib
import json
from typing import Any

from django.utils import timezone

from limpide.registre.conservation.graphe import modeles, retention
from limpide.registre.conservation.modeles import Effacement, RapportPurge
from limpide.registre.conservation.regles import Retention


def version(regle: Retention) -> str:
    """Fingerprint of one rule: 16 hexadecimal digits."""
    texte = json.dumps(dataclasses.asdict(regle), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(texte.encode()).hexdigest()[:16]


def version_des_regles() -> str:
    """Fingerprint of all of them."""
    toutes = sorted(f"{m._meta.label} {version(retention(m))}" for m in modeles())
    return hashlib.sha256("\n".join(toutes).encode()).hexdigest()[:16]


def noter(organisme: str, modele: Any, nombre: int, rapport: RapportPurge | None = None) -> None:
    """One tombstone for these rows of this table, in the transaction that erases them."""
    regle = retention(modele)
    Effacement.objects.create(
        rapport=rapport, organisme=organisme, horloge=regle.horloge, modele=modele._meta.label, sort=regle.sort,
        nombre=nombre, regle=version(regle), efface_le=timezone.now(),
    )  # fmt: skip
