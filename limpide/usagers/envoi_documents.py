"""What a person sends for a document that their Caf expects, whichever channel: all the files kept, or none."""

from typing import Any

from django.utils import timezone

from limpide.dossiers.documents import services
from limpide.dossiers.models import Canal, PieceAttendue


def deposer(piece: PieceAttendue, recus: list[services.FichierRecu], compte: Any) -> None:
    """Within `mes_documents`. Raises ErreurSaisie when this document is no longer expected."""
    depot = services.Depot(Canal.EN_LIGNE, f"compte {compte.pk}", timezone.now(), compte.personne_id)
    for recu in recus:
        services.deposer(
            piece.genre, recu, depot, personne=piece.personne_id, organisme=piece.organisme_id,
            dossier=piece.dossier, piece=piece,
        )  # fmt: skip
