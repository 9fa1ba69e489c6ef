"""The terms: read by anybody, accepted by a tick at the end of the text, refused once the consequence is told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limpide.registre.vues import sans_donnees, sous_traitement
from limpide.usagers import conditions as textes
from limpide.usagers.models import ReponseConditions

CANAL = ReponseConditions.Canal.SITE
SANS_COCHE = "Cochez la case pour accepter, ou choisissez de refuser."
TEXTE_CHANGE = "Les conditions ont changé pendant votre lecture. Voici le nouveau texte."


@require_safe
@sans_donnees("Un texte publié, le même pour tous")
def conditions(request: HttpRequest) -> HttpResponse:
    """The text in force, to read only."""
    return render(request, "usagers/conditions/lire.html", {"conditions": textes.en_vigueur()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(textes.CLE, motif="Vous répondez aux conditions d'utilisation")
def accepter(request: Any) -> HttpResponse:
    """The text, then the box; then Mon Compte."""
    page = lire_et_accepter(request, CANAL, "usagers/conditions/accepter.html")
    if page is not None:
        return page
    messages.success(request, "Vous avez accepté les conditions d'utilisation.")
    return redirect("usagers:compte")


def lire_et_accepter(request: Any, canal: ReponseConditions.Canal, gabarit: str) -> HttpResponse | None:
    """None once accepted. GET: the text. POST: 422 without the tick, 409 if the text is not the one that was shown."""
    if request.method != "POST":
        return _page(request, gabarit)
    if request.POST.get("empreinte") != textes.en_vigueur().empreinte:
        return _page(request, gabarit, erreur=TEXTE_CHANGE, statut=409)
    if request.POST.get("accepte") != "oui":
        return _page(request, gabarit, erreur=SANS_COCHE, statut=422)
    textes.repondre(request.user.pk, request.user.personne_id, ReponseConditions.Reponse.ACCEPTEES, canal)
    return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(textes.CLE, motif="Vous répondez aux conditions d'utilisation")
def refuser(request: Any) -> HttpResponse:
    """GET: what a refusal closes, and what it doesn't touch. POST: the refusal."""
    if request.method != "POST":
        return render(request, "usagers/conditions/refuser.html")
    textes.repondre(request.user.pk, request.user.personne_id, ReponseConditions.Reponse.REFUSEES, CANAL)
    return redirect("usagers:compte")


def _page(request: Any, gabarit: str, *, erreur: str = "", statut: int = 200) -> HttpResponse:
    en_vigueur = textes.en_vigueur()
    reponse = textes.derniere_reponse(request.user.pk)
    contexte = {
        "conditions": en_vigueur,
        "reponse": reponse if reponse and reponse.empreinte == en_vigueur.empreinte else None,
        "ancienne": reponse is not None and reponse.empreinte != en_vigueur.empreinte,
        "erreur": erreur,
        "a_cocher": statut == 422,
    }
    return render(request, gabarit, contexte, status=statut)
