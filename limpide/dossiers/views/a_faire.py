"""What waits in this Caf, queue by queue. No file is named, nothing is read but figures and days."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limpide.dossiers import attentes, menu
from limpide.dossiers.views.acces import porte
from limpide.registre.contexte import HorsRegistre, traitement
from limpide.registre.vues import acteur_de, ouvre

MOTIF = "Compte de ce qui attend, sans ouvrir de dossier"


@never_cache
@require_safe
@ouvre(*{file.cle: None for file in attentes.files()})
def a_faire(request: Any) -> HttpResponseBase:
    """Each queue under its own processing, one after the other."""
    if (ailleurs := porte(request)) is not None:
        return ailleurs
    try:
        lignes = [(file, compte) for file in attentes.files() if (compte := _compter(request, file)) is not None]
    except HorsRegistre as refus:
        raise PermissionDenied(str(refus)) from refus
    contexte = {
        "lignes": [{"file": f, "nombre": nombre, "jour": jour} for f, (nombre, jour) in lignes],
        "autres": menu.AUTRES_PAGES, "aujourdhui": timezone.localdate(),
    }  # fmt: skip
    return render(request, "dossiers/a_faire.html", contexte)


def _compter(request: Any, file: attentes.FileAttente) -> attentes.Compte | None:
    with traitement(file.cle, acteur=acteur_de(request), motif=MOTIF, organisme=request.user.organisme_id):
        return file.compter(request.user.pk)
