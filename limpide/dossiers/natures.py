"""The law's catalogue of facts, as the database needs it to check what is recorded."""

from django.db import transaction

from limpide.dossiers.models import NatureFait
from limpide.droits.bornes import entier_maximal
from limpide.droits.faits import NATURES, Nature

MONTANT_MAXIMAL = 10_000_000_00
"""Cents. Above ten million euros, an income is a typing error."""
DATES = (-43_829, 47_482)
"""Days since 1970: from 1850 to 2100."""

DE_LA_COMPOSITION = {
    "date_naissance": "La date de naissance se lit dans l'état civil de la personne.",
    "garde_alternee": "La résidence alternée se déclare avec le rattachement de l'enfant au foyer.",
}
"""Fields of the law record that are not facts of the file, and where they are kept instead."""


def bornes(nature: Nature) -> tuple[int, int]:
    """Smallest and largest value that this kind of fact admits, as stored."""
    if nature.type == "euros":
        return (-MONTANT_MAXIMAL if nature.signe else 0, MONTANT_MAXIMAL)
    if nature.type == "date":
        return DATES
    return (0, {"booleen": 1, "enumeration": len(nature.valeurs) - 1}.get(nature.type, entier_maximal(nature)))


def synchroniser(base: str) -> int:
    """Copy the catalogue into the database `base` (alias); returns the number of kinds in use.

    A kind that left the catalogue stays, marked: its facts still name it, no new one may.
    """
    lignes = [_ligne(nature) for nature in NATURES.values() if nature.nom not in DE_LA_COMPOSITION]
    champs = [c.attname for c in NatureFait._meta.concrete_fields if not c.primary_key]
    with transaction.atomic(using=base):
        natures = NatureFait.objects.using(base)
        natures.exclude(pk__in=[ligne.pk for ligne in lignes]).update(retiree=True)
        natures.bulk_create(lignes, update_conflicts=True, unique_fields=["code"], update_fields=champs)
    return len(lignes)


def _ligne(nature: Nature) -> NatureFait:
    minimum, maximum = bornes(nature)
    return NatureFait(
        code=nature.code,
        nom=nature.nom,
        sujet=nature.sujet,
        type=nature.type,
        periodicite=nature.periodicite,
        libelle=nature.libelle,
        minimum=minimum,
        maximum=maximum,
        sensible=nature.sensible,
        retiree=False,
    )
