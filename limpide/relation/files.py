"""Queues of this room, on the agents' page « À faire »."""

from limpide.dossiers.attentes import AVANT, DEPUIS, Compte, FileAttente, compter

from . import contacts, echanges
from .models import Conversation, EtatConversation


def _messages(_: int) -> Compte:
    return compter(Conversation.objects.filter(etat=EtatConversation.ATTEND), "reponse_avant")


def _notes(agent: int) -> Compte | None:
    """For the supervisors only."""
    return compter(contacts.a_relire(), "fait_le") if contacts.encadre(agent) else None


FILES = (
    FileAttente(echanges.MESSAGES_AGENTS, "Messages", "relation:messages", AVANT, _messages),
    FileAttente(contacts.RELIRE, "Notes de contact à relire", "relation:notes_a_relire", DEPUIS, _notes),
)
