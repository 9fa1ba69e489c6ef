"""Connections of citizens: opened at login, admitted at each page, closed one by one or all at once.

The session holds the number of its connection; a session whose connection is closed opens nothing any more, whatever
its cookie. Agents' and officers' sessions hold none.
"""

import datetime as dt
from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from .models import Compte, Connexion, FinConnexion, MoyenConnexion

CLE_SESSION = "connexion"
PAS = dt.timedelta(minutes=5)
"""How often the last page seen is written: often enough to tell an open session from one left behind."""


def ouvrir(
    compte: Compte, appareil: str, origine: str, moyen: MoyenConnexion = MoyenConnexion.MOT_DE_PASSE
) -> Connexion:
    """Record a login. Within `authentification`. `origine`: 64 hexadecimal digits, never an address."""
    maintenant = timezone.now()
    return Connexion.objects.create(
        compte_id=compte.pk, personne_id=compte.personne_id, ouverte_le=maintenant, vue_le=maintenant,
        appareil=appareil, origine=origine, moyen=moyen,
    )  # fmt: skip


def admise(compte: Compte, session: MutableMapping[str, Any]) -> bool:
    """Whether the connection of this session is still open; notes, from time to time, that it is in use."""
    if not compte.est_allocataire:
        return True
    numero = session.get(CLE_SESSION)
    siennes = Connexion.objects.filter(pk=numero, compte_id=compte.pk, fermee_le=None)
    vue_le = siennes.values_list("vue_le", flat=True).first() if numero else None
    if vue_le is None:
        return False
    maintenant = timezone.now()
    if maintenant - vue_le > PAS:
        siennes.update(vue_le=maintenant)
    return True


def ouvertes(compte: int) -> "QuerySet[Connexion]":
    """The connections that may still ask for a page, the latest first: neither closed nor idle for too long."""
    limite = timezone.now() - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE) - PAS
    return Connexion.objects.filter(compte_id=compte, fermee_le=None, vue_le__gt=limite).order_by("-ouverte_le")


def deja_venu(identifiant: str, origine: str) -> bool:
    """Whether this account was opened from there, within the year that connections are kept."""
    return Connexion.objects.filter(compte__identifiant=identifiant, origine=origine).exists()


def dernieres(compte: int, nombre: int) -> list[Connexion]:
    """The last logins, the latest first."""
    return list(Connexion.objects.filter(compte_id=compte).order_by("-ouverte_le")[:nombre])


def fermer(compte: int, numero: int, fin: FinConnexion) -> bool:
    """Close one connection of this account; False if it is not one, or is closed already."""
    return bool(_fermer(Connexion.objects.filter(pk=numero, compte_id=compte), fin))


def fermer_les_autres(compte: int, sauf: int | None, fin: FinConnexion) -> int:
    """Close every connection of this account but one; how many were open."""
    return _fermer(Connexion.objects.filter(compte_id=compte).exclude(pk=sauf), fin)


def _fermer(lesquelles: "QuerySet[Connexion]", fin: FinConnexion) -> int:
    # Two machines may not agree to the millisecond on what time it is: nothing closes before it opened.
    return lesquelles.filter(fermee_le=None).update(fermee_le=Greatest("ouverte_le", Now()), fin=fin)
