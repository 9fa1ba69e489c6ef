"""Appeals of one file: the list with what each still allows, a form to record one, a form for its next step."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from limpide.dossiers import presentation
from limpide.dossiers.lexique import Mots
from limpide.dossiers.models import Decision, Dossier
from limpide.dossiers.templatetags.affichage import mois_en_lettres
from limpide.dossiers.views.acces import page_dossier
from limpide.dossiers.voies_de_recours import recours_de
from limpide.droits.calcul import liste_droits
from limpide.identite.erreurs import ErreurSaisie

from . import recours as verbes
from .formulaires import FormulaireEtape, FormulaireRecours
from .models import Recours
from .recours import Objet

SUIVRE = "suivi_recours"
CLE_RESULTAT = "recours_enregistre"
TONS = {"depose": "warning", "decide": "warning", "conteste": "info", "definitif": "success", "clos": "info"}


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(SUIVRE)
def recours(request: Any, dossier: Dossier) -> HttpResponse:
    """The file's appeals; POST records one, or refuses it field by field."""
    objets = _objets(dossier.pk)
    formulaire = FormulaireRecours(request.POST or None, objets=[(code, texte) for code, texte, _ in objets])
    if request.method == "POST" and formulaire.is_valid():
        saisi = formulaire.cleaned_data
        objet = next(o for code, _, o in objets if code == saisi["objet"])
        try:
            verbes.deposer(dossier, saisi["voie"], objet, saisi["le"])
        except ErreurSaisie as refus:
            _expliquer(formulaire, refus)
        else:
            request.session[CLE_RESULTAT] = dossier.pk
            return redirect("paiements:recours", dossier.pk)
    contexte = {
        "formulaire": formulaire,
        "objets": objets,
        "suivis": [_vu(r) for r in verbes.du_dossier(dossier.pk)],
        "enregistre": request.session.pop(CLE_RESULTAT, None) == dossier.pk,
    }
    return _page(request, "paiements/recours.html", dossier, contexte, formulaire)


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(SUIVRE)
def etape(request: Any, dossier: Dossier, recours: int) -> HttpResponse:
    """The next step of one appeal, once; a step taken meanwhile is refused and changes nothing."""
    suivi = verbes.du_dossier(dossier.pk).filter(pk=recours).first()
    if suivi is None or not verbes.TRANSITIONS[suivi.etat]:
        raise Http404("Ce recours n'attend aucune étape.")
    formulaire = FormulaireEtape(request.POST or None, etapes=_etapes(suivi))
    if request.method == "POST" and formulaire.is_valid():
        try:
            _avancer(dossier, suivi, formulaire.cleaned_data)
        except ErreurSaisie as refus:
            _expliquer(formulaire, refus)
        else:
            request.session[CLE_RESULTAT] = dossier.pk
            return redirect("paiements:recours", dossier.pk)
    contexte = {"formulaire": formulaire, "suivi": _vu(suivi), "texte": recours_de(suivi.droit)["recours"]}
    return _page(request, "paiements/etape.html", dossier, contexte, formulaire)


def _etapes(suivi: Recours) -> tuple[str, ...]:
    """The steps this appeal allows; contesting needs a judge to go to."""
    suivantes = verbes.voies_ouvertes(suivi.droit, suivi)
    return tuple(e for e in verbes.TRANSITIONS[suivi.etat] if e != "conteste" or suivantes)


def _avancer(dossier: Dossier, suivi: Recours, saisi: dict[str, Any]) -> None:
    le: dt.date = saisi["le"]
    if saisi["etape"] == Recours.Etat.DECIDE:
        signee = verbes.Signature(saisi["signataire"], saisi["qualite"], saisi["motifs"])
        verbes.decider(suivi, saisi["issue"], le, signee if signee.motifs.strip() else None)
    elif saisi["etape"] == Recours.Etat.CONTESTE:
        objet = Objet(suivi.droit, suivi.decision_id, suivi.creance_id)
        verbes.deposer(dossier, saisi["voie"], objet, le, precedent=suivi)
    elif saisi["etape"] == Recours.Etat.DEFINITIF:
        verbes.rendre_definitif(suivi, le)
    else:
        verbes.clore(suivi, le)


def _objets(dossier: int) -> list[tuple[str, str, Objet]]:
    """(code, words, what it is): each right of each decision, then each debt."""
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    trouves = []
    for decision in Decision.objects.filter(dossier_id=dossier).order_by("-prise_le", "-pk"):
        for droit in dict.fromkeys(effet["droit"] for effet in decision.effets):
            texte = f"Décision du {decision.prise_le:%d/%m/%Y} : {libelles.get(droit, droit)}"
            trouves.append((f"decision-{decision.pk}-{droit}", texte, Objet(droit, decision=decision.pk)))
    for creance in verbes.creances_contestables(dossier):
        texte = f"Indu de {mois_en_lettres(creance.mois)} : {libelles.get(creance.droit, creance.droit)}"
        trouves.append((f"creance-{creance.pk}", texte, Objet(creance.droit, creance=creance.pk)))
    return trouves


def _vu(suivi: Recours) -> dict[str, Any]:
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    return {
        "recours": suivi,
        "droit": libelles.get(suivi.droit, suivi.droit),
        "mots": Mots(suivi.get_etat_display(), "", TONS[suivi.etat]),
        "suite": bool(verbes.TRANSITIONS[suivi.etat]),
    }


def _expliquer(formulaire: Any, refus: ErreurSaisie) -> None:
    for champ, message in refus.champs.items():
        formulaire.add_error(champ if champ in formulaire.fields else None, message)


def _page(request: Any, gabarit: str, dossier: Dossier, contexte: dict[str, Any], formulaire: Any) -> HttpResponse:
    entete = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "recours",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
    }  # fmt: skip
    statut = 422 if formulaire.is_bound and formulaire.errors else 200
    return render(request, gabarit, entete | contexte, status=statut)
