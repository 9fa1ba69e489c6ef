"""Decisions that wait for a person: the list of the Caf, then one decision with its calculation and the review."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import presentation, revues
from limpide.dossiers.formulaires_agent import FormulaireRevue
from limpide.dossiers.models import Decision, Dossier, RevueDecision
from limpide.dossiers.views.acces import noter_motif, page_agent, page_dossier
from limpide.identite.erreurs import ErreurSaisie

VERIFIER = "revue_decision"
MOTIF = "Vérification d'une décision calculée"
MONTREES = 50
CLE_RESULTAT = "decision_verifiee"
TROP_TARD = (
    "Cette décision est déjà vérifiée : une seule vérification est enregistrée par décision. Votre réponse n'a pas "
    "été enregistrée."
)


@require_safe
@page_agent(VERIFIER, "Liste des décisions à vérifier")
def liste(request: HttpRequest) -> HttpResponse:
    """The oldest first; file numbers only, so that the list says nothing of anybody's health."""
    attendent = revues.a_verifier()
    contexte = {
        "nombre": attendent.count(),
        "montrees": MONTREES,
        "decisions": presentation.resumer(attendent.select_related("dossier")[:MONTREES]),
        "verifiee": request.session.pop(CLE_RESULTAT, None),
    }
    return render(request, "dossiers/a_verifier.html", contexte)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(VERIFIER, toujours=MOTIF)
def verifier(request: Any, dossier: Dossier, decision: int) -> HttpResponse:
    """GET: the calculation and the form. POST: the review, once; a second one is refused and changes nothing."""
    prise = Decision.objects.select_related("liquidation").filter(pk=decision, dossier_id=dossier.pk).first()
    if prise is None or prise.automatisation != Decision.Automatisation.ASSISTEE:
        raise Http404("Cette décision n'a pas à être vérifiée.")
    formulaire = FormulaireRevue(request.POST or None)
    faite = RevueDecision.objects.filter(decision_id=prise.pk).exists()
    if request.method != "POST" or faite or not formulaire.is_valid():
        return _page(request, dossier, prise, formulaire, trop_tard=faite and request.method == "POST")
    try:
        revues.relire(prise, formulaire.cleaned_data["avis"], formulaire.cleaned_data["note"])
    except revues.DejaVerifiee:
        return _page(request, dossier, prise, formulaire, trop_tard=True)
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(champ if champ in formulaire.fields else None, message)
        return _page(request, dossier, prise, formulaire)
    return _suite(request, dossier, formulaire.cleaned_data["avis"])


def _suite(request: Any, dossier: Dossier, avis: str) -> HttpResponse:
    """Confirmed: back to the list. To be corrected: to the file's facts, opened for that reason."""
    if avis == RevueDecision.Avis.A_CORRIGER:
        noter_motif(request, dossier.pk, "verification")
        return redirect("dossiers:faits", dossier.pk)
    request.session[CLE_RESULTAT] = dossier.numero
    return redirect("dossiers:a_verifier")


def _page(
    request: Any, dossier: Dossier, decision: Decision, formulaire: FormulaireRevue, *, trop_tard: bool = False
) -> HttpResponse:
    faites = revues.revues_de(dossier.pk)
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "decision": decision,
        "mots": revues.mots(decision, faites), "attend": revues.en_attente(decision, faites),
        "sante": presentation.faits_de_sante(decision), "effets": presentation.effets_expliques(decision),
        "formulaire": formulaire, "trop_tard": TROP_TARD if trop_tard else "",
    }  # fmt: skip
    statut = 409 if trop_tard else 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, "dossiers/verifier.html", contexte, status=statut)
