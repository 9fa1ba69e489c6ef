"""The pages that belong to no room, errors included, and what every template may use.

An error page reads nothing: no account, no database, so that it can be shown whatever has failed.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SANS_DONNEES = "Page d'information, la même pour tout le monde."


def site(request: HttpRequest) -> dict[str, bool]:
    """Template context of every page."""
    return {"DEMONSTRATION": settings.DEMONSTRATION}


def accessibilite(request: HttpRequest) -> HttpResponse:
    return render(request, "socle/accessibilite.html")


def donnees_personnelles(request: HttpRequest) -> HttpResponse:
    return render(request, "socle/donnees_personnelles.html")


def etat(request: HttpRequest) -> HttpResponse:
    """For a supervisor: the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def requete_incorrecte(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def acces_refuse(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def formulaire_perime(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without a valid token: usually a page left open too long."""
    return render(request, "403_csrf.html", status=403)


def introuvable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def panne(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


for _vue in (accessibilite, donnees_personnelles, etat):
    _vue.registre_sans_donnees = SANS_DONNEES  # type: ignore[attr-defined]
