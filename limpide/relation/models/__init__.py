"""Models of the room, by subject."""

from .messages import Conversation, EtatConversation, MessageEcrit, Motif, Sens

__all__ = ["Conversation", "EtatConversation", "MessageEcrit", "Motif", "Sens"]
