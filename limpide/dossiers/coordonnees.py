"""E-mail addresses and mobiles of the allocataires, for agents: those of a file, those whose messages came back."""

import datetime as dt
from dataclasses import dataclass

from limpide.identite import contacts
from limpide.identite.models import PointDeContact

from .models import Dossier


@dataclass(frozen=True)
class Revenu:
    """A message came back: which open file, which kind of address, when."""

    dossier: int
    numero: str
    genre: str
    le: dt.datetime


def du_dossier(dossier: Dossier) -> list[PointDeContact]:
    """What the allocataire of this file confirmed, e-mail first."""
    return contacts.en_usage([dossier.allocataire_id])


def revenus() -> list[Revenu]:
    """Open files of this Caf whose allocataire can't be written to any more, oldest first (MC-057)."""
    rejetes = contacts.rejetes()
    ouverts = Dossier.objects.filter(allocataire_id__in=[p.personne_id for p in rejetes], clos_le=None)
    dossiers = {d.allocataire_id: d for d in ouverts}
    return [
        Revenu(d.pk, d.numero, str(p.get_genre_display()), p.rejete_le)
        for p in rejetes
        if (d := dossiers.get(p.personne_id)) is not None and p.rejete_le is not None
    ]
