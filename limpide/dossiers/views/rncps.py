"""The RNCPS seen from a file: ask with a reason, read the answer, say what was found of what differs."""

import functools
import uuid
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from limpide.dossiers import consultation_rncps as verbes
from limpide.dossiers import presentation
from limpide.dossiers.formulaires_rncps import FormulaireConstat, FormulaireConsultation
from limpide.dossiers.models import ConsultationRncps, Dossier
from limpide.dossiers.views.acces import page_dossier
from limpide.droits.calcul import liste_droits
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.registre.contexte import Acteur
from limpide.registre.vues import acteur_de
from limpide.socle.appel import PartenaireInjoignable

CLE_RESULTAT = "rncps_fait"
MONTREES = 20


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(verbes.CONSULTER)
def consulter(request: Any, dossier: Dossier) -> HttpResponse:
    """GET: what was asked and answered. POST: one more question, or a finding (`acte`)."""
    siennes = list(ConsultationRncps.objects.filter(dossier_id=dossier.pk).order_by("-demandee_le")[:MONTREES])
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    question = FormulaireConsultation(request.POST if acte == "consulter" else None)
    constat = FormulaireConstat(request.POST if acte == "constater" else None)
    lie = question if acte == "consulter" else constat if acte == "constater" else None
    if lie is not None and lie.is_valid() and _faire(request, dossier, acte, lie, siennes):
        return redirect("dossiers:rncps", dossier.pk)
    contexte = {
        "dossier": dossier,
        "nom": presentation.nom_complet(dossier.allocataire),
        "onglet": "rncps",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
        "question": question,
        "formulaire": lie,
        "consultations": [_vue(c, constat) for c in siennes],
        "fait": request.session.pop(CLE_RESULTAT, ""),
        "jours": verbes.JOURS_GARDES,
    }
    return render(request, "dossiers/rncps.html", contexte, status=422 if lie is not None and lie.errors else 200)


def _faire(request: Any, dossier: Dossier, acte: str, formulaire: Any, siennes: list[ConsultationRncps]) -> bool:
    """Do the act; False when it is refused, its messages then on the form."""
    saisie = formulaire.cleaned_data
    try:
        if acte == "consulter":
            posee = verbes.demander(dossier, saisie["motif"], request.user.pk)
            # It leaves once this page's transaction is over: nobody waits on the network inside one.
            transaction.on_commit(
                functools.partial(_envoyer, request, posee.pk, acteur_de(request), dossier.organisme_id)
            )
        else:
            visee = next((c for c in siennes if c.pk == saisie["consultation"]), ConsultationRncps())
            verbes.constater(visee, saisie["constat"], request.user.pk)  # another file's has nothing to find out
            request.session[CLE_RESULTAT] = "Le constat est enregistré. Aucun droit n'a changé."
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        return False
    return True


def _envoyer(request: Any, cle: uuid.UUID, acteur: Acteur, organisme: str) -> None:
    try:
        verbes.traiter(cle, acteur, organisme)
    except PartenaireInjoignable:
        request.session[CLE_RESULTAT] = "Le Rncps ne répond pas : posez la question plus tard."
    else:
        request.session[CLE_RESULTAT] = "Le Rncps a répondu : vérifiez avant de corriger quoi que ce soit."


def _vue(consultation: ConsultationRncps, constat: FormulaireConstat) -> dict[str, Any]:
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    organismes = (consultation.reponse or {}).get("organismes", [])
    return {
        "consultation": consultation,
        "organismes": [
            {
                **o,
                "prestations": [{**p, "nature": libelles.get(p["nature"], p["nature"])} for p in o["prestations"]],
                "ici": o["organisme"] == consultation.organisme_id,
            }
            for o in organismes
        ],
        "ecarts": [verbes.ECARTS[e] for e in consultation.ecarts],
        "constat": _constat(consultation, constat),
    }


def _constat(consultation: ConsultationRncps, saisi: FormulaireConstat) -> FormulaireConstat | None:
    """The form of a finding still to write; with what was typed when it is the one that was refused."""
    if not consultation.ecarts or consultation.constat:
        return None
    if saisi.is_bound and saisi.data.get("consultation") == str(consultation.pk):
        return saisi
    return FormulaireConstat(initial={"consultation": consultation.pk}, auto_id=f"constat-{consultation.pk}-%s")
