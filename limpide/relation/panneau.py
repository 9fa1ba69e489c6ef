"""What the page of a file shows of this room: the last contacts, their motive, and what waits for the Caf."""

from typing import Any

from limpide.dossiers.models import EtatTache, TacheAgent
from limpide.dossiers.panneaux import Panneau

from . import contacts
from .models import Contact, Conversation, EtatConversation


def derniers(dossier: int, lecteur: str, combien: int | None = contacts.MONTRES) -> list[tuple[Contact, str]]:
    """The latest contacts of this file, each with its note as this agent may read it."""
    siens = Contact.objects.filter(dossier_id=dossier).order_by("-fait_le", "pk")[:combien]
    return [(c, contacts.note_lisible(c, lecteur)) for c in siens]


def lire(request: Any, dossier: int) -> dict[str, Any]:
    """Under `contacts_agents`."""
    taches = TacheAgent.objects.filter(dossier_id=dossier, etat=EtatTache.OUVERTE).order_by("echeance", "pk")
    messages = Conversation.objects.filter(dossier_id=dossier, etat=EtatConversation.ATTEND)
    return {
        "contacts": derniers(dossier, f"compte {request.user.pk}"),
        "taches": list(taches.only("pk", "dossier_id", "personne_id", "genre", "echeance")),
        "messages": list(
            messages.order_by("reponse_avant", "pk").only("pk", "dossier_id", "personne_id", "motif", "reponse_avant")
        ),
    }


PANNEAU = Panneau(contacts.CONTACTS_AGENTS, "relation/_panneau.html", lire)
