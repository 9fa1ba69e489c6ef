"""The cookie policy, generated from the declared tracers, and the choice: to accept or to refuse is one click."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from limpide.registre import traceurs
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.graphique import par_jour
from limpide.registre.teleservice import teleservices
from limpide.registre.vues import ouvre
from limpide.usagers import cookies as choix_du_lecteur
from limpide.usagers.audience import HORS_SERVICES

JOURS_MONTRES = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre(choix_du_lecteur.CHOIX, choix_du_lecteur.AUDIENCE)
def cookies(request: HttpRequest) -> HttpResponse:
    """GET: the policy and the present choice. POST: keep another one."""
    if request.method != "POST":
        return _page(request)
    toutes = frozenset(f.cle for f in traceurs.finalites())
    demande = request.POST.get("choix", "")
    if demande not in ("tout", "rien", "selection"):
        return _page(request, erreur="Choisissez un des trois boutons : accepter, refuser ou enregistrer.")
    cochees = frozenset(request.POST.getlist("finalite")) & toutes
    retenues = {"tout": toutes, "rien": frozenset()}.get(demande, cochees)
    reponse = HttpResponseRedirect(f"{reverse('usagers:cookies')}?enregistre=1#choix")
    choix_du_lecteur.enregistrer(reponse, retenues)
    return reponse


def _page(request: HttpRequest, *, erreur: str = "") -> HttpResponse:
    choix = choix_du_lecteur.lire(request)
    acceptees = choix_du_lecteur.acceptees(request)
    contexte = {
        "traceurs": [(t, traceurs.GENRES[t.genre]) for t in traceurs.traceurs()],
        "finalites": [(f, f.cle in acceptees) for f in traceurs.finalites()],
        "version": traceurs.version(),
        "choix": choix,
        "jusqu_au": choix.jour + choix_du_lecteur.VALIDITE - dt.timedelta(days=1) if choix else None,
        "a_redemander": choix_du_lecteur.a_redemander(request),
        "enregistre": "enregistre" in request.GET and choix is not None,
        "erreur": erreur,
        **_visites(),
    }
    return render(request, "usagers/cookies.html", contexte, status=422 if erreur else 200)


def _visites() -> dict[str, Any]:
    """What the measure counted, for everybody to read."""
    au = timezone.localdate()
    du = au - dt.timedelta(days=JOURS_MONTRES - 1)
    with traitement(choix_du_lecteur.AUDIENCE, acteur=SYSTEME, motif="Publication de la mesure d'audience") as cours:
        lues = choix_du_lecteur.visites(du)
        cours.releve.vider()  # sums that everybody may read
    noms = {cle: s.nom for cle, s in teleservices().items()} | {HORS_SERVICES: "Pages d'information"}
    par_date: dict[dt.date, int] = {}
    for jour, _, nombre in lues:
        par_date[jour] = par_date.get(jour, 0) + nombre
    graphique = par_jour(par_date, du, au) if lues else None
    return {"graphique": graphique, "visites": [(jour, noms.get(espace, espace), n) for jour, espace, n in lues]}


def etat_du_choix(request: HttpRequest) -> dict[str, bool]:
    """Template context of every page: whether an old choice is to be asked again."""
    return {"COOKIES_A_REDEMANDER": choix_du_lecteur.a_redemander(request)}
