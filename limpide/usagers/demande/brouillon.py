"""The draft of a claim: kept as typed, encrypted, taken up where it was left. One for each right claimed."""

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from limpide.identite.confidentiel import TexteScelle
from limpide.usagers.models import BrouillonDemande
from limpide.usagers.simulateur.parcours import CHAMPS_DE_CONDUITE

HORS_BROUILLON = (*CHAMPS_DE_CONDUITE, "csrfmiddlewaretoken", "mois")


def lire(personne: int, droit: str, *, pour_envoyer: bool = False) -> BrouillonDemande | None:
    """The person's draft for that right. `pour_envoyer`: held until the end of the transaction, sent once."""
    brouillons = BrouillonDemande.objects.filter(personne_id=personne, droit=droit)
    trouve: BrouillonDemande | None = (
        brouillons.select_for_update(of=("self",)) if pour_envoyer else brouillons
    ).first()  # fmt: skip
    return trouve


def reponses_tapees(brouillon: BrouillonDemande) -> QueryDict:
    return QueryDict(brouillon.contenu.en_clair(), mutable=True)


def garder(personne: int, droit: str, donnees: QueryDict, etape: int) -> None:
    """Write the draft, over the former one. Two tabs: the last to speak is kept."""
    propres = donnees.copy()
    for champ in HORS_BROUILLON:
        propres.pop(champ, None)
    quand = timezone.now()
    try:
        with transaction.atomic():
            deja = lire(personne, droit, pour_envoyer=True)
            actuel = deja or BrouillonDemande(personne_id=personne, droit=droit, cree_le=quand)
            actuel.contenu, actuel.etape, actuel.modifie_le = TexteScelle(propres.urlencode()), etape, quand
            if deja is None:
                actuel.save(force_insert=True)
            else:
                actuel.save(update_fields=["contenu_chiffre", "etape", "modifie_le"])
    except IntegrityError:
        garder(personne, droit, donnees, etape)  # the other tab created it meanwhile: write over it


def effacer(personne: int, droit: str) -> None:
    BrouillonDemande.objects.filter(personne_id=personne, droit=droit).delete()


def tout_effacer(personne: int) -> None:
    """Once the file is open, what was begun without one is asked otherwise."""
    BrouillonDemande.objects.filter(personne_id=personne).delete()
