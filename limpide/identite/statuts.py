"""The identity's states: one table of transitions (ID-07), which PostgreSQL holds too; nothing else changes them."""

import datetime

from django.utils import timezone

from limpide.registre.contexte import traitement_courant

from .erreurs import ErreurSaisie, refus_en_francais
from .models import CauseEtat, EtatIdentite, Personne, StatutIdentite

DECLARE, NIA, NIR, CERTIFIE, LITIGE, DECEDE, REUNIE = (
    StatutIdentite.DECLARE,
    StatutIdentite.NIA,
    StatutIdentite.NIR_NON_CERTIFIE,
    StatutIdentite.NIR_CERTIFIE,
    StatutIdentite.LITIGE,
    StatutIdentite.DECEDE,
    StatutIdentite.REUNIE,
)

TRANSITIONS: dict[StatutIdentite, frozenset[StatutIdentite]] = {
    DECLARE: frozenset({NIA, NIR, LITIGE, DECEDE, REUNIE}),
    NIA: frozenset({DECLARE, NIR, LITIGE, DECEDE, REUNIE}),  # switched off: CSS R114-7, V, 1°
    NIR: frozenset({CERTIFIE, LITIGE, DECEDE, REUNIE}),
    CERTIFIE: frozenset({NIR, LITIGE, DECEDE, REUNIE}),  # back to uncertified: the number was corrected
    LITIGE: frozenset({DECLARE, NIA, NIR, CERTIFIE, DECEDE, REUNIE}),  # a person settled it
    DECEDE: frozenset({LITIGE}),  # a death recorded by mistake is settled by a person
    REUNIE: frozenset(),
}
CHAMPS = {"etat_identite_transition": "statut_identite", "etat_identite_avec_son_numero": "statut_identite"}


def agent_au_travail() -> int | None:
    """The account of the agent who acts; None for a batch."""
    cours = traitement_courant()
    return cours.acteur.identifiant if cours is not None and cours.acteur.genre == "agent" else None


def passer(
    personne: Personne,
    vers: StatutIdentite,
    cause: CauseEtat,
    depuis: datetime.date | None = None,
    note: str = "",
) -> None:
    """Add a state to the person's history, or refuse; the same state again adds nothing."""
    actuel = StatutIdentite(personne.statut_identite)
    if vers == actuel:
        return
    if vers not in TRANSITIONS[actuel]:
        raise ErreurSaisie({"statut_identite": f"L'identité ne passe pas de « {actuel.label} » à « {vers.label} »."})
    with refus_en_francais(CHAMPS):
        EtatIdentite.objects.create(
            personne_id=personne.pk, etat=vers, cause=cause, depuis=depuis or timezone.localdate(),
            agent=agent_au_travail(), note=note.strip(),
        )  # fmt: skip
    personne.statut_identite = vers  # the database has changed it too
