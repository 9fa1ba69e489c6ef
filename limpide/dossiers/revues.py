"""Decisions that a person must look at: what waits, the verb that records a review, the words of each state.

A calculation that reads health data may not decide alone (law 78-17 art. 47, RGPD art. 22.4). The decision is then
`assistee`: it says « à vérifier » until an agent of the Caf reviews it, once.
"""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from limpide.identite.erreurs import PARTOUT, ErreurSaisie, message_de
from limpide.registre.contexte import traitement_courant

from . import lexique
from .models import Decision, RevueDecision
from .templatetags.affichage import jour_fr

CHAMPS = {"revue_avis_connu": "avis", "revue_a_corriger_dit_quoi": "note"}
"""Which field a refusal of the database is about."""

Revues = dict[int, tuple[str, datetime.datetime]]
"""Decision → what its review says, and when."""


class DejaVerifiee(RuntimeError):
    """Somebody reviewed this decision first; nothing was written."""


def a_verifier() -> QuerySet[Decision]:
    """Decisions in scope that wait for a person, the oldest first."""
    faite = RevueDecision.objects.filter(decision_id=OuterRef("pk"))
    en_attente = Decision.objects.filter(~Exists(faite), automatisation=Decision.Automatisation.ASSISTEE)
    return en_attente.order_by("prise_le", "pk")


@transaction.atomic
def relire(decision: Decision, avis: str, note: str = "") -> RevueDecision:
    """Record what the acting agent says of this decision. Raises `DejaVerifiee`, `ErreurSaisie`: nothing is written."""
    cours = traitement_courant()
    if cours is None or cours.acteur.genre != "agent" or cours.acteur.identifiant is None:
        raise PermissionError("Seul un agent identifié vérifie une décision.")
    try:
        with transaction.atomic():
            return RevueDecision.objects.create(
                decision_id=decision.pk, dossier_id=decision.dossier_id, organisme_id=decision.organisme_id,
                agent=cours.acteur.identifiant, faite_le=timezone.now(), avis=avis, note=note.strip(),
            )  # fmt: skip
    except IntegrityError as erreur:
        nom, message = message_de(erreur)
        if nom == "revue_une_seule_par_decision":
            raise DejaVerifiee(message) from erreur
        raise ErreurSaisie({CHAMPS.get(nom, PARTOUT): message}) from erreur


def revues_de(dossier: int) -> Revues:
    """Reviews of a file's decisions. Neither who nor the note: not everybody who reads the state may read them."""
    lues = RevueDecision.objects.filter(dossier_id=dossier).values_list("decision_id", "avis", "faite_le")
    return {decision: (avis, faite_le) for decision, avis, faite_le in lues}


def en_attente(decision: Decision, revues: Revues) -> bool:
    """Whether this decision still waits for a person."""
    return decision.automatisation == Decision.Automatisation.ASSISTEE and decision.pk not in revues


def mots(decision: Decision, revues: Revues) -> lexique.Mots:
    """How this decision was taken, as it stands: a review is only told once it exists."""
    if decision.pk not in revues:
        return lexique.AUTOMATISATIONS[decision.automatisation]
    avis, faite_le = revues[decision.pk]
    return _dater(lexique.REVUES[avis], faite_le)


def _dater(modele: lexique.Mots, quand: datetime.datetime) -> lexique.Mots:
    jour: dict[str, Any] = {"jour": jour_fr(timezone.localdate(quand))}
    return lexique.Mots(modele.agent.format(**jour), modele.allocataire.format(**jour), modele.ton)
