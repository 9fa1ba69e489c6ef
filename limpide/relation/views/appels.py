"""The telephone: what the caller says, right or wrong as a whole; the file opens only when it is right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.dossiers.views.acces import APPEL, noter_motif, page_agent
from limpide.identite.erreurs import ErreurSaisie
from limpide.relation import appels
from limpide.relation.formulaires_contacts import FormulaireAppel

FAUX = (
    "Ces réponses ne correspondent pas au dossier. Ne dites rien du dossier : proposez de rappeler, d'écrire depuis "
    "Mon Compte, ou de venir avec une pièce d'identité."
)
JUSTE = "Identité vérifiée : chaque page que vous ouvrez est notée « pendant un appel »."


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(appels.ACCUEIL, appels.MOTIF)
def accueil(request: Any) -> HttpResponse:
    """GET: the questions. POST: the file, or nothing of it."""
    formulaire = FormulaireAppel(request.POST if request.method == "POST" else None)
    faux = ""
    if request.method == "POST" and formulaire.is_valid():
        saisie = dict(formulaire.cleaned_data)
        try:
            dossier = appels.dossier_appele(saisie.pop("numero"))
            juste = appels.verifier(dossier, appels.Reponses(**saisie), f"compte {request.user.pk}", timezone.now())
        except ErreurSaisie as refus:
            for champ, message in refus.champs.items():
                formulaire.add_error(champ or None, message)
        else:
            if juste:
                noter_motif(request, dossier.pk, APPEL)
                messages.success(request, JUSTE)
                return redirect("dossiers:fiche", dossier.pk)
            faux = FAUX
    statut = 422 if formulaire.errors or faux else 200
    contexte = {"formulaire": formulaire, "faux": faux}
    return render(request, "relation/accueil_telephonique.html", contexte, status=statut)
