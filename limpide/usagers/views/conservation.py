"""« Combien de temps gardons-nous vos données ? »: one's own dates, and what holds them."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limpide.dossiers.models import Dossier
from limpide.registre.conservation.cycle import suivis
from limpide.registre.conservation.durees import EN_BASE_ACTIVE, GRACE
from limpide.registre.vues import personne_de, sous_traitement


@sous_traitement("ma_conservation", motif="Vous consultez la durée de conservation de vos données")
def _ma_conservation(request: Any) -> HttpResponse:
    dossiers = list(
        Dossier.objects.select_related("organisme").filter(allocataire_id=personne_de(request)).order_by("-ouvert_le")
    )
    vus = suivis([(d.pk, d.organisme_id) for d in dossiers], timezone.localdate())
    contexte = {"suivis": list(zip(dossiers, vus, strict=True)), "base": EN_BASE_ACTIVE, "grace": GRACE}
    return render(request, "usagers/compte/conservation.html", contexte)


@never_cache
@require_safe
def conservation(request: Any) -> HttpResponseBase:
    """Each file of the reader: what ties it to its Caf, then when it is archived and erased."""
    if getattr(request.user, "genre", "") == "allocataire" and request.user.mot_de_passe_a_changer:
        return redirect("usagers:mot_de_passe")
    reponse: HttpResponseBase = _ma_conservation(request)
    return reponse


conservation.registre_traitements = ("ma_conservation",)  # type: ignore[attr-defined]
