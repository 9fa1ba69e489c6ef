"""What the rights desk asks: who may exercise a person's rights on their data, on a day."""

import datetime as dt

from limpide.registre.demandes.representation import Representant

from .mesures import GENRES
from .models import MesureProtection


def representant(personne: int, jour: dt.date) -> Representant | None:
    """The protector of that day, and why they may not ask for the data when the measure doesn't let them."""
    mesure: MesureProtection | None = MesureProtection.objects.filter(
        personne_id=personne, valide__contains=jour
    ).first()
    if mesure is None:
        return None
    genre = GENRES[mesure.genre]
    qui = f"{mesure.protecteur_nom} ({genre.nom}, jugement du {mesure.jugement_le:%d/%m/%Y})"
    if mesure.pouvoir_donnees:
        return Representant(qui)
    return Representant(
        qui,
        f"Cette demande est présentée par {qui} : {genre.sans_pouvoir}. La personne garde ses droits sur ses données.",
    )


REPRESENTER = representant
