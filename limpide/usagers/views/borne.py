"""Pages of a kiosk: what anybody reads, then one's payments and one's claims. Read only."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import demandes as pieces_demandees
from limpide.dossiers.models import Demande, Dossier, PieceAttendue
from limpide.registre.vues import sans_donnees, sous_traitement
from limpide.usagers import appareils
from limpide.usagers import conditions as textes
from limpide.usagers import dossier as lecture
from limpide.usagers.borne import seuil
from limpide.usagers.declarations_borne import CONSULTATION
from limpide.usagers.demande.suite import suite_de
from limpide.usagers.models import ReponseConditions
from limpide.usagers.views.conditions import lire_et_accepter

PAIEMENTS_MONTRES = 12


@never_cache
@require_safe
@sans_donnees("Écran d'accueil d'une borne, le même pour tous")
def accueil(request: Any) -> HttpResponse:
    """What the terminal shows to nobody in particular; who is still connected goes on."""
    if seuil.est_chez_elle(request):
        return redirect("usagers:borne_espace")
    return render(request, "usagers/borne/accueil.html")


@never_cache
@require_safe
@sans_donnees("Adresse, horaires et documents à apporter, les mêmes pour tous")
def informations(request: HttpRequest) -> HttpResponse:
    """Where and when to meet an agent, what to bring."""
    a_apporter = sorted({piece.libelle for piece in pieces_demandees.PIECES.values()})
    return render(request, "usagers/borne/informations.html", {"a_apporter": a_apporter})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(textes.CLE, motif="Vous répondez aux conditions d'utilisation, à une borne")
def conditions(request: Any) -> HttpResponse:
    """The terms, accepted at the terminal as on the site."""
    page = lire_et_accepter(request, ReponseConditions.Canal.BORNE, "usagers/borne/conditions.html")
    return redirect("usagers:borne_espace") if page is None else page


def page_de_la_borne(motif: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponseBase]]:
    """A page about one's own file, under the processing of the kiosks."""

    def decorer(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
        @never_cache
        @require_safe
        @sous_traitement(CONSULTATION, motif=f"{motif}, à une borne")
        @functools.wraps(vue)
        def sur_mon_dossier(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            dossier = lecture.mon_dossier(request.user.personne_id)
            if dossier is None:
                return render(request, "usagers/borne/sans_dossier.html")
            return vue(request, dossier, *args, **kwargs)

        return sur_mon_dossier

    return decorer


@page_de_la_borne("Vous consultez votre compte")
def espace(request: Any, dossier: Dossier) -> HttpResponse:
    """The last transfer, what is expected, and where to go from there."""
    contexte = {
        "prenom": dossier.allocataire.prenoms.split()[0],
        "precedente": appareils.phrase_precedente(request.user.precedente_connexion),
        "dernier": next(iter(lecture.paiements(dossier.pk)), None),
        "attendues": len(lecture.pieces_attendues(dossier.pk)),
    }
    return render(request, "usagers/borne/espace.html", contexte)


@page_de_la_borne("Vous consultez vos paiements")
def paiements(request: Any, dossier: Dossier) -> HttpResponse:
    """The transfers of the last months."""
    derniers = lecture.paiements(dossier.pk)[:PAIEMENTS_MONTRES]
    return render(request, "usagers/borne/paiements.html", {"paiements": derniers})


@page_de_la_borne("Vous consultez vos demandes")
def demandes(request: Any, dossier: Dossier) -> HttpResponse:
    """Where each claim stands, who acts next; what is still expected."""
    pieces = list(PieceAttendue.objects.filter(dossier_id=dossier.pk).order_by("attendue_pour", "pk"))
    faites = Demande.objects.filter(dossier_id=dossier.pk).order_by("-creee_le", "-pk")
    contexte = {
        "demandes": [(d, suite_de(d, [p for p in pieces if p.demande_id == d.pk])) for d in faites],
        "attendues": lecture.pieces_attendues(dossier.pk),
    }
    return render(request, "usagers/borne/demandes.html", contexte)
