"""How messages are said to the person who asks for their data: in clear, as they read them in Mon Compte."""

from collections.abc import Callable, Mapping
from typing import Any

from limpide.relation.models import Conversation, MessageEcrit


def lire_conversation(conversation: Conversation) -> Mapping[str, str]:
    return {"titre": conversation.titre.en_clair(), "motif": conversation.get_motif_display()}


def lire_message(message: MessageEcrit) -> Mapping[str, str]:
    return {"texte": message.texte.en_clair()}


LECTURES: Mapping[str, Callable[[Any], Mapping[str, str]]] = {
    "relation.Conversation": lire_conversation,
    "relation.MessageEcrit": lire_message,
}
