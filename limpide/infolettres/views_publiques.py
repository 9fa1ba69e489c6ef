"""What anybody opens without login: letters online, the link to unsubscribe, the image of the agreed indicator."""

import base64
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from limpide.identite.models import Organisme
from limpide.registre.contexte import Acteur, traitement
from limpide.registre.vues import ouvre, sous_traitement

from . import abonnements, contenu, redaction
from . import reception as indicateur
from .models import Abonnement, Infolettre, Portee, VersionInfolettre

PORTEUR = Acteur("visiteur", None, "Public")
"""Whoever holds the link acts as its reader, whatever account the browser has open."""
UN_CLIC = ("List-Unsubscribe", "One-Click")
IMAGE = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
"""One transparent dot."""


@require_safe
@sous_traitement(redaction.PUBLIEES, motif="Lettres d'information publiées")
def lettres(request: HttpRequest) -> HttpResponse:
    """Every letter sent, the latest first."""
    publiees = redaction.publiees(Infolettre.objects.exclude(version_validee=None))
    noms = dict(Organisme.objects.values_list("code", "nom"))
    lignes = [(x, v, noms.get(x.organisme_id, "")) for x, v in publiees]
    return render(request, "infolettres/publiees.html", {"lignes": lignes})


@require_safe
@sous_traitement(redaction.PUBLIEES, motif="Lettre d'information publiée")
def lettre(request: HttpRequest, numero: int) -> HttpResponse:
    """One letter as it stands today, and what it said before a correction."""
    sienne = Infolettre.objects.filter(pk=numero).exclude(version_validee=None).first()
    if sienne is None:
        raise Http404("Cette lettre n'est pas publiée.")
    versions = VersionInfolettre.objects.filter(infolettre_id=numero, numero__lte=sienne.version_validee)
    derniere, *anciennes = versions.order_by("-numero")
    contexte = {
        "lettre": sienne,
        "version": derniere,
        "corps": _corps(derniere),
        "anciennes": [(v, _corps(v)) for v in anciennes] if derniere.raison else [],
        "caf": sienne.organisme.nom if sienne.organisme_id else "",
    }
    return render(request, "infolettres/publiee.html", contexte)


def _corps(version: VersionInfolettre) -> str:
    """The letter as a page: its link to unsubscribe becomes the page where one's own choices are."""
    return contenu.en_html(version.contenu, "/mon-compte/lettres/", styles=False)


@csrf_exempt  # the token is what proves; mailboxes that unsubscribe in one click have no cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre(abonnements.DESABONNEMENT)
def desabonnement(request: Any, jeton: str) -> HttpResponse:
    """GET: one button, nothing done: programs that check links open them all. POST: done, twice has one effect."""
    with traitement(abonnements.DESABONNEMENT, acteur=PORTEUR, motif="Lien d'une lettre d'information"):
        abonnement = abonnements.du_jeton(jeton)
        if abonnement is None:
            raise Http404("Ce lien ne correspond à aucun abonnement.")
        un_clic = request.POST.get(UN_CLIC[0]) == UN_CLIC[1]
        if request.method == "POST":
            _agir(abonnement, "desabonner" if un_clic else request.POST.get("acte", ""), un_clic=un_clic)
        siens = Abonnement.objects.filter(
            personne_id=abonnement.personne_id, portee=abonnement.portee, desabonne_le=None
        )
        contexte = {
            "abonne": siens.exists(),
            "nationale": abonnement.portee == Portee.NATIONALE,
            "accord": abonnements.accord_de(abonnement.personne_id) is not None,
        }
    if request.method == "POST" and not un_clic:
        return redirect("infolettres:desabonnement", jeton)
    reponse = render(request, "infolettres/desabonnement.html", contexte)
    reponse.headers["X-Robots-Tag"] = "noindex"
    return reponse


def _agir(abonnement: Abonnement, acte: str, *, un_clic: bool) -> None:
    if acte == "desabonner":
        sortie = Abonnement.Sortie.UN_CLIC if un_clic else Abonnement.Sortie.LIEN
        abonnements.desabonner(abonnement.personne_id, abonnement.portee, sortie)
    elif acte == "accord":
        abonnements.retirer_l_accord(abonnement.personne_id)


@never_cache
@require_safe
@ouvre(indicateur.RECEPTION)
def reception(request: HttpRequest, jeton: str) -> HttpResponse:
    """The same dot whatever the token; a known one is noted, once."""
    if request.method == "GET":
        indicateur.noter(jeton)
    return HttpResponse(IMAGE, content_type="image/gif")
