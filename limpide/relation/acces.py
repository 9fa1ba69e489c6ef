"""How messages and contacts are said to the person who asks for their data: in clear, as in Mon Compte."""

from collections.abc import Callable, Mapping
from typing import Any

from limpide.relation.models import Contact, Conversation, MessageEcrit


def lire_conversation(conversation: Conversation) -> Mapping[str, str]:
    return {"titre": conversation.titre.en_clair(), "motif": conversation.get_motif_display()}


def lire_message(message: MessageEcrit) -> Mapping[str, str]:
    return {"texte": message.texte.en_clair()}


def lire_contact(contact: Contact) -> Mapping[str, str]:
    note = "" if contact.note_chiffree is None else contact.note.en_clair()
    return {"note": note, "canal": contact.get_canal_display(), "motif": contact.get_motif_display()}


LECTURES: Mapping[str, Callable[[Any], Mapping[str, str]]] = {
    "relation.Contact": lire_contact,
    "relation.Conversation": lire_conversation,
    "relation.MessageEcrit": lire_message,
}
