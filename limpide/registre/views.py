"""Screens of the data-protection officer: the register as it runs, and the journal of accesses."""

from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from limpide.registre.collecte import registre
from limpide.registre.droits_voulus import lectures_du_perimetre
from limpide.registre.formulaires import RechercheJournal
from limpide.registre.graphique import par_jour, proportions
from limpide.registre.models import LigneJournal
from limpide.registre.publication.fiche import AUTOMATISATIONS, PERIMETRES, VERBES, VISIBILITES, table
from limpide.registre.vues import sous_traitement

LIGNES_PAR_PAGE = 50
ETATS = {
    "en_service": ("En service", "fr-badge--success"),
    "a_construire": ("À construire", "fr-badge--new"),
    "remplacee": ("Remplacé", "fr-badge--info"),
    "close": ("Clos", "fr-badge--info"),
}


@require_safe
@sous_traitement("supervision_dpd", motif="Consultation du registre des traitements")
def traitements(request: HttpRequest) -> HttpResponse:
    """Every declared processing, by system of the public page."""
    declares = sorted(registre().traitements.values(), key=lambda t: (t.systeme, t.intitule))
    lignes = [
        {
            "traitement": t,
            "perimetre": PERIMETRES[t.perimetre],
            "etat": ETATS[t.etat],
            "colonnes": len({(m, c) for v, _ in VERBES for m, cs in getattr(t, v).items() for c in cs}),
        }
        for t in declares
    ]
    return render(request, "registre/traitements.html", {"lignes": lignes, "onglet": "traitements"})


@require_safe
@sous_traitement("supervision_dpd", motif="Consultation d'une fiche du registre")
def fiche(request: HttpRequest, cle: str) -> HttpResponse:
    """The full sheet of one processing: what it is for, and every column it may touch."""
    declare = registre().traitements.get(cle)
    if declare is None:
        raise Http404
    contexte = {
        "traitement": declare,
        "systeme": registre().systemes.get(declare.systeme),
        "tables": [table(libelle, declare) for libelle in declare.modeles],
        "perimetre": PERIMETRES[declare.perimetre],
        "lectures_perimetre": sorted(
            (m._meta.verbose_name, sorted(colonnes)) for m, colonnes in lectures_du_perimetre(declare).items()
        ),
        "automatisation": AUTOMATISATIONS[declare.automatisation],
        "visibilite": VISIBILITES[declare.visible_allocataire],
        "etat": ETATS[declare.etat],
        "limite_natures": declare.natures != ("*",),
        "onglet": "traitements",
    }
    return render(request, "registre/fiche.html", contexte)


@require_safe
@sous_traitement("supervision_dpd", motif="Contrôle du journal des accès")
def journal(request: HttpRequest) -> HttpResponse:
    """The journal: filters, figures of the period, then the lines. Reading it is journalled as well."""
    recherche = RechercheJournal(request.GET)
    contexte: dict[str, Any] = {"recherche": recherche, "onglet": "journal"}
    if not recherche.is_valid():
        return render(request, "registre/journal.html", contexte, status=422)
    trouvees = recherche.filtrer(LigneJournal.objects.all())
    page = Paginator(trouvees, LIGNES_PAR_PAGE).get_page(request.GET.get("page"))
    sans_page = request.GET.copy()
    sans_page.pop("page", None)
    contexte |= {
        "page": page,
        "lignes": [presenter_ligne(ligne) for ligne in page.object_list],
        "parametres": sans_page.urlencode(),
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        **_chiffres(trouvees, recherche.cleaned_data),
    }
    return render(request, "registre/journal.html", contexte)


def presenter_ligne(ligne: LigneJournal) -> dict[str, Any]:
    """One line in words."""
    declare = registre().traitements.get(ligne.traitement)
    return {
        "ligne": ligne,
        "action": LigneJournal.ACTIONS[ligne.action],
        "intitule": declare.intitule if declare else ligne.traitement,
        "donnees": ", ".join(_en_clair(objet) for objet in ligne.objet.split(", ")),
        "a_jour": registre().empreintes.get(ligne.traitement) == ligne.declaration,
    }


def _en_clair(objet: str) -> str:
    """« dossiers.Fait » in the words of its model; a refused column or text stays as it was noted."""
    try:
        return str(apps.get_model(objet)._meta.verbose_name_plural)
    except (LookupError, ValueError):
        return objet


def _chiffres(trouvees: Any, filtres: dict[str, Any]) -> dict[str, Any]:
    comptees = trouvees.order_by()
    jours = dict(
        comptees.annotate(jour=TruncDate("quand")).values("jour").annotate(n=Count("id")).values_list("jour", "n")
    )
    par_cle = comptees.values("traitement").annotate(n=Count("id")).order_by("-n").values_list("traitement", "n")
    intitules = {cle: t.intitule for cle, t in registre().traitements.items()}
    return {
        "graphique": par_jour(jours, filtres["du"], filtres["au"]),
        "jours": sorted(jours.items()),
        "par_traitement": proportions([(intitules.get(cle, cle), n) for cle, n in par_cle]),
    }
