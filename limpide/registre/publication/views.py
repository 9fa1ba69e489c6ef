"""Public pages of the register: the list of its 48 systems, and the sheet of each."""

import functools
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from limpide.registre.collecte import registre
from limpide.registre.homologations import PUBLICATION, homologations_publiques
from limpide.registre.publication.aipd import analyse
from limpide.registre.publication.donnees import en_donnees
from limpide.registre.publication.fiche import AUTOMATISATIONS, SORTS, VERBES, VISIBILITES, traitements_publies
from limpide.registre.publication.immatriculation import questions
from limpide.registre.publication.page import ETATS, comptes, entree, sections
from limpide.registre.publication.tableau import classeur
from limpide.registre.systeme import Systeme
from limpide.registre.vues import ouvre, sans_donnees
from limpide.socle.classeur import TYPE as TYPE_DU_CLASSEUR

CHERCHE_AU_PLUS = 100
SANS_PERSONNE = "Publication du registre : ce que dit la déclaration, sans donnée de personne."


@require_safe
@ouvre(PUBLICATION)
def page(request: HttpRequest) -> HttpResponse:
    """« Informatique et libertés »: nine sections, in the order of the Caf's page."""
    cherche = request.GET.get("q", "").strip()[:CHERCHE_AU_PLUS]
    etat = request.GET.get("etat", "")
    etat = etat if etat in ETATS else ""
    trouvees = sections(registre(), cherche, etat)
    contexte = {
        "sections": trouvees,
        "cherche": cherche,
        "etat": etat,
        "etats": comptes(registre()),
        "filtre": bool(cherche or etat),
        "nombre": sum(len(section.entrees) for section in trouvees),
        "total": len(registre().systemes),
        "homologations": homologations_publiques(),
    }
    return render(request, "registre/publication/page.html", contexte)


@require_safe
@sans_donnees(SANS_PERSONNE)
def registre_ods(request: HttpRequest) -> HttpResponse:
    """The whole register as a workbook."""
    reponse = HttpResponse(_classeur(), content_type=TYPE_DU_CLASSEUR)
    reponse["Content-Disposition"] = 'attachment; filename="registre.ods"'
    return reponse


@require_safe
@sans_donnees(SANS_PERSONNE)
def registre_json(request: HttpRequest) -> JsonResponse:
    """The whole register as data."""
    return _json(en_donnees(registre()))


@require_safe
@sans_donnees(SANS_PERSONNE)
def aipd(request: HttpRequest, code: str) -> JsonResponse:
    """The impact assessment of one system, started from its declaration, for the CNIL's PIA tool."""
    systeme = _systeme(code)
    reponse = _json(analyse(registre(), systeme, timezone.now().isoformat()))
    reponse["Content-Disposition"] = f'attachment; filename="aipd-{systeme.code}.json"'
    return reponse


@require_safe
@sans_donnees("Dix questions et leurs réponses, les mêmes pour tout le monde.")
def immatriculation(request: HttpRequest) -> HttpResponse:
    """The ten questions and answers on identification and registration."""
    return render(request, "registre/publication/immatriculation.html", {"dix": questions()})


@functools.cache
def _classeur() -> bytes:
    """Made once: declarations are code, they don't change while it runs."""
    return classeur(registre())


def _json(contenu: Any) -> JsonResponse:
    return JsonResponse(contenu, json_dumps_params={"ensure_ascii": False})


def _systeme(code: str) -> Systeme:
    systeme = registre().systemes.get(code.upper())
    if systeme is None:
        raise Http404
    return systeme


@require_safe
@sans_donnees(SANS_PERSONNE)
def fiche(request: HttpRequest, code: str) -> HttpResponse:
    """The full sheet of one system: in plain French, then column by column."""
    systeme = _systeme(code)
    codes = list(registre().systemes)
    rang = codes.index(systeme.code)
    contexte = {
        "systeme": systeme,
        "entree": entree(registre(), systeme),
        "salle": registre().salles[systeme.code],
        "successeur": registre().systemes.get(systeme.remplace_par),
        "automatisation": AUTOMATISATIONS[systeme.automatisation],
        "visibilite": VISIBILITES[systeme.visible_allocataire],
        "sort": SORTS[systeme.conservation.sort_final],
        "traitements": traitements_publies(registre(), systeme),
        "verbes": [mot for _, mot in VERBES],
        "precedent": registre().systemes[codes[rang - 1]] if rang else None,
        "suivant": registre().systemes[codes[rang + 1]] if rang + 1 < len(codes) else None,
    }
    return render(request, "registre/publication/fiche.html", contexte)
