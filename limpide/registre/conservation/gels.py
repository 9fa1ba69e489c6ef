"""Freezes: what forbids an erasure, set and lifted by whoever follows the matter, inside their own processing.

The caller's declaration names `registre.Gel` with `COLONNES_GEL` (read and create) and `COLONNES_LEVEE` (modify).
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from limpide.registre.conservation.modeles import Gel
from limpide.registre.contexte import HorsRegistre, traitement_courant

COLONNES_GEL = (
    "id", "dossier_id", "personne_id", "organisme", "motif", "reference", "pose_le", "pose_par", "leve_le", "leve_par",
)  # fmt: skip
COLONNES_CREEES = COLONNES_GEL[1:]
COLONNES_LEVEE = ("leve_le", "leve_par")


class RienAGeler(ValueError):
    """A freeze names neither file nor person, or no reference."""


def _qui() -> str:
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("un gel se pose et se lève dans un traitement")
    acteur = cours.acteur
    return f"compte {acteur.identifiant}" if acteur.identifiant is not None else acteur.genre


@transaction.atomic
def geler(
    *, organisme: str, motif: str, reference: str, dossier: int | None = None, personne: int | None = None
) -> Gel:
    """Forbid the erasure of this file (or of this person) until `degeler` with the same reference.

    Set twice, it is one freeze. `reference`: an internal number such as « demande:12 ».
    """
    if dossier is None and personne is None:
        raise RienAGeler("Un gel porte sur un dossier ou sur une personne.")
    if not reference.strip():
        raise RienAGeler("Un gel porte la référence de ce qui le justifie.")
    motif = Gel.Motif(motif)
    pose: Gel | None = Gel.objects.filter(
        dossier_id=dossier, personne_id=personne, motif=motif, reference=reference, leve_le=None
    ).first()
    if pose is not None:
        return pose
    nouveau: Gel = Gel.objects.create(
        dossier_id=dossier, personne_id=personne, organisme=organisme, motif=motif, reference=reference,
        pose_le=timezone.now(), pose_par=_qui(), leve_par="",
    )  # fmt: skip
    return nouveau


@transaction.atomic
def degeler(*, motif: str, reference: str, dossier: int | None = None, personne: int | None = None) -> int:
    """Lift what was set for this reference (on this file or person, when said); returns how many. Others remain."""
    poses = Gel.objects.select_for_update().filter(motif=Gel.Motif(motif), reference=reference, leve_le=None)
    if dossier is not None:
        poses = poses.filter(dossier_id=dossier)
    if personne is not None:
        poses = poses.filter(personne_id=personne)
    leves = 0
    for gel in poses:
        gel.leve_le, gel.leve_par = timezone.now(), _qui()
        gel.save(update_fields=["leve_le", "leve_par"])
        leves += 1
    return leves


def gels_en_cours() -> QuerySet[Gel]:
    """Freezes not lifted, the oldest first."""
    poses: QuerySet[Gel] = Gel.objects.filter(leve_le=None).order_by("pose_le", "pk")
    return poses
