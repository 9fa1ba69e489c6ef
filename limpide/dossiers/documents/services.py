"""Verbs of documents: receive, deposit, examine, drop the content. The only place that writes them."""

import datetime
import hashlib
from dataclasses import dataclass

from django.db import transaction

from limpide.dossiers import demandes
from limpide.dossiers.models import Canal, Document, Dossier, EtatPiece, LienDocument, PieceAttendue
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais

from . import antivirus
from .contenu import Contenu, nettoyer

MESURE_DE_PROTECTION = "mesure_de_protection"
JOINT_A_UN_MESSAGE = "joint_message"
GENRES = {code: piece.libelle for code, piece in demandes.PIECES.items()} | {
    MESURE_DE_PROTECTION: "Décision de justice de la mesure de protection",
    JOINT_A_UN_MESSAGE: "Document joint à un message",
}
"""Closed list. No medical document: one that nobody expects has no kind, and doesn't enter."""
EFFACES_AU_CONTROLE = frozenset({"identite", "identite_conjoint"})
"""Whose content goes once checked: the copy of an identity document isn't kept longer than its check (DR-07)."""
PAR_PIECE = 10


@dataclass(frozen=True)
class FichierRecu:
    """A file that was looked at, cleaned, and may be deposited."""

    contenu: Contenu
    empreinte_recue: bytes


@dataclass(frozen=True)
class Depot:
    """Who sends it, how, when: the actor (`auteur`, `deposant`) may not be the person whom it is about (MC-038)."""

    canal: Canal
    auteur: str
    quand: datetime.datetime
    deposant: int | None = None


def recevoir(octets: bytes) -> FichierRecu:
    """Look at a file before any transaction: antivirus, real kind, rebuilding. Raises `DocumentRefuse`."""
    contenu = nettoyer_ou_refuser(octets)
    return FichierRecu(contenu, hashlib.sha256(octets).digest())


def nettoyer_ou_refuser(octets: bytes) -> Contenu:
    """The antivirus sees what was sent, not what is left of it."""
    antivirus.examiner(octets)
    return nettoyer(octets)


@transaction.atomic
def deposer(
    genre: str,
    fichier: FichierRecu,
    depot: Depot,
    *,
    personne: int,
    organisme: str,
    dossier: Dossier | None = None,
    piece: PieceAttendue | None = None,
) -> Document:
    """Keep a document about this person, for their file or, when they have none yet, for themselves.

    `piece`: the expected document that it answers, which is then received; several files may answer one.
    """
    if genre not in GENRES:
        raise ErreurSaisie({"genre": "Ce genre de document n'est pas de ceux que la Caf demande."})
    if piece is not None:
        _recevoir_la_piece(piece, fichier, depot)
    contenu = fichier.contenu
    document = Document(
        lie_a=LienDocument.PERSONNE if dossier is None else LienDocument.DOSSIER,
        dossier_id=None if dossier is None else dossier.pk,
        organisme_id=organisme,
        personne_id=personne,
        piece_id=None if piece is None else piece.pk,
        genre=genre,
        forme=contenu.forme,
        pages=contenu.pages,
        taille=len(contenu.octets),
        empreinte_recue=fichier.empreinte_recue,
        empreinte=hashlib.sha256(contenu.octets).digest(),
        canal=depot.canal,
        deposant_id=depot.deposant,
        auteur=depot.auteur,
        depose_le=depot.quand,
    )
    document.octets = contenu.octets
    with refus_en_francais(), transaction.atomic():
        document.save(force_insert=True)
    return document


def _recevoir_la_piece(piece: PieceAttendue, fichier: FichierRecu, depot: Depot) -> None:
    actuelle = PieceAttendue.objects.select_for_update(of=("self",)).get(pk=piece.pk)
    if actuelle.etat == EtatPiece.VALIDEE:
        raise ErreurSaisie({"fichiers": "Ce document est déjà accepté : il n'y a rien d'autre à envoyer."})
    if actuelle.etat == EtatPiece.INUTILE:
        raise ErreurSaisie({"fichiers": "Ce document n'est plus attendu : il n'y a rien à envoyer."})
    if Document.objects.filter(piece_id=piece.pk).count() >= PAR_PIECE:
        raise ErreurSaisie({"fichiers": f"{PAR_PIECE} fichiers ont déjà été envoyés pour ce document : c'est le plus."})
    if actuelle.etat != EtatPiece.RECUE:
        empreinte = hashlib.sha256(fichier.contenu.octets).digest()
        demandes.recevoir_piece(actuelle, depot.quand, depot.canal, empreinte)


@transaction.atomic
def examiner(piece: PieceAttendue, quand: datetime.datetime, refus: str = "") -> None:
    """Accept what answers this expected document, or refuse it with a reason that the person reads."""
    actuelle = PieceAttendue.objects.select_for_update(of=("self",)).get(pk=piece.pk)
    demandes.examiner_piece(actuelle, quand, refus)
    if not refus and actuelle.genre in EFFACES_AU_CONTROLE:
        for document in Document.objects.filter(piece_id=piece.pk, efface_le=None):
            effacer_le_contenu(document, quand)


def effacer_le_contenu(document: Document, quand: datetime.datetime) -> None:
    """What was shown goes; which document, its prints and its dates stay."""
    document.octets, document.efface_le = None, quand
    document.save(update_fields=["contenu_chiffre", "efface_le"])
