"""The officer's alerts: what waits, the lines of the journal behind one, and the note that closes it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limpide.registre.alertes import Alerte
from limpide.registre.formulaires_alertes import FiltreAlertes, FormulaireNote
from limpide.registre.models import LigneJournal
from limpide.registre.views import presenter_ligne
from limpide.registre.vues import acteur_de, sous_traitement

SUIVI = "suivi_alertes"
ALERTES_PAR_PAGE, LIGNES_MONTREES = 30, 100


@never_cache
@require_safe
@sous_traitement(SUIVI, motif="Suivi des alertes")
def alertes(request: HttpRequest) -> HttpResponse:
    """The list, those that wait first."""
    genres = sorted(set(Alerte.objects.order_by().values_list("genre", flat=True).distinct()))
    filtre = FiltreAlertes(request.GET, genres)
    contexte: dict[str, Any] = {"filtre": filtre, "onglet": "alertes"}
    if not filtre.is_valid():
        return render(request, "registre/alertes.html", contexte, status=422)
    trouvees = filtre.filtrer(Alerte.objects.order_by("-creee_le", "-pk"))
    page = Paginator(trouvees, ALERTES_PAR_PAGE).get_page(request.GET.get("page"))
    sans_page = request.GET.copy()
    sans_page.pop("page", None)
    contexte |= {
        "page": page,
        "parametres": sans_page.urlencode(),
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
    }
    return render(request, "registre/alertes.html", contexte)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(SUIVI, motif="Examen d'une alerte")
def alerte(request: HttpRequest, numero: int) -> HttpResponse:
    """One alert, what it speaks of, and its closing. A closed one can't be closed again."""
    trouvee = Alerte.objects.select_for_update().filter(pk=numero).first() if request.method == "POST" else None
    trouvee = trouvee or Alerte.objects.filter(pk=numero).first()
    if trouvee is None:
        raise Http404("Cette alerte n'existe pas.")
    formulaire = FormulaireNote(request.POST if request.method == "POST" else None)
    if request.method == "POST" and trouvee.traitee_le is None and formulaire.is_valid():
        trouvee.traitee_le = timezone.now()
        trouvee.traitee_par = acteur_de(request).identifiant
        trouvee.note = formulaire.cleaned_data["note"]
        trouvee.save()
        return redirect("registre:alertes")
    deja = request.method == "POST" and trouvee.traitee_le is not None
    contexte = {
        "alerte": trouvee,
        "formulaire": formulaire,
        "deja": deja,
        "lignes": [presenter_ligne(ligne) for ligne in _lignes(trouvee)],
        "lignes_montrees": LIGNES_MONTREES,
        "onglet": "alertes",
    }
    refuse = deja or bool(formulaire.is_bound and formulaire.errors)
    return render(request, "registre/alerte.html", contexte, status=422 if refuse else 200)


def _lignes(vue: Alerte) -> Any:
    """The lines of the journal it speaks of, newest first; none when it speaks of none."""
    if vue.lignes_du is None or vue.lignes_au is None:
        return LigneJournal.objects.none()
    lignes = LigneJournal.objects.filter(quand__gte=vue.lignes_du, quand__lte=vue.lignes_au)
    if vue.lignes_compte is not None:
        lignes = lignes.filter(acteur_id=vue.lignes_compte)
    if vue.lignes_dossier is not None:
        lignes = lignes.filter(dossier_id=vue.lignes_dossier)
    return lignes[:LIGNES_MONTREES]
