"""What was corrected in a file: facts that replaced others, decisions that followed; and to whom the file was told."""

import datetime as dt
from collections.abc import Iterator

from limpide.registre.demandes.destinataires import Destinataire, Source

from .models import Decision, Fait, PublicationRncps


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


def _rncps(_personne: int, dossier: int | None) -> Iterator[Destinataire]:
    if PublicationRncps.objects.filter(dossier_id=dossier, accusee_le__isnull=False).exists():
        yield Destinataire(
            "rncps", "Répertoire national commun de la protection sociale (Cnav)",
            "Nature et dates des prestations, adresse",
        )  # fmt: skip


def _recu_par_le_rncps(_personne: int, dossier: int | None, depuis: dt.datetime) -> dt.datetime | None:
    """The first message prepared since then that the directory received."""
    recues = PublicationRncps.objects.filter(dossier_id=dossier, preparee_le__gte=depuis, accusee_le__isnull=False)
    recue: dt.datetime | None = recues.order_by("accusee_le").values_list("accusee_le", flat=True).first()
    return recue


RECEPTIONS = (
    Source(
        "dossiers",
        {"dossiers.PublicationRncps": ("id", "dossier_id", "personne_id", "preparee_le", "accusee_le")},
        _recu_par_le_rncps,
        de="rncps",
    ),
)
DESTINATAIRES = (
    Source("dossiers", {"dossiers.PublicationRncps": ("id", "dossier_id", "personne_id", "accusee_le")}, _rncps),
)  # fmt: skip
