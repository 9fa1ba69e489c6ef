"""The drafts of Mon Compte, whatever is being filled: written over, taken up, held while they are sent, erased."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from limpide.identite.confidentiel import TexteScelle
from limpide.usagers.tables_brouillons import BROUILLONS, Brouillon

B = TypeVar("B", bound=Brouillon)


def lire(modele: type[B], *, pour_envoyer: bool = False, **cle: Any) -> B | None:
    """The draft of this key. `pour_envoyer`: held until the end of the transaction, so that it is sent once."""
    brouillons = modele.objects.filter(**cle)
    trouve: B | None = (brouillons.select_for_update(of=("self",)) if pour_envoyer else brouillons).first()
    return trouve


def garder(
    modele: type[Brouillon], tapees: str, *, neuf: dict[str, Any] | None = None, ecrits: dict[str, Any] | None = None,
    **cle: Any,
) -> None:  # fmt: skip
    """Write the draft, over the former one: `tapees` is what was typed, URL-encoded. Two tabs: the last is kept.

    `ecrits`: other columns to write; `neuf`: those of a new draft only.
    """
    autres = ecrits or {}
    try:
        with transaction.atomic():
            deja = lire(modele, pour_envoyer=True, **cle)
            actuel = deja or modele(**cle, **(neuf or {}))
            for nom, valeur in autres.items():
                setattr(actuel, nom, valeur)
            actuel.contenu, actuel.modifie_le = TexteScelle(tapees), timezone.now()
            if deja is None:
                actuel.save(force_insert=True)
            else:
                actuel.save(update_fields=["contenu_chiffre", "modifie_le", *autres])
    except IntegrityError:
        garder(modele, tapees, neuf=neuf, ecrits=ecrits, **cle)  # the other tab created it meanwhile: write over it


def tout_effacer(personne: int) -> None:
    """Everything that this person had begun, of every kind."""
    for modele in BROUILLONS:
        modele.objects.filter(personne_id=personne).delete()
