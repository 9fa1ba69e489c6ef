"""The declared address of a file: the one known, those before, a new one from a day on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from limpide.dossiers import presentation, rncps
from limpide.dossiers.formulaires_adresse import FormulaireAdresse
from limpide.dossiers.models import Adresse, Dossier
from limpide.dossiers.periodes import periode_lisible
from limpide.dossiers.views.acces import page_dossier
from limpide.identite.erreurs import PARTOUT, ErreurSaisie

CLE_RESULTAT = "adresse_enregistree"


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
        "enregistree": request.session.pop(CLE_RESULTAT, None) == dossier.pk,
    }
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, "dossiers/adresse.html", contexte, status=statut)
