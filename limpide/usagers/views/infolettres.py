"""« Mes lettres d'information »: each list in one button, the agreement to the indicator of reception, apart."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from limpide.infolettres import abonnements
from limpide.infolettres.models import Abonnement, Portee
from limpide.registre.contexte import traitement
from limpide.registre.vues import acteur_de, sous_traitement

NOMS = {Portee.NATIONALE: "Lettres nationales", Portee.LOCALE: "Lettres de votre Caf"}
FAIT = {
    "abonner": "C'est noté : vous recevrez la prochaine lettre.",
    "desabonner": "C'est noté : vous ne recevrez plus ces lettres, dès le prochain envoi.",
    "accepter": "C'est noté : vos prochaines lettres diront qu'elles se sont affichées.",
    "refuser": "C'est noté : plus rien n'est compté, et ce qui l'était est effacé.",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(abonnements.MES_INFOLETTRES, motif="Vous choisissez vos lettres d'information")
def infolettres(request: Any) -> HttpResponse:
    """GET: where each list stands. POST: one act, said once done; anything else changes nothing."""
    if request.method == "POST":
        acte = request.POST.get("acte", "")
        if _faire(request.user.personne_id, acte, request.POST.get("portee", "")):
            messages.success(request, FAIT[acte])
        return redirect("usagers:infolettres")
    siens = abonnements.en_cours(request.user.personne_id)
    contexte = {
        "listes": [{"portee": p.value, "nom": nom, "abonnement": siens.get(p.value)} for p, nom in NOMS.items()],
        "accord": abonnements.accord_de(request.user.personne_id),
        "courriel": abonnements.a_une_adresse(request.user.personne_id),
    }
    return render(request, "usagers/compte/infolettres.html", contexte)


def _faire(personne: int, acte: str, portee: str) -> bool:
    """Whether something changed."""
    if acte == "accepter":
        return abonnements.accepter_la_reception(personne)
    if acte == "refuser":
        return abonnements.retirer_l_accord(personne)
    if portee not in Portee.values:
        return False
    if acte == "abonner":
        return abonnements.abonner(personne, portee)
    return acte == "desabonner" and abonnements.desabonner(personne, portee, Abonnement.Sortie.MON_COMPTE)


def a_l_ouverture(request: Any) -> None:
    """Once a contact is confirmed, the space is open: subscribe to what was never so. Its own processing."""
    with traitement(
        abonnements.MES_INFOLETTRES,
        acteur=acteur_de(request),
        motif="Abonnement à l'ouverture de Mon Compte",
        personne=request.user.personne_id,
    ):
        nombre = abonnements.a_l_ouverture(request.user.personne_id)
    if nombre:
        messages.info(
            request,
            "Vous voici abonné aux lettres d'information. Votre choix se change dans « Mes lettres d'information ».",
        )
