"""Connections of citizens: opened at login, admitted at each page, closed one by one or all at once.

The session holds the number of its connection; a session whose connection is closed opens nothing any more, whatever
its cookie. Agents' and officers' sessions hold none.
"""

import datetime as dt
from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from .models import CanalConnexion, Compte, Connexion, FinConnexion, MoyenConnexion
from .models.mobile import VIE_DU_RENOUVELLEMENT

CLE_SESSION = "connexion"
PAS = dt.timedelta(minutes=5)
"""How often the last page seen is written: often enough to tell an open session from one left behind."""
VIE_D_UNE_APPLICATION = dt.timedelta(days=90)
"""Of a connection of the mobile application, from its login: number and password are asked again, however often it
served meanwhile."""


def ouvrir(
    compte: Compte,
    appareil: str,
    origine: str,
    moyen: MoyenConnexion = MoyenConnexion.MOT_DE_PASSE,
    canal: CanalConnexion = CanalConnexion.SITE,
) -> Connexion:
    """Record a login. Within `authentification`. `origine`: 64 hexadecimal digits, never an address."""
    maintenant = timezone.now()
    return Connexion.objects.create(
        compte_id=compte.pk, personne_id=compte.personne_id, ouverte_le=maintenant, vue_le=maintenant,
        appareil=appareil, origine=origine, moyen=moyen, canal=canal,
    )  # fmt: skip


def admise(compte: Compte, session: MutableMapping[str, Any]) -> bool:
    """Whether the connection of this session is still open; notes, from time to time, that it is in use."""
    if not compte.est_allocataire:
        return True
    numero = session.get(CLE_SESSION)
    siennes = Connexion.objects.filter(pk=numero, compte_id=compte.pk, fermee_le=None, canal=CanalConnexion.SITE)
    connexion = siennes.only("id", "vue_le").first() if numero else None
    if connexion is None:
        return False
    noter_l_usage(connexion, timezone.now())
    return True


def noter_l_usage(connexion: Connexion, maintenant: dt.datetime) -> None:
    """A write every few minutes at the most, however often the connection serves."""
    if maintenant - connexion.vue_le > PAS:
        Connexion.objects.filter(pk=connexion.pk).update(vue_le=maintenant)


def ouvertes(compte: int) -> "QuerySet[Connexion]":
    """The connections that may still ask for something, the latest first: neither closed nor idle for too long."""
    maintenant = timezone.now()
    du_site = Q(
        canal=CanalConnexion.SITE, vue_le__gt=maintenant - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE) - PAS
    )
    d_une_application = Q(
        canal=CanalConnexion.MOBILE,
        vue_le__gt=maintenant - dt.timedelta(days=VIE_DU_RENOUVELLEMENT.jours),
        ouverte_le__gt=maintenant - VIE_D_UNE_APPLICATION,
    )
    siennes = Connexion.objects.filter(du_site | d_une_application, compte_id=compte, fermee_le=None)
    return siennes.order_by("-ouverte_le")


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
