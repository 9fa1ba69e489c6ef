"""Public pages of the register: the list of its 48 systems, and the sheet of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from limpide.registre.collecte import registre
from limpide.registre.homologations import PUBLICATION, homologations_publiques
from limpide.registre.publication.fiche import AUTOMATISATIONS, SORTS, VERBES, VISIBILITES, traitements_publies
from limpide.registre.publication.page import ETATS, comptes, entree, sections
from limpide.registre.vues import ouvre, sans_donnees

CHERCHE_AU_PLUS = 100


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
@sans_donnees("Publication du registre : ce que dit la déclaration, sans donnée de personne.")
def fiche(request: HttpRequest, code: str) -> HttpResponse:
    """The full sheet of one system: in plain French, then column by column."""
    systeme = registre().systemes.get(code.upper())
    if systeme is None:
        raise Http404
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
