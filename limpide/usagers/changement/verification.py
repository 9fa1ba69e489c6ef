"""The agent recorded who was declared: household, facts, months computed again, answer — one transaction."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from limpide.dossiers import connaissance, demandes, exclusion, taches
from limpide.dossiers.models import Dossier, EtatTache, PieceAttendue, SourceFait, TacheAgent
from limpide.dossiers.previsualisation import DossierModifie, empreinte, mois_depuis, reliquider
from limpide.dossiers.services import Origine
from limpide.dossiers.situations import charger_dossier
from limpide.dossiers.templatetags.affichage import jour_fr
from limpide.identite.erreurs import ErreurSaisie
from limpide.usagers.changement.etapes import Etapes, de_json, enregistrer


def depuis(dit: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(dit["depuis"])


@transaction.atomic
def enregistrer_le_changement(
    dossier: Dossier, tache: TacheAgent, dit: dict[str, Any], piece: PieceAttendue | None, vue: str, agent: str,
    quand: dt.datetime,
) -> None:  # fmt: skip
    """What was sealed and waited, recorded as declared, proved by `piece`; the task is answered.

    `vue`: fingerprint of the file that the agent saw. Raises `DossierModifie`, `CaisseOccupee`, `ErreurSaisie`.
    """
    exclusion.partage(dossier.organisme_id)
    prise = TacheAgent.objects.select_for_update(of=("self",)).get(pk=tache.pk)
    if prise.etat != EtatTache.OUVERTE:
        raise ErreurSaisie({"": "Cette tâche est déjà traitée : rien d'autre n'est enregistré."})
    if empreinte(charger_dossier(dossier.pk, connaissance.instant(dossier.organisme_id, dossier.pk))) != vue:
        raise DossierModifie("Ce dossier a changé depuis la lecture de son effet.")
    etapes = de_json(dit["a_verifier"])
    origine = Origine(SourceFait.DECLARATION, agent, piece)
    enregistrer(dossier, etapes, origine, timezone.localdate(quand))
    mois = mois_depuis(dossier.pk, depuis(dit)) or []
    reliquider(dossier, mois, charger_dossier(dossier.pk, connaissance.maintenant()), dit["cause"])
    repondre(prise, piece, EtatTache.FAITE, _reponse(etapes, depuis(dit)), agent, quand)


@transaction.atomic
def repondre(
    tache: TacheAgent, piece: PieceAttendue | None, issue: EtatTache, reponse: str, agent: str, quand: dt.datetime
) -> None:
    """The task is answered, and the document that it waited for is asked no more. Raises `ErreurSaisie`."""
    taches.clore(tache, agent, issue, reponse, quand)
    if piece is not None:
        demandes.ne_plus_attendre(piece, quand)


def _reponse(etapes: Etapes, jour: dt.date) -> str:
    if etapes.arrivee is None:
        return f"Ce que vous avez déclaré est enregistré depuis le {jour_fr(jour)}. Lisez la décision s'il y en a une."
    qui = etapes.arrivee.prenoms.split()[0]
    return f"{qui} est dans votre dossier depuis le {jour_fr(jour)}. Lisez la décision si un montant change."
