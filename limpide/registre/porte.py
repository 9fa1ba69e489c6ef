"""The gate: the pages of an online service without a valid accreditation do not answer.

Closed is the default: an address that no service covers, and that is not named outside them all, is closed too.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from limpide.registre.homologations import etat_de
from limpide.registre.teleservice import AUTREMENT_USAGERS, hors_teleservice, teleservice_de


class PorteDesTeleservices:
    """Answers 503, in plain French, with the other ways to reach the Caf; in JSON to a program."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, vue: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        chemin = f"/{request.resolver_match.route}"
        if hors_teleservice(chemin):
            return None
        service = teleservice_de(chemin)
        if service is not None and etat_de(service).ouvert:
            return None
        if service is not None and chemin.startswith(service.machines):
            dit = f"Ce service en ligne est fermé en ce moment : {service.nom}."
            reponse = JsonResponse({"error": dit}, status=503, json_dumps_params={"ensure_ascii": False})
            reponse["Access-Control-Allow-Origin"] = "*"
            return reponse
        contexte = {"service": service, "autrement": service.autrement if service else AUTREMENT_USAGERS}
        return render(request, "registre/ferme.html", contexte, status=503)
