"""The draft of a claim: kept as typed, encrypted, taken up where it was left. One for each right claimed."""

from django.http import QueryDict
from django.utils import timezone

from limpide.usagers import brouillons
from limpide.usagers.models import BrouillonDemande
from limpide.usagers.simulateur.parcours import CHAMPS_DE_CONDUITE

HORS_BROUILLON = (*CHAMPS_DE_CONDUITE, "csrfmiddlewaretoken", "mois")


def lire(personne: int, droit: str, *, pour_envoyer: bool = False) -> BrouillonDemande | None:
    return brouillons.lire(BrouillonDemande, pour_envoyer=pour_envoyer, personne_id=personne, droit=droit)


def garder(personne: int, droit: str, donnees: QueryDict, etape: int) -> None:
    propres = donnees.copy()
    for champ in HORS_BROUILLON:
        propres.pop(champ, None)
    brouillons.garder(
        BrouillonDemande, propres.urlencode(), neuf={"cree_le": timezone.now()}, ecrits={"etape": etape},
        personne_id=personne, droit=droit,
    )  # fmt: skip


def effacer(personne: int, droit: str) -> None:
    BrouillonDemande.objects.filter(personne_id=personne, droit=droit).delete()


def tout_effacer(personne: int) -> None:
    """Once the file is open, what was begun without one is asked otherwise."""
    BrouillonDemande.objects.filter(personne_id=personne).delete()
