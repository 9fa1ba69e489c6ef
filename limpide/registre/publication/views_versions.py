"""Public pages of the versions of the register: the list, and what changed between any two."""

import datetime as dt

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.views.decorators.http import require_safe

from limpide.registre.formulaires_homologation import FormulaireDSFR
from limpide.registre.models import VersionRegistre
from limpide.registre.publication.versions import PUBLICATION, comparer, version, versions
from limpide.registre.vues import ouvre


class FormulaireComparaison(FormulaireDSFR):
    """The other version to compare with."""

    depuis = forms.ChoiceField(
        label="Comparer avec la version",
        error_messages={"invalid_choice": "Choisissez une version de la liste : celle-là n'existe pas."},
    )


def _jour(lue: VersionRegistre) -> str:
    jour: dt.datetime = timezone.localtime(lue.installee_le)
    return formats.date_format(jour, "j F Y à H:i")


@require_safe
@ouvre(PUBLICATION)
def liste(request: HttpRequest) -> HttpResponse:
    """Every version, the one in force first."""
    return render(request, "registre/publication/versions.html", {"versions": versions()})


@require_safe
@ouvre(PUBLICATION)
def changements(request: HttpRequest, numero: int) -> HttpResponse:
    """What one version changed: from the one before, or from the one asked for."""
    lue = _version(numero)
    autres = [v for v in versions() if v.numero != numero]
    precedente = next((v.numero for v in autres if v.numero < numero), None)
    depuis = request.GET.get("depuis")
    formulaire = FormulaireComparaison(
        request.GET if depuis is not None else None,
        choix={"depuis": [(str(v.numero), f"{v.numero}, du {_jour(v)}") for v in autres]},
        initial={"depuis": precedente},
    )
    choisie = precedente
    if formulaire.is_bound:
        choisie = int(formulaire.cleaned_data["depuis"]) if formulaire.is_valid() else None
    ancienne = version(choisie) if choisie else None
    contexte = {
        "version": lue,
        "ancienne": ancienne,
        "formulaire": formulaire if autres else None,
        "changements": comparer(ancienne.contenu, lue.contenu) if ancienne else None,
    }
    statut = 422 if formulaire.is_bound and not formulaire.is_valid() else 200
    return render(request, "registre/publication/version.html", contexte, status=statut)


@require_safe
@ouvre(PUBLICATION)
def version_json(request: HttpRequest, numero: int) -> JsonResponse:
    """One version, whole."""
    lue = _version(numero)
    contenu = {"version": lue.numero, "installee_le": lue.installee_le.isoformat()} | lue.contenu
    return JsonResponse(contenu, json_dumps_params={"ensure_ascii": False})


def _version(numero: int) -> VersionRegistre:
    lue = version(numero)
    if lue is None:
        raise Http404
    return lue
