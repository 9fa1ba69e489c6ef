"""The declared address of a file, and where its allocataire is reached; the files of whom messages come back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import coordonnees, presentation, rncps
from limpide.dossiers.formulaires_adresse import FormulaireAdresse
from limpide.dossiers.models import Adresse, Dossier
from limpide.dossiers.periodes import periode_lisible
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.identite.erreurs import PARTOUT, ErreurSaisie

CLE_RESULTAT = "adresse_enregistree"
MONTREES = 50


@require_safe
@page_agent("adresse_allocataire", "Liste des coordonnées à revoir")
def revenus(request: HttpRequest) -> HttpResponse:
    """Files whose allocataire can't be written to any more, oldest first; file numbers only."""
    trouves = coordonnees.revenus()
    contexte = {"nombre": len(trouves), "montrees": MONTREES, "lignes": trouves[:MONTREES]}
    return render(request, "dossiers/coordonnees_a_revoir.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier("adresse_allocataire")
def adresse(request: Any, dossier: Dossier) -> HttpResponse:
    """GET: addresses. POST: a new one, refused field by field, or recorded and said."""
    formulaire = FormulaireAdresse(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            rncps.declarer_adresse(dossier, **formulaire.cleaned_data)
        except ErreurSaisie as refus:
            for champ, message in refus.champs.items():
                formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        else:
            request.session[CLE_RESULTAT] = dossier.pk
            return redirect("dossiers:adresse", dossier.pk)
    contexte = {
        "dossier": dossier,
        "nom": presentation.nom_complet(dossier.allocataire),
        "onglet": "adresse",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
        "formulaire": formulaire,
        "adresses": [
            (a, *periode_lisible(a.valide)) for a in Adresse.objects.filter(dossier_id=dossier.pk).order_by("-valide")
        ],
        "contacts": coordonnees.du_dossier(dossier),
        "enregistree": request.session.pop(CLE_RESULTAT, None) == dossier.pk,
    }
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, "dossiers/adresse.html", contexte, status=statut)
