"""Claims to treat: the list of the Caf, then one complete claim with its calculation and the decision."""

import functools
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import decision_demande as suite
from limpide.dossiers import lexique, presentation
from limpide.dossiers.exclusion import CaisseOccupee
from limpide.dossiers.models import Demande, Dossier, EtatDemande, PieceAttendue
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.identite import protecteurs
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import ObjetMessage
from limpide.identite.suivi_contacts import prevenir

DECIDER = "decision_demande"
MOTIF = "Étude d'une demande"
MONTREES = 50


@require_safe
@page_agent(DECIDER, "Liste des demandes à traiter")
def liste(request: HttpRequest) -> HttpResponse:
    """Complete ones first, then the oldest; file numbers only."""
    attendent = Demande.objects.filter(etat__in=suite.A_TRAITER, dossier__clos_le=None)
    lues = sorted(
        attendent.select_related("dossier"), key=lambda d: (d.etat != EtatDemande.COMPLETE, d.deposee_le, d.pk)
    )
    contexte = {
        "nombre": len(lues), "montrees": MONTREES,
        "demandes": [(d, lexique.DEMANDES[d.etat]) for d in lues[:MONTREES]],
    }  # fmt: skip
    return render(request, "dossiers/demandes_a_traiter.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(DECIDER, toujours=MOTIF)
def decider(request: Any, dossier: Dossier, demande: int) -> HttpResponse:
    """GET: what the law gives now. POST: the decision, once; refused and said otherwise."""
    lue = Demande.objects.filter(pk=demande, dossier_id=dossier.pk).first()
    if lue is None:
        raise Http404("Cette demande n'est pas dans ce dossier.")
    souci = ""
    if request.method == "POST":
        try:
            suite.decider(dossier, lue)
        except ErreurSaisie as refus:
            souci = " ".join(refus.champs.values())
        except CaisseOccupee as occupee:
            souci = str(occupee)
        else:
            qui = protecteurs.a_prevenir(dossier.pk, dossier.allocataire_id)
            transaction.on_commit(functools.partial(prevenir, qui, ObjetMessage.DECISION, "Prévenir d'une décision"))
            messages.success(request, "La demande est décidée ; la personne lit la décision et son calcul.")
            return redirect("dossiers:demandes_a_traiter")
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "demandes", "demande": lue,
        "mots": lexique.DEMANDES[lue.etat], "souci": souci, "complete": lue.etat == EtatDemande.COMPLETE,
        "prevus": [(p, lexique.motif(p.resultat.motif)) for p in suite.prevoir(dossier, lue)],
        "avant": [suite.AVANT_DE_DECIDER[d] for d in lue.droits if d in suite.AVANT_DE_DECIDER],
        "pieces": [
            (p, lexique.PIECES[p.etat]) for p in PieceAttendue.objects.filter(demande_id=lue.pk).order_by("pk")
        ],
    }  # fmt: skip
    return render(request, "dossiers/decider.html", contexte, status=409 if souci else 200)
