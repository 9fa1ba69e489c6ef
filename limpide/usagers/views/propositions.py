"""« Droits possibles »: what the household seems entitled to and does not claim; declined for good, or taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from limpide.dossiers.models import Dossier
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import personne_de, sous_traitement
from limpide.usagers import dossier as lecture
from limpide.usagers.declarations_propositions import REFUS_DE_PROPOSITION
from limpide.usagers.propositions import refus
from limpide.usagers.propositions.apercu import DROITS_PROPOSES, oublier, retenir
from limpide.usagers.propositions.calcul import proposer
from limpide.usagers.propositions.connu import reponses_connues
from limpide.usagers.simulateur.periodes import mois_courant

ICI = "usagers:droits_possibles"


@never_cache
@require_safe
@sous_traitement(DROITS_PROPOSES, motif="Vous consultez les droits que vous ne demandez pas")
def droits_possibles(request: Any) -> HttpResponse:
    """Estimations with their calculation, what is missing for others, what was declined."""
    qui = personne_de(request)
    dossier = lecture.mon_dossier(qui) if qui is not None else None
    if qui is None or dossier is None:
        return render(request, "usagers/compte/sans_dossier.html")
    trouvees = proposer(dossier, mois_courant())
    retenir(request, qui, trouvees)
    return render(request, "usagers/compte/droits_possibles.html", {"trouvees": trouvees})


@never_cache
@require_safe
@sous_traitement(DROITS_PROPOSES, motif="Vous préparez une simulation avec ce que votre Caf connaît")
def simuler(request: Any) -> HttpResponse:
    """The simulator's questions, answered with the file: they leave in the page, and nothing is recorded."""
    qui = personne_de(request)
    dossier = lecture.mon_dossier(qui) if qui is not None else None
    if dossier is None:
        return redirect("usagers:simulateur")
    connues = reponses_connues(dossier, mois_courant())
    return render(request, "usagers/simulateur/avec_mon_dossier.html", {"reponses": connues})


@require_POST
@sous_traitement(REFUS_DE_PROPOSITION, motif="Vous ne voulez plus qu'un droit vous soit proposé")
def decliner(request: Any) -> HttpResponse:
    return _choisir(request, refus.decliner, "ne vous sera plus proposé. Vous pouvez changer d'avis en bas de page.")


@require_POST
@sous_traitement(REFUS_DE_PROPOSITION, motif="Vous voulez de nouveau qu'un droit vous soit proposé")
def reprendre(request: Any) -> HttpResponse:
    return _choisir(request, refus.reprendre, "peut vous être proposé de nouveau.")


def _choisir(request: Any, verbe: Callable[[Dossier, str], str], suite: str) -> HttpResponse:
    qui = personne_de(request)
    dossier = lecture.mon_dossier(qui) if qui is not None else None
    if dossier is None:
        return redirect(ICI)
    try:
        libelle = verbe(dossier, request.POST.get("droit", ""))
    except ErreurSaisie as faute:
        messages.error(request, faute.champs["droit"])
        return redirect(ICI)
    oublier(request)
    messages.success(request, f"« {libelle} » {suite}")
    return redirect(ICI)
