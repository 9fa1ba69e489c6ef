"""The RNCPS seen from a file: ask with a reason, now or later, read the answer, say what was found of what differs.

And from the Caf: the deferred answers that an agent has still to look at.
"""

import functools
import uuid
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import consultation_rncps as verbes
from limpide.dossiers import presentation
from limpide.dossiers.formulaires_rncps import FormulaireConstat, FormulaireConsultation, FormulaireRegard
from limpide.dossiers.habilitations_rncps import SEULES, modes_de
from limpide.dossiers.models import ConsultationRncps, Dossier, ModeConsultation
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.droits.calcul import liste_droits
from limpide.identite.erreurs import PARTOUT, ErreurSaisie
from limpide.registre.contexte import Acteur
from limpide.registre.vues import acteur_de
from limpide.socle.appel import PartenaireInjoignable

CLE_RESULTAT = "rncps_fait"
MONTREES = 20
EN_FILE = 50
SANS_HABILITATION = "Vous n'êtes pas habilité à consulter le Rncps."
ATTENDRE = "Vous trouverez la réponse ici et dans « Réponses du Rncps »."


@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(verbes.CONSULTER)
def consulter(request: Any, dossier: Dossier) -> HttpResponse:
    """GET: what was asked and answered. POST: one more question, a finding, a deferred answer looked at (`acte`)."""
    modes = modes_de(request.user.pk)
    siennes = _dernieres(dossier) if modes else []
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    question = FormulaireConsultation(request.POST if acte == "consulter" else None, modes=modes)
    constat = FormulaireConstat(request.POST if acte == "constater" else None)
    regard = FormulaireRegard(request.POST if acte == "regarder" else None)
    lie = {"consulter": question, "constater": constat, "regarder": regard}.get(acte)
    if lie is not None and not modes:
        lie.add_error(None, SANS_HABILITATION)
    elif lie is not None and lie.is_valid() and _faire(request, dossier, acte, lie, siennes):
        return redirect("dossiers:rncps", dossier.pk)
    contexte = {
        "dossier": dossier,
        "nom": presentation.nom_complet(dossier.allocataire),
        "onglet": "rncps",
        "dernier_mois": presentation.dernier_mois(dossier.pk),
        "habilite": bool(modes),
        "question": question if modes & SEULES else None,
        "formulaire": lie,
        "consultations": [_vue(c, constat) for c in siennes],
        "fait": request.session.pop(CLE_RESULTAT, ""),
        "jours": verbes.JOURS_GARDES,
    }
    return render(request, "dossiers/rncps.html", contexte, status=422 if lie is not None and lie.errors else 200)


def _dernieres(dossier: Dossier) -> list[ConsultationRncps]:
    return list(ConsultationRncps.objects.filter(dossier_id=dossier.pk).order_by("-demandee_le")[:MONTREES])


def _faire(request: Any, dossier: Dossier, acte: str, formulaire: Any, siennes: list[ConsultationRncps]) -> bool:
    """Do the act; False when it is refused, its messages then on the form."""
    saisie = formulaire.cleaned_data
    try:
        if acte == "consulter":
            _poser(request, dossier, saisie["motif"], saisie["mode"])
            return True
        visee = next((c for c in siennes if c.pk == saisie["consultation"]), ConsultationRncps())
        if acte == "constater":  # another file's has nothing to find out, nor to look at
            verbes.constater(visee, saisie["constat"], request.user.pk)
            request.session[CLE_RESULTAT] = "Le constat est enregistré. Aucun droit n'a changé."
        else:
            verbes.regarder(visee, request.user.pk)
            request.session[CLE_RESULTAT] = "La réponse est marquée comme vue."
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(None if champ == PARTOUT or champ not in formulaire.fields else champ, message)
        return False
    return True


def _poser(request: Any, dossier: Dossier, motif: str, mode: str) -> None:
    posee = verbes.demander(dossier, motif, request.user.pk, mode)
    if mode == ModeConsultation.DIFFERE:
        request.session[CLE_RESULTAT] = f"La question est enregistrée. {ATTENDRE}"
        return
    # It leaves once this page's transaction is over: nobody waits on the network inside one.
    transaction.on_commit(functools.partial(_envoyer, request, posee.pk, acteur_de(request), dossier.organisme_id))


def _envoyer(request: Any, cle: uuid.UUID, acteur: Acteur, organisme: str) -> None:
    try:
        verbes.traiter(cle, acteur, organisme)
    except PartenaireInjoignable:
        verbes.differer(cle, acteur, organisme)
        request.session[CLE_RESULTAT] = f"Le Rncps ne répond pas : la question sera posée en différé. {ATTENDRE}"
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
        "a_regarder": _a_regarder(consultation),
    }


def _a_regarder(consultation: ConsultationRncps) -> bool:
    """A deferred answer, or its absence, that nobody looked at yet; where something differs, a finding is written."""
    differee = consultation.mode == ModeConsultation.DIFFERE and consultation.vue_le is None
    close = consultation.repondue_le is not None or bool(consultation.sans_suite)
    return differee and close and not consultation.ecarts


def _constat(consultation: ConsultationRncps, saisi: FormulaireConstat) -> FormulaireConstat | None:
    """The form of a finding still to write; with what was typed when it is the one that was refused."""
    if not consultation.ecarts or consultation.constat:
        return None
    if saisi.is_bound and saisi.data.get("consultation") == str(consultation.pk):
        return saisi
    return FormulaireConstat(initial={"consultation": consultation.pk}, auto_id=f"constat-{consultation.pk}-%s")


@require_safe
@page_agent(verbes.CONSULTER, "Réponses du Rncps à regarder")
def reponses(request: Any) -> HttpResponse:
    """The oldest first; file numbers only, neither name nor number. Nothing for who isn't accredited."""
    habilite = bool(modes_de(request.user.pk))
    closes = verbes.a_regarder() if habilite else ConsultationRncps.objects.none()
    lignes = [
        {
            "dossier": c.dossier_id,
            "numero": c.dossier.numero,
            "posee_le": c.demandee_le,
            "motif": c.get_motif_display(),
            "dit": c.sans_suite or " ".join(verbes.ECARTS[e] for e in c.ecarts) or "Rien ne diffère.",
        }
        for c in closes.select_related("dossier").order_by("demandee_le")[:EN_FILE]
    ]
    contexte = {"habilite": habilite, "nombre": closes.count(), "montrees": EN_FILE, "lignes": lignes}
    return render(request, "dossiers/rncps_reponses.html", contexte)
