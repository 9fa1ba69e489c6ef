"""Counting consenting visits: once a day and part of the site for each browser, as sums. Nothing without consent."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.teleservice import teleservice_de
from limpide.usagers import cookies
from limpide.usagers.models import VisitesDuJour
from limpide.usagers.traceurs import AUDIENCE, COOKIE_VISITE

HORS_SERVICES = "information"
ESPACES_MAX = 8


class MesureAudience:
    """After the page: nothing for who has not accepted, for errors, for anything but a page read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.get_response(request)
        if (
            request.method == "GET"
            and reponse.status_code == 200
            and reponse.headers.get("Content-Type", "").startswith("text/html")
            and AUDIENCE in cookies.acceptees(request)
        ):
            self._compter(request, reponse)
        return reponse

    def _compter(self, request: Any, reponse: HttpResponseBase) -> None:
        jour = timezone.localdate()
        service = teleservice_de(f"/{request.resolver_match.route}") if request.resolver_match else None
        espace = service.cle if service else HORS_SERVICES
        date, _, deja = request.COOKIES.get(COOKIE_VISITE, "").partition(".")
        vus = set(deja.split("+")) if date == f"{jour:%Y%m%d}" and deja else set()
        if espace in vus or len(vus) >= ESPACES_MAX:
            return
        compter(jour, espace)
        cookies.poser(reponse, COOKIE_VISITE, f"{jour:%Y%m%d}.{'+'.join(sorted(vus | {espace}))}", dt.timedelta(days=1))


def compter(jour: dt.date, espace: str) -> None:
    """One more visit that day for this part of the site."""
    with traitement(cookies.AUDIENCE, acteur=SYSTEME, motif="Mesure d'audience, sommes par jour") as cours:
        du_jour = VisitesDuJour.objects.filter(jour=jour, espace=espace)
        if not du_jour.update(visites=F("visites") + 1):
            try:
                with transaction.atomic():
                    VisitesDuJour.objects.create(jour=jour, espace=espace, visites=1)
            except IntegrityError:  # another visit came first
                du_jour.update(visites=F("visites") + 1)
        cours.releve.vider()  # a line for each visit would be the very trace that is not wanted
