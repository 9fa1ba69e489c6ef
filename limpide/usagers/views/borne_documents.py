"""Kiosks: a certificate to print, a document to deposit with its receipt."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import lexique
from limpide.dossiers.declarations_documents import MES_DOCUMENTS
from limpide.dossiers.documents import services
from limpide.dossiers.models import Canal, Document, EtatPiece, PieceAttendue
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import ouvre_sous_garde, pour_la_requete, sous_traitement
from limpide.usagers import attestations as verbes
from limpide.usagers import dossier as lecture
from limpide.usagers.borne import terminaux
from limpide.usagers.declarations_attestations import MES_ATTESTATIONS
from limpide.usagers.formulaires_attestations import FormulaireAttestation
from limpide.usagers.formulaires_borne import FormulaireDepotBorne
from limpide.usagers.views.attestations import contexte_de, emettre, une

SANS_IMAGE = ("contenu_chiffre",)


def _auteur(request: Any) -> str:
    """Who, and at which terminal."""
    return f"compte {request.user.pk}, borne {request.borne.pk}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sous_traitement(MES_ATTESTATIONS, motif="Vous demandez une attestation, à une borne")
def attestations(request: Any) -> HttpResponse:
    """The form; then the paper."""
    dossier = lecture.mon_dossier(request.user.personne_id)
    if dossier is None:
        return render(request, "usagers/borne/sans_dossier.html")
    formulaire = FormulaireAttestation(request.POST or None, jour=timezone.localdate())
    if request.method == "POST" and formulaire.is_valid():
        emise = emettre(request, dossier, formulaire, _auteur(request))
        if emise is not None:
            return redirect("usagers:borne_attestation", emise.pk)
    statut = 422 if formulaire.errors else 200
    return render(request, "usagers/borne/attestations.html", {"formulaire": formulaire}, status=statut)


@never_cache
@require_safe
@sous_traitement(MES_ATTESTATIONS, motif="Vous relisez une attestation, à une borne")
def attestation(request: Any, attestation: UUID) -> HttpResponse:
    """The paper on screen; the page prints without its frame."""
    return render(request, "usagers/borne/attestation.html", contexte_de(une(attestation)))


@never_cache
@require_safe
@sous_traitement(MES_ATTESTATIONS, motif="Vous imprimez une attestation, à une borne")
def attestation_pdf(request: Any, attestation: UUID) -> HttpResponse:
    """Shown, not saved: a terminal keeps no file. It gives way to the end of the session as any page does."""
    reponse = HttpResponse(verbes.en_pdf(une(attestation)), content_type="application/pdf")
    reponse["Content-Disposition"] = 'inline; filename="attestation.pdf"'
    reponse["Refresh"] = f"{terminaux.INACTIVITE - 10}; url=/borne/fin/?seule=1"
    return reponse


@never_cache
@require_safe
@sous_traitement(MES_DOCUMENTS, motif="Vous consultez vos documents, à une borne")
def documents(request: Any) -> HttpResponse:
    """What is expected, to be deposited now; what came."""
    pieces = PieceAttendue.objects.select_related("personne").order_by("attendue_pour", "pk")
    contexte = {
        "a_envoyer": [(p, lexique.PIECES[p.etat]) for p in pieces if p.etat in (EtatPiece.ATTENDUE, EtatPiece.REFUSEE)],
        "envoyees": [(p, lexique.PIECES[p.etat]) for p in pieces if p.etat in (EtatPiece.RECUE, EtatPiece.VALIDEE)],
        "moi": request.user.personne_id,
    }
    return render(request, "usagers/borne/documents.html", contexte)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(MES_DOCUMENTS)
def deposer(request: Any, piece: int) -> HttpResponse:
    """GET: the form. POST: a page that can't be read is refused at once; else it is kept, and the receipt shown."""
    poste = request.method == "POST"
    formulaire = FormulaireDepotBorne(request.POST, request.FILES) if poste else FormulaireDepotBorne()
    valide = poste and formulaire.is_valid()  # the antivirus may take seconds: no row is held meanwhile
    with pour_la_requete(request, MES_DOCUMENTS, "Vous déposez un document, à une borne"):
        attendue = PieceAttendue.objects.select_related("personne").filter(pk=piece).first()
        if attendue is None:
            raise Http404("Ce document n'est pas attendu de vous.")
        if valide:
            depot = services.Depot(Canal.BORNE, _auteur(request), timezone.now(), request.user.personne_id)
            try:
                depose = services.deposer(
                    attendue.genre, formulaire.cleaned_data["fichier"][0], depot, personne=attendue.personne_id,
                    organisme=attendue.organisme_id, dossier=attendue.dossier, piece=attendue,
                )  # fmt: skip
            except ErreurSaisie as refus:
                for message in refus.champs.values():
                    formulaire.add_error("fichier", message)
            else:
                return redirect("usagers:borne_recepisse", depose.pk)
        contexte = {"piece": attendue, "mots": lexique.PIECES[attendue.etat], "formulaire": formulaire,
                    "moi": request.user.personne_id}  # fmt: skip
        return render(request, "usagers/borne/deposer.html", contexte, status=422 if formulaire.errors else 200)


@never_cache
@require_safe
@sous_traitement(MES_DOCUMENTS, motif="Vous lisez le récépissé d'un document, à une borne")
def recepisse(request: Any, document: UUID) -> HttpResponse:
    """What was received, when, where, and its print: the proof that the person takes away."""
    depose = Document.objects.defer(*SANS_IMAGE).filter(pk=document, canal=Canal.BORNE).first()
    if depose is None:
        raise Http404("Ce récépissé n'est pas à vous, ou n'existe pas.")
    contexte = {"document": depose, "empreinte": bytes(depose.empreinte_recue).hex()}
    return render(request, "usagers/borne/recepisse.html", contexte)
