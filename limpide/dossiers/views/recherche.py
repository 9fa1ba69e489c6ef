"""Home of the back office: find a file, then say why it is opened."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.dossiers import recherche, revues
from limpide.dossiers.formulaires_agent import FormulaireMotif, FormulaireRecherche
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import noter_motif, page_agent


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_agent("recherche_dossier", "Recherche d'un dossier")
def accueil(request: HttpRequest) -> HttpResponse:
    """The search form, and the files found. Always a POST: neither NIR nor name ever stands in an address."""
    formulaire = FormulaireRecherche(request.POST or None)
    trouves: list[recherche.Trouve] | None = None
    if request.method == "POST" and formulaire.is_valid():
        trouves = _chercher(formulaire.cleaned_data)
    contexte = {
        "a_verifier": revues.a_verifier().count(),
        "formulaire": formulaire,
        "trouves": trouves[: recherche.LIMITE] if trouves is not None else None,
        "trop": trouves is not None and len(trouves) > recherche.LIMITE,
        "limite": recherche.LIMITE,
    }
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, "dossiers/accueil.html", contexte, status=statut)


def _chercher(donnees: dict[str, Any]) -> list[recherche.Trouve]:
    if donnees["numero"]:
        return recherche.par_numero(donnees["numero"])
    if donnees["nir"]:
        return recherche.par_nir(donnees["nir"])
    return recherche.par_nom(donnees["nom"], donnees["naissance"])


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent("recherche_dossier", "Ouverture d'un dossier")
def motif(request: HttpRequest, numero: int) -> HttpResponse:
    """Why this file is opened: kept for the session, written on every line of the journal."""
    dossier = Dossier.objects.filter(pk=numero).first()
    if dossier is None:
        raise Http404("Ce dossier n'existe pas dans votre Caf.")
    formulaire = FormulaireMotif(request.POST or None)
    suite = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "POST" and formulaire.is_valid():
        noter_motif(request, numero, formulaire.cleaned_data["motif"])
        if url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure()):
            return redirect(suite)
        return redirect("dossiers:fiche", numero)
    contexte = {"formulaire": formulaire, "dossier": dossier, "next": suite}
    return render(request, "dossiers/motif.html", contexte, status=422 if formulaire.errors else 200)
