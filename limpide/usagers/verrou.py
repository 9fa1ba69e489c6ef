"""Lockout: how many wrong passwords before waiting, per account and per network address.

Three limits over a quarter of an hour. Five failures on one account from one address lock that pair only, so that
nobody can shut somebody else out from their own machine; twenty on one account, or fifty from one address, lock
that account or that address. The wait is the same whether the account exists or not. The account's own limit doesn't
hold where its holder has already come in from: an attack from many places does not shut them out.

Kiosks count apart, passwords and codes together: three failures close them for one account, for a day, and never the
site, so that nobody shuts somebody else out with their number. Coming in by the site opens the kiosks again.
"""

import datetime as dt

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from limpide.usagers.models import EchecConnexion

FENETRE = dt.timedelta(minutes=15)
GARDE = dt.timedelta(days=1)
MAX_COMPTE_ET_ADRESSE, MAX_COMPTE, MAX_ADRESSE = 5, 20, 50
MAX_BORNE = 3
LIBRE, COMPTE, FERME = "libre", "compte", "ferme"


def empreinte(genre: str, valeur: str) -> str:
    """Keyed digest of an identifier or an address: 64 hexadecimal digits."""
    return salted_hmac(f"limpide.verrou.{genre}", valeur, algorithm="sha256").hexdigest()


def est_verrouille(compte: str, adresse: str) -> bool:
    """Inside processing `securite_connexion`. True when one of the three limits is reached."""
    return verrou_de(compte, adresse) != LIBRE


def verrou_de(compte: str, adresse: str) -> str:
    """Inside processing `securite_connexion`. `FERME` from that address, `COMPTE` when only the account's limit is."""
    recents = EchecConnexion.objects.filter(quand__gt=timezone.now() - FENETRE)
    nombres = recents.aggregate(
        paire=Count("id", filter=Q(compte=compte, adresse=adresse)),
        compte=Count("id", filter=Q(compte=compte)),
        adresse=Count("id", filter=Q(adresse=adresse)),
    )
    if nombres["paire"] >= MAX_COMPTE_ET_ADRESSE or nombres["adresse"] >= MAX_ADRESSE:
        return FERME
    return COMPTE if nombres["compte"] >= MAX_COMPTE else LIBRE


def noter_echec(compte: str, adresse: str) -> None:
    """Record one failure, and forget those older than a day."""
    EchecConnexion.objects.filter(quand__lt=timezone.now() - GARDE).delete()
    EchecConnexion.objects.create(compte=compte, adresse=adresse, quand=timezone.now())


def oublier(compte: str, adresse: str) -> None:
    """A right password clears the failures of this account from this address."""
    EchecConnexion.objects.filter(compte=compte, adresse=adresse).delete()


def compte_a_la_borne(identifiant: str) -> str:
    """The digest under which the failures of an account at kiosks are counted, apart from those of the site."""
    return empreinte("borne", identifiant)


def verrou_de_la_borne(compte: str, terminal: str) -> str:
    """Inside processing `securite_connexion`. `COMPTE` when kiosks are closed for it, `FERME` when this one waits."""
    maintenant = timezone.now()
    if EchecConnexion.objects.filter(compte=compte, quand__gt=maintenant - GARDE).count() >= MAX_BORNE:
        return COMPTE
    recents = EchecConnexion.objects.filter(adresse=terminal, quand__gt=maintenant - FENETRE)
    return FERME if recents.count() >= MAX_ADRESSE else LIBRE


def rouvrir_la_borne(identifiant: str) -> None:
    """Inside processing `securite_connexion`. Who came in whole, here or on the site, starts again from nothing."""
    EchecConnexion.objects.filter(compte=compte_a_la_borne(identifiant)).delete()
