"""Accesses to Mon Compte that an agent should look at: suspended ones, and those whose holder reported a connection."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.identite.models import Compte, EtapeAcces, GenreCompte, GenreEtapeAcces

RECENT = dt.timedelta(days=30)
SUSPENDU, SIGNALE = "accès suspendu", "« ce n'était pas moi »"


@dataclass(frozen=True)
class ASuivre:
    """One file: what is to look at, since when."""

    le: dt.datetime
    dossier: int
    numero: str
    quoi: str


def a_suivre() -> list[ASuivre]:
    """Of the Caf in scope, the oldest first; what was reported is shown for thirty days."""
    signalements = EtapeAcces.objects.filter(genre=GenreEtapeAcces.SIGNALEMENT, le__gt=timezone.now() - RECENT)
    vus = {personne: (le, SIGNALE) for personne, le in signalements.order_by("le").values_list("personne_id", "le")}
    suspendus = Compte.objects.filter(genre=GenreCompte.ALLOCATAIRE, suspendu_le__isnull=False)
    vus |= {personne: (le, SUSPENDU) for personne, le in suspendus.values_list("personne_id", "suspendu_le")}
    dossiers = Dossier.objects.filter(allocataire_id__in=list(vus), clos_le=None)
    trouves = dossiers.values_list("pk", "numero", "allocataire_id")
    return sorted(
        (ASuivre(vus[qui][0], pk, numero, vus[qui][1]) for pk, numero, qui in trouves), key=lambda a: (a.le, a.dossier)
    )
