"""« Montrer la décision »: a protector deposits the judgement, and the account of whom they protect, for an access."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from limpide.dossiers import depots
from limpide.dossiers.declarations_depots import DEPOT
from limpide.dossiers.documents import services
from limpide.dossiers.models import Canal
from limpide.identite import ribs_proteges as ribs
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import AccesProtecteur, EtatAccesProtecteur, RibPropose
from limpide.registre.contexte import traitement
from limpide.registre.vues import acteur_de, ouvre_sous_garde
from limpide.usagers.formulaires_protecteurs import FormulaireDecision, FormulaireRib

DECISION, RIB = "decision", "rib"
MOTIF = "Vous montrez la décision du juge, ou le Rib de la personne que vous protégez"
ENVOYE = "C'est envoyé. Un agent de la Caf le lit ; rien ne change avant sa réponse."


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(DEPOT)
def montrer(request: Any, acces: int) -> HttpResponse:
    """GET: what is asked and what was sent. POST: `acte` says which of the two; files are looked at beforehand."""
    acte = request.POST.get("acte", "") if request.method == "POST" else ""
    formulaires = {
        nom: forme(*((request.POST, request.FILES) if nom == acte else ()), auto_id=f"{nom}-%s", rang=f"-{nom}")
        for nom, forme in ((DECISION, FormulaireDecision), (RIB, FormulaireRib))
    }
    lie = formulaires.get(acte)
    if request.method == "POST" and lie is None:
        raise Http404("Cet envoi n'existe pas.")
    valide = lie is not None and lie.is_valid()  # the antivirus may take seconds: no row is held meanwhile
    moi = request.user.personne_id
    with traitement(DEPOT, acteur=acteur_de(request), motif=MOTIF, personne=moi):
        sien = AccesProtecteur.objects.filter(pk=acces, protecteur_id=moi).exclude(etat=EtatAccesProtecteur.FERME)
        vise = sien.first()
        if vise is None:
            raise Http404("Cet accès n'est pas un des vôtres, ou est fermé.")
        if valide and _deposer(vise, acte, lie, request.user):
            messages.success(request, ENVOYE)
            return redirect("usagers:montrer", acces)
        contexte = {
            "acces": vise,
            "formulaire": lie,
            "decision": formulaires[DECISION],
            "rib": formulaires[RIB],
            "documents": depots.montres(vise.personne_id, moi, depots.DECISION, depots.RIB),
            "ribs": list(RibPropose.objects.filter(acces_id=vise.pk).order_by("-depose_le")),
            "motifs": ribs.MOTIFS_RIB,
        }
    statut = 422 if lie is not None and lie.errors else 200
    return render(request, "usagers/protecteurs/montrer.html", contexte, status=statut)


def _deposer(acces: AccesProtecteur, acte: str, formulaire: Any, compte: Any) -> bool:
    """All of it, or nothing: the files and, for an account, its number and holder."""
    genre = depots.DECISION if acte == DECISION else depots.RIB
    depot = services.Depot(Canal.EN_LIGNE, f"compte {compte.pk}", timezone.now(), compte.personne_id)
    try:
        with transaction.atomic():
            depots.limiter(acces.personne_id, acces.protecteur_id, len(formulaire.recus))
            if acte == RIB:
                ribs.proposer(acces, formulaire.cleaned_data["iban"], formulaire.cleaned_data["titulaire"])
            for recu in formulaire.recus:
                services.deposer(genre, recu, depot, personne=acces.personne_id, organisme=acces.organisme_id)
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(champ if champ in formulaire.fields else None, message)
        return False
    return True
