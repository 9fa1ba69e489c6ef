"""Where a declared change stands, in one sentence: who acts next, and by when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from limpide.dossiers import taches
from limpide.dossiers.models import (
    DeclarationScellee,
    EtatPiece,
    EtatTache,
    GenreScelle,
    GenreTache,
    PieceAttendue,
    TacheAgent,
)
from limpide.usagers import scellement

VOUS, LA_CAF, PERSONNE_D_AUTRE = "vous", "votre Caf", ""
MONTREES = 30


@dataclass(frozen=True)
class ChangementVu:
    """`qui` acts next (empty: nobody), by `avant_le`. `piece`: the document still to send."""

    scellee: DeclarationScellee
    titre: str
    depuis: dt.date
    phrase: str
    qui: str
    avant_le: dt.date | None
    piece: PieceAttendue | None
    reponse: str


def declares(dossier: int) -> list[ChangementVu]:
    """The changes declared in this file, the latest first."""
    scellees = list(
        DeclarationScellee.objects.filter(dossier_id=dossier, genre=GenreScelle.CHANGEMENT).order_by("-scellee_le")
        [:MONTREES]
    )  # fmt: skip
    siennes = TacheAgent.objects.filter(
        dossier_id=dossier, genre=GenreTache.CHANGEMENT, cle__in=[s.numero for s in scellees]
    )
    par_numero = {t.cle: t for t in siennes.defer("detail", "reponse_personne")}
    pieces = {p.pk: p for p in PieceAttendue.objects.filter(dossier_id=dossier, demande=None)}
    return [_vu(s, scellement.relire(s), par_numero.get(s.numero), pieces) for s in scellees]


def _vu(
    scellee: DeclarationScellee, lu: dict[str, Any], tache: TacheAgent | None, pieces: dict[int, PieceAttendue]
) -> ChangementVu:
    piece = pieces.get(lu["piece"]) if lu["piece"] is not None else None
    phrase, qui, avant = _phrase(lu, tache, piece)
    return ChangementVu(
        scellee, lu["titre"], dt.date.fromisoformat(lu["depuis"]), phrase, qui, avant,
        piece if qui == VOUS else None, "" if tache is None else tache.reponse,
    )  # fmt: skip


def _phrase(
    lu: dict[str, Any], tache: TacheAgent | None, piece: PieceAttendue | None
) -> tuple[str, str, dt.date | None]:
    if tache is None and piece is not None and piece.etat in (EtatPiece.ATTENDUE, EtatPiece.REFUSEE):
        return "C'est enregistré. Nous attendons le document demandé.", VOUS, piece.attendue_pour
    if tache is None:
        return "C'est enregistré : vous n'avez rien d'autre à faire.", PERSONNE_D_AUTRE, None
    if tache.etat == EtatTache.FAITE:
        return "Un agent de votre Caf a vérifié et l'a enregistré.", PERSONNE_D_AUTRE, None
    if tache.etat == EtatTache.SANS_SUITE:
        return "Un agent de votre Caf a vérifié et ne l'a pas enregistré.", PERSONNE_D_AUTRE, None
    if piece is not None and piece.etat in (EtatPiece.ATTENDUE, EtatPiece.REFUSEE):
        return "Nous attendons le document demandé.", VOUS, piece.attendue_pour
    limite = tache.echeance
    if piece is not None and piece.recue_le is not None:
        limite = max(limite, timezone.localdate(piece.recue_le) + dt.timedelta(taches.DELAIS[GenreTache.CHANGEMENT]))
    debut = "Ce qui vous concerne est enregistré. " if lu["a_verifier"] is None else ""
    return f"{debut}Un agent de votre Caf vérifie.", LA_CAF, limite
