"""The clock of a waiting number: CSS R114-7 (décret 2022-292), one table of steps, which PostgreSQL holds too.

III: the person is told which document is missing, and has three months. IV: without it, or in doubt, formal notice
and three more months; then payment is suspended for a time. V: the Caf has three months to decide; silence restores
payment. A document that comes stops the clock at any step.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, Subquery

from . import statuts
from .erreurs import ErreurSaisie, refus_en_francais
from .models import CauseCloture, CauseEtat, EtapeNia, GenreEtape, GenreNumero, Immatriculation

MOIS_POUR_JUSTIFIER_UN_NIA = 3
"""A person with a waiting number has three months to produce a civil-status document (CSS R114-7, III)."""

G = GenreEtape
MOIS: dict[GenreEtape, int] = {
    G.INFORMATION: MOIS_POUR_JUSTIFIER_UN_NIA,  # III, second paragraph
    G.MISE_EN_DEMEURE: 3,  # IV, first paragraph
    G.SUSPENSION: 3,  # V, first paragraph: the Caf's time to decide
    G.IMPOSSIBILITE_TEMPORAIRE: 24,  # V, 3°: two years at most
}
"""Months that a step leaves."""

_DECISIONS = (G.SUSPENSION_DEFINITIVE, G.IMPOSSIBILITE)
SUITES: dict[str, tuple[GenreEtape, ...]] = {
    "": (G.INFORMATION,),
    G.INFORMATION: (G.PIECE_RECUE, G.PIECE_DOUTEUSE, G.MISE_EN_DEMEURE),
    G.PIECE_RECUE: (G.PIECE_DOUTEUSE,),
    G.PIECE_DOUTEUSE: (G.MISE_EN_DEMEURE, G.PIECE_RECUE),
    G.MISE_EN_DEMEURE: (G.PIECE_RECUE, G.SUSPENSION),
    G.SUSPENSION: (G.PIECE_RECUE, *_DECISIONS, G.IMPOSSIBILITE_TEMPORAIRE, G.SANS_DECISION),
    G.SUSPENSION_DEFINITIVE: (),
    G.IMPOSSIBILITE: (G.PIECE_RECUE,),
    G.IMPOSSIBILITE_TEMPORAIRE: (G.PIECE_RECUE, *_DECISIONS),
    G.SANS_DECISION: (G.PIECE_RECUE,),
}
"""Step → those that may follow it. Empty text: no step yet."""

APRES_ECHEANCE = frozenset(
    {(G.INFORMATION, G.MISE_EN_DEMEURE), (G.MISE_EN_DEMEURE, G.SUSPENSION), (G.SUSPENSION, G.SANS_DECISION)}
)
"""Pairs of steps of which the second waits for the day after the first one's deadline."""

SUSPENDENT = (G.SUSPENSION, G.SUSPENSION_DEFINITIVE)
"""Last steps under which benefits are not paid to the person (what is due stays due)."""

A_FAIRE: dict[str, str] = {
    G.INFORMATION: "Envoyer la mise en demeure",
    G.PIECE_DOUTEUSE: "Envoyer la mise en demeure",
    G.MISE_EN_DEMEURE: "Suspendre le versement",
    G.SUSPENSION: "Constater que le délai de décision est passé : le versement reprend",
    G.IMPOSSIBILITE_TEMPORAIRE: "Décider",
}
"""What is to be done once the last step's deadline has passed."""


def echeance_apres(le: datetime.date, mois: int) -> datetime.date:
    """Same day of a later month, or the end of that month."""
    rang = le.year * 12 + le.month - 1 + mois
    premier = datetime.date(rang // 12, rang % 12 + 1, 1)
    suivant = datetime.date((rang + 1) // 12, (rang + 1) % 12 + 1, 1)
    return min(premier + datetime.timedelta(days=le.day - 1), suivant - datetime.timedelta(days=1))


def echeance_du_nia(delivre_le: datetime.date) -> datetime.date:
    """Last day to produce the civil-status document."""
    return echeance_apres(delivre_le, MOIS_POUR_JUSTIFIER_UN_NIA)


@transaction.atomic
def noter_etape(immatriculation: Immatriculation, genre: GenreEtape, le: datetime.date) -> EtapeNia:
    """Record a step of the clock, or refuse it: out of order, or before its time. Nothing is written then."""
    if immatriculation.genre != GenreNumero.NIA:
        raise ErreurSaisie({"genre": "Seul un numéro d'attente suit ces délais."})
    mois = MOIS.get(genre)
    with refus_en_francais({"etape_nia_dans_l_ordre": "genre", "etape_nia_a_son_heure": "le"}), transaction.atomic():
        etape = EtapeNia.objects.create(
            immatriculation_id=immatriculation.pk, personne_id=immatriculation.personne_id, genre=genre, le=le,
            echeance=echeance_apres(le, mois) if mois else None, agent=statuts.agent_au_travail(),
        )  # fmt: skip
    if genre == G.PIECE_RECUE:
        immatriculation.justificatif_recu_le = le
        immatriculation.save(update_fields=["justificatif_recu_le"])
    if genre == G.SUSPENSION_DEFINITIVE:  # V, 1°: the waiting number is then switched off
        immatriculation.clos_le, immatriculation.cause_cloture = le, CauseCloture.DESACTIVE
        immatriculation.save(update_fields=["clos_le", "cause_cloture"])
        statuts.passer(immatriculation.personne, statuts.DECLARE, CauseEtat.DESACTIVATION, le)
    return etape


@dataclass(frozen=True)
class AEcheance:
    """One waiting number whose clock has run out: whose, since when, what is to be done."""

    personne: int
    immatriculation: Immatriculation
    etape: EtapeNia
    a_faire: str


def derniere_etape(immatriculation: Immatriculation) -> EtapeNia | None:
    """Where the clock of this waiting number stands."""
    return EtapeNia.objects.filter(immatriculation_id=immatriculation.pk).order_by("-pk").first()


def a_echeance(jour: datetime.date) -> list[AEcheance]:
    """Waiting numbers in scope that wait for somebody to act on this day, the oldest deadline first."""
    dernieres = EtapeNia.objects.filter(immatriculation_id=OuterRef("immatriculation_id")).order_by("-pk")
    etapes = (
        EtapeNia.objects.filter(pk=Subquery(dernieres.values("pk")[:1]), genre__in=list(A_FAIRE))
        .filter(immatriculation__clos_le=None)
        .select_related("immatriculation")
        .order_by("echeance", "pk")
    )
    return [
        AEcheance(e.personne_id, e.immatriculation, e, A_FAIRE[e.genre])
        for e in etapes
        if e.echeance is None or e.echeance < jour
    ]


def paiement_suspendu(personnes: list[int]) -> set[int]:
    """Those of these persons whose payment is suspended by the last step of their clock (R114-7, IV and V)."""
    dernieres = EtapeNia.objects.filter(personne_id=OuterRef("personne_id")).order_by("-pk")
    suspendues = EtapeNia.objects.filter(
        personne_id__in=personnes, pk=Subquery(dernieres.values("pk")[:1]), genre__in=SUSPENDENT
    ).exclude(personne__statut_identite__in=(statuts.NIR, statuts.CERTIFIE))
    return set(suspendues.values_list("personne_id", flat=True))
