"""The draft of a change: kept as typed, encrypted, one by kind. Gone at the submission, or at its age."""

from django.http import QueryDict
from django.utils import timezone

from limpide.usagers import brouillons
from limpide.usagers.models import BrouillonChangement


def lire(personne: int, genre: str, *, pour_envoyer: bool = False) -> BrouillonChangement | None:
    return brouillons.lire(BrouillonChangement, pour_envoyer=pour_envoyer, personne_id=personne, genre=genre)


def tous(personne: int) -> list[BrouillonChangement]:
    return list(BrouillonChangement.objects.filter(personne_id=personne).order_by("-modifie_le"))


def garder(personne: int, genre: str, donnees: QueryDict) -> None:
    propres = donnees.copy()
    propres.pop("csrfmiddlewaretoken", None)
    brouillons.garder(
        BrouillonChangement, propres.urlencode(), neuf={"cree_le": timezone.now()}, personne_id=personne, genre=genre
    )


def effacer(personne: int, genre: str) -> None:
    BrouillonChangement.objects.filter(personne_id=personne, genre=genre).delete()
