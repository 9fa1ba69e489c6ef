"""Challenges of passkeys: kept in the session a few minutes, and given back once."""

import datetime as dt
import ipaddress

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone

from limpide.identite.cles_acces import Site

CLE = "defi_cle"
DUREE = dt.timedelta(minutes=5)


def site_de(request: HttpRequest) -> Site:
    """The site that the browser sees; without a host where keys can't be made (an address in figures)."""
    hote = split_domain_port(request.get_host())[0]
    try:
        ipaddress.ip_address(hote.strip("[]"))
    except ValueError:
        return Site(hote, f"{request.scheme}://{request.get_host()}")
    return Site("", "")


def garder(request: HttpRequest, defi: bytes) -> None:
    request.session[CLE] = {"defi": defi.hex(), "jusqu_au": (timezone.now() + DUREE).timestamp()}


def reprendre(request: HttpRequest) -> bytes | None:
    """The challenge, forgotten as it is read; None when there is none, or it waited too long."""
    garde = request.session.pop(CLE, None)
    if garde is None or garde["jusqu_au"] < timezone.now().timestamp():
        return None
    return bytes.fromhex(garde["defi"])
