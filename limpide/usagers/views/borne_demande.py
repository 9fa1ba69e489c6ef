"""Kiosks: the rights that are claimed online, and the pages of a claim, the site's own in the terminal's frame.

The draft is the account's: taken up at home, never readable by who comes next, since no page opens without the login.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limpide.registre.teleservice import teleservices
from limpide.registre.vues import ouvre_sous_garde, pour_la_requete, sous_traitement
from limpide.usagers.declarations_demande import SUIVI_DEMANDES
from limpide.usagers.demande import cadre
from limpide.usagers.demande.aides import AIDES, PAR_DROIT
from limpide.usagers.demande.obtenir import obtentions
from limpide.usagers.demande.ouverture import ouvertes
from limpide.usagers.views import demande as pages
from limpide.usagers.views.suivi_demandes import commencees

LEURS_TRAITEMENTS = tuple(aide.traitement for aide in AIDES)


@never_cache
@require_safe
@sous_traitement(SUIVI_DEMANDES, motif="Vous regardez quelles aides se demandent, à une borne")
def choisir(request: Any) -> HttpResponse:
    """Every right claimed online that is open to the public; those begun first."""
    offertes = ouvertes()
    contexte = {
        "obtentions": [o for o in obtentions() if o.aide in offertes],
        "commencees": [(aide, quand) for aide, quand in commencees(request) if aide in offertes],
    }
    return render(request, "usagers/borne/demander.html", contexte)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(*LEURS_TRAITEMENTS)
def demander(request: Any, droit: str) -> HttpResponse:
    return _page(request, droit, pages.demander, "Vous préparez une demande")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(*LEURS_TRAITEMENTS)
def envoyer(request: Any, droit: str) -> HttpResponse:
    return _page(request, droit, pages.envoyer, "Vous relisez et envoyez une demande")


@never_cache
@require_POST
@ouvre_sous_garde(*LEURS_TRAITEMENTS)
def abandonner(request: Any, droit: str) -> HttpResponse:
    return _page(request, droit, pages.abandonner, "Vous effacez une demande commencée")


def _page(request: Any, droit: str, vue: pages.Vue, motif: str) -> HttpResponse:
    """Under the processing of that right; closed at the kiosk as on the site when its online service is."""
    aide = PAR_DROIT.get(droit)
    if aide is None:
        raise Http404("Ce droit ne se demande pas en ligne.")
    if aide not in ouvertes():
        service = teleservices()[aide.traitement]
        contexte = {"service": service, "autrement": service.autrement}
        return render(request, "usagers/borne/demande_fermee.html", contexte, status=503)
    with pour_la_requete(request, aide.traitement, f"{motif} {aide.du}, à une borne"):
        return vue(request, aide, cadre.de_la_borne(aide, request.user.pk, request.borne.pk))
