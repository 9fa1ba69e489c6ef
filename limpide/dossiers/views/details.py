"""Requests for the detail of a calculation that the replay could not answer: the Caf's list, then one answer each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import detail
from limpide.dossiers.formulaires_detail import FormulaireReponse
from limpide.dossiers.models import DemandeDetail, Dossier
from limpide.dossiers.views.acces import page_agent, page_dossier

REPONDRE = "reponse_detail"
MONTREES = 50


@require_safe
@page_agent(REPONDRE, "Liste des demandes de détail d'un calcul")
def liste(request: HttpRequest) -> HttpResponse:
    """Requests without an answer, the nearest deadline first; file numbers only."""
    jour = timezone.localdate()
    attendent = DemandeDetail.objects.filter(repondue_le=None).defer("reponse").order_by("echeance", "pk")
    lignes = [
        {"demande": d, "passee": detail.refus_implicite(d, jour), "reste": (d.echeance - jour).days}
        for d in attendent.select_related("dossier")[:MONTREES]
    ]
    return render(request, "dossiers/details.html", {"nombre": attendent.count(), "lignes": lignes})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(REPONDRE, toujours="Réponse à une demande de détail d'un calcul")
def repondre(request: Any, dossier: Dossier, decision: int) -> HttpResponse:
    """GET: the request and the form. POST: the answer, once."""
    attendues = DemandeDetail.objects.filter(decision_id=decision, dossier_id=dossier.pk, repondue_le=None)
    demande = attendues.defer("reponse").first()
    if demande is None:
        raise Http404("Aucune demande de détail n'attend de réponse pour cette décision.")
    formulaire = FormulaireReponse(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        demande.reponse = {"version": detail.VERSION, "texte": formulaire.cleaned_data["texte"]}
        demande.repondue_le, demande.agent = timezone.now(), request.user.pk
        demande.save(update_fields=["reponse", "repondue_le", "agent"])
        return redirect("dossiers:details")
    contexte = {
        "dossier": dossier, "demande": demande, "formulaire": formulaire,
        "passee": detail.refus_implicite(demande, timezone.localdate()),
    }  # fmt: skip
    return render(request, "dossiers/repondre_detail.html", contexte, status=422 if formulaire.errors else 200)
