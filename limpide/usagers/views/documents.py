"""« Mes documents »: what the Caf expects, sent from a telephone or a computer, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import lexique
from limpide.dossiers.declarations_documents import MES_DOCUMENTS
from limpide.dossiers.documents.remise import remettre
from limpide.dossiers.formulaires_documents import FormulaireEnvoi
from limpide.dossiers.models import Document, EtatPiece, PieceAttendue
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import ouvre_sous_garde, personne_de, pour_la_requete, sous_traitement
from limpide.usagers.envoi_documents import deposer

ICI = "usagers:mes_documents"
ENVOYE = "Votre document est bien arrivé. Un agent de votre Caf va le lire."
SANS_IMAGE = ("contenu_chiffre",)


@never_cache
@require_safe
@sous_traitement(MES_DOCUMENTS, motif="Vous consultez vos documents")
def mes_documents(request: Any) -> HttpResponse:
    """What is expected first, then what was sent."""
    pieces = PieceAttendue.objects.select_related("personne").order_by("attendue_pour", "pk")
    documents = Document.objects.defer(*SANS_IMAGE).order_by("-depose_le", "pk")
    contexte = {
        "a_envoyer": [(p, lexique.PIECES[p.etat]) for p in pieces if p.etat in (EtatPiece.ATTENDUE, EtatPiece.REFUSEE)],
        "envoyees": [(p, lexique.PIECES[p.etat]) for p in pieces if p.etat in (EtatPiece.RECUE, EtatPiece.VALIDEE)],
        "documents": list(documents),
        "moi": personne_de(request),
    }
    return render(request, "usagers/documents/liste.html", contexte)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@ouvre_sous_garde(MES_DOCUMENTS)
def envoyer(request: Any, piece: int) -> HttpResponse:
    """GET: the form. POST: the files are looked at before any transaction, then all kept, or none."""
    poste = request.method == "POST"
    formulaire = FormulaireEnvoi(request.POST, request.FILES) if poste else FormulaireEnvoi()
    valide = poste and formulaire.is_valid()  # the antivirus may take seconds: no row is held meanwhile
    compte = request.user
    with pour_la_requete(request, MES_DOCUMENTS, "Vous envoyez un document"):
        attendue = PieceAttendue.objects.select_related("personne").filter(pk=piece).first()
        if attendue is None:
            raise Http404("Ce document n'est pas attendu de vous.")
        if valide:
            try:
                deposer(attendue, formulaire.recus, compte)
            except ErreurSaisie as refus:
                for champ, message in refus.champs.items():
                    formulaire.add_error(champ if champ in formulaire.fields else None, message)
            else:
                messages.success(request, ENVOYE)
                return redirect(ICI)
        contexte = {"piece": attendue, "mots": lexique.PIECES[attendue.etat], "formulaire": formulaire,
                    "moi": personne_de(request)}  # fmt: skip
        return render(request, "usagers/documents/envoyer.html", contexte, status=422 if formulaire.errors else 200)


@require_safe
@sous_traitement(MES_DOCUMENTS, motif="Vous relisez un document envoyé")
def contenu(request: Any, document: UUID) -> HttpResponse:
    """One document of mine, to save."""
    return remettre(Document.objects.filter(pk=document).first())
