"""What waits for the agents of a Caf, queue by queue: how many, and the oldest or the nearest deadline.

No file is named. Each queue is counted under its own processing, by one query that reads no line: counting leaves
nobody's name in the journal. A room above registers its queues when it starts.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from limpide.dossiers import revues
from limpide.dossiers.decision_demande import A_TRAITER
from limpide.dossiers.declarations_documents import EXAMEN_DOCUMENTS
from limpide.dossiers.declarations_taches import TACHES_AGENTS
from limpide.dossiers.models import Demande, DemandeDetail, EtatPiece, EtatTache, GenreTache, PieceAttendue, TacheAgent
from limpide.identite import protecteurs
from limpide.identite.models import DemandeProtecteur, EtatDemandeProtecteur

DEPUIS, AVANT = "depuis", "avant"
Compte = tuple[int, dt.date | None]


@dataclass(frozen=True)
class FileAttente:
    """One queue. `compter(agent)` runs under `cle`; None where this agent may not look. `suite`: after « ? »."""

    cle: str
    titre: str
    adresse: str
    sens: str
    compter: Callable[[int], Compte | None]
    suite: str = ""


def compter(lignes: QuerySet[Any], colonne: str) -> Compte:
    """(how many, the earliest day of this column): a date, or the local day of a moment."""
    total = lignes.order_by().aggregate(nombre=Count("pk"), premier=Min(colonne))
    premier = total["premier"]
    return int(total["nombre"]), timezone.localdate(premier) if isinstance(premier, dt.datetime) else premier


def _decisions(_: int) -> Compte:
    return compter(revues.a_verifier(), "prise_le")


def _demandes(_: int) -> Compte:
    return compter(Demande.objects.filter(etat__in=A_TRAITER, dossier__clos_le=None), "deposee_le")


def _documents(_: int) -> Compte:
    return compter(PieceAttendue.objects.filter(etat=EtatPiece.RECUE, dossier__clos_le=None), "recue_le")


def _details(_: int) -> Compte:
    return compter(DemandeDetail.objects.filter(repondue_le=None), "echeance")


def _protecteurs(_: int) -> Compte:
    etats = (EtatDemandeProtecteur.DEPOSEE, EtatDemandeProtecteur.ADMISE)
    return compter(DemandeProtecteur.objects.filter(etat__in=etats), "deposee_le")


def _taches(genre: GenreTache) -> Callable[[int], Compte]:
    return lambda _: compter(TacheAgent.objects.filter(etat=EtatTache.OUVERTE, genre=genre), "echeance")


_FILES: list[FileAttente] = [
    FileAttente("revue_decision", "Décisions à vérifier", "dossiers:a_verifier", DEPUIS, _decisions),
    FileAttente("decision_demande", "Demandes à traiter", "dossiers:demandes_a_traiter", DEPUIS, _demandes),
    FileAttente(EXAMEN_DOCUMENTS, "Documents à examiner", "dossiers:documents_a_examiner", DEPUIS, _documents),
    *(
        FileAttente(
            TACHES_AGENTS, genre.label.capitalize(), "dossiers:taches", AVANT, _taches(genre),
            f"genre={genre.value}",
        )
        for genre in GenreTache
    ),
    FileAttente("reponse_detail", "Demandes de détail d'un calcul", "dossiers:details", AVANT, _details),
    FileAttente(protecteurs.ACCES, "Demandes de protecteurs", "dossiers:protecteurs_a_traiter", DEPUIS, _protecteurs),
]  # fmt: skip


def ajouter(file: FileAttente) -> None:
    """Once per title, at start."""
    if all(connue.titre != file.titre for connue in _FILES):
        _FILES.append(file)


def files() -> tuple[FileAttente, ...]:
    return tuple(_FILES)
