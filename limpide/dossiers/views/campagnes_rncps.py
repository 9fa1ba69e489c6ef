"""Campaigns of the Caf at the RNCPS: where each stands, in numbers; counted then decided by an agent who may."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from limpide.dossiers import campagnes_rncps as verbes
from limpide.dossiers.formulaires_rncps import FormulaireCampagne
from limpide.dossiers.habilitations_rncps import modes_de
from limpide.dossiers.models import ModeConsultation
from limpide.dossiers.models.rncps_campagnes import PLAFOND
from limpide.dossiers.views.acces import page_agent
from limpide.identite.erreurs import PARTOUT, ErreurSaisie

CLE_RESULTAT = "campagne_rncps_faite"


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(verbes.CAMPAGNE, verbes.MOTIF)
def campagnes(request: Any) -> HttpResponse:
    """GET: every campaign. POST: count one (`acte=compter`), or decide it (`acte=decider`)."""
    habilite = ModeConsultation.COLLECTIF in modes_de(request.user.pk)
    formulaire = FormulaireCampagne(request.POST if request.method == "POST" else None)
    nombre = None
    if request.method == "POST" and formulaire.is_valid():
        saisie = formulaire.cleaned_data
        if not habilite:
            formulaire.add_error(None, "Vous n'êtes pas habilité à décider une campagne.")
        elif request.POST.get("acte") == "compter":
            nombre = verbes.compter(saisie["critere"], saisie["valeur"])
        elif _decider(request, formulaire):
            return redirect("dossiers:rncps_campagnes")
    contexte = {
        "campagnes": list(verbes.avancements()),
        "habilite": habilite,
        "formulaire": formulaire,
        "nombre": nombre,
        "plafond": PLAFOND,
        "fait": request.session.pop(CLE_RESULTAT, ""),
    }
    return render(request, "dossiers/rncps_campagnes.html", contexte, status=422 if formulaire.errors else 200)


def _decider(request: Any, formulaire: FormulaireCampagne) -> bool:
    """Record the campaign; False when it is refused, its messages then on the form."""
    saisie = formulaire.cleaned_data
    try:
        campagne = verbes.decider(
            request.user.organisme_id, request.user.pk, saisie["motif"], saisie["critere"], saisie["valeur"]
        )
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        return False
    request.session[CLE_RESULTAT] = f"La campagne est décidée : {campagne.taille} question(s) attendent d'être posées."
    return True
