"""Files that the agent must not instruct: declared by file number, withdrawn, listed to that agent alone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from limpide.dossiers.formulaires_proches import FormulaireProche
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import page_agent
from limpide.identite import proches as verbes
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.models import LienAgent

CLE_RESULTAT = "proche_fait"


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent("dossiers_proches", "Déclaration d'un dossier proche")
def proches(request: Any) -> HttpResponse:
    """GET: one's declarations. POST: one more, or the withdrawal of one (`retirer`)."""
    siens = LienAgent.objects.filter(compte_id=request.user.pk, retire_le=None).order_by("declare_le")
    if request.method == "POST" and "retirer" in request.POST:
        return _retirer(request, siens)
    formulaire = FormulaireProche(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid() and _declarer(request, formulaire):
        request.session[CLE_RESULTAT] = "La déclaration est enregistrée."
        return redirect("dossiers:proches")
    liens = list(siens)
    numeros = dict(
        Dossier.objects.filter(allocataire_id__in=[lien.personne_id for lien in liens]).values_list(
            "allocataire_id", "numero"
        )
    )
    contexte = {
        "formulaire": formulaire,
        "liens": [(lien, numeros.get(lien.personne_id, "clos")) for lien in liens],
        "resultat": request.session.pop(CLE_RESULTAT, ""),
    }
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, "dossiers/proches.html", contexte, status=statut)


def _declarer(request: Any, formulaire: FormulaireProche) -> bool:
    saisie = formulaire.cleaned_data
    dossier = Dossier.objects.filter(numero=saisie["numero"]).first()
    if dossier is None:
        formulaire.add_error("numero", "Aucun dossier de votre Caf ne porte ce numéro.")
        return False
    try:
        verbes.declarer(request.user, dossier.allocataire_id, saisie["qualite"])
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT else champ, message)
        return False
    return True


def _retirer(request: HttpRequest, siens: Any) -> HttpResponse:
    numero = request.POST.get("retirer", "")
    lien = siens.filter(pk=int(numero)).first() if numero.isdecimal() and len(numero) < 19 else None
    if lien is None:
        raise Http404("Cette déclaration n'existe pas, ou est déjà retirée.")
    verbes.retirer(lien, timezone.now())
    request.session[CLE_RESULTAT] = "La déclaration est retirée."
    return redirect("dossiers:proches")
