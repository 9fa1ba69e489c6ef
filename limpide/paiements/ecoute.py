"""What the room does when a file's rights are liquidated: post the entry, in the same transaction."""

from django.dispatch import receiver

from limpide.dossiers.evenements import droits_liquides
from limpide.dossiers.models import Liquidation


@receiver(droits_liquides, dispatch_uid="paiements.comptabiliser")
def apres_liquidation(sender: object, liquidation: Liquidation, cause: str = "", **_: object) -> None:
    from .comptabilite import comptabiliser  # pages that post nothing don't load the batch tools

    comptabiliser(liquidation, cause)
