"""The draft of a quarter: kept as typed, encrypted, taken up where it was left. Inside `declaration_trimestre`."""

import datetime as dt
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from limpide.identite.confidentiel import TexteScelle
from limpide.usagers.models import BrouillonTrimestre

HORS_BROUILLON = ("csrfmiddlewaretoken", "vu", "etape", "honneur")


def lire(personne: int, mois: dt.date) -> dict[str, str]:
    """What this person typed for that quarter, field by field; empty without a draft."""
    trouve = BrouillonTrimestre.objects.filter(personne_id=personne, mois=mois).first()
    return {} if trouve is None else QueryDict(trouve.contenu.en_clair()).dict()


def garder(personne: int, mois: dt.date, donnees: QueryDict) -> None:
    """Write the draft, over the former one; two tabs: the last to speak is kept. Nothing typed: no draft."""
    tapees = {nom: donnees[nom] for nom in donnees if nom not in HORS_BROUILLON and donnees[nom]}
    if not tapees:
        effacer(personne)
        return
    try:
        with transaction.atomic():
            brouillons = BrouillonTrimestre.objects.select_for_update(of=("self",))
            deja = brouillons.filter(personne_id=personne).first()
            actuel = deja or BrouillonTrimestre(personne_id=personne)
            actuel.mois, actuel.contenu, actuel.modifie_le = mois, TexteScelle(urlencode(tapees)), timezone.now()
            if deja is None:
                actuel.save(force_insert=True)
            else:
                actuel.save(update_fields=["mois", "contenu_chiffre", "modifie_le"])
    except IntegrityError:
        garder(personne, mois, donnees)  # the other tab created it meanwhile: write over it


def effacer(personne: int) -> None:
    BrouillonTrimestre.objects.filter(personne_id=personne).delete()
