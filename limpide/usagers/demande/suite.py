"""Where a claim stands, in one sentence: who acts next, and by when."""

import datetime as dt
from dataclasses import dataclass

from limpide.dossiers import lexique
from limpide.dossiers.models import Demande, EtatDemande, EtatPiece, PieceAttendue

VOUS, LA_CAF, PERSONNE_D_AUTRE = "vous", "votre Caf", ""
JOURS_D_ETUDE = 15
"""What the Caf gives itself to look at what it received: ours, no text says it."""


@dataclass(frozen=True)
class Suite:
    """`qui` acts next (empty: nobody), by `avant_le` (None: no date)."""

    phrase: str
    qui: str
    avant_le: dt.date | None


def suite_de(demande: Demande, pieces: list[PieceAttendue]) -> Suite:
    """`pieces`: those of this claim."""
    phrase = lexique.DEMANDES[demande.etat].allocataire
    if demande.etat in (EtatDemande.DECIDEE, EtatDemande.ABANDONNEE):
        return Suite(phrase, PERSONNE_D_AUTRE, None)
    a_envoyer = [p for p in pieces if p.etat in (EtatPiece.ATTENDUE, EtatPiece.REFUSEE)]
    if a_envoyer:
        return Suite(phrase, VOUS, min(p.attendue_pour for p in a_envoyer))
    if any(p.etat == EtatPiece.RECUE for p in pieces):
        phrase = "Nous avons reçu tous vos documents. Un agent de votre Caf les lit."
    dernier = max([demande.deposee_le, *(p.recue_le for p in pieces if p.recue_le)])
    return Suite(phrase, LA_CAF, dernier.date() + dt.timedelta(days=JOURS_D_ETUDE))
