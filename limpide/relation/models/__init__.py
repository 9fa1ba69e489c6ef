"""Models of the room, by subject."""

from .contacts import CanalContact, Contact, EncadrementContacts, Relecture, VerificationAppel
from .messages import Conversation, EtatConversation, MessageEcrit, Motif, Sens

__all__ = [
    "CanalContact", "Contact", "Conversation", "EncadrementContacts", "EtatConversation", "MessageEcrit", "Motif",
    "Relecture", "Sens", "VerificationAppel",
]  # fmt: skip
