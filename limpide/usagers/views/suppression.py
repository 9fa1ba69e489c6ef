"""« Supprimer mon compte »: what holds it, or the password that closes it for good."""

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.identite.contacts import Envoi
from limpide.registre.vues import sous_traitement
from limpide.usagers import fin_du_compte
from limpide.usagers.formulaires_facteur import FormulaireConfirmation


class FormulaireSuppression(FormulaireConfirmation):
    """The password, and a tick that says what goes."""

    compris = forms.BooleanField(
        label="J'ai compris que mon accès à Mon Compte s'arrête",
        error_messages={"required": "Cochez cette case pour supprimer votre compte."},
    )


@sous_traitement(fin_du_compte.SUPPRESSION, motif="Vous supprimez votre compte, ou voyez ce qui le retient")
def _suppression(request: Any, avis: list[Envoi]) -> HttpResponse:
    """GET: the reasons or the form. POST: closed at once; the notices to send are added to `avis`."""
    formulaire = FormulaireSuppression(request.POST if request.method == "POST" else None, compte=request.user)
    if request.method == "POST" and formulaire.is_valid():
        tenue, envois = fin_du_compte.supprimer(request.user)
        if not tenue.raisons:
            avis.extend(envois)
            return render(request, "usagers/compte/supprime.html", {"tenue": tenue})
    else:
        tenue = fin_du_compte.tenue(request.user.personne_id)
    contexte = {"tenue": tenue, "formulaire": formulaire}
    tenu = request.method == "POST" and bool(tenue.raisons)
    statut = 409 if tenu else 422 if formulaire.errors else 200
    return render(request, "usagers/compte/supprimer.html", contexte, status=statut)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def supprimer(request: Any) -> HttpResponseBase:
    """The page, then what may only happen once it is committed: the end of the session, the notice."""
    avis: list[Envoi] = []
    reponse: HttpResponseBase = _suppression(request, avis)
    if getattr(reponse, "status_code", 0) == 200 and request.method == "POST":
        logout(request)
        fin_du_compte.prevenir(avis)
    return reponse


supprimer.registre_traitements = (fin_du_compte.SUPPRESSION,)  # type: ignore[attr-defined]
