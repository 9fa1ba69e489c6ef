"""Models of the room, by subject."""

from .contacts import CanalContact, Contact, EncadrementContacts, Relecture, VerificationAppel
from .messages import Conversation, EtatConversation, MessageEcrit, Motif, Sens
from .rendez_vous import Creneau, EtatCreneau, EtatRendezVous, Mode, RaisonAnnulation, RendezVous

__all__ = [
    "CanalContact", "Contact", "Conversation", "Creneau", "EncadrementContacts", "EtatConversation", "EtatCreneau",
    "EtatRendezVous", "MessageEcrit", "Mode", "Motif", "RaisonAnnulation", "Relecture", "RendezVous", "Sens",
    "VerificationAppel",
]  # fmt: skip
