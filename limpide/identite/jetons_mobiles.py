"""Tokens of the mobile application: given at login, looked at for each request, renewed by rotation.

Within `authentification`. A renewal token serves once: presented a second time, somebody holds a copy, and the whole
connection is closed. The person closes it too from « Mes connexions », as any other.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from . import chiffrement, connexions
from .models import CanalConnexion, Compte, Connexion, FinConnexion, GenreCompte, JetonMobile
from .models.mobile import VIE_DU_RENOUVELLEMENT

OCTETS = 32
LONGUEUR = 43
"""Of a token: 256 bits drawn at random, in URL-safe base 64."""
VIE_DE_L_ACCES = dt.timedelta(minutes=10)


@dataclass(frozen=True, repr=False)
class Paire:
    """What the application receives, once: never to be read again here, nor printed."""

    acces: str
    renouvellement: str
    acces_jusqu_au: dt.datetime
    renouvellement_jusqu_au: dt.datetime


def ouvrir(compte: Compte, appareil: str, origine: str) -> tuple[Connexion, Paire]:
    """A connection of the application and its first pair. `origine`: 64 hexadecimal digits, never an address."""
    compte.precedente_connexion = compte.last_login
    compte.last_login = timezone.now()
    compte.save(update_fields=["precedente_connexion", "last_login"])
    connexion = connexions.ouvrir(compte, appareil, origine, canal=CanalConnexion.MOBILE)
    return connexion, _emettre(connexion)


def _empreinte(jeton: str, genre: str) -> bytes:
    return chiffrement.empreinte(jeton, f"jeton_mobile.{genre}")


def _emettre(connexion: Connexion) -> Paire:
    maintenant = timezone.now()
    fin = connexion.ouverte_le + connexions.VIE_D_UNE_APPLICATION
    jours = dt.timedelta(days=VIE_DU_RENOUVELLEMENT.jours)
    paire = Paire(
        secrets.token_urlsafe(OCTETS), secrets.token_urlsafe(OCTETS),
        min(maintenant + VIE_DE_L_ACCES, fin), min(maintenant + jours, fin),
    )  # fmt: skip
    JetonMobile.objects.create(
        connexion_id=connexion.pk, personne_id=connexion.personne_id, emis_le=maintenant,
        acces=_empreinte(paire.acces, "acces"), acces_jusqu_au=paire.acces_jusqu_au,
        renouvellement=_empreinte(paire.renouvellement, "renouvellement"),
        renouvellement_jusqu_au=paire.renouvellement_jusqu_au,
    )  # fmt: skip
    return paire


def titulaire(jeton: str) -> tuple[Compte, Connexion] | None:
    """Whose access token this is, and by which connection; None if it opens nothing (any more)."""
    maintenant = timezone.now()
    trouve = JetonMobile.objects.filter(
        acces=_empreinte(jeton, "acces"), acces_jusqu_au__gt=maintenant, remplace_le=None
    ).first()
    return None if trouve is None else _en_cours(trouve.connexion_id, maintenant)


def _en_cours(numero: int, maintenant: dt.datetime) -> tuple[Compte, Connexion] | None:
    """The account and the open connection; notes, from time to time, that it is in use."""
    connexion = Connexion.objects.filter(pk=numero, fermee_le=None, canal=CanalConnexion.MOBILE).first()
    if connexion is None or connexion.ouverte_le + connexions.VIE_D_UNE_APPLICATION <= maintenant:
        return None
    compte = Compte.objects.filter(pk=connexion.compte_id, genre=GenreCompte.ALLOCATAIRE, is_active=True).first()
    if compte is None:
        return None
    connexions.noter_l_usage(connexion, maintenant)
    return compte, connexion


@dataclass(frozen=True)
class Renouvellement:
    """What became of a renewal token: the next pair, or none; `rejoue` when it had served already."""

    paire: Paire | None = None
    rejoue: bool = False


def renouveler(jeton: str) -> Renouvellement:
    """The next pair. Nothing is raised on a replay: its connection is closed here, and that must be committed."""
    maintenant = timezone.now()
    trouve = JetonMobile.objects.filter(renouvellement=_empreinte(jeton, "renouvellement")).first()
    if trouve is None or trouve.renouvellement_jusqu_au <= maintenant:
        return Renouvellement()
    ouverte = _en_cours(trouve.connexion_id, maintenant)
    if ouverte is None:
        return Renouvellement()
    compte, connexion = ouverte
    with transaction.atomic():
        # One statement decides, so that two copies presented at once can't both be the first.
        if JetonMobile.objects.filter(pk=trouve.pk, remplace_le=None).update(remplace_le=maintenant):
            return Renouvellement(_emettre(connexion))
        connexions.fermer(compte.pk, connexion.pk, FinConnexion.JETON_REJOUE)
    return Renouvellement(rejoue=True)
