"""Correct a fact: the form, then what it changes month by month, then the validation. Nothing is written before it.

The validation carries the fingerprint of the file as previewed. If somebody changed the file meanwhile, nothing is
written: the agent sees what changed, with what they typed still there, and previews again.
"""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from limpide.dossiers import presentation
from limpide.dossiers.exclusion import CaisseOccupee
from limpide.dossiers.formulaires_agent import FormulaireCorrection
from limpide.dossiers.lexique import MOTIFS, periode
from limpide.dossiers.models import Dossier, Fait
from limpide.dossiers.previsualisation import (
    Correction,
    DossierModifie,
    Previsualisation,
    RienALiquider,
    appliquer,
    previsualiser,
)
from limpide.dossiers.services import Origine
from limpide.dossiers.views.acces import page_dossier
from limpide.droits.faits import NATURES_PAR_CODE
from limpide.droits.francais import valeur_de_fait
from limpide.identite.erreurs import PARTOUT, ErreurSaisie

CORRIGER = "correction_dossier"
CLE_RESULTAT = "corrections_faites"
CONFLIT = (
    "Ce dossier a changé pendant votre saisie. Rien n'a été enregistré : votre saisie est gardée, revoyez l'effet."
)


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(CORRIGER)
def corriger(request: Any, dossier: Dossier, fait: int) -> HttpResponse:
    """GET: the form. POST « apercu »: what it changes. POST « valider »: done, if nothing moved meanwhile."""
    ligne = Fait.objects.filter(pk=fait, dossier_id=dossier.pk).first()
    if ligne is None:
        raise Http404("Ce fait n'existe pas dans ce dossier.")
    if ligne.connu.upper is not None:
        return _deja_corrige(request, dossier, ligne)
    formulaire = FormulaireCorrection(request.POST or None, fait=ligne)
    contexte: dict[str, Any] = {"formulaire": formulaire, "fait": presentation.fait_vu(ligne), "dossier": dossier}
    if request.method != "POST" or not formulaire.is_valid():
        return _page(request, contexte)
    correction = _correction(ligne, formulaire.cleaned_data)
    if "valider" in request.POST:
        return _valider(request, dossier, ligne, correction, contexte)
    return _apercu(request, dossier, correction, contexte)


def _correction(fait: Fait, donnees: dict[str, Any]) -> Correction:
    valide = donnees["valide"]
    return Correction(
        NATURES_PAR_CODE[fait.nature].nom, donnees["valeur"], valide.lower, valide.upper, fait.personne_id
    )


def _apercu(request: Any, dossier: Dossier, correction: Correction, contexte: dict[str, Any]) -> HttpResponse:
    """The table « ces mois changent de +x / −y », each with the steps that move."""
    try:
        prevue = previsualiser(dossier, [correction])
    except RienALiquider as rien:
        contexte["formulaire"].add_error(None, str(rien))
        return _page(request, contexte)
    return _page(request, contexte | {"prevue": prevue, "mois": _mois(prevue)})


def _mois(prevue: Previsualisation) -> list[dict[str, Any]]:
    return [
        {"prevu": m, "avant": MOTIFS.get(m.motif_avant), "apres": MOTIFS.get(m.motif_apres)} for m in prevue.changements
    ]


def _valider(
    request: Any, dossier: Dossier, fait: Fait, correction: Correction, contexte: dict[str, Any]
) -> HttpResponse:
    donnees = contexte["formulaire"].cleaned_data
    origine = Origine(source=donnees["source"], auteur=f"compte {request.user.pk}")
    try:
        decision = appliquer(
            dossier, [correction], origine, request.POST.get("empreinte", ""), cause=_cause(fait, correction)
        )
    except DossierModifie:
        contexte["conflit"] = CONFLIT
        contexte["recents"] = _changements_recents(dossier)
        return _apercu(request, dossier, correction, contexte)
    except CaisseOccupee as occupee:
        contexte["formulaire"].add_error(None, str(occupee))
        return _page(request, contexte)
    except ErreurSaisie as refus:
        champs = {"valide": "debut", PARTOUT: None}
        for champ, message in refus.champs.items():
            nom = champs.get(champ, champ)
            contexte["formulaire"].add_error(nom if nom in contexte["formulaire"].fields else None, message)
        return _page(request, contexte)
    request.session[CLE_RESULTAT] = decision.pk if decision else 0
    adresse = reverse("dossiers:corrige", args=[dossier.pk])
    return HttpResponseClientRedirect(adresse) if request.htmx else redirect(adresse)


def _cause(fait: Fait, correction: Correction) -> str:
    """The sentence of the decision: which fact, from what to what, over which period."""
    nature = NATURES_PAR_CODE[fait.nature]
    facteur = 100 if nature.type == "euros" else 1
    ancienne, nouvelle = (
        valeur_de_fait(nature, v / facteur if facteur > 1 else v) for v in (fait.valeur, correction.valeur)
    )
    quand = periode(correction.debut, correction.fin, mensuelle=nature.periodicite == "mois")
    return f"{nature.libelle} ({quand}) : {nouvelle} au lieu de {ancienne}."


def _changements_recents(dossier: Dossier) -> list[presentation.FaitVu]:
    """Facts recorded in the last hour: what a colleague did meanwhile."""
    depuis = timezone.now() - dt.timedelta(hours=1)
    faits = Fait.objects.filter(dossier_id=dossier.pk, connu__upper_inf=True, connu__startswith__gt=depuis)
    return [presentation.fait_vu(f) for f in faits.order_by("-pk")[:10]]


def _page(request: HttpRequest, contexte: dict[str, Any]) -> HttpResponse:
    formulaire, dossier = contexte["formulaire"], contexte["dossier"]
    statut = 409 if "conflit" in contexte else 422 if formulaire.is_bound and formulaire.errors else 200
    entete = {
        "nom": presentation.nom_complet(dossier.allocataire),
        "onglet": "faits",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
    }
    return render(request, "dossiers/corriger.html", entete | contexte, status=statut)


def _deja_corrige(request: HttpRequest, dossier: Dossier, fait: Fait) -> HttpResponse:
    """Somebody corrected this fact first: show it, with what is now known instead."""
    actuel = Fait.objects.filter(
        dossier_id=dossier.pk, personne_id=fait.personne_id, nature=fait.nature, connu__upper_inf=True,
        valide__overlap=fait.valide,
    ).first()  # fmt: skip
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "faits",
        "dernier_mois": presentation.dernier_mois(dossier.pk), "ancien": presentation.fait_vu(fait),
        "actuel": presentation.fait_vu(actuel) if actuel else None,
        "saisie": request.POST.get("valeur", ""),
        "adresse": reverse("dossiers:corriger", args=[dossier.pk, actuel.pk]) if actuel else "",
    }  # fmt: skip
    return render(request, "dossiers/deja_corrige.html", contexte, status=409)


@require_http_methods(["GET", "HEAD"])
@page_dossier("instruction_droits")
def corrige(request: Any, dossier: Dossier) -> HttpResponse:
    """After validation: the decision taken, what will be paid or proposed back."""
    if CLE_RESULTAT not in request.session:
        return redirect("dossiers:fiche", dossier.pk)
    trouvees = [x for x in presentation.decisions(dossier.pk) if x[0].pk == request.session[CLE_RESULTAT]]
    decision, mots, _ = trouvees[0] if trouvees else (None, None, False)
    effets = decision.effets if decision else []
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "faits", "mots": mots,
        "dernier_mois": presentation.dernier_mois(dossier.pk), "decision": decision,
        "effets": [{**e, "mots": MOTIFS[e["motif"]]} for e in effets],
        "rappel": sum(max(0, e["apres"] - (e["avant"] or 0)) for e in effets),
        "indu": sum(max(0, (e["avant"] or 0) - e["apres"]) for e in effets),
    }  # fmt: skip
    return render(request, "dossiers/corrige.html", contexte)
