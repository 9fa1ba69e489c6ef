"""The draft of a quarter: kept as typed, encrypted, taken up where it was left. Inside `declaration_trimestre`."""

import datetime as dt
from urllib.parse import urlencode

from django.http import QueryDict

from limpide.usagers import brouillons
from limpide.usagers.models import BrouillonTrimestre

HORS_BROUILLON = ("csrfmiddlewaretoken", "vu", "etape", "honneur")


def lire(personne: int, mois: dt.date) -> dict[str, str]:
    """What this person typed for that quarter, field by field; empty without a draft."""
    trouve = brouillons.lire(BrouillonTrimestre, personne_id=personne, mois=mois)
    return {} if trouve is None else trouve.reponses.dict()


def garder(personne: int, mois: dt.date, donnees: QueryDict) -> None:
    """Nothing typed: no draft."""
    tapees = {nom: donnees[nom] for nom in donnees if nom not in HORS_BROUILLON and donnees[nom]}
    if not tapees:
        effacer(personne)
        return
    brouillons.garder(BrouillonTrimestre, urlencode(tapees), ecrits={"mois": mois}, personne_id=personne)


def effacer(personne: int) -> None:
    BrouillonTrimestre.objects.filter(personne_id=personne).delete()
