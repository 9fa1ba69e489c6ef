"""A household as it would be: somebody arrives, leaves, or lives half of the time elsewhere. In memory; writes nothing.

What `services.rattacher` and `services.detacher` would leave, on the arrays that the law reads.
"""

import datetime
from dataclasses import replace

import numpy as np

from .situations import JOUR_ZERO, SANS_FIN, FaitsConnus

INCONNUE = 2**39
"""Number of somebody who has none yet: no person bears one that high."""
ROLES = {"demandeur": 0, "conjoint": 1, "enfant": 2}


def sans(connus: FaitsConnus, dossier: int, personne: int, depuis: datetime.date) -> FaitsConnus:
    """The same, that person being in this household no more from that day."""
    lignes, jour = connus.composition, (depuis - JOUR_ZERO).days
    siennes = (lignes["dossier"] == dossier) & (lignes["personne"] == personne)
    gardees = lignes[~(siennes & (lignes["debut"] >= jour))].copy()
    siennes = (gardees["dossier"] == dossier) & (gardees["personne"] == personne)
    gardees["fin"][siennes & (gardees["fin"] > jour)] = jour
    return replace(connus, composition=gardees)


def avec(
    connus: FaitsConnus,
    dossier: int,
    personne: int,
    role: str,
    depuis: datetime.date,
    naissance: datetime.date,
    *,
    alternee: bool = False,
) -> FaitsConnus:
    """The same, that person being in this household with this role from that day."""
    reste = sans(connus, dossier, personne, depuis)
    ligne = np.zeros(1, reste.composition.dtype)
    ligne["dossier"], ligne["personne"], ligne["role"], ligne["garde"] = dossier, personne, ROLES[role], alternee
    ligne["debut"], ligne["fin"] = (depuis - JOUR_ZERO).days, SANS_FIN
    ligne["naissance"] = (naissance - JOUR_ZERO).days
    return replace(reste, composition=np.concatenate([reste.composition, ligne]))
