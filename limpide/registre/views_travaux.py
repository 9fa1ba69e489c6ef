"""The officer's page on the work of the day: what was done, what is late, what failed."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limpide.registre.travaux.table import Passage
from limpide.registre.travaux.taches import Tache, taches
from limpide.registre.vues import sous_traitement

RETARD = dt.timedelta(hours=36)
"""A day's work, and half a day more: what hasn't succeeded since then is late."""
PASSAGES_MONTRES = 40


@never_cache
@require_safe
@sous_traitement("supervision_dpd", motif="Consultation des travaux du jour")
def travaux(request: HttpRequest) -> HttpResponse:
    """Each task in its order, then the last passages."""
    maintenant = timezone.now()
    lignes = [_ligne(tache, maintenant) for tache in taches()]
    intitules = {tache.cle: tache.intitule for tache in taches()}
    recents = list(Passage.objects.order_by("-pk")[:PASSAGES_MONTRES])
    contexte = {
        "onglet": "travaux",
        "lignes": lignes,
        "en_retard": sum(ligne["retard"] for ligne in lignes),
        "en_echec": sum(ligne["echec"] for ligne in lignes),
        "passages": [(intitules.get(p.tache, p.tache), p) for p in recents],
    }
    return render(request, "registre/travaux.html", contexte)


def _ligne(tache: Tache, maintenant: dt.datetime) -> dict[str, Any]:
    """One task: its last passage, and whether its last success for every Caf is too old."""
    siens = Passage.objects.filter(tache=tache.cle)
    dernier = siens.order_by("-pk").first()
    reussi = siens.filter(etat=Passage.Etat.FAIT, organisme="").order_by("-termine_le").first()
    return {
        "tache": tache,
        "dernier": dernier,
        "reussi": reussi,
        "retard": reussi is None or maintenant - reussi.termine_le > RETARD,
        "echec": dernier is not None and dernier.etat in (Passage.Etat.ECHOUE, Passage.Etat.EMPECHE),
        "coupe": dernier is not None and dernier.etat == Passage.Etat.INTERROMPU,
    }
