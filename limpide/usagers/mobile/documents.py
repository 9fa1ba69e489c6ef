"""Documents: what the Caf expects, what it received, and the sending of one, looked at as on the site."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from limpide.dossiers import lexique
from limpide.dossiers.declarations_documents import MES_DOCUMENTS
from limpide.dossiers.formulaires_documents import FormulaireEnvoi
from limpide.dossiers.models import Document, EtatPiece, PieceAttendue
from limpide.dossiers.templatetags.affichage import genre_piece
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.vues import personne_de, pour_la_requete
from limpide.usagers.envoi_documents import deposer
from limpide.usagers.mobile import CANAL, problemes
from limpide.usagers.mobile.operations import operation
from limpide.usagers.mobile.problemes import Refus

A_ENVOYER = (EtatPiece.ATTENDUE, EtatPiece.REFUSEE)


@operation(
    chemin="documents/",
    methode="GET",
    resume="Mes documents",
    traitements=(MES_DOCUMENTS,),
    motif="vous consultez vos documents",
    reponse="Documents",
)
def documents(request: Any) -> dict[str, Any]:
    """What is expected first, by date; then what was sent. The copies themselves are read on the site."""
    moi = personne_de(request)
    pieces = list(PieceAttendue.objects.select_related("personne").order_by("attendue_pour", "pk"))
    gardes = Document.objects.defer("contenu_chiffre").order_by("-depose_le", "pk")
    return {
        "attendus": [_piece(p, moi) for p in pieces if p.etat in A_ENVOYER],
        "envoyes": [_piece(p, moi) for p in pieces if p.etat not in A_ENVOYER],
        "fichiers": [
            {"libelle": genre_piece(d.genre), "depose_le": d.depose_le.isoformat(), "octets": d.taille,
             "efface_le": None if d.efface_le is None else d.efface_le.isoformat()}
            for d in gardes
        ],
    }  # fmt: skip


def _piece(piece: PieceAttendue, moi: int | None) -> dict[str, Any]:
    return {
        "piece": piece.pk,
        "libelle": genre_piece(piece.genre),
        "de": None if piece.personne_id == moi else piece.personne.prenoms,
        "avant_le": piece.attendue_pour.isoformat(),
        "phrase": lexique.PIECES[piece.etat].allocataire,
        "refus": piece.motif_refus or None,
    }


@operation(
    chemin="documents/<int:piece>/",
    methode="POST",
    resume="Envoyer un document attendu",
    traitements=(MES_DOCUMENTS,),
    fichiers=True,
    reponse="DocumentEnvoye",
    statut=201,
)
def envoyer(request: Any, piece: int) -> dict[str, Any]:
    """Photographs or PDF. Each is looked at and made again before any is kept: all, or none."""
    formulaire = _formulaire(request)
    valide = formulaire.is_valid()  # the antivirus may take seconds: no row is held meanwhile
    with pour_la_requete(request, MES_DOCUMENTS, f"{CANAL} : vous envoyez un document"):
        attendue = PieceAttendue.objects.select_related("personne").filter(pk=piece).first()
        if attendue is None:
            raise Refus(problemes.INTROUVABLE)
        if not valide:
            raise Refus(problemes.SAISIE, champs={nom: " ".join(dites) for nom, dites in formulaire.errors.items()})
        try:
            deposer(attendue, formulaire.recus, request.user)
        except ErreurSaisie as refus:
            raise Refus(problemes.SAISIE, champs=dict(refus.champs)) from None
        attendue.refresh_from_db()
        return _piece(attendue, personne_de(request))


def _formulaire(request: HttpRequest) -> FormulaireEnvoi:
    """The files sent. Raises Refus on what is no form, or is too heavy to be read."""
    if request.content_type != "multipart/form-data":
        raise Refus(problemes.FORMAT_FICHIERS)
    try:
        return FormulaireEnvoi(request.POST, request.FILES)
    except RequestDataTooBig:
        raise Refus(problemes.TROP_LOURD) from None
    except MultiPartParserError:
        raise Refus(problemes.FORMAT_FICHIERS) from None
