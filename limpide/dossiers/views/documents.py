"""Documents to examine: the list of the Caf, then one file's documents, read, accepted or refused with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import lexique, presentation
from limpide.dossiers.declarations_documents import EXAMEN_DOCUMENTS
from limpide.dossiers.documents import decision_mdph, services
from limpide.dossiers.documents.remise import remettre
from limpide.dossiers.formulaires_documents import FormulaireDecisionMdph, formulaire_pour
from limpide.dossiers.models import Document, Dossier, EtatPiece, PieceAttendue, SourceFait
from limpide.dossiers.services import Origine
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.identite.erreurs import ErreurSaisie

MOTIF = "Examen d'un document reçu"
MONTREES = 50
DEJA = "Ce document a déjà été examiné : votre réponse n'a pas été enregistrée."


@require_safe
@page_agent(EXAMEN_DOCUMENTS, "Liste des documents à examiner")
def liste(request: HttpRequest) -> HttpResponse:
    """The oldest first; file numbers only."""
    attendent = PieceAttendue.objects.filter(etat=EtatPiece.RECUE, dossier__clos_le=None)
    contexte = {
        "nombre": attendent.count(),
        "montrees": MONTREES,
        "pieces": attendent.select_related("dossier").order_by("recue_le", "pk")[:MONTREES],
    }
    return render(request, "dossiers/documents_a_examiner.html", contexte)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(EXAMEN_DOCUMENTS, toujours=MOTIF)
def documents(request: Any, dossier: Dossier) -> HttpResponse:
    """GET: each expected document with what was sent. POST: the answer to one of them, once."""
    pieces = list(
        PieceAttendue.objects.select_related("personne").filter(dossier_id=dossier.pk).order_by("attendue_pour", "pk")
    )
    visee = next((p for p in pieces if str(p.pk) == request.POST.get("piece")), None)
    formulaires = {
        p.pk: formulaire_pour(p.genre)(
            request.POST if p is visee else None, auto_id=f"piece-{p.pk}-%s", rang=f"-{p.pk}"
        )
        for p in pieces
        if p.etat == EtatPiece.RECUE or p is visee
    }
    statut = 200
    if request.method == "POST":
        if visee is None:
            raise Http404("Ce document n'est pas attendu dans ce dossier.")
        suite = _repondre(request, dossier, visee, formulaires[visee.pk])
        if suite is not None:
            return suite
        statut = 422
    fichiers = list(Document.objects.defer("contenu_chiffre").filter(dossier_id=dossier.pk).order_by("depose_le", "pk"))
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "documents",
        "lignes": [
            (p, lexique.PIECES[p.etat], [f for f in fichiers if f.piece_id == p.pk], formulaires.get(p.pk))
            for p in pieces
        ],
        "sans_piece": [f for f in fichiers if f.piece_id is None],
    }  # fmt: skip
    return render(request, "dossiers/documents.html", contexte, status=statut)


def _repondre(request: Any, dossier: Dossier, piece: PieceAttendue, formulaire: Any) -> Any:
    """Where to go once the answer is recorded; None when the form says why it isn't."""
    if not formulaire.is_valid():
        return None
    donnees = formulaire.cleaned_data
    refus = donnees["motif"].strip() if donnees["avis"] == "refuse" else ""
    try:
        with transaction.atomic():
            services.examiner(piece, timezone.now(), refus)
            if isinstance(formulaire, FormulaireDecisionMdph) and not refus:
                origine = Origine(SourceFait.AGENT, f"compte {request.user.pk}", piece)
                decision_mdph.enregistrer(dossier, piece.personne, formulaire.lue, origine)
    except ErreurSaisie as erreur:
        for message in erreur.champs.values() if "etat" not in erreur.champs else [DEJA]:
            formulaire.add_error(None, message)
        return None
    messages.success(request, "Votre réponse est enregistrée ; la personne la lit dans « Mes documents ».")
    return redirect("dossiers:documents", dossier.pk)


@require_safe
@page_dossier(EXAMEN_DOCUMENTS, toujours=MOTIF)
def contenu(request: Any, dossier: Dossier, document: UUID) -> HttpResponse:
    """One document of this file, to save."""
    return remettre(Document.objects.filter(pk=document, dossier_id=dossier.pk).first())
