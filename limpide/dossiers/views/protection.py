"""Protection measures of the adults of one file: the judgements recorded, a new one, the end of one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from limpide.dossiers import presentation
from limpide.dossiers.formulaires_protection import FormulaireFinDeMesure, FormulaireMesure
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import page_dossier
from limpide.identite import protection as verbes
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.identite.mesures import GENRES
from limpide.identite.models import Affiliation, MesureProtection, Personne, Qualite

CLE = "mesures_protection"
CLE_RESULTAT = "mesure_enregistree"
ADULTES = (Qualite.DEMANDEUR, Qualite.CONJOINT)


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(CLE)
def protection(request: Any, dossier: Dossier) -> HttpResponse:
    """The measures of the file's adults; POST records a judgement, or refuses it field by field."""
    adultes = _adultes(dossier)
    choix = [(str(p.pk), presentation.nom_complet(p)) for p in adultes.values()]
    formulaire = FormulaireMesure(request.POST or None, membres=choix)
    if request.method == "POST" and formulaire.is_valid():
        saisi = dict(formulaire.cleaned_data)
        personne = adultes[int(saisi.pop("membre"))]
        jugement = verbes.Jugement(**{**saisi, "pouvoirs": frozenset(saisi["pouvoirs"])})
        try:
            verbes.enregistrer(personne, jugement, timezone.localdate())
        except ErreurSaisie as refus:
            _expliquer(formulaire, refus)
        else:
            request.session[CLE_RESULTAT] = dossier.pk
            return redirect("dossiers:protection", dossier.pk)
    contexte = {
        "formulaire": formulaire,
        "mesures": [_vue(m, adultes) for pk in adultes for m in verbes.mesures_de(pk)],
        "enregistree": request.session.pop(CLE_RESULTAT, None) == dossier.pk,
    }
    return _page(request, "dossiers/protection.html", dossier, contexte, formulaire)


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(CLE)
def terminer(request: Any, dossier: Dossier, mesure: int) -> HttpResponse:
    """End a measure before its term; the past stays as it was."""
    adultes = _adultes(dossier)
    suivie = MesureProtection.objects.filter(pk=mesure, personne_id__in=list(adultes)).first()
    if suivie is None:
        raise Http404("Cette mesure n'est pas de ce dossier.")
    formulaire = FormulaireFinDeMesure(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            verbes.terminer(suivie, formulaire.cleaned_data["dernier_jour"])
        except ErreurSaisie as refus:
            _expliquer(formulaire, refus)
        else:
            request.session[CLE_RESULTAT] = dossier.pk
            return redirect("dossiers:protection", dossier.pk)
    contexte = {"formulaire": formulaire, "mesure": _vue(suivie, adultes)}
    return _page(request, "dossiers/protection_fin.html", dossier, contexte, formulaire)


def _adultes(dossier: Dossier) -> dict[int, Personne]:
    """The allocataire and spouses of this file, by number."""
    siennes = Affiliation.objects.filter(allocataire_id=dossier.allocataire_id, qualite__in=ADULTES)
    personnes = Personne.objects.filter(pk__in=list(siennes.values_list("personne_id", flat=True))).order_by("pk")
    return {personne.pk: personne for personne in personnes}


def _vue(mesure: MesureProtection, adultes: dict[int, Personne]) -> dict[str, Any]:
    jour = timezone.localdate()
    fin = mesure.valide.upper
    return {
        "mesure": mesure,
        "article": GENRES[mesure.genre].article,
        "protege": presentation.nom_complet(adultes[mesure.personne_id]),
        "dernier_jour": None if fin is None else fin - verbes.UN_JOUR,
        "en_cours": mesure.valide.lower <= jour and (fin is None or jour < fin),
        "a_venir": jour < mesure.valide.lower,
    }


def _expliquer(formulaire: Any, refus: ErreurSaisie) -> None:
    for champ, message in refus.champs.items():
        formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)


def _page(request: Any, gabarit: str, dossier: Dossier, contexte: dict[str, Any], formulaire: Any) -> HttpResponse:
    entete = {
        "dossier": dossier,
        "nom": presentation.nom_complet(dossier.allocataire),
        "onglet": "protection",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
    }
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, gabarit, entete | contexte, status=statut)
