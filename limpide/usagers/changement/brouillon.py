"""The draft of a change: kept as typed, encrypted, one by kind. Gone at the submission, or at its age."""

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from limpide.identite.confidentiel import TexteScelle
from limpide.usagers.tables_changements import BrouillonChangement

HORS_BROUILLON = ("csrfmiddlewaretoken",)


def lire(personne: int, genre: str, *, pour_envoyer: bool = False) -> BrouillonChangement | None:
    """`pour_envoyer`: held until the end of the transaction, so that it is sent once."""
    brouillons = BrouillonChangement.objects.filter(personne_id=personne, genre=genre)
    trouve: BrouillonChangement | None = (
        brouillons.select_for_update(of=("self",)) if pour_envoyer else brouillons
    ).first()  # fmt: skip
    return trouve


def tous(personne: int) -> list[BrouillonChangement]:
    return list(BrouillonChangement.objects.filter(personne_id=personne).order_by("-modifie_le"))


def reponses_tapees(brouillon: BrouillonChangement) -> QueryDict:
    return QueryDict(brouillon.contenu.en_clair(), mutable=True)


def garder(personne: int, genre: str, donnees: QueryDict) -> None:
    """Write the draft, over the former one. Two tabs: the last to speak is kept."""
    propres = donnees.copy()
    for champ in HORS_BROUILLON:
        propres.pop(champ, None)
    quand = timezone.now()
    try:
        with transaction.atomic():
            deja = lire(personne, genre, pour_envoyer=True)
            actuel = deja or BrouillonChangement(personne_id=personne, genre=genre, cree_le=quand)
            actuel.contenu, actuel.modifie_le = TexteScelle(propres.urlencode()), quand
            if deja is None:
                actuel.save(force_insert=True)
            else:
                actuel.save(update_fields=["contenu_chiffre", "modifie_le"])
    except IntegrityError:
        garder(personne, genre, donnees)  # the other tab created it meanwhile: write over it


def effacer(personne: int, genre: str) -> None:
    BrouillonChangement.objects.filter(personne_id=personne, genre=genre).delete()
