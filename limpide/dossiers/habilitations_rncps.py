"""Who may ask the RNCPS: agents named one by one, mode by mode, by a decision of their Caf, a year at most.

CSS R114-29 wants each agent accredited; R114-33 lets each body set « les règles d'habilitation … pour chacun des
modes ». An agent who may ask about one person may not list hundreds; who has no
accreditation left reads no answer either.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Compte
from limpide.registre.contexte import SYSTEME, Acteur, traitement

from .models import HabilitationRncps, ModeConsultation

HABILITER = "habilitation_rncps"
UN_AN = 366
SEULES = frozenset({ModeConsultation.TEMPS_REEL, ModeConsultation.DIFFERE})
"""Modes of a question about one person."""
MANQUE = "Vous n'êtes pas habilité à consulter le Rncps {mode} : votre caisse habilite ses agents nommément."


def habiliter(
    identifiant: str, modes: Collection[str], decision: str, jusqu_au: dt.date, *, executer: bool = True
) -> Compte:
    """Let this agent ask in these modes until that day. Raises ErreurSaisie, then nothing is given."""
    jour = timezone.localdate()
    if not modes or not set(modes) <= set(ModeConsultation.values):
        raise ErreurSaisie({"mode": f"Donnez un mode au moins : {', '.join(ModeConsultation.values)}."})
    if not decision.strip():
        raise ErreurSaisie({"decision": "Donnez la référence de la décision d'habilitation."})
    if not jour <= jusqu_au <= jour + dt.timedelta(days=UN_AN):
        raise ErreurSaisie({"jusqu_au": "Une habilitation finit dans l'année, et pas avant aujourd'hui."})
    with traitement(HABILITER, acteur=SYSTEME, motif="Habilitation à consulter le Rncps"):
        compte = _compte(identifiant)
        if executer:
            HabilitationRncps.objects.bulk_create(
                HabilitationRncps(
                    organisme_id=compte.organisme_id, agent=compte.pk, mode=mode, decision=decision.strip()[:120],
                    depuis=jour, jusqu_au=jusqu_au,
                )
                for mode in sorted(set(modes))
            )  # fmt: skip
    return compte


def retirer(identifiant: str, *, executer: bool = True) -> int:
    """Accreditations of this agent end now; they stay, for what was asked under them. Returns how many."""
    with traitement(HABILITER, acteur=SYSTEME, motif="Retrait d'une habilitation à consulter le Rncps"):
        siennes = HabilitationRncps.objects.filter(
            agent=_compte(identifiant).pk, jusqu_au__gte=timezone.localdate(), retiree_le=None
        )
        return int(siennes.update(retiree_le=timezone.now()) if executer else siennes.count())


def en_cours() -> list[dict[str, Any]]:
    """Every accreditation that runs today: who, which mode, under which decision, until when."""
    with traitement(HABILITER, acteur=SYSTEME, motif="Liste des habilitations à consulter le Rncps"):
        siennes = list(_du_jour().order_by("organisme_id", "agent", "mode"))
        noms = dict(Compte.objects.filter(pk__in={h.agent for h in siennes}).values_list("pk", "identifiant"))
        return [
            {
                "organisme": h.organisme_id, "agent": noms.get(h.agent, f"compte {h.agent}"), "mode": h.mode,
                "decision": h.decision, "jusqu_au": h.jusqu_au,
            }
            for h in siennes
        ]  # fmt: skip


def modes_de(agent: int) -> frozenset[str]:
    """The modes in which this agent may ask today, in the caller's processing."""
    return frozenset(_du_jour().filter(agent=agent).values_list("mode", flat=True))


def agents_de(modes: Collection[str]) -> frozenset[int]:
    """The agents who may ask today in one of these modes, in the caller's processing."""
    return frozenset(_du_jour().filter(mode__in=modes).values_list("agent", flat=True))


def exiger(agent: int, mode: str) -> None:
    """Raises ErreurSaisie unless this agent may ask today in this mode, in the caller's processing."""
    if mode not in modes_de(agent):
        raise ErreurSaisie({"mode": MANQUE.format(mode=ModeConsultation(mode).label)})


def agent_nomme(identifiant: str, motif: str) -> tuple[Acteur, str]:
    """The agent in whose name a command asks, and their Caf. Raises ErreurSaisie."""
    with traitement(HABILITER, acteur=SYSTEME, motif=motif):
        compte = _compte(identifiant)
        return Acteur("agent", compte.pk, f"Caf {compte.organisme_id}"), str(compte.organisme_id)


def _du_jour() -> QuerySet[HabilitationRncps]:
    jour = timezone.localdate()
    en_vigueur: QuerySet[HabilitationRncps] = HabilitationRncps.objects.filter(depuis__lte=jour, jusqu_au__gte=jour)
    return en_vigueur.filter(retiree_le=None)


def _compte(identifiant: str) -> Compte:
    compte: Compte | None = Compte.objects.filter(identifiant=identifiant, genre="agent", is_active=True).first()
    if compte is None:
        raise ErreurSaisie({"agent": f"Aucun compte d'agent actif ne s'appelle « {identifiant} »."})
    return compte
