"""« Demander ce droit » from a simulation: kept while one logs in, shown again, then carried to the claim's draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from limpide.dossiers.templatetags.affichage import libelle_droit
from limpide.registre.vues import ouvre, sous_traitement
from limpide.usagers.demande.aides import PAR_DROIT
from limpide.usagers.propositions import portee
from limpide.usagers.propositions.adresses import adresse_de_la_demande
from limpide.usagers.simulateur.parcours import poursuivre

ICI = "usagers:simulation_portee"
DU_SITE = "same-origin"


class MemeEnvoi(HttpResponseRedirect):
    """Sends the same form on to another address of the site: the answers travel in the browser, once more."""

    status_code = 307


# Exempt from the CSRF token like the simulator: it would be the only cookie of that page. The browser says itself where
# the click comes from: another site's would come without the session (SameSite) and put a new one over it.
@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_POST
@ouvre("authentification")
def porter(request: Any) -> HttpResponse:
    """The click of a visitor on the result of a simulation: the answers wait in the session, under encryption."""
    if request.headers.get("Sec-Fetch-Site", DU_SITE) != DU_SITE:
        return redirect("usagers:simulateur")
    droit = request.POST.get("droit", "")
    parcours = poursuivre(request.POST)
    reponses = [(nom, valeur) for nom, valeur in parcours.portes if nom != "droit"]
    if not parcours.fini or not adresse_de_la_demande(droit):
        return redirect("usagers:simulateur")
    try:
        portee.porter(request.session, droit, reponses)
    except portee.SimulationTropLongue:
        return redirect("usagers:simulateur")
    return redirect(ICI)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement("mon_compte", motif="Vous relisez une simulation avant d'en faire une demande")
def reprendre(request: Any) -> HttpResponse:
    """GET: what is carried, in words. POST: carried to the draft, or erased; either way the session keeps nothing."""
    gardee = portee.portee(request.session)
    if request.method == "POST":
        portee.oublier(request.session)
        if gardee is not None and "effacer" not in request.POST:
            return MemeEnvoi(f"{adresse_de_la_demande(gardee.droit)}reprendre/")
        messages.success(request, "Vos réponses sont effacées. Rien n'a été envoyé.")
        return redirect("usagers:simulateur")
    contexte = {
        "gardee": gardee,
        "libelle": _nom(gardee.droit) if gardee else "",
        "aussi": [_nom(code) for code in gardee.donnees.getlist("aussi")] if gardee else [],
        "parties": portee.en_mots(gardee.donnees) if gardee else [],
    }
    return render(request, "usagers/simulateur/portee.html", contexte)


def _nom(droit: str) -> str:
    """What is claimed, as its page calls it."""
    return PAR_DROIT[droit].nom if droit in PAR_DROIT else str(libelle_droit(droit))
