"""What was corrected in a file since a day: facts that replaced others, and the decisions that followed."""

import datetime as dt
from collections.abc import Iterator

from limpide.registre.demandes.destinataires import Source

from .models import Decision, Fait


def _faits_corriges(_personne: int, dossier: int | None, depuis: dt.datetime) -> Iterator[str]:
    """A correction closes what was known and writes a fact at the same instant."""
    siens = Fait.objects.filter(dossier_id=dossier)
    clos = siens.filter(connu__endswith__gte=depuis).count()
    if not clos:
        return
    yield f"{clos} fait(s) du dossier remplacé(s) par un autre."
    decisions = Decision.objects.filter(dossier_id=dossier, prise_le__gte=depuis).count()
    if decisions:
        yield f"Droits recalculés : {decisions} décision(s) prise(s)."
    else:
        yield "Droits recalculés : aucun montant ne change."


CORRECTIONS = (
    Source(
        "dossiers",
        {
            "dossiers.Fait": ("id", "dossier_id", "personne_id", "connu"),
            "dossiers.Decision": ("id", "dossier_id", "prise_le"),
        },
        _faits_corriges,
    ),
)
