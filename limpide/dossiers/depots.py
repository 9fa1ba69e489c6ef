"""What protectors showed of a judgement or an account: metadata to list, and copies that go once somebody answered."""

import datetime as dt

from limpide.dossiers.documents import services
from limpide.dossiers.models import Document, LienDocument
from limpide.identite.erreurs import ErreurSaisie

DECISION, RIB = services.MESURE_DE_PROTECTION, "releve_bancaire"
AU_PLUS = 20
"""Copies that one protector may leave unanswered for one person."""


def montres(personne: int, protecteur: int, *genres: str) -> list[Document]:
    """Without their content, the latest first; those already erased too, for their trace."""
    siens = Document.objects.filter(
        lie_a=LienDocument.PERSONNE, personne_id=personne, deposant_id=protecteur, genre__in=genres
    )
    return list(siens.defer("contenu_chiffre").order_by("-depose_le", "pk"))


def effacer(personne: int, protecteur: int, genre: str, quand: dt.datetime) -> int:
    """The judgement was read, the account checked: neither copy is kept. How many went."""
    vivants = Document.objects.filter(
        lie_a=LienDocument.PERSONNE, personne_id=personne, deposant_id=protecteur, genre=genre, efface_le=None
    )
    return int(vivants.update(contenu_chiffre=None, efface_le=quand))


def limiter(personne: int, protecteur: int, nombre: int) -> None:
    """Raises ErreurSaisie when too many copies already wait."""
    attendent = [d for d in montres(personne, protecteur, DECISION, RIB) if d.efface_le is None]
    if len(attendent) + nombre > AU_PLUS:
        raise ErreurSaisie({"fichiers": f"{AU_PLUS} fichiers attendent déjà une réponse : c'est le plus."})
